//! Keeping the proof and passing it on: as a file, a link, a picture, on paper. A browser inside another app can do little of
//! that; the way out of it is offered then.

mod card;
mod link;
mod paper;
mod symbol;

use std::rc::Rc;

use js_sys::Uint8Array;
use nguon_verify_app::components::el::{El, button, el, el_of, group};
use nguon_verify_app::components::icon::{Tool, tool_icon};
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Lot, Report};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use self::card::Card;
use self::paper::Printed;
use crate::browser;
use crate::installed::device::{self, Trouble};
use crate::messages::{self, Messages};

const CBOR: &str = "application/cbor";
const PNG: &str = "image/png";

/// What is kept.
#[derive(Properties, PartialEq)]
pub struct Shown {
    /// The page's language
    pub lang: Lang,
    /// The lot
    pub lot: Lot,
    /// Its report
    pub report: Rc<Report>,
}

/// The buttons.
pub struct Keep {
    said: Option<Said>,
    printed: Option<Printed>,
    /// Once what is to be on the paper is on the page
    prints: bool,
}

/// What came of pressing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The link was copied
    Copied,
    /// The picture was saved
    Saved,
    /// It did not work
    Failed,
    /// What the browser itself has said, or the reader left it
    Nothing,
}

/// What can happen.
pub enum Message {
    /// The link is to be passed on
    Link,
    /// The picture
    Picture,
    /// The proof
    File,
    /// The proof is to be saved
    Save,
    /// The page is to be printed
    Print,
    /// This is the page that prints
    Page(Option<String>),
    /// This came of it
    Done(Said),
}

impl Component for Keep {
    type Message = Message;
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self { said: None, printed: None, prints: false }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let Shown { lang, lot, report } = ctx.props();
        let link = link::link(lot);
        let title = [lang.messages().label_lot(), " ", &lot.lot].concat();
        match message {
            Message::Link if can_share() => {
                let sharing = device::begin("share", &[title.as_str().into(), link.as_str().into()]);
                done(ctx, async move { sharing.await.map(|_| Said::Nothing) });
            }
            Message::Link => {
                let copying = device::begin("copy", &[link.as_str().into()]);
                done(ctx, async move { copying.await.map(|_| Said::Copied) });
            }
            Message::Picture => {
                let card = Card::of(*lang, lot, report, &link, card::now());
                let name = lot.file_name().replace(".cbor", ".png");
                done(ctx, async move {
                    let picture = card.ok_or(Trouble::Lacking)?.draw().await?;
                    pass_on(Uint8Array::from(&*picture), &name, PNG, &title).await
                });
            }
            Message::File => {
                let (bundle, name) = (browser::proof(), lot.file_name());
                done(ctx, async move { pass_on(bundle, &name, CBOR, &title).await });
            }
            Message::Save => {
                device::ask("save", &[browser::proof().into(), lot.file_name().into(), CBOR.into()]);
            }
            Message::Print => {
                let page = device::begin("pageHash", &[]);
                let tell = ctx.link().callback(Message::Page);
                spawn_local(async move { tell.emit(page.await.ok().and_then(|hash| hash.as_string())) });
            }
            Message::Page(page) => {
                self.printed = Some(Printed { at: card::now(), page });
                self.prints = true;
            }
            Message::Done(said) => self.said = Some(said),
        }
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.prints) {
            device::ask("print", &[]);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Shown { lang, lot, .. } = ctx.props();
        let words = messages::of(*lang);
        let link = link::link(lot);
        let is_inside = device::is_inside();
        let said = match self.said {
            Some(Said::Copied) => words.keep_copied,
            Some(Said::Saved) => words.keep_saved,
            Some(Said::Failed) => words.keep_failed,
            Some(Said::Nothing) | None => "",
        };
        let press = |message: fn() -> Message| ctx.link().callback(move |_: Event| message());
        let one = |first: bool, tool, words: &'static str, message| {
            let class = if first { "button" } else { "button quiet" };
            button(class, press(message), group(vec![tool_icon(tool), words.into()]))
        };
        let file = lot.file_name();
        let (share, picture) = (
            if can_share() { words.keep_share_link } else { words.keep_copy_link },
            if can_share_file(&file.replace(".cbor", ".png"), PNG) {
                words.keep_share_picture
            } else {
                words.keep_save_picture
            },
        );
        let share_tool = if can_share() { Tool::Share } else { Tool::Copy };
        let mut row = el_of("div", "row");
        if !is_inside {
            row = row.with(one(true, Tool::Save, words.keep_save, || Message::Save));
        }
        row = row.with(one(is_inside, share_tool, share, || Message::Link));
        if !is_inside || can_share_file("a.png", PNG) {
            row = row.with(one(false, Tool::Share, picture, || Message::Picture));
        }
        if can_share_file(&file, CBOR) {
            row = row.with(one(false, Tool::Share, words.keep_share_file, || Message::File));
        }
        if !is_inside {
            row = row.with(one(false, Tool::Print, words.keep_print, || Message::Print));
        }
        let hint = el_of("p", "small").text(fill(words.keep_save_hint, &[("file", &file)]));
        el("section")
            .at(&["class", "aria-labelledby"], &["keep", "keep-title"])
            .with(el("h2").at(&["id"], &["keep-title"]).text(words.keep_title))
            .with(row)
            .with(el("p").at(&["class", "role"], &["small said", "status"]).text(said))
            .maybe((!is_inside).then_some(hint))
            .maybe(is_inside.then(|| way_out(words, &link)))
            .with(paper::paper(*lang, lot, &link, self.printed.as_ref()))
            .into()
    }
}

/// How to leave the app that this browser is inside of.
fn way_out(words: &Messages, link: &str) -> El {
    // Other systems let no page do that.
    let intent = device::ask("android", &[]).is_truthy().then(|| link::intent(link)).flatten();
    let open =
        intent.map(|intent| el("a").at(&["class", "href"], &["button quiet", &intent]).text(words.keep_inside_open));
    el_of("div", "way-out")
        .with(el("p").text(words.keep_inside))
        .maybe(open)
        .with(el_of("p", "small").text(words.keep_inside_hint))
}

fn can_share() -> bool {
    device::ask("canShare", &[]).is_truthy()
}

fn can_share_file(name: &str, media_type: &str) -> bool {
    device::ask("canShareFile", &[name.into(), media_type.into()]).is_truthy()
}

/// Passes a file on, or saves it where that is not to be had.
async fn pass_on(bytes: Uint8Array, name: &str, media_type: &str, title: &str) -> Result<Said, Trouble> {
    let given: [JsValue; 4] = [bytes.into(), name.into(), media_type.into(), title.into()];
    if can_share_file(name, media_type) {
        return device::begin("shareFile", &given).await.map(|_| Said::Nothing);
    }
    device::ask("save", &given[..3]).is_truthy().then_some(Said::Saved).ok_or(Trouble::Lacking)
}

/// Says what came of it.
fn done(ctx: &Context<Keep>, work: impl Future<Output = Result<Said, Trouble>> + 'static) {
    let tell = ctx.link().callback(Message::Done);
    spawn_local(async move {
        tell.emit(match work.await {
            Ok(said) => said,
            Err(Trouble::LeftOff) => Said::Nothing,
            Err(_) => Said::Failed,
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture and a paper can be made by anybody.
    #[test]
    fn neither_picture_nor_paper_claims_to_prove() {
        for (lang, word) in [
            (Lang::Vi, "không chứng minh"),
            (Lang::En, "proves nothing"),
            (Lang::Zh, "不证明"),
            (Lang::Ja, "何も証明"),
            (Lang::Ko, "아무것도 증명하지"),
        ] {
            let words = messages::of(lang);
            assert!(words.keep_card_limit.contains(word) && words.keep_paper_limit.contains(word), "{lang:?}");
        }
    }
}
