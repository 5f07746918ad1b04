//! A phone's code: scanned, read from a picture or typed; compared aloud; entered.

use nguon_core::ids::{ChainId, KeyId};
use nguon_draft::handover::{CodeError, EnrolCode};
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::scanner::scanner;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::{TextField, maybe};
use crate::enrol;
use crate::messages::words;

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
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
    fn heard(&mut self, ctx: &Context<Self>, text: &str) {
        let desk = ctx.props().desk.clone();
        let m = words(desk.lang);
        self.fault = None;
        let code = match EnrolCode::from_text(text) {
            Ok(code) => code,
            Err(CodeError::Newer) => return self.fault = Some(m.enrol_newer.to_owned()),
            Err(_) => return self.fault = Some(m.enrol_not_code.to_owned()),
        };
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            let origin = browser::setting("api").unwrap_or_default();
            let got = net::get(&format!("{origin}/v1/keys/{}", KeyId::of(&code.key))).await;
            tell.emit(Message::Whose(code, owner(&got.bytes).filter(|_| got.status == 200)));
        });
    }
}

/// Whose a key is, as `GET /v1/keys/{id}` says.
fn owner(answer: &[u8]) -> Option<ChainId> {
    #[derive(serde::Deserialize)]
    struct Holder {
        actor: ChainId,
    }
    #[derive(serde::Deserialize)]
    struct Answer {
        #[serde(default)]
        actors: Vec<Holder>,
    }
    serde_json::from_slice::<Answer>(answer).ok()?.actors.first().map(|holder| holder.actor)
}

impl Component for Enrol {
    type Message = Message;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let Props { desk, actor, added } = ctx.props().clone();
        let m = words(desk.lang);
        match message {
            Message::Open(open) => *self = Self { open, ..Self::default() },
            Message::Typed(text) => self.typed = text,
            Message::Heard(text) => self.heard(ctx, &text),
            Message::Whose(_, Some(owner)) => {
                self.fault = Some(if owner == actor { m.enrol_mine } else { m.enrol_taken }.to_owned());
            }
            Message::Whose(code, None) => self.code = Some(code),
            Message::Sign => {
                let Some(code) = self.code else { return false };
                let holder = desk.people.of(&actor).map(|known| known.name.clone());
                let draft = enrol::add_key(actor, code.key, holder.as_deref());
                let tell = ctx.link().callback(|message| message);
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

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = &ctx.props().desk;
        let m = words(desk.lang);
        if !self.open {
            let open = ctx.link().callback(|_: MouseEvent| Message::Open(true));
            return html! { <button type="button" class="button" id="enrol" onclick={open}>{ m.enrol_title }</button> };
        }
        let cancel = ctx.link().callback(|_: MouseEvent| Message::Open(false));
        let fault = self.fault.clone().map(|words| html! { { words } });
        let body = match &self.code {
            Some(code) => self.compare(ctx, code),
            None => self.ask(ctx),
        };
        html! {
            <div class="card d-enrol">
                <h3>{ m.enrol_title }</h3>
                { body }
                <p class="error" role="alert" id="enrol-error">{ maybe(fault) }</p>
                <button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button>
            </div>
        }
    }
}

impl Enrol {
    fn ask(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().desk.lang;
        let m = words(lang);
        let heard = ctx.link().batch_callback(|bytes: Vec<u8>| String::from_utf8(bytes).ok().map(Message::Heard));
        let typed = self.typed.clone();
        let take = ctx.link().callback(move |event: SubmitEvent| {
            event.prevent_default();
            Message::Heard(typed.clone())
        });
        html! {
            <>
            <p>{ m.enrol_lead }</p>
            { scanner(lang, heard) }
            <form onsubmit={take}>
                <TextField id="typed-code" label={m.enrol_typed} value={self.typed.clone()} typed={ctx.link().callback(Message::Typed)} hint={m.enrol_typed_hint} />
                <button class="button quiet" id="read-code">{ m.enrol_read }</button>
            </form>
            </>
        }
    }

    fn compare(&self, ctx: &Context<Self>, code: &EnrolCode) -> Html {
        let m = words(ctx.props().desk.lang);
        let sign = ctx.link().callback(|_: MouseEvent| Message::Sign);
        let other = ctx.link().callback(|_: MouseEvent| Message::Open(true));
        html! {
            <>
            <p>{ m.enrol_compare }</p>
            <p class="digits" id="compare"><b>{ code.digits() }</b></p>
            <div class="row">
                <button type="button" class="button" id="same" onclick={sign}>{ m.enrol_same }</button>
                <button type="button" class="button quiet" onclick={other}>{ m.enrol_other }</button>
            </div>
            </>
        }
    }
}
