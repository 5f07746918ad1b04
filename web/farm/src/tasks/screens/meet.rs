//! The screens of two phones that meet: a code to show, a code to scan, what was given and what arrived.

use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use super::gone::batches;
use super::weights;
use crate::messages::fill;
use crate::qr;
use crate::tasks::field::Field;
use crate::tasks::meeting::{Awaits, Meeting, Told};
use crate::tasks::parts::{
    Draw, Typing, around, fact, line, lines, main_button, maybe, quiet_button, row, sign_bar, warnings, weight,
};
use crate::tasks::say;
use crate::tasks::sheet::Action;
use crate::tasks::transfer::{self, GiveWarning, Source};

/// What can be done besides changing the sheet.
pub struct Press {
    /// A code was scanned
    pub heard: Callback<Vec<u8>>,
    /// The typed code is to be used
    pub typed: Callback<Event>,
    /// The code shown is the next one
    pub turn: Callback<Event>,
    /// The code shown stays, or no more
    pub hold: Callback<Event>,
    /// What is shown is copied as text
    pub copy: Callback<Event>,
    /// The other has it all
    pub done: Callback<Event>,
    /// The other's code is scanned next
    pub scan: Callback<Event>,
    /// Signed
    pub sign: Callback<Event>,
}

/// The other's code is scanned.
pub fn scan(d: &Draw<'_>, meeting: &Meeting, press: &Press) -> Html {
    let m = d.m;
    let lead = match meeting.awaits {
        Awaits::Offer => m.give_lead(),
        Awaits::Parcel => m.receive_scan(),
        Awaits::Answer => m.answer_scan(),
    };
    let (all, missing) = (meeting.gather.all(), meeting.gather.missing());
    let have = (all - missing).to_string();
    nodes()
        .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(lead))
        .with(crate::scanner::scanner(d.lang, press.heard.clone()))
        .with(
            el("div")
                .at(&["role"], &["status"])
                .with(maybe((all > 0).then(|| {
                    nodes()
                        .with(el("p").with(fill(m.scan_have(), &[("have", &have), ("all", &all.to_string())])))
                        .with(
                            el("progress")
                                .at(&["max", "value", "aria-label"], &[&all.to_string(), &have.clone(), m.scan()]),
                        )
                        .html()
                })))
                .with(maybe(
                    meeting
                        .told
                        .map(|told| el("p").at(&["class", "id"], &["t-error", "t-told"]).with(said(d, told)).html()),
                )),
        )
        .with(around(
            d,
            Field::Code,
            false,
            if meeting.awaits == Awaits::Offer { line(d, Field::Code, Typing::Code) } else { lines(d, Field::Code) },
        ))
        .with(quiet_button("t-use", m.code_use(), press.typed.clone()))
        .html()
}

const fn said(d: &Draw<'_>, told: Told) -> &'static str {
    match told {
        Told::Another => d.m.scan_other_parcel(),
        Told::Wrong => d.m.scan_wrong(),
        Told::Newer => d.m.scan_newer(),
        Told::NotForUs => d.m.scan_not_for_us(),
        Told::TooMuch => d.m.frames_too_much(),
    }
}

/// A text as a symbol.
fn symbol(text: &str, about: &str) -> Html {
    match qr::symbol(text) {
        Some(symbol) => el("svg")
            .at(
                &["viewBox", "role", "aria-label", "shape-rendering"],
                &[&format!("0 0 {0} {0}", symbol.side), "img", about, "crispEdges"],
            )
            .with(el("rect").at(&["width", "height"], &[&symbol.side.to_string(), &symbol.side.to_string()]))
            .with(el("path").at(&["d"], &[&symbol.path]))
            .html(),
        None => Html::default(),
    }
}

/// The batch that is to receive, for the giver to scan.
pub fn offer(d: &Draw<'_>, meeting: &Meeting, press: &Press) -> Html {
    let m = d.m;
    let Some(offer) = &meeting.offer else { return Html::default() };
    let text = offer.to_text();
    let typed = text.split_once('/').map_or(text.clone(), |(_, typed)| typed.to_owned());
    nodes()
        .with(el("h2").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.receive_offer()))
        .with(
            el_of("div", "t-code")
                .with(symbol(&text, m.receive_offer()))
                .with(el("p").at(&["class", "id"], &["t-typed", "t-offer"]).with(typed)),
        )
        .with(quiet_button("t-copy", m.copy(), press.copy.clone()))
        .with(el("p").with(m.receive_offer_lead()))
        .with(el_of("div", "t-bar").with(main_button("t-scan", m.receive_scan(), press.scan.clone(), false)))
        .html()
}

/// The receiver's code, before there is one: what it is that is received.
pub fn produce(d: &Draw<'_>, make: Callback<Event>, busy: bool) -> Html {
    nodes()
        .with(around(d, Field::Produce, false, line(d, Field::Produce, Typing::Words)))
        .with(main_button("t-offer-make", if busy { d.m.signing() } else { d.m.receive_make() }, make, busy))
        .html()
}

/// From what, how much.
pub fn give(d: &Draw<'_>, to: &str, press: &Press, busy: bool) -> Html {
    let m = d.m;
    let chosen = transfer::source(d.sheet, d.facts);
    let own = d.facts.plots.iter().filter(|plot| plot.household == d.facts.me);
    let plots = own.map(|plot| {
        let pressed = chosen == Some(Source::Plot(plot.id));
        let facts = nodes().with(el("small").with(m.from_plot())).with(super::plots::state(d, plot)).html();
        row(Some(format!("plot-{}", plot.id)), &plot.name, facts, Some(pressed), d.on(Action::Plot(plot.id)))
    });
    let has_batches = d.facts.batches.iter().any(|batch| batch.left > 0);
    let warned = transfer::warnings(d.sheet, d.facts);
    let warned = warned.iter().map(|warning| match warning {
        GiveWarning::AboveLeft(left) => fill(m.warn_over(), &[("kg", &say::kg(d.lang, *left))]),
        GiveWarning::Plot(warning) => weights::said(d, warning),
    });
    nodes()
        .with(
            el("h2")
                .at(&["id", "tabindex", "class"], &["t-step", "-1", "t-about"])
                .with(m.to())
                .with(": ")
                .with(to.to_owned()),
        )
        .with(maybe(has_batches.then(|| batches(d))))
        .with(el("div").any(&["class", "id"], &[Some("t-rows"), (!has_batches).then(|| Field::From.id())]).all(plots))
        .with(warnings(d, warned.collect()))
        .with(weight(d, Field::Given))
        .with(sign_bar(d, Html::default(), press.sign.clone(), busy))
        .html()
}

/// Codes that take turns, for the other to scan.
pub fn frames(d: &Draw<'_>, meeting: &Meeting, lead: &'static str, press: &Press) -> Html {
    let m = d.m;
    let (number, all) = ((meeting.shown + 1).to_string(), meeting.frames.len().to_string());
    let about = fill(m.frame(), &[("n", &number), ("all", &all)]);
    let several = meeting.frames.len() > 1;
    nodes()
        .with(el("p").with(lead))
        .with(
            el_of("div", "t-code")
                .with(maybe(meeting.frame().map(|frame| symbol(frame, &about))))
                .with(el("p").with(about)),
        )
        .with(maybe(several.then(|| {
            el_of("div", "t-chips")
                .with(
                    el("button")
                        .at(
                            &["type", "class", "id", "aria-pressed"],
                            &["button", "t-chip", "t-hold", &meeting.holds.to_string()],
                        )
                        .on(When::Click, press.hold.clone())
                        .with(if meeting.holds { m.frame_go() } else { m.frame_hold() }),
                )
                .with(
                    el("button")
                        .at(&["type", "class", "id"], &["button", "t-chip", "t-turn"])
                        .on(When::Click, press.turn.clone())
                        .with(m.frame_next()),
                )
                .html()
        })))
        .with(
            el("details")
                .with(el("summary").with(m.frames_text()))
                .with(el_of("p", "t-typed t-frames").with(meeting.frames.join("\n")))
                .with(quiet_button("t-copy", m.copy(), press.copy.clone())),
        )
        .html()
}

/// What arrived of what was given.
pub fn arrived(d: &Draw<'_>, meeting: &Meeting, giver: &str, press: &Press, busy: bool) -> Html {
    let m = d.m;
    let given = transfer::sum(&meeting.given);
    let typed = d.sheet.total();
    let above = typed > given;
    nodes()
        .with(
            el("h2")
                .at(&["id", "tabindex", "class"], &["t-step", "-1", "t-about"])
                .with(m.giver())
                .with(": ")
                .with(giver.to_owned()),
        )
        .with(el_of("dl", "t-facts").with(fact(m.given_is(), say::kg(d.lang, given))))
        .with(warnings(
            d,
            above.then(|| fill(m.arrived_above(), &[("kg", &say::kg(d.lang, given))])).into_iter().collect(),
        ))
        .with(weights::crates(d))
        .with(
            el("p")
                .at(&["class", "role"], &["t-total", "status"])
                .with(m.shortage())
                .with(" ")
                .with(el("b").at(&["id"], &["t-short"]).with(say::kg(d.lang, given.saturating_sub(typed)))),
        )
        .with(weights::bar(d, press.sign.clone(), busy))
        .html()
}

/// The figures of both, once both have signed.
pub fn figures(d: &Draw<'_>, given: u64, arrived: Option<u64>) -> Html {
    let m = d.m;
    el("dl")
        .at(&["class", "id"], &["t-facts", "t-figures"])
        .with(fact(m.given_is(), say::kg(d.lang, given)))
        .with(maybe(arrived.map(|arrived| {
            nodes()
                .with(fact(m.arrived_is(), say::kg(d.lang, arrived)))
                .with(fact(m.shortage(), say::kg(d.lang, given.saturating_sub(arrived))))
                .html()
        })))
        .html()
}
