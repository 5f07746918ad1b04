//! The top of the page: whose it is, and the languages.

use yew::prelude::*;

use crate::lang::Lang;
use crate::model::{Action, State};

/// Draws the top.
pub fn head(state: &State, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    html! {
        <header class="head">
            <a class="brand" href="/" aria-label={m.document_title}>
                <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                    <circle cx="16" cy="16" r="12.5" />
                    <path d="M16 11c2.700 0 4.200 2.700 4.200 5.800S18.500 22.500 16 22.500s-4.200-2.600-4.200-5.700S13.300 11 16 11z" />
                </svg>
                { m.brand }
            </a>
            <nav class="languages" aria-label={m.language_switch}>
                { for Lang::ALL.map(|lang| language(lang, state.lang, act)) }
            </nav>
        </header>
    }
}

fn language(lang: Lang, current: Lang, act: &Callback<Action>) -> Html {
    let pressed = if lang == current { "true" } else { "false" };
    html! {
        <button type="button" lang={lang.tag()} aria-pressed={pressed} onclick={act.reform(move |_: MouseEvent| Action::Speak(lang))}>
            { lang.messages().language_name }
        </button>
    }
}
