//! The page.

use std::rc::Rc;

use nguon_gs1::LabelCode;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::checks::checks;
use super::code_form::CodeForm;
use super::el::{El, button, el, group};
use super::footer::footer;
use super::head::head;
use super::journey::journey;
use super::keep::Keep;
use super::notes::notes;
use super::product::product;
use super::verdict::verdict;
use crate::messages::fill;
use crate::model::{Action, Lot, Page, Report, State};
use crate::{browser, link, load};

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

/// What the address named when the page was opened: it does not change, every other lot is another page.
fn opened() -> Option<LabelCode> {
    let (path, fragment) = browser::address();
    link::code_of_address(&path, &fragment)
}

/// The page, from the address to the last line.
#[component]
pub fn App() -> Html {
    let code = use_memo((), |()| opened());
    let state = use_reducer(|| first(code.as_ref().as_ref()));
    let act = {
        let dispatch = state.dispatcher();
        use_callback((), move |action: Action, ()| {
            if let Action::Speak(lang) = action {
                browser::remember_language(lang);
            }
            dispatch.dispatch(action);
        })
    };
    {
        let (code, act) = (code.clone(), act.clone());
        use_effect_with(state.attempt, move |_| {
            if let (Some(code), false) = (code.as_ref().clone(), is_gallery()) {
                spawn_local(load::load(code, act));
            }
        });
    }
    use_effect_with((state.lang, title(&state)), |(lang, title)| browser::describe(title, *lang));

    let m = state.lang.messages();
    let lang = state.lang;
    let another = |alone: bool| {
        let title = if alone { m.home_title } else { m.another_title };
        html! { <CodeForm {lang} {title} {alone} /> }
    };
    let main = match &state.page {
        Page::Home => el("main").with(another(true)),
        Page::Waiting { lot, answer } => {
            el("main").with(verdict(&state, lot, answer, None, &act)).maybe(answer.is_final().then(|| another(false)))
        }
        Page::Report { lot, report } => reported(&state, lot, report, &act).with(another(false)),
    };
    group(vec![
        button("skip button", Callback::from(|_: MouseEvent| browser::focus("verdict")), m.skip_to_verdict),
        head(&state, &act).into(),
        main.into(),
        footer(lang).into(),
    ])
}

fn reported(state: &State, lot: &Lot, report: &Rc<Report>, act: &Callback<Action>) -> El {
    let lang = state.lang;
    el("main")
        .with(verdict(state, lot, &report.answer, Some(report), act))
        .maybe(notes(lang, &report.notes))
        .maybe(report.product.as_ref().map(|found| product(lang, found)))
        .maybe(report.journey.as_ref().map(|found| journey(lang, found)))
        .with(checks(lang, &report.checks))
        .with(html! { <Keep {lang} lot={lot.clone()} report={report.clone()} /> })
}

fn title(state: &State) -> String {
    let m = state.lang.messages();
    match (state.lot(), state.answer()) {
        (Some(lot), Some(answer)) => fill(m.document_title_lot, &[("short", answer.heading(m)), ("lot", &lot.lot)]),
        _ => m.document_title.into(),
    }
}

#[cfg(not(feature = "gallery"))]
const fn is_gallery() -> bool {
    false
}

#[cfg(not(feature = "gallery"))]
fn first(code: Option<&LabelCode>) -> State {
    State::new(code.map(link::lot), browser::chosen_language())
}

#[cfg(feature = "gallery")]
fn is_gallery() -> bool {
    browser::query("gallery").is_some()
}

#[cfg(feature = "gallery")]
fn first(code: Option<&LabelCode>) -> State {
    let state = State::new(code.map(link::lot), browser::chosen_language());
    browser::query("gallery").map_or(state.clone(), |name| crate::gallery::state(&name, state.lang))
}
