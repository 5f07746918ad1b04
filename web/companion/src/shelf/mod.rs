//! The lots that were looked at on this device: what the page said of each, as of when, and that this is a memory and not a
//! check. To open one is to check it again, from the network or from the bundle that was kept.
//!
//! Nothing leaves the device but what the reader asks for: [`memory::refresh`] is a button. Where a browser lets nothing be
//! stored, one line says so, and nothing else is missing.

pub mod entry;
pub mod memory;
mod row;

use std::rc::Rc;

use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{El, button, el, el_of, group};
use nguon_verify_app::components::icon::{Tool, tool_icon};
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Answer, Lot, Report};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use self::entry::Entry;
use self::row::Row;
use crate::browser;
use crate::installed::device::{self, Trouble};
use crate::messages::{self, Messages};
use crate::told::Told;

/// Lots whose newest records are fetched at once.
const REFRESHED: usize = 12;

const TITLE: &str = "shelf-title";
/// The ids of what is focused when the button that was pressed goes.
const LIST: &str = "shelf-list";
const SURE: &str = "shelf-sure";

/// What stands on the page.
#[derive(Properties, PartialEq)]
pub struct Shown {
    /// The page's language
    pub lang: Lang,
    /// The lot and what is said of it, unless it is home
    pub lot: Option<(Lot, Answer, Option<Rc<Report>>)>,
}

impl Shown {
    /// Of what the page told.
    #[must_use]
    pub fn of(told: &Told) -> Self {
        let lot = told.lot().zip(told.answer());
        let lot = lot.map(|(lot, answer)| (lot.clone(), answer.clone(), told.report().cloned()));
        Self { lang: told.lang, lot }
    }
}

/// The shelf.
pub struct Shelf {
    /// The page's own address, without its query
    here: String,
    rows: Vec<Row>,
    trouble: Option<Trouble>,
    /// Whether the reader is asked if all is to be forgotten
    sure: bool,
    said: String,
    refreshing: bool,
    /// Where the keyboard goes on when what was pressed is gone
    focus: Option<&'static str>,
}

/// What can happen.
pub enum Message {
    /// This is remembered, or why nothing is
    Remembered(Result<Vec<Row>, Trouble>),
    /// Forget one
    Forget(String),
    /// Ask whether to forget all, or leave it
    Sure(bool),
    /// Forget all
    ForgetAll,
    /// Fetch the newest records
    Refresh,
    /// So far it got
    Refreshed {
        /// Lots whose records came
        done: usize,
        /// Lots that were asked for
        tried: usize,
        /// Lots there are
        all: usize,
    },
}

impl Component for Shelf {
    type Message = Message;
    type Properties = Shown;

    fn create(ctx: &Context<Self>) -> Self {
        let (path, fragment) = page::address();
        let here = path + &fragment;
        let shelf = Self {
            here,
            rows: Vec::new(),
            trouble: None,
            sure: false,
            said: String::new(),
            refreshing: false,
            focus: None,
        };
        shelf.look(ctx);
        shelf
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Shown) -> bool {
        if ctx.props().lot != before.lot {
            self.look(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let words = messages::of(ctx.props().lang);
        match message {
            Message::Remembered(Ok(rows)) => self.rows = rows,
            Message::Remembered(Err(trouble)) => self.trouble = Some(trouble),
            Message::Forget(address) => {
                self.focus = Some(LIST);
                self.said = words.shelf_forgotten.into();
                self.then(ctx, async move { memory::forget(&address).await });
            }
            Message::Sure(sure) => {
                self.sure = sure;
                self.focus = Some(if sure { SURE } else { LIST });
            }
            Message::ForgetAll => {
                self.focus = Some(LIST);
                self.sure = false;
                self.said = words.shelf_forgotten.into();
                self.then(ctx, memory::forget_all());
            }
            Message::Refresh => self.refresh(ctx),
            Message::Refreshed { done, tried, all } => {
                let numbers = |done: usize| [("done", done.to_string()), ("n", all.to_string())];
                let say = |text, done| {
                    let [(a, one), (b, other)] = numbers(done);
                    fill(text, &[(a, &one), (b, &other)])
                };
                self.refreshing = tried < all;
                self.said = if self.refreshing {
                    say(words.shelf_refreshing, tried + 1)
                } else {
                    say(words.shelf_refreshed, done)
                };
                if !self.refreshing {
                    self.then(ctx, async { Ok(()) });
                }
            }
        }
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(id) = self.focus.take() {
            device::ask("focus", &[id.into()]);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = messages::of(ctx.props().lang);
        let trouble = self.trouble.map(|trouble| {
            let why = if trouble == Trouble::Full { words.shelf_full } else { words.shelf_denied };
            el("p").at(&["class", "role"], &["small", "status"]).text(why)
        });
        if self.rows.is_empty() && self.trouble.is_none() && self.said.is_empty() {
            return Html::default();
        }
        let is_home = ctx.props().lot.is_none();
        let said = el("p").at(&["class", "role"], &["small said", "status"]).text(self.said.clone());
        let inside = if self.rows.is_empty() {
            el("div")
                .at(&["id", "tabindex"], &[LIST, "-1"])
                .maybe((!self.said.is_empty()).then(|| el("p").text(words.shelf_empty)))
                .with(said)
        } else {
            el("div")
                .at(&["id", "tabindex"], &[LIST, "-1"])
                .with(el_of("p", "small").text(words.shelf_note))
                .with(el("ul").all(self.rows.iter().map(|row| row.view(ctx, &self.here))))
                .with(said)
                .with(self.all(ctx, words))
        };
        let section = el("section").at(&["class", "aria-labelledby"], &["shelf", TITLE]);
        let count = fill(" ({n})", &[("n", &self.rows.len().to_string())]);
        let title = el("h2").at(&["id"], &[TITLE]).text(words.shelf_title);
        if is_home || self.rows.is_empty() {
            return section.with(title).with(inside).maybe(trouble).into();
        }
        let summary = el("summary").with(title.text(count));
        section.with(el_of("details", "fold").with(summary).with(inside)).maybe(trouble).into()
    }
}

impl Shelf {
    /// Remembers what stands on the page, and keeps its bundle; then shows what is remembered.
    fn look(&self, ctx: &Context<Self>) {
        let shown = ctx.props();
        let seen = shown.lot.as_ref().filter(|_| self.here.starts_with("/01/")).and_then(|(lot, answer, report)| {
            let entry = Entry::of(self.here.clone(), lot, answer, report.as_deref(), page::now())?;
            let bundle = report.is_some() && memory::is_worth_keeping(answer);
            Some((entry, bundle.then(browser::proof)))
        });
        self.then(ctx, async move {
            let Some((entry, bundle)) = seen else { return Ok(()) };
            let address = entry.address.clone();
            let remembered = memory::look(entry).await;
            if remembered.is_ok()
                && let Some(bundle) = bundle
            {
                // A lot whose bundle has no place is remembered nevertheless, and says that it needs a network.
                let _ = memory::keep(&address, bundle).await;
            }
            remembered
        });
    }

    /// Does something and shows what is remembered then.
    fn then(&self, ctx: &Context<Self>, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        let tell = ctx.link().callback(Message::Remembered);
        spawn_local(async move {
            let done = work.await;
            // What was remembered before is shown even if nothing can be added.
            let rows = Row::all().await;
            let failed = done.is_err() && rows.is_ok();
            tell.emit(rows);
            if let (true, Err(trouble)) = (failed, done) {
                tell.emit(Err(trouble));
            }
        });
    }

    fn refresh(&mut self, ctx: &Context<Self>) {
        let addresses: Vec<String> = self.refreshable().map(|row| row.entry.address.clone()).collect();
        let (all, tell) = (addresses.len(), ctx.link().callback(|message: Message| message));
        self.refreshing = true;
        spawn_local(async move {
            let mut done = 0;
            for (tried, address) in addresses.iter().enumerate() {
                tell.emit(Message::Refreshed { done, tried, all });
                done += usize::from(memory::refresh(address).await.is_ok());
            }
            tell.emit(Message::Refreshed { done, tried: all, all });
        });
    }

    /// The lots that have records to fetch, those looked at last.
    fn refreshable(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_kept()).take(REFRESHED)
    }

    /// What can be done with all of them.
    fn all(&self, ctx: &Context<Self>, words: &'static Messages) -> El {
        let number = |number: usize| [("n", number.to_string())];
        let say = |text, [(name, value)]: [(&str, String); 1]| fill(text, &[(name, &value)]);
        if self.sure {
            let yes = button("button", ctx.link().callback(|_: Event| Message::ForgetAll), words.shelf_yes);
            let no = button("button quiet", ctx.link().callback(|_: Event| Message::Sure(false)), words.shelf_no);
            let ask = el("p").at(&["role"], &["alert"]).text(say(words.shelf_sure, number(self.rows.len())));
            return el("div")
                .at(&["class", "id", "tabindex"], &["sure", SURE, "-1"])
                .with(ask)
                .with(el_of("div", "row").with(yes).with(no));
        }
        let count = self.refreshable().count();
        let can_refresh = count > 0 && !self.refreshing;
        let refresh = can_refresh.then(|| {
            let press = ctx.link().callback(|_: Event| Message::Refresh);
            let refresh =
                button("button quiet", press, group(vec![tool_icon(Tool::Retry), words.shelf_refresh.into()]));
            let note = el_of("p", "small").text(say(words.shelf_refresh_note, number(count)));
            el_of("div", "refresh").with(el_of("div", "row").with(refresh)).with(note)
        });
        let forget =
            button("button quiet", ctx.link().callback(|_: Event| Message::Sure(true)), words.shelf_forget_all);
        el("div").maybe(refresh).with(el_of("div", "row forget").with(forget))
    }
}
