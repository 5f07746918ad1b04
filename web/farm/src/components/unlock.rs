//! The secret of who uses the device now.

use yew::prelude::*;

use super::Doing;
use super::ui::{button, maybe};
use super::welcome::secret_fault;
use crate::browser;
use crate::keys::Keeping;
use crate::state::{Page, State};

/// Asks for it.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some(person) = state.person() else { return html! {} };
    let pin = person.key.is_some_and(|key| key.keeping == Keeping::Pin);
    let open = {
        let bench = doing.bench.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (bench, secret) = (bench.clone(), browser::typed("secret"));
            wasm_bindgen_futures::spawn_local(async move { bench.unlock(&secret).await });
        })
    };
    let others = state.people.as_ref().is_some_and(|people| people.len() > 1);
    let others = others.then(|| button("quiet big", m.somebody_else, doing.show(Page::People)));
    html! {
        <section class="unlock" aria-labelledby="title">
            <h1 id="title" tabindex="-1">{ person.name.clone() }</h1>
            <form onsubmit={open}>
                <div class="field">
                    <label for="secret">{ if pin { m.pin_label } else { m.passphrase_label } }</label>
                    <input id="secret" type="password" inputmode={if pin { "numeric" } else { "text" }} autocomplete="current-password" aria-describedby="secret-error" />
                    <p id="secret-error" class="error" role="alert">{ secret_fault(state) }</p>
                </div>
                <button class="button big">{ m.open }</button>
            </form>
            { maybe(others) }
            <p class="small">{ m.secret_forgotten }</p>
        </section>
    }
}
