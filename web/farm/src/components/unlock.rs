//! The secret of who uses the device now.

use nguon_ui::el::{Inside, When, el, el_of};
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
    let Some(person) = state.person() else { return Html::default() };
    let pin = person.key.is_some_and(|key| key.keeping == Keeping::Pin);
    let open = {
        let bench = doing.bench.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            let (bench, secret) = (bench.clone(), browser::typed("secret"));
            wasm_bindgen_futures::spawn_local(async move { bench.unlock(&secret).await });
        })
    };
    let others = state.people.as_ref().is_some_and(|people| people.len() > 1);
    let others = others.then(|| button("quiet big", m.somebody_else(), doing.show(Page::People)));
    el("section")
        .at(&["class", "aria-labelledby"], &["unlock", "title"])
        .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(person.name.clone()))
        .with(
            el("form")
                .on(When::Submit, open)
                .with(
                    el_of("div", "field")
                        .with(el("label").at(&["for"], &["secret"]).with(if pin {
                            m.pin_label()
                        } else {
                            m.passphrase_label()
                        }))
                        .with(el("input").at(
                            &["id", "type", "inputmode", "autocomplete", "aria-describedby"],
                            &[
                                "secret",
                                "password",
                                (if pin { "numeric" } else { "text" }),
                                "current-password",
                                "secret-error",
                            ],
                        ))
                        .with(
                            el("p")
                                .at(&["id", "class", "role"], &["secret-error", "error", "alert"])
                                .with(secret_fault(state)),
                        ),
                )
                .with(el_of("button", "button big").with(m.open())),
        )
        .with(maybe(others))
        .with(el_of("p", "small").with(m.secret_forgotten()))
        .html()
}
