//! What stands around every page: who is at work above, the three parts of the app below.

use nguon_ui::el::{Inside, When, el, el_of, is};
use yew::prelude::*;

use super::Doing;
use super::ui::{icon, maybe};
use crate::lang::Lang;
use crate::state::{Page, Stage, State};

const SEED: &str = "M16 10.8c2.7 0 4.2 2.8 4.2 5.9s-1.7 5.8-4.2 5.8-4.2-2.7-4.2-5.8 1.5-5.9 4.2-5.9z";
const SUN: &str = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5";
const BOOK: &str = "M5 4h13v16H7a2 2 0 0 1-2-2zM9 9h6M9 13h6";
const PHONE: &str = "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2";
const FACE: &str = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c1-5 4-7 8-7s7 2 8 7";

/// The line above.
pub fn head(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let person = state.person().map(|person| {
        el("button")
            .at(&["type", "class", "aria-label"], &["button", "who", &format!("{}: {}", m.who_works(), person.name)])
            .on(When::Click, doing.show(Page::People))
            .with(icon(FACE))
            .with(el("span").with(person.name.clone()))
            .html()
    });
    el_of("header", "head")
        .with(
            el_of("p", "brand")
                .with(
                    el("svg")
                        .at(&["viewBox", "aria-hidden"], &["0 0 32 32", "true"])
                        .with(el("circle").at(&["cx", "cy", "r"], &["16", "16", "12.5"]))
                        .with(el("path").at(&["d"], &[SEED])),
                )
                .with(el("span").with(m.title())),
        )
        .with(maybe(person))
        .html()
}

/// The bar below.
pub fn bar(state: &State, doing: &Doing) -> Html {
    if !state.page.has_bar() || !matches!(state.stage(), Stage::Ready | Stage::NotEnrolled | Stage::Revoked) {
        return Html::default();
    }
    let m = state.lang.messages();
    let tab = |page: Page, sign: &'static str, words: &'static str| {
        let current = (page == state.page).then_some("page");
        let show = {
            let (act, page) = (doing.act.clone(), page.clone());
            Callback::from(move |event: Event| {
                event.prevent_default();
                act.emit(crate::state::Action::Show(page.clone()));
            })
        };
        el("a")
            .any(&["href", "aria-current"], &[is(&page.fragment()), current])
            .on(When::Click, show)
            .with(icon(sign))
            .with(el("span").with(words))
            .html()
    };
    el("nav")
        .at(&["class", "aria-label"], &["bar", m.parts()])
        .with(tab(Page::Today, SUN, m.tab_today()))
        .with(tab(Page::History, BOOK, m.tab_history()))
        .with(tab(Page::Device, PHONE, m.tab_device()))
        .html()
}

/// The choice of language.
pub fn languages(now: Lang, speak: &Callback<Lang>) -> Html {
    let language = |lang: Lang| {
        let pressed = if lang == now { "true" } else { "false" };
        el("button")
            .at(&["type", "lang", "aria-pressed"], &["button", lang.tag(), pressed])
            .on(When::Click, speak.reform(move |_: Event| lang))
            .with(lang.name())
            .html()
    };
    el("nav")
        .at(&["class", "aria-label"], &["languages", now.messages().languages()])
        .all(Lang::ALL.map(language))
        .html()
}
