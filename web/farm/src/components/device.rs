//! This device: who uses it, how the key is kept, what stays on it, practice, language.

use yew::prelude::*;

use super::Doing;
use super::frame::languages;
use super::ui::{Tone, button, fact, maybe, title, told};
use crate::browser;
use crate::state::{Page, Standing, State};

/// All of it.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    html! {
        <section class="device" aria-labelledby="title">
            { title(m.device_title, "") }
            { person(state, doing) }
            { kept(state, doing) }
            <div class="card">
                <h2>{ m.lost_title }</h2>
                <p>{ m.lost_short }</p>
                { button("quiet big", m.lost_how, doing.show(Page::Lost)) }
            </div>
            { practice(state, doing) }
            <div class="card"><h2>{ m.languages }</h2>{ languages(state, doing) }</div>
            <p class="small">{ m.foot }</p>
        </section>
    }
}

fn person(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some((person, key)) = state.person().and_then(|person| Some((person, person.key?))) else { return html! {} };
    let by = match &person.standing {
        Standing::Enrolled(enrolment) if !enrolment.by.is_empty() => enrolment.by.clone(),
        Standing::Enrolled(_) => m.coop.to_owned(),
        _ => m.standing_unknown.to_owned(),
    };
    let lock =
        person.is_locked_away().then(|| button("quiet big", m.lock, doing.go(|bench| async move { bench.lock() })));
    html! {
        <div class="card">
            <h2>{ person.name.clone() }</h2>
            <dl>{ fact(m.fact_coop, by) }{ fact(m.fact_key, crate::enrol::short(&key.public)) }</dl>
            <p class="small">{ crate::enrol::kept(state.lang, &key) }</p>
            { button("quiet big", m.code_show, doing.show(Page::Code)) }
            { button("quiet big", m.people_title, doing.show(Page::People)) }
            { maybe(lock) }
        </div>
    }
}

fn kept(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let standing = match (state.persisted, state.installed) {
        (Some(true), _) => told(Tone::Leaf, m.persisted_yes),
        (_, true) => told(Tone::Leaf, m.persisted_installed),
        _ => told(Tone::Amber, m.persisted_no),
    };
    let install =
        state.can_install.then(|| button("big", m.install, doing.go(|bench| async move { bench.install().await })));
    html! {
        <div class="card">
            <h2>{ m.persisted_title }</h2>
            { standing }
            <p class="small">{ m.persisted_why }</p>
            { maybe(install) }
        </div>
    }
}

fn practice(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let switch = {
        let practises = state.practises;
        Callback::from(move |_| browser::practise(!practises))
    };
    let anew = state.practises.then(|| {
        let lose = doing.go(|bench| async move { bench.practice_lose().await });
        let clear = doing.go(|bench| async move { bench.practice_anew().await });
        html! { <>{ button("quiet big", m.practice_lose, lose) }{ button("quiet big", m.practice_anew, clear) }</> }
    });
    html! {
        <div class="card">
            <h2>{ m.practice_title }</h2>
            <p>{ m.practice_why }</p>
            { button("quiet big", if state.practises { m.practice_leave } else { m.practice_begin }, switch) }
            { maybe(anew) }
        </div>
    }
}
