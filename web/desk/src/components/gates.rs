//! What stands in the way of the desk: nobody here, no key, another page, a secret that is wanted.

use nguon_farm_app::bench::Bench;
use nguon_farm_app::browser;
use nguon_farm_app::state::{Stage, State};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::maybe;
use crate::messages::words;

/// What is shown in place of the desk; nothing if it can be used.
pub fn view(state: &State, bench: &Bench) -> Option<Html> {
    let m = words(state.lang);
    let to_farm = |words: &'static str| {
        html! {
            <section class="d-gate"><h1 id="title" tabindex="-1">{ m.title }</h1><p class="lead">{ words }</p>
                <a class="button" href="#today">{ m.open_farm }</a>
            </section>
        }
    };
    Some(match state.stage() {
        Stage::Ready => return None,
        Stage::Opening => html! { <p role="status">{ m.loading }</p> },
        Stage::NoStorage => {
            html! { <section class="d-gate"><h1 id="title" tabindex="-1">{ m.title }</h1><p class="lead" role="alert">{ m.no_storage }</p></section> }
        }
        Stage::Elsewhere => {
            let bench = bench.clone();
            let here = Callback::from(move |_: MouseEvent| {
                let bench = bench.clone();
                spawn_local(async move { bench.take_over().await });
            });
            html! {
                <section class="d-gate"><h1 id="title" tabindex="-1">{ m.title }</h1><p class="lead">{ m.elsewhere }</p>
                    <button type="button" class="button" onclick={here}>{ m.elsewhere_here }</button>
                </section>
            }
        }
        Stage::Nobody => to_farm(m.needs_person),
        Stage::NotEnrolled => to_farm(m.needs_enrolment),
        Stage::Revoked => to_farm(m.needs_key),
        Stage::Locked => locked(state, bench),
    })
}

fn locked(state: &State, bench: &Bench) -> Html {
    let m = words(state.lang);
    let bench = bench.clone();
    let open = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let (bench, secret) = (bench.clone(), browser::typed("secret"));
        spawn_local(async move { bench.unlock(&secret).await });
    });
    let wrong = state.secret_fault.map(|_| html! { { m.secret_wrong } });
    html! {
        <section class="d-gate">
            <h1 id="title" tabindex="-1">{ state.person().map(|person| person.name.clone()).unwrap_or_default() }</h1>
            <form onsubmit={open}>
                <div class="field">
                    <label for="secret">{ m.secret }</label>
                    <input id="secret" type="password" autocomplete="current-password" aria-describedby="secret-error" />
                    <p id="secret-error" class="error" role="alert">{ maybe(wrong) }</p>
                </div>
                <button class="button">{ m.unlock }</button>
            </form>
        </section>
    }
}
