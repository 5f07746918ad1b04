//! The top of the page: whose it is, and the languages.

use yew::prelude::*;

use super::el::{El, el, el_of};
use crate::lang::Lang;
use crate::model::{Action, State};

const SEED: &str = "M16 10.8c2.7 0 4.2 2.8 4.2 5.9s-1.7 5.8-4.2 5.8-4.2-2.7-4.2-5.8 1.5-5.9 4.2-5.9z";

/// Draws the top.
pub fn head(state: &State, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let mark = el("svg")
        .at(&["viewBox", "aria-hidden"], &["0 0 32 32", "true"])
        .with(el("circle").at(&["cx", "cy", "r"], &["16", "16", "12.5"]))
        .with(el("path").at(&["d"], &[SEED]));
    let brand = el("a").at(&["class", "href", "aria-label"], &["brand", "/", m.document_title]);
    let languages = el("nav").at(&["class", "aria-label"], &["languages", m.language_switch]);
    el_of("header", "head")
        .with(brand.with(mark).text(m.brand))
        .with(languages.all(Lang::ALL.map(|lang| language(lang, state.lang, act))))
}

fn language(lang: Lang, current: Lang, act: &Callback<Action>) -> Html {
    let pressed = if lang == current { "true" } else { "false" };
    html! {
        <button type="button" lang={lang.tag()} aria-pressed={pressed} onclick={act.reform(move |_: MouseEvent| Action::Speak(lang))}>
            { lang.messages().language_name }
        </button>
    }
}
