//! The upper half of the first screen: seal, sentence, "as of", and what to do.

use yew::prelude::*;

use super::el::{El, el, el_of, some};
use super::icon::icon;
use super::next::next_steps;
use super::seal::seal;
use super::step::party_name;
use crate::format;
use crate::messages::fill;
use crate::model::{Action, Answer, LabelBinding, Lot, Proven, Report, State, Titled, Waypoint};

/// Draws the verdict of a lot.
pub fn verdict(state: &State, lot: &Lot, answer: &Answer, report: Option<&Report>, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let drawing =
        el_of("div", "seal-box").with(seal(answer.seal())).with(el_of("span", "mark").with(icon(answer.icon())));
    let beside = [
        report.and_then(|report| as_of(state, report)),
        report.and_then(|report| binding(state, report)),
        (!answer.is_final()).then(|| el_of("p", "aside").text(m.loading_note())),
        proven(answer).map(|proven| el_of("p", "aside").text(proven.sentence(state.lang))),
        report.and_then(|report| path(state, report)),
        Some(lot_line(state, lot)),
    ];
    // What comes and goes stands in groups: yew keeps an element only if its parent has as many children as before.
    let say = el_of("div", "say").with(sentence(state, answer)).with(some(beside));
    el("section")
        .at(
            &["id", "class", "tabindex", "aria-busy"],
            &[
                "verdict",
                &["verdict ", answer.tone().class()].concat(),
                "-1",
                if answer.is_final() { "false" } else { "true" },
            ],
        )
        .with(drawing)
        .with(say)
        .with(some([next_steps(state, lot, answer, report, act)]))
        .into()
}

/// What a screen reader announces. Keyed, so that a changed urgency makes a new element, which is announced.
fn sentence(state: &State, answer: &Answer) -> Html {
    let role = answer.urgency().role();
    let badge = el_of("p", "badge").text(answer.heading(state.lang.messages()));
    let sentence = el("h1").text(answer.sentence(state.lang));
    el("div").at(&["role", "aria-atomic"], &[role, "true"]).key(role).with(badge).with(sentence).into()
}

fn as_of(state: &State, report: &Report) -> Option<El> {
    let m = state.lang.messages();
    let message = if report.logged { m.as_of_logged() } else { m.as_of_unlogged() };
    let time = format::moment(state.lang, report.as_of?);
    Some(el_of("p", "as-of").text(fill(message, &[("time", &time)])))
}

/// What the log has proven already, of a lot whose records are still coming.
const fn proven(answer: &Answer) -> Option<Proven> {
    if let Answer::Checking { proven, .. } = answer { *proven } else { None }
}

/// How a recall reaches this lot.
fn path(state: &State, report: &Report) -> Option<El> {
    let m = state.lang.messages();
    let one = |point: &Waypoint| {
        let code = point.code.as_ref().map(|code| el_of("span", "code").text(code.clone()));
        let party = point.party.as_ref().map(|party| el("span").text(" · ").text(party_name(state.lang, party)));
        el("li").text(point.kind.title(m)).text(" ").maybe(code).maybe(party)
    };
    let way = el("ol").all(report.path.iter().map(one));
    // A recall of the lot itself takes no way.
    (report.path.len() > 1).then(|| el_of("div", "path").with(el("p").text(m.path_title())).with(way))
}

fn binding(state: &State, report: &Report) -> Option<El> {
    let m = state.lang.messages();
    let words = match report.binding {
        LabelBinding::Lot => m.label_lot_only(),
        LabelBinding::Unbound => m.label_unbound(),
        LabelBinding::Silent => return None,
    };
    Some(el_of("p", "aside").text(words))
}

fn lot_line(state: &State, lot: &Lot) -> El {
    let m = state.lang.messages();
    let one = |label: &'static str, code: &str| el("span").text(label).text(" ").with(el("b").text(code.to_owned()));
    if lot.gtin.is_empty() {
        return el_of("p", "lot").text(m.file_unlabelled());
    }
    el_of("p", "lot")
        .with(one(m.label_lot(), &lot.lot))
        .with(one("GTIN", &lot.gtin))
        .maybe(lot.serial.as_ref().map(|serial| one(m.label_serial(), serial)))
}
