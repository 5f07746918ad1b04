//! The way of the fruit, as a vertical line.

use std::rc::Rc;

use yew::prelude::*;

use super::el::{El, el, el_of, group, section};
use super::live::fold;
use super::step::{party_name, step};
use crate::communes::{self, Commune};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Group, Journey, Member, Step};

/// Draws the journey.
pub fn journey(lang: Lang, journey: &Rc<Journey>) -> El {
    let m = lang.messages();
    section("journey", m.journey_title())
        .maybe((!journey.areas.is_empty()).then(|| areas(lang, journey)))
        .maybe(journey.origins.as_ref().map(|group| origins(lang, journey, group)))
        .with(el("h3").text(m.journey_steps()))
        .with(line(lang, &journey.steps))
        .with(el_of("p", "small").text(m.voice_note()))
}

fn line(lang: Lang, steps: &[Step]) -> El {
    el_of("ol", "line").all(steps.iter().map(|one| step(lang, one)))
}

fn areas(lang: Lang, journey: &Rc<Journey>) -> Html {
    let m = lang.messages();
    let sum = fill(m.journey_areas_sum(), &[("n", &format::count(lang, journey.codes as u64))]);
    let journey = journey.clone();
    let inside = Callback::from(move |()| line(lang, &journey.areas.unpacked()).into());
    fold("fold", summary(m.journey_areas(), sum), inside)
}

fn summary(name: &'static str, sum: String) -> Html {
    group(vec![el("span").text(name).into(), el("b").text(sum).into()])
}

fn origins(lang: Lang, journey: &Rc<Journey>, group: &Group) -> Html {
    let m = lang.messages();
    let message = match (group.households(), group.members.len()) {
        (true, 1) => m.journey_origins_one(),
        (true, _) => m.journey_origins_sum(),
        (false, _) => m.journey_origins_lots(),
    };
    let sum = fill(
        message,
        &[("n", &format::count(lang, group.members.len() as u64)), ("mass", &format::mass(lang, group.mass))],
    );
    let journey = journey.clone();
    let inside = Callback::from(move |()| members(lang, &journey).into());
    fold("fold origins", summary(m.journey_origins(), sum), inside)
}

fn members(lang: Lang, journey: &Rc<Journey>) -> El {
    let members = journey.origins.iter().flat_map(|group| &group.members).enumerate();
    el_of("ul", "members").all(members.map(|(index, one)| member(lang, journey, index, one)))
}

fn member(lang: Lang, journey: &Rc<Journey>, index: usize, member: &Member) -> El {
    let m = lang.messages();
    let commune = member.place.as_ref().and_then(|place| place.commune.as_deref());
    let commune = commune.map(|code| Commune::of(code).map_or_else(|| communes::place(code), Commune::name));
    let summary = group(vec![
        el_of("span", "who").text(party_name(lang, &member.party)).into(),
        el_of("b", "mass").text(format::mass(lang, member.mass)).into(),
        el_of("span", "where")
            .text(commune.unwrap_or_default())
            .maybe(member.written_for.then(|| el_of("span", "chip").text(m.journey_written_for())))
            .into(),
    ]);
    let journey = journey.clone();
    let inside = Callback::from(move |()| {
        let member = journey.origins.as_ref().and_then(|group| group.members.get(index));
        member.map(|member| line(lang, &member.steps.unpacked()).into()).unwrap_or_default()
    });
    el("li").with(fold("", summary, inside))
}
