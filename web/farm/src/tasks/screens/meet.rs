//! The screens of two phones that meet: a code to show, a code to scan, what was given and what arrived.

use yew::prelude::*;

use super::gone::batches;
use super::weights;
use crate::messages::fill;
use crate::qr;
use crate::scanner::Scanner;
use crate::tasks::field::Field;
use crate::tasks::meeting::{Awaits, Meeting, Told};
use crate::tasks::parts::{
    Draw, Typing, around, fact, line, lines, main_button, maybe, quiet_button, row, warnings, weight,
};
use crate::tasks::say;
use crate::tasks::sheet::Action;
use crate::tasks::transfer::{self, GiveWarning, Source};

/// What can be done besides changing the sheet.
pub struct Press {
    /// A code was scanned
    pub heard: Callback<Vec<u8>>,
    /// The typed code is to be used
    pub typed: Callback<MouseEvent>,
    /// The code shown is the next one
    pub turn: Callback<MouseEvent>,
    /// The code shown stays, or no more
    pub hold: Callback<MouseEvent>,
    /// What is shown is copied as text
    pub copy: Callback<MouseEvent>,
    /// The other has it all
    pub done: Callback<MouseEvent>,
    /// The other's code is scanned next
    pub scan: Callback<MouseEvent>,
    /// Signed
    pub sign: Callback<MouseEvent>,
}

/// The other's code is scanned.
pub fn scan(d: &Draw<'_>, meeting: &Meeting, press: &Press) -> Html {
    let m = d.m;
    let lead = match meeting.awaits {
        Awaits::Offer => m.give_lead,
        Awaits::Parcel => m.receive_scan,
        Awaits::Answer => m.answer_scan,
    };
    let (all, missing) = (meeting.gather.all(), meeting.gather.missing());
    let have = (all - missing).to_string();
    html! {
        <>
        <h2 id="t-step" tabindex="-1">{ lead }</h2>
        <Scanner lang={d.lang} heard={press.heard.clone()} />
        <div role="status">
            { maybe((all > 0).then(|| html! {
                <>
                <p>{ fill(m.scan_have, &[("have", &have), ("all", &all.to_string())]) }</p>
                <progress max={all.to_string()} value={have.clone()} aria-label={m.scan} />
                </>
            })) }
            { maybe(meeting.told.map(|told| html! { <p class="t-error" id="t-told">{ said(d, told) }</p> })) }
        </div>
        { around(d, Field::Code, false, if meeting.awaits == Awaits::Offer { line(d, Field::Code, Typing::Code) } else { lines(d, Field::Code) }) }
        { quiet_button("t-use", m.code_use, press.typed.clone()) }
        </>
    }
}

const fn said(d: &Draw<'_>, told: Told) -> &'static str {
    match told {
        Told::Another => d.m.scan_other_parcel,
        Told::Wrong => d.m.scan_wrong,
        Told::Newer => d.m.scan_newer,
        Told::NotForUs => d.m.scan_not_for_us,
        Told::TooMuch => d.m.frames_too_much,
    }
}

/// A text as a symbol.
fn symbol(text: &str, about: &str) -> Html {
    match qr::symbol(text) {
        Some(symbol) => html! {
            <svg viewBox={format!("0 0 {0} {0}", symbol.side)} role="img" aria-label={about.to_owned()} shape-rendering="crispEdges">
                <rect width={symbol.side.to_string()} height={symbol.side.to_string()} /><path d={symbol.path} />
            </svg>
        },
        None => Html::default(),
    }
}

/// The batch that is to receive, for the giver to scan.
pub fn offer(d: &Draw<'_>, meeting: &Meeting, press: &Press) -> Html {
    let m = d.m;
    let Some(offer) = &meeting.offer else { return Html::default() };
    let text = offer.to_text();
    let typed = text.split_once('/').map_or(text.clone(), |(_, typed)| typed.to_owned());
    html! {
        <>
        <h2 id="t-step" tabindex="-1">{ m.receive_offer }</h2>
        <div class="t-code">
            { symbol(&text, m.receive_offer) }
            <p class="t-typed" id="t-offer">{ typed }</p>
        </div>
        { quiet_button("t-copy", m.copy, press.copy.clone()) }
        <p>{ m.receive_offer_lead }</p>
        <div class="t-bar">{ main_button("t-scan", m.receive_scan, press.scan.clone(), false) }</div>
        </>
    }
}

/// The receiver's code, before there is one: what it is that is received.
pub fn produce(d: &Draw<'_>, make: Callback<MouseEvent>, busy: bool) -> Html {
    html! {
        <>
        { around(d, Field::Produce, false, line(d, Field::Produce, Typing::Words)) }
        { main_button("t-offer-make", if busy { d.m.signing } else { d.m.receive_make }, make, busy) }
        </>
    }
}

/// From what, how much.
pub fn give(d: &Draw<'_>, to: &str, press: &Press, busy: bool) -> Html {
    let m = d.m;
    let chosen = transfer::source(d.sheet, d.facts);
    let own = d.facts.plots.iter().filter(|plot| plot.household == d.facts.me);
    let plots = own.map(|plot| {
        let pressed = chosen == Some(Source::Plot(plot.id));
        let facts = html! { <><small>{ m.from_plot }</small>{ super::plots::state(d, plot) }</> };
        row(Some(format!("plot-{}", plot.id)), &plot.name, facts, Some(pressed), d.on(Action::Plot(plot.id)))
    });
    let has_batches = d.facts.batches.iter().any(|batch| batch.left > 0);
    let warned = transfer::warnings(d.sheet, d.facts);
    let warned = warned.iter().map(|warning| match warning {
        GiveWarning::AboveLeft(left) => fill(m.warn_over, &[("kg", &say::kg(d.lang, *left))]),
        GiveWarning::Plot(warning) => weights::said(d, warning),
    });
    html! {
        <>
        <h2 id="t-step" tabindex="-1" class="t-about">{ m.to }{ ": " }{ to.to_owned() }</h2>
        { maybe(has_batches.then(|| batches(d))) }
        <div class="t-rows" id={(!has_batches).then(|| Field::From.id())}>{ for plots }</div>
        { warnings(d, warned.collect()) }
        { weight(d, Field::Given) }
        <div class="t-bar">{ main_button("t-sign", if busy { m.signing } else { m.sign }, press.sign.clone(), busy) }</div>
        </>
    }
}

/// Codes that take turns, for the other to scan.
pub fn frames(d: &Draw<'_>, meeting: &Meeting, lead: &'static str, press: &Press) -> Html {
    let m = d.m;
    let (number, all) = ((meeting.shown + 1).to_string(), meeting.frames.len().to_string());
    let about = fill(m.frame, &[("n", &number), ("all", &all)]);
    let several = meeting.frames.len() > 1;
    html! {
        <>
        <p>{ lead }</p>
        <div class="t-code">
            { maybe(meeting.frame().map(|frame| symbol(frame, &about))) }
            <p>{ about }</p>
        </div>
        { maybe(several.then(|| html! {
            <div class="t-chips">
                <button type="button" class="t-chip" id="t-hold" aria-pressed={meeting.holds.to_string()} onclick={press.hold.clone()}>{ if meeting.holds { m.frame_go } else { m.frame_hold } }</button>
                <button type="button" class="t-chip" id="t-turn" onclick={press.turn.clone()}>{ m.frame_next }</button>
            </div>
        })) }
        <details>
            <summary>{ m.frames_text }</summary>
            <p class="t-typed t-frames">{ meeting.frames.join("\n") }</p>
            { quiet_button("t-copy", m.copy, press.copy.clone()) }
        </details>
        </>
    }
}

/// What arrived of what was given.
pub fn arrived(d: &Draw<'_>, meeting: &Meeting, giver: &str, press: &Press, busy: bool) -> Html {
    let m = d.m;
    let given = transfer::sum(&meeting.given);
    let typed = d.sheet.total();
    let above = typed > given;
    html! {
        <>
        <h2 id="t-step" tabindex="-1" class="t-about">{ m.giver }{ ": " }{ giver.to_owned() }</h2>
        <dl class="t-facts">{ fact(m.given_is, say::kg(d.lang, given)) }</dl>
        { warnings(d, above.then(|| fill(m.arrived_above, &[("kg", &say::kg(d.lang, given))])).into_iter().collect()) }
        { weights::crates(d) }
        <p class="t-total" role="status">{ m.shortage }{ " " }<b id="t-short">{ say::kg(d.lang, given.saturating_sub(typed)) }</b></p>
        { weights::bar(d, press.sign.clone(), busy) }
        </>
    }
}

/// The figures of both, once both have signed.
pub fn figures(d: &Draw<'_>, given: u64, arrived: Option<u64>) -> Html {
    let m = d.m;
    html! {
        <dl class="t-facts" id="t-figures">
            { fact(m.given_is, say::kg(d.lang, given)) }
            { maybe(arrived.map(|arrived| html! {
                <>{ fact(m.arrived_is, say::kg(d.lang, arrived)) }{ fact(m.shortage, say::kg(d.lang, given.saturating_sub(arrived))) }</>
            })) }
        </dl>
    }
}
