//! The way of the fruit, as a vertical line.

use std::rc::Rc;

use nguon_core::event::EventName;
use yew::prelude::*;

use super::fold::Fold;
use super::step::{party_name, step};
use crate::communes::{self, Commune};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Group, Journey, Member, Step};

/// Draws the journey.
pub fn journey(lang: Lang, journey: &Rc<Journey>) -> Html {
    let m = lang.messages();
    html! {
        <section class="journey" aria-labelledby="journey">
            <h2 id="journey">{ m.journey_title }</h2>
            if !journey.areas.is_empty() {
                { areas(lang, journey) }
            }
            if let Some(group) = &journey.origins {
                { origins(lang, journey, group) }
            }
            if !journey.steps.is_empty() {
                <h3>{ m.journey_steps }</h3>
                { line(lang, &journey.steps) }
            }
            <p class="small">{ m.voice_note }</p>
        </section>
    }
}

fn line(lang: Lang, steps: &[Step]) -> Html {
    html! { <ol class="line">{ for steps.iter().map(|one| step(lang, one)) }</ol> }
}

fn areas(lang: Lang, journey: &Rc<Journey>) -> Html {
    let m = lang.messages();
    let codes = journey.areas.iter().filter(|step| step.event == EventName::PlaceRegistered).count();
    let sum = fill(m.journey_areas_sum, &[("n", &format::count(lang, codes as u64))]);
    let inside = {
        let journey = journey.clone();
        Callback::from(move |()| line(lang, &journey.areas))
    };
    html! { <Fold class="fold" summary={summary(m.journey_areas, sum)} {inside} /> }
}

fn summary(name: &'static str, sum: String) -> Html {
    html! { <><span>{ name }</span><b>{ sum }</b></> }
}

fn origins(lang: Lang, journey: &Rc<Journey>, group: &Group) -> Html {
    let m = lang.messages();
    let message = match (group.households(), group.members.len()) {
        (true, 1) => m.journey_origins_one,
        (true, _) => m.journey_origins_sum,
        (false, _) => m.journey_origins_lots,
    };
    let sum = fill(
        message,
        &[("n", &format::count(lang, group.members.len() as u64)), ("mass", &format::mass(lang, group.mass))],
    );
    let inside = {
        let journey = journey.clone();
        Callback::from(move |()| members(lang, &journey))
    };
    html! { <Fold class="fold origins" summary={summary(m.journey_origins, sum)} {inside} /> }
}

fn members(lang: Lang, journey: &Rc<Journey>) -> Html {
    let count = journey.origins.as_ref().map_or(0, |group| group.members.len());
    html! { <ul class="members">{ for (0..count).filter_map(|index| member(lang, journey, index)) }</ul> }
}

fn member(lang: Lang, journey: &Rc<Journey>, index: usize) -> Option<Html> {
    let m = lang.messages();
    let member = one_of(journey, index)?;
    let commune = member.place.as_ref().and_then(|place| place.commune.as_deref());
    let commune = commune.map(|code| Commune::of(code).map_or_else(|| communes::place(code), Commune::name));
    let summary = html! {
        <>
            <span class="who">{ party_name(lang, &member.party) }</span>
            <b class="mass">{ format::mass(lang, member.mass) }</b>
            <span class="where">
                { commune.unwrap_or_default() }
                if member.written_for {
                    <span class="chip">{ m.journey_written_for }</span>
                }
            </span>
        </>
    };
    let inside = {
        let journey = journey.clone();
        Callback::from(move |()| one_of(&journey, index).map(|member| line(lang, &member.steps)).unwrap_or_default())
    };
    Some(html! { <li><Fold {summary} {inside} /></li> })
}

fn one_of(journey: &Journey, index: usize) -> Option<&Member> {
    journey.origins.as_ref()?.members.get(index)
}
