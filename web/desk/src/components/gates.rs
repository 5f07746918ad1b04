//! What stands in the way of the desk: nobody here, no key, another page, a secret that is wanted.

use nguon_farm_app::bench::Bench;
use nguon_farm_app::browser;
use nguon_farm_app::components::ui::button;
use nguon_farm_app::state::{Stage, State};
use nguon_ui::el::{Inside, When, el, el_of};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::messages::words;

/// What is shown in place of the desk; nothing if it can be used.
pub fn view(state: &State, bench: &Bench) -> Option<Html> {
    let m = words(state.lang);
    let to_farm = |words: &'static str| {
        el_of("section", "d-gate")
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.title()))
            .with(el_of("p", "lead").with(words))
            .with(el("a").at(&["class", "href"], &["button", "#today"]).with(m.open_farm()))
            .html()
    };
    if bench.practises() {
        return Some(to_farm(m.practising()));
    }
    Some(match state.stage() {
        Stage::Ready => return None,
        Stage::Opening => el("p").at(&["role"], &["status"]).with(m.loading()).html(),
        Stage::NoStorage => el_of("section", "d-gate")
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.title()))
            .with(el("p").at(&["class", "role"], &["lead", "alert"]).with(m.no_storage()))
            .html(),
        Stage::Elsewhere => {
            let bench = bench.clone();
            let here = Callback::from(move |_: Event| {
                let bench = bench.clone();
                spawn_local(async move { bench.take_over().await });
            });
            el_of("section", "d-gate")
                .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.title()))
                .with(el_of("p", "lead").with(m.elsewhere()))
                .with(button("", m.elsewhere_here(), here))
                .html()
        }
        Stage::Nobody => to_farm(m.needs_person()),
        Stage::NotEnrolled => to_farm(m.needs_enrolment()),
        Stage::Revoked => to_farm(m.needs_key()),
        Stage::Locked => locked(state, bench),
    })
}

fn locked(state: &State, bench: &Bench) -> Html {
    let m = words(state.lang);
    let bench = bench.clone();
    let open = Callback::from(move |event: Event| {
        event.prevent_default();
        let (bench, secret) = (bench.clone(), browser::typed("secret"));
        spawn_local(async move { bench.unlock(&secret).await });
    });
    let wrong = state.secret_fault.map(|_| Inside::html(m.secret_wrong()));
    el_of("section", "d-gate")
        .with(
            el("h1")
                .at(&["id", "tabindex"], &["title", "-1"])
                .with(state.person().map(|person| person.name.clone()).unwrap_or_default()),
        )
        .with(
            el("form")
                .on(When::Submit, open)
                .with(
                    el_of("div", "field")
                        .with(el("label").at(&["for"], &["secret"]).with(m.secret()))
                        .with(el("input").at(
                            &["id", "type", "autocomplete", "aria-describedby"],
                            &["secret", "password", "current-password", "secret-error"],
                        ))
                        .with(el("p").at(&["id", "class", "role"], &["secret-error", "error", "alert"]).with(wrong)),
                )
                .with(el_of("button", "button").with(m.unlock())),
        )
        .html()
}
