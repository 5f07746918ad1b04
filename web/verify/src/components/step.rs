//! One step of the journey.

use yew::prelude::*;

use super::exhibit::exhibits;
use super::facts::facts;
use super::fold::Fold;
use super::icon::{event_icon, icon};
use crate::communes;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Flow, Name, Party, Place, Status, Step, Titled, Tone};

/// Draws a step.
pub fn step(lang: Lang, step: &Step) -> Html {
    let m = lang.messages();
    // A registrar that writes for a household repeats the household's word, and signs for having written it.
    let says = step.on_behalf.as_ref().unwrap_or(&step.signer);
    let summary = html! { <>{ icon(step.status.icon()) }{ m.step_checked }<span class="hidden">{ ": " }{ step.status.title(m) }</span></> };
    let inside = {
        let list = step.exhibits.clone();
        Callback::from(move |()| exhibits(lang, &list))
    };
    html! {
        <li class={classes!("step", step.tone().map(Tone::class))}>
            <span class="dot">{ event_icon(step.event) }</span>
            <p class="when"><span class="number">{ step.number }</span>{ format::moment(lang, step.at) }</p>
            <h4>{ step.event.title(m) }</h4>
            <p class="who">
                { party_name(lang, says) }
                <span class="role">{ says.role.title(m) }{ " · " }{ step.voice.title(m) }</span>
            </p>
            if step.on_behalf.is_some() {
                <p><span class="chip">{ fill(m.step_on_behalf, &[("name", &party_name(lang, &step.signer))]) }</span></p>
            }
            if let Some(place) = &step.place {
                { where_line(place) }
            }
            { flow(lang, step.flow) }
            { facts(lang, &step.facts) }
            { status_line(lang, step.status) }
            <Fold class="proof" {summary} {inside} />
        </li>
    }
}

/// A party's name, or its role where the name is not published.
pub fn party_name(lang: Lang, party: &Party) -> String {
    let m = lang.messages();
    match &party.name {
        Name::Known(name) => name.clone(),
        Name::Withheld => format!("{} ({})", party.role.title(m), m.name_withheld),
    }
}

fn where_line(place: &Place) -> Html {
    html! {
        <p class="where">
            if let Some(commune) = &place.commune { { communes::place(commune) } }
            if let Some(code) = &place.code { <span class="code">{ code }</span> }
        </p>
    }
}

fn flow(lang: Lang, flow: Flow) -> Html {
    let m = lang.messages();
    let one = |label: &'static str, mass| html! { <span>{ label }{ " " }<b>{ format::mass(lang, mass) }</b></span> };
    if flow == Flow::default() {
        return Html::default();
    }
    html! {
        <p class="flow">
            if let Some(mass) = flow.taken { { one(m.step_taken, mass) } }
            if let Some(mass) = flow.given { { one(m.step_given, mass) } }
        </p>
    }
}

fn status_line(lang: Lang, status: Status) -> Html {
    let m = lang.messages();
    match status {
        Status::Failed => html! { <p class="status">{ icon(status.icon()) }{ m.step_failed }</p> },
        Status::Doubted => html! { <p class="status">{ icon(status.icon()) }{ m.step_in_doubt }</p> },
        Status::Held | Status::Unproven => Html::default(),
    }
}
