//! The one component of this program. What it draws stands in the page's slots.

use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::browser;
use crate::sticker::Sticker;
use crate::told::Told;

/// What can happen.
pub enum Message {
    /// The page told something, and its language is here
    Told(Told),
}

/// The companion.
pub struct App {
    told: Option<Told>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let hear = ctx.link().callback(Message::Told);
        listen(&hear);
        browser::on_told(move || listen(&hear));
        Self { told: None }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Told(told) => self.told = Some(told),
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let Some(told) = &self.told else { return Html::default() };
        let sticker = || {
            let (report, lot) = (told.report()?, told.lot()?);
            lot.serial.as_ref()?;
            let (lang, lot, report) = (told.lang, lot.clone(), report.clone());
            Some(html! { <Sticker {lang} {lot} {report} /> })
        };
        [
            in_slot("scan", None),
            in_slot("box", sticker()),
            in_slot("map", None),
            in_slot("keep", None),
            in_slot("shelf", None),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Draws something into one of the page's slots, if the page has it now.
fn in_slot(id: &str, what: Option<Html>) -> Option<Html> {
    Some(create_portal(what?, browser::slot(id)?))
}

/// Takes what the page told, and fetches its language where it is not here: this program has words of its own, and the
/// page's for dates, roles and the like.
fn listen(hear: &Callback<Told>) {
    let Some(told) = browser::told().and_then(|bytes| Told::from_bytes(&bytes)) else { return };
    let hear = hear.clone();
    spawn_local(async move {
        learn(told.lang).await;
        hear.emit(told);
    });
}

async fn learn(lang: Lang) {
    if messages::is_here(lang) {
        return;
    }
    if let Some(coming) = browser::page_file(&lang.file())
        && let Ok(answer) = JsFuture::from(coming).await
        && let Some(text) = browser::text_of(&answer)
    {
        messages::learn(lang, text);
    }
}
