//! The desk, from its address to its last line.

use std::rc::Rc;

use nguon_farm_app::bench::Bench;
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::components::languages;
use nguon_farm_app::components::ui::button;
use nguon_farm_app::components::ui::to_come;
use nguon_farm_app::format;
use nguon_farm_app::lang::Lang;
use nguon_farm_app::messages::later as farm_later;
use nguon_farm_app::state::{Action, Page as FarmPage, Part as Coming, Stage, State};
use nguon_import::register::Register;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes};
use nguon_ui::part::{On, Part, part, part_of};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::household::HouseholdPage;
use super::households::HouseholdsPage;
use super::lots::LotsPage;
use super::officers::OfficersPage;
use super::orders::OrdersPage;
use super::pack::PackPage;
use super::{Desk, gates};
use crate::kept::Held;
use crate::messages::{fill, later, words};
use crate::page::Page;
use crate::register::{Listing, People, imported, read};

/// How the list of households stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listed {
    /// It is being fetched
    #[default]
    Coming,
    /// It is here
    Here,
    /// Only what was kept then is here, Unix seconds
    Old(u64),
    /// It ended too soon
    Cut,
    /// Nothing is here
    Failed,
}

/// What can happen.
pub enum Message {
    /// In what is shared with the farm app
    Farm(Action),
    /// Another address
    Came(Page),
    /// What this computer knows is read
    Known(Rc<Held<People>>, Rc<Held<Register>>),
    /// A list of households is here: as it was kept then, or as the server has it now
    List(Listing, Option<u64>),
    /// No list came
    NoList,
    /// Something was signed that changes lists and names
    Changed,
    /// How the part of the program stands that reads lists
    Lists(Coming),
    /// What the farm app says in another language is here
    Learned,
}

/// The desk.
pub struct App {
    state: State,
    bench: Bench,
    page: Page,
    listing: Rc<Listing>,
    listed: Listed,
    people: Rc<Held<People>>,
    register: Rc<Held<Register>>,
    /// How the part of the program stands that reads lists
    lists: Coming,
    /// Whether what this computer knows is read: nothing is kept over what is not known yet
    known: bool,
    begun: bool,
    unsent: usize,
    goes_to_title: bool,
}

impl App {
    /// Once somebody is at work: reads what this computer knows, and asks the server.
    fn begin(&mut self, on: &On<'_, Self>) {
        if self.begun || self.state.stage() != Stage::Ready || self.bench.me().is_none() {
            return;
        }
        self.begun = true;
        self.fetch(on, true);
        // Hashes of serials that the server did not have when the page was closed.
        spawn_local(super::labels::hand_in_all());
    }

    /// Has a language fetched that the program does not carry: what the desk says, and what the farm app does.
    fn learn(lang: Lang, learned: Callback<Message>) {
        if later::is_here(lang) && farm_later::is_here(lang) {
            return;
        }
        spawn_local(async move {
            let desk = crate::browser::later(&later::file(lang)).await;
            let farm = browser::later(&farm_later::file(lang)).await;
            let desk = desk.is_some_and(|text| later::read(lang, text));
            if farm.is_some_and(|text| farm_later::read(lang, text)) || desk {
                learned.emit(Message::Learned);
            }
        });
    }

    fn fetch(&self, on: &On<'_, Self>, kept_too: bool) {
        let Some(me) = self.bench.me() else { return };
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            let people = Held::<People>::read(People::kept_as(&me)).await;
            let register = Held::<Register>::read(imported::kept_as(&me)).await;
            tell.emit(Message::Known(Rc::new(people), Rc::new(register)));
            let name = format!("desk/list/{me}");
            if kept_too
                && let Some(bytes) = store::bytes(Shelf::Things, &name).await
                && let Some((time, answer)) = bytes.split_first_chunk::<8>()
            {
                tell.emit(Message::List(read(answer), Some(u64::from_be_bytes(*time))));
            }
            let origin = browser::setting("api").unwrap_or_default();
            let got = net::get(&format!("{origin}/v1/registrars/{me}/households")).await;
            match got.status {
                200 => {
                    let listing = read(&got.bytes);
                    if listing.whole {
                        let bytes = [&browser::now().to_be_bytes()[..], &got.bytes].concat();
                        let _ = store::write(&[Change::bytes(Shelf::Things, name, bytes)]).await;
                    }
                    tell.emit(Message::List(listing, None));
                }
                // Not a registrar, which has none below it.
                404 => tell.emit(Message::List(Listing { whole: true, ..Listing::default() }, None)),
                _ => tell.emit(Message::NoList),
            }
        });
    }

    fn desk(&self, on: &On<'_, Self>) -> Option<Desk> {
        self.known.then_some(())?;
        Some(Desk {
            lang: self.state.lang,
            bench: self.bench.clone(),
            me: self.bench.me()?,
            listing: self.listing.clone(),
            people: self.people.clone(),
            register: self.register.clone(),
            go: on.link().callback(|page: Page| {
                browser::go(&page.fragment());
                Message::Came(page)
            }),
            changed: on.link().callback(|()| Message::Changed),
        })
    }

    fn lists_to_come(&self, on: &On<'_, Self>) -> Html {
        let tell = on.link().callback(Message::Lists);
        let again = Callback::from(move |_: Event| {
            tell.emit(Coming::Coming);
            spawn_local(fetch_lists(tell.clone()));
        });
        to_come(self.state.lang, self.lists, again)
    }

    fn unsent_now(&self) -> usize {
        self.state.work.as_ref().map_or(0, |work| work.unsent())
    }

    fn on_page(&self, on: &On<'_, Self>, desk: Desk) -> Html {
        match self.page {
            Page::Households => part::<HouseholdsPage>(desk),
            Page::Household(actor) => {
                part_of::<HouseholdPage>(actor.to_string(), super::household::Props { desk, actor })
            }
            Page::Import if self.lists == Coming::Here => super::import::page(desk),
            Page::Import => self.lists_to_come(on),
            Page::Pack => part::<PackPage>(desk),
            Page::Orders => part::<OrdersPage>(desk),
            Page::Lots => part::<LotsPage>(desk),
            Page::Officers => part::<OfficersPage>(desk),
        }
    }

    fn bar(&self, on: &On<'_, Self>) -> Html {
        let m = words(self.state.lang);
        let tab = |page: Page| {
            let name = match page {
                Page::Import => m.part_import(),
                Page::Pack => m.part_pack(),
                Page::Orders => m.part_orders(),
                Page::Lots => m.part_lots(),
                Page::Officers => m.part_officers(),
                Page::Households | Page::Household(_) => m.part_households(),
            };
            let current = (self.page.part() == page).then_some("page");
            let show = on.link().callback(move |event: Event| {
                event.prevent_default();
                browser::go(&page.fragment());
                Message::Came(page)
            });
            el("a")
                .any(&["href", "aria-current"], &[is(&page.fragment()), current])
                .on(When::Click, show)
                .with(name)
                .html()
        };
        el("nav").at(&["class", "aria-label"], &["d-parts", m.parts()]).all(Page::PARTS.map(tab)).html()
    }

    /// What waits to be sent, and what stands in the way of the list.
    fn told(&self, on: &On<'_, Self>) -> Html {
        let (m, unsent) = (words(self.state.lang), self.unsent_now());
        let count = unsent.to_string();
        let waits = (unsent > 0).then(|| {
            let message = if self.state.sending.busy { m.sending() } else { m.on_its_way() };
            el_of("p", "d-sending").with(fill(message, &[("count", &count)])).html()
        });
        let refused =
            self.state.entries().iter().filter(|entry| matches!(entry.stage, nguon_draft::Stage::Refused(..))).count();
        let refused = (refused > 0).then(|| {
            el("p")
                .at(&["class", "role"], &["band alert", "alert"])
                .with(
                    el("a")
                        .at(&["href"], &["#history"])
                        .with(fill(m.refused_some(), &[("count", &refused.to_string())])),
                )
                .html()
        });
        let unreadable = self.people.unreadable || self.register.unreadable;
        let unreadable = unreadable.then(|| el_of("p", "band amber").with(m.unreadable()).html());
        let again = on.link().callback(|_: Event| Message::Changed);
        let list = match self.listed {
            Listed::Coming | Listed::Here => None,
            Listed::Old(then) => Some(fill(m.old_list(), &[("time", &format::moment(self.state.lang, then))])),
            Listed::Cut => Some(m.cut_list().to_owned()),
            Listed::Failed => Some(m.list_failed().to_owned()),
        };
        let list = list.map(|words| {
            el_of("div", "band amber").with(el("p").with(words)).with(button("small quiet", m.again(), again)).html()
        });
        el("div")
            .at(&["role", "class"], &["status", "d-told"])
            .with(waits)
            .with(refused)
            .with(list)
            .with(unreadable)
            .html()
    }
}

/// Fetches what reads lists: behind the first page, before somebody chooses one.
async fn fetch_lists(tell: Callback<Coming>) {
    let here = crate::browser::lists().await;
    tell.emit(Coming::now(here));
}

impl Part for App {
    type Message = Message;
    type Properties = ();

    fn create(on: &On<'_, Self>) -> Self {
        let act = on.link().callback(Message::Farm);
        let bench = Bench::new(act);
        let state = State::new(FarmPage::Today, browser::chosen_language(), bench.online(), bench.practises());
        Self::learn(state.lang, on.link().callback(|message| message));
        let begins = bench.clone();
        let lists = on.link().callback(Message::Lists);
        spawn_local(async move {
            begins.begin(false).await;
            fetch_lists(lists).await;
        });
        let came = on.link().callback(Message::Came);
        spawn_local(async move {
            loop {
                browser::moved().await;
                came.emit(Page::of_fragment(&browser::fragment()));
            }
        });
        Self {
            state,
            bench,
            page: Page::of_fragment(&browser::fragment()),
            listing: Rc::default(),
            listed: Listed::Coming,
            people: Rc::default(),
            register: Rc::default(),
            lists: Coming::Coming,
            known: false,
            begun: false,
            unsent: 0,
            goes_to_title: false,
        }
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Farm(action) => {
                if let Action::Speak(lang) = &action {
                    browser::remember_language(*lang);
                    Self::learn(*lang, on.link().callback(|message| message));
                }
                if matches!(action, Action::Work(_) | Action::People(..) | Action::Unlocked | Action::Online(_)) {
                    self.bench = self.bench.renewed();
                }
                self.state.act(action);
                self.begin(on);
                // All is at the server: it lists more now.
                let unsent = self.unsent_now();
                if unsent == 0 && std::mem::replace(&mut self.unsent, unsent) > 0 {
                    self.fetch(on, false);
                }
                self.unsent = unsent;
            }
            Message::Came(page) if page == self.page => return false,
            Message::Came(page) => {
                (self.page, self.goes_to_title) = (page, true);
                if page == Page::Import && self.lists == Coming::Missing {
                    self.lists = Coming::Coming;
                    spawn_local(fetch_lists(on.link().callback(Message::Lists)));
                }
            }
            Message::Known(people, register) => (self.people, self.register, self.known) = (people, register, true),
            Message::List(listing, kept) => {
                let whole = listing.whole;
                self.listing = Rc::new(listing);
                self.listed = match kept {
                    Some(then) => Listed::Old(then),
                    None if whole => Listed::Here,
                    None => Listed::Cut,
                };
            }
            Message::NoList if !matches!(self.listed, Listed::Coming) => {}
            Message::NoList => self.listed = Listed::Failed,
            Message::Changed => self.fetch(on, false),
            Message::Lists(lists) => self.lists = lists,
            // Every part is drawn anew, whatever it was given.
            Message::Learned => self.bench = self.bench.renewed(),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let m = words(self.state.lang);
        let gate = gates::view(&self.state, &self.bench);
        let ready = gate.is_none().then(|| self.desk(on)).flatten();
        let who = self.state.person().map(|person| el_of("span", "d-who").with(person.name.clone()).html());
        nodes()
            .with(
                el_of("header", "head d-head")
                    .with(el_of("p", "brand").with(el("span").with(m.title())))
                    .with(who)
                    .with(el("a").at(&["class", "href"], &["button small quiet", "#today"]).with(m.to_farm()))
                    .with(languages(self.state.lang, &on.link().callback(|lang| Message::Farm(Action::Speak(lang))))),
            )
            .with(ready.is_some().then(|| self.bar(on)))
            .with(ready.is_some().then(|| self.told(on)))
            .with(
                el("main")
                    .at(&["id", "tabindex", "class"], &["main", "-1", "desk"])
                    .with(gate)
                    .with(ready.map(|desk| self.on_page(on, desk))),
            )
            .html()
    }

    fn rendered(&mut self, _: &On<'_, Self>, _: bool) {
        browser::describe(words(self.state.lang).title(), self.state.lang);
        if std::mem::take(&mut self.goes_to_title) {
            browser::top();
            browser::focus("title");
        }
    }
}
