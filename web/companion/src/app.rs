//! The one component of this program. What it draws stands in the page's slots.

use nguon_verify_app::{communes, messages};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::installed::Installed;
use crate::keep::Keep;
use crate::scan::view::Scan;
use crate::shelf::{self, Shelf};
use crate::sticker::Sticker;
use crate::told::Told;
use crate::typed::Typed;
use crate::{browser, map};

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
        let keep = || {
            let (report, lot) = (told.report()?.clone(), told.lot()?.clone());
            Some(html! { <Keep lang={told.lang} {lot} {report} /> })
        };
        let shelf = || {
            let shelf::Shown { lang, lot } = shelf::Shown::of(told);
            html! { <Shelf {lang} {lot} /> }
        };
        [
            in_slot("scan", Some(html! { <Scan lang={told.lang} /> })),
            in_slot("typed", Some(html! { <Typed lang={told.lang} /> })),
            in_slot("box", sticker()),
            in_slot("map", told.report().and_then(|report| map::view(told.lang, report))),
            in_slot("keep", keep()),
            in_slot("shelf", Some(shelf())),
            Some(html! { <Installed lang={told.lang} answer={told.answer().cloned()} /> }),
        ]
        .into_iter()
        // Each in its own place of the list, there or not: else yew would begin the others anew.
        .map(Option::unwrap_or_default)
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
        learn(&told).await;
        hear.emit(told);
    });
}

async fn learn(told: &Told) {
    if !messages::is_here(told.lang)
        && let Some(text) = file(&told.lang.file()).await
    {
        messages::learn(told.lang, text);
    }
    // The page fetches them beside the bundle, so they are here by now.
    if told.report().is_some()
        && let Some(text) = file(communes::FILE).await
    {
        communes::learn(text);
    }
}

async fn file(name: &str) -> Option<String> {
    let answer = JsFuture::from(browser::page_file(name)?).await.ok()?;
    browser::text_of(&answer)
}
