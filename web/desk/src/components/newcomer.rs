//! One household entered by hand.

use nguon_core::event::Role;
use nguon_core::judge::Chains as _;
use nguon_farm_app::browser::store::Change;
use nguon_farm_app::components::ui::button;
use nguon_import::value::{PersonName, Phone};
use nguon_ui::el::{Inside, When, el, el_of};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::text_field;
use crate::enrol;
use crate::kept::Held;
use crate::messages::{fill, words};
use crate::page::Page;
use crate::register::{Known, People};
use crate::work::{Source, sign_all};

/// What it needs.
#[derive(Clone, PartialEq)]
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
    people: Held<People>,
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
        vec![self.people.change()]
    }
}

impl Newcomer {
    fn make(&mut self, on: &On<'_, Self>) {
        let desk = on.props().desk.clone();
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
        let mut one = One { draft, people: (*desk.people).clone(), known, began: None };
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            match sign_all(&desk.bench, &mut one, &|_| {}).await {
                Ok(_) => tell.emit(one.began.map_or(Message::Failed(String::new()), Message::Made)),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Part for Newcomer {
    type Message = Message;
    type Properties = Props;

    fn create(_: &On<'_, Self>) -> Self {
        Self {
            role: Role::Farm,
            name: String::new(),
            phone: String::new(),
            name_fault: false,
            phone_fault: false,
            failed: None,
        }
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Is(role) => self.role = role,
            Message::Name(name) => self.name = name,
            Message::Phone(phone) => self.phone = phone,
            Message::Make => self.make(on),
            Message::Failed(words) => self.failed = Some(words),
            Message::Made(actor) => {
                let Props { desk, done } = on.props();
                desk.changed.emit(());
                done.emit(());
                desk.go.emit(Page::Household(actor));
            }
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let Props { desk, done } = on.props();
        let m = words(desk.lang);
        let make = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Make
        });
        let cancel = done.reform(|_: Event| ());
        let role = |role: Role| {
            let choose = on.link().callback(move |_: Event| Message::Is(role));
            el_of("label", "choice small")
                .with(
                    el("input")
                        .at(&["type", "name"], &["radio", "role"])
                        .checked(self.role == role)
                        .on(When::Change, choose),
                )
                .with(super::household::role(desk.lang, role))
                .html()
        };
        let failed = self.failed.clone();
        el("div")
            .at(&["class", "id"], &["card", "newcomer"])
            .with(el("h2").with(m.newcomer_title()))
            .with(el("p").with(m.newcomer_lead()))
            .with(
                el("form")
                    .on(When::Submit, make)
                    .with(
                        el_of("fieldset", "choices d-roles")
                            .with(el("legend").with(m.newcomer_role()))
                            .all(enrol::ROLES.map(role)),
                    )
                    .with(
                        el_of("div", "d-pair")
                            .with(
                                text_field(
                                    "new-name",
                                    m.newcomer_name(),
                                    &self.name.clone(),
                                    on.link().callback(Message::Name),
                                )
                                .fault(if self.name_fault {
                                    m.name_missing()
                                } else {
                                    ""
                                }),
                            )
                            .with(
                                text_field(
                                    "new-phone",
                                    m.newcomer_phone(),
                                    &self.phone.clone(),
                                    on.link().callback(Message::Phone),
                                )
                                .hint(m.newcomer_phone_hint())
                                .fault(if self.phone_fault { m.phone_bad() } else { "" })
                                .inputmode("tel"),
                            ),
                    )
                    .with(el("p").at(&["class", "role"], &["error", "alert"]).with(failed))
                    .with(
                        el_of("div", "row")
                            .with(el_of("button", "button").with(fill(m.newcomer_make(), &[])))
                            .with(button("quiet", m.cancel(), cancel)),
                    ),
            )
            .html()
    }
}
