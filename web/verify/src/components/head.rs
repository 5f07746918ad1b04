//! The top of the page: whose it is, and the languages.

use yew::prelude::*;

use super::el::{El, el, el_of};
use crate::lang::Lang;
use crate::model::{Action, State};

/// Draws the top.
pub fn head(state: &State, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let mark = el("svg")
        .at("viewBox", "0 0 32 32")
        .at("aria-hidden", "true")
        .with(el("circle").at("cx", "16").at("cy", "16").at("r", "12.5"))
        .with(el("path").at("d", "M16 10.8c2.7 0 4.2 2.8 4.2 5.9s-1.7 5.8-4.2 5.8-4.2-2.7-4.2-5.8 1.5-5.9 4.2-5.9z"));
    el_of("header", "head")
        .with(el_of("a", "brand").at("href", "/").at("aria-label", m.document_title).with(mark).text(m.brand))
        .with(
            el_of("nav", "languages")
                .at("aria-label", m.language_switch)
                .all(Lang::ALL.map(|lang| language(lang, state.lang, act))),
        )
}

fn language(lang: Lang, current: Lang, act: &Callback<Action>) -> Html {
    let pressed = if lang == current { "true" } else { "false" };
    html! {
        <button type="button" lang={lang.tag()} aria-pressed={pressed} onclick={act.reform(move |_: MouseEvent| Action::Speak(lang))}>
            { lang.messages().language_name }
        </button>
    }
}
