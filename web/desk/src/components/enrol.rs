//! A phone's code: scanned, read from a picture or typed; compared aloud; entered.

use nguon_core::ids::{ChainId, KeyId};
use nguon_draft::handover::{CodeError, EnrolCode};
use nguon_draft::json;
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::components::ui::button;
use nguon_farm_app::scanner::scanner;
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::text_field;
use crate::enrol;
use crate::messages::words;

/// What it needs.
#[derive(Clone, PartialEq)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// Who gets the key
    pub actor: ChainId,
    /// It is added
    pub added: Callback<()>,
}

/// What can happen.
pub enum Message {
    /// The scanner is opened or closed
    Open(bool),
    /// The code as it is typed
    Typed(String),
    /// A code was scanned, or is typed whole
    Heard(String),
    /// Whose key it is already, as the server says
    Whose(EnrolCode, Option<ChainId>),
    /// The digits are the same: sign
    Sign,
    /// The key is added
    Signed,
    /// It is not, in words
    Failed(String),
}

/// The form.
#[derive(Default)]
pub struct Enrol {
    open: bool,
    typed: String,
    code: Option<EnrolCode>,
    fault: Option<String>,
}

impl Enrol {
    fn heard(&mut self, on: &On<'_, Self>, text: &str) {
        let desk = on.props().desk.clone();
        let m = words(desk.lang);
        self.fault = None;
        let code = match EnrolCode::from_text(text) {
            Ok(code) => code,
            Err(CodeError::Newer) => return self.fault = Some(m.enrol_newer().to_owned()),
            Err(_) => return self.fault = Some(m.enrol_not_code().to_owned()),
        };
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            let origin = browser::setting("api").unwrap_or_default();
            let got = net::get(&format!("{origin}/v1/keys/{}", KeyId::of(&code.key))).await;
            tell.emit(Message::Whose(code, owner(&got.bytes).filter(|_| got.status == 200)));
        });
    }
}

/// Whose a key is, as `GET /v1/keys/{id}` says.
fn owner(answer: &[u8]) -> Option<ChainId> {
    let answer = json::read(answer)?;
    answer.get("actors")?.at(0)?.get("actor")?.as_str()?.parse().ok()
}

impl Part for Enrol {
    type Message = Message;
    type Properties = Props;

    fn create(_: &On<'_, Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        let Props { desk, actor, added } = on.props().clone();
        let m = words(desk.lang);
        match message {
            Message::Open(open) => *self = Self { open, ..Self::default() },
            Message::Typed(text) => self.typed = text,
            Message::Heard(text) => self.heard(on, &text),
            Message::Whose(_, Some(owner)) => {
                self.fault = Some(if owner == actor { m.enrol_mine() } else { m.enrol_taken() }.to_owned());
            }
            Message::Whose(code, None) => self.code = Some(code),
            Message::Sign => {
                let Some(code) = self.code else { return false };
                let holder = desk.people.of(&actor).map(|known| known.name.clone());
                let draft = enrol::add_key(actor, code.key, holder.as_deref());
                let tell = on.link().callback(|message| message);
                spawn_local(async move {
                    match desk.bench.write(draft, Vec::new()).await {
                        Ok(_) => tell.emit(Message::Signed),
                        Err(why) => tell.emit(Message::Failed(desk.why(&why))),
                    }
                });
            }
            Message::Signed => {
                *self = Self::default();
                added.emit(());
            }
            Message::Failed(words) => self.fault = Some(words),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = &on.props().desk;
        let m = words(desk.lang);
        if !self.open {
            let open = on.link().callback(|_: Event| Message::Open(true));
            return el("button")
                .at(&["type", "class", "id"], &["button", "button", "enrol"])
                .on(When::Click, open)
                .with(m.enrol_title())
                .html();
        }
        let cancel = on.link().callback(|_: Event| Message::Open(false));
        let fault = self.fault.clone();
        let body = match &self.code {
            Some(code) => self.compare(on, code),
            None => self.ask(on),
        };
        el_of("div", "card d-enrol")
            .with(el("h3").with(m.enrol_title()))
            .with(body)
            .with(el("p").at(&["class", "role", "id"], &["error", "alert", "enrol-error"]).with(fault))
            .with(button("quiet", m.cancel(), cancel))
            .html()
    }
}

impl Enrol {
    fn ask(&self, on: &On<'_, Self>) -> Html {
        let lang = on.props().desk.lang;
        let m = words(lang);
        let heard = on.link().perhaps(|bytes: Vec<u8>| String::from_utf8(bytes).ok().map(Message::Heard));
        let typed = self.typed.clone();
        let take = on.link().callback(move |event: Event| {
            event.prevent_default();
            Message::Heard(typed.clone())
        });
        nodes()
            .with(el("p").with(m.enrol_lead()))
            .with(scanner(lang, heard))
            .with(
                el("form")
                    .on(When::Submit, take)
                    .with(
                        text_field(
                            "typed-code",
                            m.enrol_typed(),
                            &self.typed.clone(),
                            on.link().callback(Message::Typed),
                        )
                        .hint(m.enrol_typed_hint()),
                    )
                    .with(el("button").at(&["class", "id"], &["button quiet", "read-code"]).with(m.enrol_read())),
            )
            .html()
    }

    fn compare(&self, on: &On<'_, Self>, code: &EnrolCode) -> Html {
        let m = words(on.props().desk.lang);
        let sign = on.link().callback(|_: Event| Message::Sign);
        let other = on.link().callback(|_: Event| Message::Open(true));
        nodes()
            .with(el("p").with(m.enrol_compare()))
            .with(el("p").at(&["class", "id"], &["digits", "compare"]).with(el("b").with(code.digits())))
            .with(
                el_of("div", "row")
                    .with(
                        el("button")
                            .at(&["type", "class", "id"], &["button", "button", "same"])
                            .on(When::Click, sign)
                            .with(m.enrol_same()),
                    )
                    .with(button("quiet", m.enrol_other(), other)),
            )
            .html()
    }
}
