//! One step of the journey.

use yew::prelude::*;

use super::el::{El, el, el_of, group, unseen};
use super::exhibit::exhibits;
use super::facts::facts;
use super::icon::{event_icon, icon};
use super::live::fold;
use crate::communes;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Flow, Name, Party, Place, Status, Step, Titled, Tone};

/// Draws a step.
pub fn step(lang: Lang, step: &Step) -> El {
    let m = lang.messages();
    // A registrar that writes for a household repeats the household's word, and signs for having written it.
    let says = step.on_behalf.as_ref().unwrap_or(&step.signer);
    let list = step.exhibits.clone();
    let inside = Callback::from(move |()| exhibits(lang, &list).into());
    let written_for = |_| {
        let words = fill(m.step_on_behalf(), &[("name", &party_name(lang, &step.signer))]);
        el("p").with(el_of("span", "chip").text(words))
    };
    el("li")
        .at(&["class"], &[&["step ", step.tone().map(Tone::class).unwrap_or_default()].concat()])
        .with(el_of("span", "dot").with(event_icon(step.event)))
        .with(
            el_of("p", "when")
                .with(el_of("span", "number").text(step.number.to_string()))
                .text(format::moment(lang, step.at)),
        )
        .with(el("h3").text(step.event.title(m)))
        .with(
            el_of("p", "who")
                .text(party_name(lang, says))
                .with(el_of("span", "role").text(says.role.title(m)).text(" · ").text(step.voice.title(m))),
        )
        .maybe(step.on_behalf.as_ref().map(written_for))
        .maybe(step.place.as_ref().map(where_line))
        .maybe(flow(lang, step.flow))
        .maybe(step.before.map(|before| earlier(lang, before)))
        .maybe(facts(lang, &step.facts))
        .maybe(status_line(lang, step.status))
        .with(fold("proof", proof_line(lang, step.status), inside))
}

fn proof_line(lang: Lang, status: Status) -> Html {
    let m = lang.messages();
    group(vec![icon(status.icon()), m.step_checked().into(), unseen(": ").text(status.title(m)).into()])
}

/// A party's name, or its role where the name is not published.
pub fn party_name(lang: Lang, party: &Party) -> String {
    let m = lang.messages();
    match &party.name {
        Name::Known(name) => name.clone(),
        Name::Withheld => [party.role.title(m), " (", m.name_withheld(), ")"].concat(),
    }
}

fn where_line(place: &Place) -> El {
    el_of("p", "where")
        .maybe(place.commune.as_ref().map(|commune| el("span").text(communes::place(commune))))
        .maybe(place.code.as_ref().map(|code| el_of("span", "code").text(code.clone())))
}

fn flow(lang: Lang, flow: Flow) -> Option<El> {
    (flow != Flow::default()).then(|| masses(lang, flow, el_of("p", "flow")))
}

fn masses(lang: Lang, flow: Flow, inside: El) -> El {
    let m = lang.messages();
    let one = |label: &'static str, mass| el("span").text(label).text(" ").with(el("b").text(format::mass(lang, mass)));
    inside
        .maybe(flow.taken.map(|mass| one(m.step_taken(), mass)))
        .maybe(flow.given.map(|mass| one(m.step_given(), mass)))
}

/// What stood there before a correction.
fn earlier(lang: Lang, flow: Flow) -> El {
    el_of("p", "flow before").text(lang.messages().step_before()).with(masses(lang, flow, el("s")))
}

fn status_line(lang: Lang, status: Status) -> Option<El> {
    let m = lang.messages();
    let words = match status {
        Status::Failed => m.step_failed(),
        Status::Doubted => m.step_in_doubt(),
        Status::Held | Status::Unproven => return None,
    };
    Some(el_of("p", "status").with(icon(status.icon())).text(words))
}
