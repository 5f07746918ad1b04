//! The top of the page: whose it is, and the languages.

use yew::prelude::*;

use super::el::{El, When, el, el_of};
use crate::lang::Lang;
use crate::model::{Action, State};

const SEED: &str = "M16 10.8c2.7 0 4.2 2.8 4.2 5.9s-1.7 5.8-4.2 5.8-4.2-2.7-4.2-5.8 1.5-5.9 4.2-5.9z";

/// Draws the top, with the choice of languages or the place for it.
pub fn head(state: &State, languages: bool, act: &Callback<Action>) -> El {
    let m = state.lang.messages();
    let mark = el("svg")
        .at(&["viewBox", "aria-hidden"], &["0 0 32 32", "true"])
        .with(el("circle").at(&["cx", "cy", "r"], &["16", "16", "12.5"]))
        .with(el("path").at(&["d"], &[SEED]));
    let brand = el("a").at(&["class", "href", "aria-label"], &["brand", "/", m.document_title()]);
    let choice = languages.then(|| Lang::ALL.map(|lang| language(lang, state.lang, act)));
    let languages = el("nav").at(&["class", "aria-label"], &["languages", m.language_switch()]);
    el_of("header", "head")
        .with(brand.with(mark).text(m.brand()))
        .with(languages.all(choice.into_iter().flatten()))
        .maybe(state.missing.map(|lang| missing(state.lang, lang)))
}

/// Says that a language did not come, to those who read the present one and, the page having no words of theirs, in English.
fn missing(lang: Lang, missing: Lang) -> El {
    let name = el("b").at(&["lang"], &[missing.tag()]).text(missing.name());
    let itself =
        el("span").at(&["lang"], &["en"]).with(name).text(" could not be loaded. Choose it again when online.");
    el("p").at(&["class", "role"], &["small", "alert"]).text(lang.messages().language_missing()).text(" ").with(itself)
}

fn language(lang: Lang, current: Lang, act: &Callback<Action>) -> Html {
    let pressed = if lang == current { "true" } else { "false" };
    el("button")
        .at(&["type", "lang", "aria-pressed"], &["button", lang.tag(), pressed])
        .on(When::Click, act.reform(move |_: Event| Action::Wish(lang)))
        .text(lang.name())
        .into()
}
