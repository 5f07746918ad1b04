//! The desk, from its address to its last line.

use std::rc::Rc;

use nguon_farm_app::bench::Bench;
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::format;
use nguon_farm_app::lang::Lang;
use nguon_farm_app::messages::later;
use nguon_farm_app::state::{Action, Page as FarmPage, Stage, State};
use nguon_import::register::Register;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::household::HouseholdPage;
use super::households::HouseholdsPage;
use super::import::ImportPage;
use super::lots::LotsPage;
use super::officers::OfficersPage;
use super::orders::OrdersPage;
use super::pack::PackPage;
use super::ui::maybe;
use super::{Desk, gates};
use crate::import::Drafts;
use crate::messages::{fill, words};
use crate::page::Page;
use crate::register::{Listing, People, read};

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
    Known(Rc<People>, Rc<Register>),
    /// A list of households is here: as it was kept then, or as the server has it now
    List(Listing, Option<u64>),
    /// No list came
    NoList,
    /// Something was signed that changes lists and names
    Changed,
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
    people: Rc<People>,
    register: Rc<Register>,
    begun: bool,
    unsent: usize,
    goes_to_title: bool,
}

impl App {
    /// Once somebody is at work: reads what this computer knows, and asks the server.
    fn begin(&mut self, ctx: &Context<Self>) {
        if self.begun || self.state.stage() != Stage::Ready || self.bench.me().is_none() {
            return;
        }
        self.begun = true;
        self.fetch(ctx, true);
        // Hashes of serials that the server did not have when the page was closed.
        spawn_local(super::labels::hand_in_all());
    }

    /// Has what the farm app says fetched in a language that it does not carry; the desk's own words are here.
    fn learn(lang: Lang, learned: Callback<Message>) {
        if later::is_here(lang) {
            return;
        }
        spawn_local(async move {
            if let Some(text) = browser::later(&later::file(lang)).await
                && later::read(lang, text)
            {
                learned.emit(Message::Learned);
            }
        });
    }

    fn fetch(&self, ctx: &Context<Self>, kept_too: bool) {
        let Some(me) = self.bench.me() else { return };
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            let people = People::of_json(store::text(Shelf::Things, &People::kept_as(&me)).await.as_deref());
            let register = store::text(Shelf::Things, &Drafts::kept_as(&me)).await;
            let register: Register = register.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
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

    fn desk(&self, ctx: &Context<Self>) -> Option<Desk> {
        Some(Desk {
            lang: self.state.lang,
            bench: self.bench.clone(),
            me: self.bench.me()?,
            listing: self.listing.clone(),
            people: self.people.clone(),
            register: self.register.clone(),
            go: ctx.link().callback(|page: Page| {
                browser::go(&page.fragment());
                Message::Came(page)
            }),
            changed: ctx.link().callback(|()| Message::Changed),
        })
    }

    fn unsent_now(&self) -> usize {
        self.state.work.as_ref().map_or(0, |work| work.unsent())
    }

    fn on_page(&self, desk: Desk) -> Html {
        let Desk { lang, bench, me, listing, people, register, go, changed } = desk;
        match self.page {
            Page::Households => {
                html! { <HouseholdsPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> }
            }
            Page::Household(actor) => {
                let desk = Desk { lang, bench, me, listing, people, register, go, changed };
                html! { <HouseholdPage key={actor.to_string()} {desk} {actor} /> }
            }
            Page::Import => html! { <ImportPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> },
            Page::Pack => html! { <PackPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> },
            Page::Orders => html! { <OrdersPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> },
            Page::Lots => html! { <LotsPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> },
            Page::Officers => {
                html! { <OfficersPage {lang} {bench} {me} {listing} {people} {register} {go} {changed} /> }
            }
        }
    }

    fn bar(&self, ctx: &Context<Self>) -> Html {
        let m = words(self.state.lang);
        let tab = |page: Page| {
            let name = match page {
                Page::Import => m.part_import,
                Page::Pack => m.part_pack,
                Page::Orders => m.part_orders,
                Page::Lots => m.part_lots,
                Page::Officers => m.part_officers,
                Page::Households | Page::Household(_) => m.part_households,
            };
            let current = (self.page.part() == page).then_some("page");
            let show = ctx.link().callback(move |event: MouseEvent| {
                event.prevent_default();
                browser::go(&page.fragment());
                Message::Came(page)
            });
            html! { <a href={page.fragment()} aria-current={current} onclick={show}>{ name }</a> }
        };
        html! { <nav class="d-parts" aria-label={m.parts}>{ for Page::PARTS.map(tab) }</nav> }
    }

    /// What waits to be sent, and what stands in the way of the list.
    fn told(&self, ctx: &Context<Self>) -> Html {
        let (m, unsent) = (words(self.state.lang), self.unsent_now());
        let count = unsent.to_string();
        let waits = (unsent > 0).then(|| {
            let message = if self.state.sending.busy { m.sending } else { m.on_its_way };
            html! { <p class="d-sending">{ fill(message, &[("count", &count)]) }</p> }
        });
        let refused =
            self.state.entries().iter().filter(|entry| matches!(entry.stage, nguon_draft::Stage::Refused(..))).count();
        let refused = (refused > 0).then(|| {
            html! { <p class="band alert" role="alert"><a href="#history">{ fill(m.refused_some, &[("count", &refused.to_string())]) }</a></p> }
        });
        let again = ctx.link().callback(|_: MouseEvent| Message::Changed);
        let list = match self.listed {
            Listed::Coming | Listed::Here => None,
            Listed::Old(then) => Some(fill(m.old_list, &[("time", &format::moment(self.state.lang, then))])),
            Listed::Cut => Some(m.cut_list.to_owned()),
            Listed::Failed => Some(m.list_failed.to_owned()),
        };
        let list = list.map(|words| {
            html! { <div class="band amber"><p>{ words }</p><button type="button" class="button small quiet" onclick={again}>{ m.again }</button></div> }
        });
        html! { <div role="status" class="d-told">{ maybe(waits) }{ maybe(refused) }{ maybe(list) }</div> }
    }

    fn languages(&self, ctx: &Context<Self>) -> Html {
        let language = |lang: Lang| {
            let pressed = if lang == self.state.lang { "true" } else { "false" };
            let choose = ctx.link().callback(move |_: MouseEvent| Message::Farm(Action::Speak(lang)));
            html! { <button type="button" lang={lang.tag()} aria-pressed={pressed} onclick={choose}>{ lang.name() }</button> }
        };
        html! { <nav class="languages" aria-label={words(self.state.lang).languages}>{ for Lang::ALL.map(language) }</nav> }
    }
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let act = ctx.link().callback(Message::Farm);
        let bench = Bench::new(act);
        let state = State::new(FarmPage::Today, browser::chosen_language(), bench.online(), bench.practises());
        Self::learn(state.lang, ctx.link().callback(|message| message));
        let begins = bench.clone();
        spawn_local(async move { begins.begin(false).await });
        let came = ctx.link().callback(Message::Came);
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
            begun: false,
            unsent: 0,
            goes_to_title: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Farm(action) => {
                if let Action::Speak(lang) = &action {
                    browser::remember_language(*lang);
                    Self::learn(*lang, ctx.link().callback(|message| message));
                }
                if matches!(action, Action::Work(_) | Action::People(..) | Action::Unlocked | Action::Online(_)) {
                    self.bench = self.bench.renewed();
                }
                self.state.act(action);
                self.begin(ctx);
                // All is at the server: it lists more now.
                let unsent = self.unsent_now();
                if unsent == 0 && std::mem::replace(&mut self.unsent, unsent) > 0 {
                    self.fetch(ctx, false);
                }
                self.unsent = unsent;
            }
            Message::Came(page) if page == self.page => return false,
            Message::Came(page) => (self.page, self.goes_to_title) = (page, true),
            Message::Known(people, register) => (self.people, self.register) = (people, register),
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
            Message::Changed => self.fetch(ctx, false),
            Message::Learned => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let m = words(self.state.lang);
        let gate = gates::view(&self.state, &self.bench);
        let ready = gate.is_none().then(|| self.desk(ctx)).flatten();
        let who = self.state.person().map(|person| html! { <span class="d-who">{ person.name.clone() }</span> });
        html! {
            <>
            <header class="head d-head">
                <p class="brand"><span>{ m.title }</span></p>
                { maybe(who) }
                <a class="button small quiet" href="#today">{ m.to_farm }</a>
                { self.languages(ctx) }
            </header>
            { maybe(ready.is_some().then(|| self.bar(ctx))) }
            { maybe(ready.is_some().then(|| self.told(ctx))) }
            <main id="main" tabindex="-1" class="desk">
                { maybe(gate) }
                { maybe(ready.map(|desk| self.on_page(desk))) }
            </main>
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        browser::describe(words(self.state.lang).title, self.state.lang);
        if std::mem::take(&mut self.goes_to_title) {
            browser::top();
            browser::focus("title");
        }
    }
}
