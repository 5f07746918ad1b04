//! The app, from its address to its last line.

use nguon_ui::el::{Inside, When, el, nodes};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe, steps, title, to_come};
use super::{Doing, bands, code, device, frame, history, lost, people, today, unlock, welcome};
use crate::bench::Bench;
use crate::browser;
use crate::lang::Lang;
use crate::messages::later;
use crate::state::{Action, Page, Part as Coming, Stage, State};

/// The app.
pub struct App {
    state: State,
    bench: Bench,
    /// What the keyboard goes to once it is drawn.
    goes_to: Option<&'static str>,
}

impl App {
    fn doing(&self, ctx: &On<'_, Self>) -> Doing {
        Doing { bench: self.bench.clone(), act: ctx.link().callback(|action| action) }
    }

    /// Has the words of a language fetched, unless they are here.
    fn learn(&self, lang: Lang, act: Callback<Action>) {
        if later::is_here(lang) {
            return;
        }
        spawn_local(async move {
            if let Some(text) = browser::later(&later::file(lang)).await
                && later::read(lang, text)
            {
                act.emit(Action::Products);
            }
        });
    }

    /// What follows from a change.
    fn follow(&mut self, action: &Action, act: Callback<Action>) {
        match action {
            Action::Show(page) => {
                browser::go(&page.fragment());
                self.goes_to = Some("title");
            }
            Action::Came(_) => self.goes_to = Some("title"),
            Action::Speak(lang) => {
                browser::remember_language(*lang);
                self.learn(*lang, act);
            }
            Action::SecretFault(Some(fault)) => {
                self.goes_to = Some(if *fault == crate::state::SecretFault::NoName { "name" } else { "secret" });
            }
            Action::Work(_) | Action::People(..) | Action::Products | Action::Online(_) | Action::Unlocked => {
                self.bench = self.bench.renewed();
            }
            _ => {}
        }
    }
}

impl Part for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &On<'_, Self>) -> Self {
        let act = ctx.link().callback(|action| action);
        let bench = Bench::new(act.clone());
        let page = Page::of_fragment(&browser::fragment());
        let state = State::new(page, browser::chosen_language(), bench.online(), bench.practises());
        let begins = bench.clone();
        let tasks = act.clone();
        spawn_local(async move {
            begins.begin(false).await;
            fetch_tasks(tasks).await;
        });
        spawn_local(async move {
            loop {
                browser::moved().await;
                act.emit(Action::Came(Page::of_fragment(&browser::fragment())));
            }
        });
        let app = Self { state, bench, goes_to: None };
        app.learn(app.state.lang, ctx.link().callback(|action| action));
        app
    }

    fn update(&mut self, ctx: &On<'_, Self>, action: Action) -> bool {
        // The address follows what is shown, and says so: that is nothing new.
        if matches!(&action, Action::Came(page) if *page == self.state.page) {
            return false;
        }
        self.state.act(action.clone());
        let act = ctx.link().callback(|action| action);
        // Whoever opens a task, or has a network again, need not press for what did not come before.
        let wanted = matches!(action, Action::Show(Page::Task(_)) | Action::Came(Page::Task(_)) | Action::Online(true));
        if wanted && self.state.tasks == Coming::Missing {
            self.state.tasks = Coming::Coming;
            spawn_local(fetch_tasks(act.clone()));
        }
        self.follow(&action, act);
        true
    }

    fn view(&self, ctx: &On<'_, Self>) -> Html {
        let doing = self.doing(ctx);
        let (state, m) = (&self.state, self.state.lang.messages());
        let skip = Callback::from(|event: Event| {
            event.prevent_default();
            browser::focus("main");
        });
        nodes()
            .with(el("a").at(&["class", "href"], &["skip button", "#main"]).on(When::Click, skip).with(m.skip()))
            .with(bands::view(state, &doing))
            .with(frame::head(state, &doing))
            .with(el("main").at(&["id", "tabindex"], &["main", "-1"]).with(page(state, &doing)))
            .with(frame::bar(state, &doing))
            .html()
    }

    fn rendered(&mut self, _: &On<'_, Self>, _: bool) {
        browser::describe(self.state.lang.messages().title(), self.state.lang);
        if let Some(id) = self.goes_to.take() {
            browser::top();
            browser::focus(id);
        }
    }
}

/// What is shown: by what there is, then by the address.
fn page(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    match (state.stage(), &state.page) {
        (Stage::Opening, _) => el("p").at(&["role"], &["status"]).with(m.loading()).html(),
        (Stage::Elsewhere, _) => elsewhere(state, doing),
        (Stage::NoStorage, _) => el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(title(m.no_storage_title(), m.no_storage_lead()))
            .with(steps(&[m.no_storage_private(), m.no_storage_full(), m.no_storage_other()]))
            .with(button("big", m.try_again(), Callback::from(|_| browser::reload())))
            .html(),
        (_, Page::NewPerson) if state.people.as_ref().is_some_and(|people| !people.is_empty()) => {
            people::new_person(state, doing)
        }
        (_, Page::People) if state.people.as_ref().is_some_and(|people| !people.is_empty()) => {
            people::view(state, doing)
        }
        (Stage::Nobody, Page::Welcome(step)) => welcome::view(state, doing, *step),
        (Stage::Nobody, _) => welcome::view(state, doing, 0),
        (Stage::Locked, _) => unlock::view(state, doing),
        (_, Page::Lost) => lost::lost(state, doing),
        (_, Page::Device) => device::view(state, doing),
        (_, Page::History) => history::view(state, doing),
        (Stage::Revoked, _) => lost::revoked(state, doing),
        (Stage::NotEnrolled, _) | (_, Page::Code) => code::view(state, doing),
        (Stage::Ready, Page::Task(_)) if state.tasks != Coming::Here => tasks_to_come(state, doing),
        (Stage::Ready, Page::Task(task)) => {
            let leave = doing.show::<()>(Page::Today);
            crate::tasks::page(task.clone(), state.lang, doing.bench.clone(), leave)
        }
        (Stage::Ready, _) => nodes().with(maybe(unreadable(state))).with(today::view(state, doing)).html(),
    }
}

/// Fetches what the tasks' pages need: behind the first page, before somebody taps a task.
async fn fetch_tasks(act: Callback<Action>) {
    let here = browser::part("tasks").await;
    act.emit(Action::Tasks(Coming::now(here)));
}

fn tasks_to_come(state: &State, doing: &Doing) -> Html {
    let act = doing.act.clone();
    let again = doing.go(move |_| {
        act.emit(Action::Tasks(Coming::Coming));
        fetch_tasks(act.clone())
    });
    to_come(state.lang, state.tasks, again)
}

fn unreadable(state: &State) -> Option<Html> {
    (state.unreadable > 0).then(|| {
        let count = state.unreadable.to_string();
        el("p")
            .at(&["class", "role"], &["error", "alert"])
            .with(crate::messages::fill(state.lang.messages().unreadable(), &[("count", &count)]))
            .html()
    })
}

fn elsewhere(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let here = doing.go(|bench| async move { bench.take_over().await });
    el("section")
        .at(&["aria-labelledby"], &["title"])
        .with(title(m.elsewhere_title(), m.elsewhere_lead()))
        .with(button("big", m.elsewhere_here(), here))
        .html()
}
