//! This device: who uses it, how the key is kept, what stays on it, practice, language.

use nguon_ui::el::{Inside, el, el_of, nodes};
use yew::prelude::*;

use super::Doing;
use super::frame::languages;
use super::ui::{Tone, button, fact, maybe, title, told};
use crate::browser;
use crate::state::{Action, Page, Standing, State};

/// All of it.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    el("section")
        .at(&["class", "aria-labelledby"], &["device", "title"])
        .with(title(m.device_title(), ""))
        .with(person(state, doing))
        .with(kept(state, doing))
        .with(el_of("div", "card").with(el("h2").with(m.lost_title())).with(el("p").with(m.lost_short())).with(button(
            "quiet big",
            m.lost_how(),
            doing.show(Page::Lost),
        )))
        .with(practice(state, doing))
        .with(
            el_of("div", "card")
                .with(el("h2").with(m.languages()))
                .with(languages(state.lang, &doing.act.reform(Action::Speak))),
        )
        .with(el_of("p", "small").with(m.foot()))
        .html()
}

fn person(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some((person, key)) = state.person().and_then(|person| Some((person, person.key?))) else {
        return Html::default();
    };
    let by = match &person.standing {
        Standing::Enrolled(enrolment) if !enrolment.by.is_empty() => enrolment.by.clone(),
        Standing::Enrolled(_) => m.coop().to_owned(),
        _ => m.standing_unknown().to_owned(),
    };
    let lock =
        person.is_locked_away().then(|| button("quiet big", m.lock(), doing.go(|bench| async move { bench.lock() })));
    el_of("div", "card")
        .with(el("h2").with(person.name.clone()))
        .with(el("dl").with(fact(m.fact_coop(), by)).with(fact(m.fact_key(), crate::enrol::short(&key.public))))
        .with(el_of("p", "small").with(crate::enrol::kept(state.lang, &key)))
        .with(button("quiet big", m.code_show(), doing.show(Page::Code)))
        .with(button("quiet big", m.people_title(), doing.show(Page::People)))
        .with(maybe(lock))
        .html()
}

fn kept(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let standing = match (state.persisted, state.installed) {
        (Some(true), _) => told(Tone::Leaf, m.persisted_yes()),
        (_, true) => told(Tone::Leaf, m.persisted_installed()),
        _ => told(Tone::Amber, m.persisted_no()),
    };
    let install =
        state.can_install.then(|| button("big", m.install(), doing.go(|bench| async move { bench.install().await })));
    el_of("div", "card")
        .with(el("h2").with(m.persisted_title()))
        .with(standing)
        .with(el_of("p", "small").with(m.persisted_why()))
        .with(maybe(install))
        .html()
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
        nodes()
            .with(button("quiet big", m.practice_lose(), lose))
            .with(button("quiet big", m.practice_anew(), clear))
            .html()
    });
    el_of("div", "card")
        .with(el("h2").with(m.practice_title()))
        .with(el("p").with(m.practice_why()))
        .with(button("quiet big", if state.practises { m.practice_leave() } else { m.practice_begin() }, switch))
        .with(maybe(anew))
        .html()
}
