//! The way of the fruit, as a vertical line.

use nguon_core::event::EventName;
use yew::prelude::*;

use super::step::{party_name, step};
use crate::communes::{self, Commune};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Group, Journey, Member, Step};

/// Draws the journey.
pub fn journey(lang: Lang, journey: &Journey) -> Html {
    let m = lang.messages();
    html! {
        <section class="journey" aria-labelledby="journey">
            <h2 id="journey">{ m.journey_title }</h2>
            if !journey.areas.is_empty() {
                <details class="fold">
                    <summary><span>{ m.journey_areas }</span><b>{ areas(lang, &journey.areas) }</b></summary>
                    { line(lang, &journey.areas) }
                </details>
            }
            if let Some(group) = &journey.origins {
                { origins(lang, group) }
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

fn areas(lang: Lang, steps: &[Step]) -> String {
    let codes = steps.iter().filter(|step| step.event == EventName::PlaceRegistered).count();
    fill(lang.messages().journey_areas_sum, &[("n", &format::count(lang, codes as u64))])
}

fn origins(lang: Lang, group: &Group) -> Html {
    let m = lang.messages();
    let message = if group.households() { m.journey_origins_sum } else { m.journey_origins_lots };
    let sum = fill(
        message,
        &[("n", &format::count(lang, group.members.len() as u64)), ("mass", &format::mass(lang, group.mass))],
    );
    html! {
        <details class="fold origins">
            <summary><span>{ m.journey_origins }</span><b>{ sum }</b></summary>
            <ul class="members">{ for group.members.iter().map(|one| member(lang, one)) }</ul>
        </details>
    }
}

fn member(lang: Lang, member: &Member) -> Html {
    let m = lang.messages();
    let commune = member.place.as_ref().and_then(|place| place.commune.as_deref());
    let commune = commune.map(|code| Commune::of(code).map_or_else(|| communes::place(code), Commune::name));
    html! {
        <li>
            <details>
                <summary>
                    <span class="who">{ party_name(lang, &member.party) }</span>
                    <b class="mass">{ format::mass(lang, member.mass) }</b>
                    <span class="where">
                        { commune.unwrap_or_default() }
                        if member.written_for {
                            <span class="chip">{ m.journey_written_for }</span>
                        }
                    </span>
                </summary>
                { line(lang, &member.steps) }
            </details>
        </li>
    }
}
