//! One household entered by hand.

use nguon_core::event::Role;
use nguon_core::judge::Chains as _;
use nguon_farm_app::browser::store::{Change, Shelf};
use nguon_import::value::{PersonName, Phone};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::{TextField, maybe};
use crate::enrol;
use crate::messages::{fill, words};
use crate::page::Page;
use crate::register::{Known, People};
use crate::work::{Source, sign_all};

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// It is entered, or not to be
    pub done: Callback<()>,
}

/// What can happen.
pub enum Message {
    /// What they are
    Is(Role),
    /// The name
    Name(String),
    /// The telephone number
    Phone(String),
    /// Enter it
    Make,
    /// It was not entered, in words
    Failed(String),
    /// It was
    Made(nguon_core::ids::ChainId),
}

/// The form.
pub struct Newcomer {
    role: Role,
    name: String,
    phone: String,
    name_fault: bool,
    phone_fault: bool,
    failed: Option<String>,
}

/// One enrolment, with the name that this desk keeps for it.
struct One {
    draft: Option<nguon_draft::Draft>,
    registrar: nguon_core::ids::ChainId,
    people: People,
    known: Known,
    began: Option<nguon_core::ids::ChainId>,
}

impl Source for One {
    fn next(&mut self, began: Option<nguon_core::ids::ChainId>) -> Option<nguon_draft::Draft> {
        if let Some(began) = began {
            self.people.0.insert(began, self.known.clone());
            self.began = Some(began);
        }
        self.draft.take()
    }

    fn count(&self) -> usize {
        1
    }

    fn besides(&self) -> Vec<Change> {
        vec![Change::text(Shelf::Things, People::kept_as(&self.registrar), self.people.to_json())]
    }
}

impl Newcomer {
    fn make(&mut self, ctx: &Context<Self>) {
        let desk = ctx.props().desk.clone();
        let typed = self.name.trim();
        // A business is called what it is called, capitals, digits and all.
        let name = if self.role == Role::Farm {
            PersonName::read(typed).ok().map(|(name, _)| name.as_str().to_owned())
        } else {
            Some(typed.to_owned()).filter(|name| name.chars().filter(|one| one.is_alphabetic()).count() > 1)
        };
        let phone = if self.phone.trim().is_empty() {
            Ok(None)
        } else {
            Phone::read(self.phone.trim()).map(|(phone, _)| Some(phone))
        };
        (self.name_fault, self.phone_fault, self.failed) = (name.is_none(), phone.is_err(), None);
        let (Some(name), Ok(phone)) = (name, phone) else {
            nguon_farm_app::browser::focus(if self.name_fault { "new-name" } else { "new-phone" });
            return;
        };
        let newcomer = enrol::Newcomer {
            role: self.role,
            name,
            phone: phone.as_ref().map(|phone| phone.as_str().to_owned()),
            commune: None,
            key: None,
        };
        let enroller = desk.bench.work().and_then(|work| work.book.chain(&desk.me));
        let known = Known { name: newcomer.name.clone(), phone: phone.as_ref().map(Phone::spoken), village: None };
        let draft = enrol::household(&newcomer, enroller.as_deref());
        let mut one = One { draft, registrar: desk.me, people: (*desk.people).clone(), known, began: None };
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            match sign_all(&desk.bench, &mut one, |_| {}).await {
                Ok(_) => tell.emit(one.began.map_or(Message::Failed(String::new()), Message::Made)),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Component for Newcomer {
    type Message = Message;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self {
            role: Role::Farm,
            name: String::new(),
            phone: String::new(),
            name_fault: false,
            phone_fault: false,
            failed: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Is(role) => self.role = role,
            Message::Name(name) => self.name = name,
            Message::Phone(phone) => self.phone = phone,
            Message::Make => self.make(ctx),
            Message::Failed(words) => self.failed = Some(words),
            Message::Made(actor) => {
                let Props { desk, done } = ctx.props();
                desk.changed.emit(());
                done.emit(());
                desk.go.emit(Page::Household(actor));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { desk, done } = ctx.props();
        let m = words(desk.lang);
        let make = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Make
        });
        let cancel = done.reform(|_: MouseEvent| ());
        let role = |role: Role| {
            let choose = ctx.link().callback(move |_: Event| Message::Is(role));
            html! { <label class="choice small"><input type="radio" name="role" checked={self.role == role} onchange={choose} />{ super::household::role(desk.lang, role) }</label> }
        };
        let failed = self.failed.clone().map(|words| html! { { words } });
        html! {
            <div class="card" id="newcomer">
                <h2>{ m.newcomer_title }</h2>
                <p>{ m.newcomer_lead }</p>
                <form onsubmit={make}>
                    <fieldset class="choices d-roles"><legend>{ m.newcomer_role }</legend>{ for enrol::ROLES.map(role) }</fieldset>
                    <div class="d-pair">
                        <TextField id="new-name" label={m.newcomer_name} value={self.name.clone()} typed={ctx.link().callback(Message::Name)}
                            fault={if self.name_fault { m.name_missing } else { "" }} />
                        <TextField id="new-phone" label={m.newcomer_phone} value={self.phone.clone()} typed={ctx.link().callback(Message::Phone)} inputmode="tel"
                            hint={m.newcomer_phone_hint} fault={if self.phone_fault { m.phone_bad } else { "" }} />
                    </div>
                    <p class="error" role="alert">{ maybe(failed) }</p>
                    <div class="row">
                        <button class="button">{ fill(m.newcomer_make, &[]) }</button>
                        <button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button>
                    </div>
                </form>
            </div>
        }
    }
}
