//! The page.

use nguon_gs1::LabelCode;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::checks::checks;
use super::el::{button, el, group, slot, some};
use super::footer::footer;
use super::head::head;
use super::journey::journey;
use super::notes::notes;
use super::product::product;
use super::verdict::verdict;
use super::ways_in::ways_in;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::{Action, Answer, Lot, Page, Report, State};
use crate::{browser, codec, link, load};

/// Milliseconds: a verdict that takes longer does not come soon.
const SOON: u32 = 1_000;

/// The page, from the address to the last line.
pub struct App {
    /// What the address named when the page was opened: it does not change, every other lot is another page.
    code: Option<LabelCode>,
    state: State,
    /// Whether what stands below the verdict is drawn.
    whole: bool,
    /// Whether the companion knows what stands on the page.
    told: bool,
    /// Whether the languages are drawn: a telephone takes long to find letters for them, so not before a verdict that comes
    /// soon.
    languages: bool,
}

impl App {
    /// Loads and checks the lot, once for each attempt.
    fn start(&self, ctx: &Context<Self>) {
        let tell = ctx.link().callback(|action| action);
        if is_gallery() {
            spawn_local(load::communes(tell));
        } else if let Some(code) = &self.code {
            spawn_local(load::load(code.clone(), tell));
        }
    }

    /// Has a language here, then speaks it.
    fn speak(ctx: &Context<Self>, lang: Lang, remember: bool) {
        let tell = ctx.link().callback(|action| action);
        spawn_local(async move {
            let here = load::language(lang).await;
            if here && remember {
                browser::remember_language(lang);
            }
            tell.emit(if here { Action::Speak(lang) } else { Action::Missing(lang) });
        });
    }
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (path, fragment) = browser::address();
        let code = link::code_of_address(&path, &fragment);
        let app = Self { state: first(code.as_ref()), code, whole: false, told: false, languages: false };
        app.start(ctx);
        let tell = ctx.link().callback(|action| action);
        spawn_local(async move {
            browser::rest(SOON).await;
            tell.emit(Action::Shown);
        });
        if app.state.wish != app.state.lang {
            Self::speak(ctx, app.state.wish, false);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if let Action::Wish(lang) = action {
            Self::speak(ctx, lang, true);
        }
        if action == Action::Chosen {
            spawn_local(load::open("file", self.code.clone(), ctx.link().callback(|action| action)));
        }
        self.whole |= action == Action::Shown;
        self.languages |= self.whole;
        self.told &= matches!(action, Action::PlacesKnown);
        let attempt = self.state.attempt;
        self.state = self.state.clone().after(action);
        if self.state.attempt != attempt {
            match (&self.code, self.state.lot()) {
                // What came from a file may be had anew from the address on its label.
                (None, Some(Lot { gtin, lot, .. })) => {
                    browser::go(&["/01/", gtin, "/10/", &browser::encode(lot)].concat());
                }
                _ => self.start(ctx),
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let act = ctx.link().callback(|action| action);
        let lang = self.state.lang;
        // The verdict stands in the same place whatever comes after it: yew keeps its element then, and only a live region
        // that was there before is announced.
        let main = match &self.state.page {
            Page::Home => el("main").with(ways_in(&self.state, true, &act)),
            Page::Waiting { lot, answer } => {
                let rest = answer.is_final().then(|| ways_in(&self.state, false, &act));
                el("main").with(verdict(&self.state, lot, answer, None, &act)).with(slot("box")).with(some([rest]))
            }
            Page::Report { lot, report } => el("main")
                .with(verdict(&self.state, lot, &report.answer, Some(report), &act))
                .with(slot("box"))
                // As many children as while it waited: the verdict is announced only if its element stays.
                .with(if self.whole { reported(&self.state, report, &act) } else { some([None]) }),
        };
        let skip = Callback::from(|_: Event| browser::focus("verdict"));
        group(vec![
            button("skip button", skip, lang.messages().skip_to_verdict()),
            head(&self.state, self.languages, &act).into(),
            main.with(slot("shelf")).into(),
            footer(lang).into(),
        ])
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        browser::describe(&title(&self.state), self.state.lang);
        if !self.state.answer().is_none_or(Answer::is_final) {
            // Nothing else is drawn while the verdict is awaited, and nothing else travels.
            self.whole = false;
        } else if !self.whole {
            let tell = ctx.link().callback(|action| action);
            spawn_local(async move {
                browser::frame().await;
                tell.emit(Action::Shown);
            });
        } else if !self.told {
            self.told = true;
            let told = (self.state.lang, self.state.page.clone());
            spawn_local(async move {
                browser::frame().await;
                browser::tell(&codec::to_bytes(&told));
            });
        }
    }
}

/// All that stands below the verdict of a report.
fn reported(state: &State, report: &Report, act: &Callback<Action>) -> Html {
    let lang = state.lang;
    let told = [
        notes(lang, &report.notes),
        report.product.as_ref().map(|found| product(lang, found)),
        report.journey.as_ref().map(|found| journey(lang, found)),
        Some(slot("map")),
        Some(checks(lang, &report.checks)),
        Some(slot("keep")),
        Some(ways_in(state, false, act)),
    ];
    some(told)
}

fn title(state: &State) -> String {
    let m = state.lang.messages();
    match (state.lot(), state.answer()) {
        (Some(lot), Some(answer)) => fill(m.document_title_lot(), &[("short", answer.heading(m)), ("lot", &lot.lot)]),
        _ => m.document_title().into(),
    }
}

#[cfg(not(feature = "gallery"))]
const fn is_gallery() -> bool {
    false
}

#[cfg(not(feature = "gallery"))]
fn first(code: Option<&LabelCode>) -> State {
    at_first(code)
}

/// What the address says, in Vietnamese until the language it asks for is here.
fn at_first(code: Option<&LabelCode>) -> State {
    State::new(code.map(link::lot), Lang::Vi).after(Action::Wish(browser::chosen_language()))
}

#[cfg(feature = "gallery")]
fn is_gallery() -> bool {
    browser::query("gallery").is_some()
}

#[cfg(feature = "gallery")]
fn first(code: Option<&LabelCode>) -> State {
    let state = at_first(code);
    let Some(name) = browser::query("gallery") else { return state };
    State { wish: state.wish, ..crate::gallery::state(&name, state.lang) }
}
