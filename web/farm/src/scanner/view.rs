//! How it is drawn, and its loop.

use std::cell::Cell;
use std::rc::Rc;

use nguon_ui::el::{Inside, When, el, el_of, is, yes};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::browser::camera::{self, Trouble};
use crate::components::ui::maybe;
use crate::lang::Lang;

/// What it needs.
#[derive(PartialEq)]
pub struct Props {
    /// In which language it says what is wrong
    pub lang: Lang,
    /// Hears the payload of each code that is read: the same one again only after another
    pub heard: Callback<Vec<u8>>,
}

/// The scanner, on a page.
pub fn scanner(lang: Lang, heard: Callback<Vec<u8>>) -> Html {
    part::<Scanner>(Props { lang, heard })
}

/// The scanner. The camera is open as long as it stands on the page and the page is seen.
pub struct Scanner {
    trouble: Option<Trouble>,
    opening: bool,
    last: Option<Vec<u8>>,
    lives: Rc<Cell<bool>>,
}

/// What happens to it.
pub enum Message {
    /// The camera is open
    Opened,
    /// It is not, or not any more
    Failed(Trouble),
    /// It was closed since nobody looked
    Closed,
    /// Codes were read
    Read(Vec<Vec<u8>>),
    /// A picture was chosen
    Chosen,
    /// Try again
    Again,
}

impl Scanner {
    fn open(&mut self, ctx: &On<'_, Self>) {
        (self.opening, self.trouble) = (true, camera::lack());
        if self.trouble.is_some() {
            return;
        }
        let (tell, lives) = (ctx.link().callback(|message| message), self.lives.clone());
        spawn_local(async move {
            // The element has to be there first.
            browser::breathe().await;
            match camera::open().await {
                Ok(()) => tell.emit(Message::Opened),
                Err(trouble) => return tell.emit(Message::Failed(trouble)),
            }
            while lives.get() {
                match camera::frame().await {
                    Ok(Some(read)) if read.is_empty() => {}
                    Ok(Some(read)) => tell.emit(Message::Read(read)),
                    Ok(None) => break,
                    Err(trouble) => return tell.emit(Message::Failed(trouble)),
                }
            }
            if lives.get() {
                tell.emit(Message::Closed);
            } else {
                camera::close();
            }
        });
    }
}

impl Part for Scanner {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &On<'_, Self>) -> Self {
        let mut scanner = Self { trouble: None, opening: true, last: None, lives: Rc::new(Cell::new(true)) };
        scanner.open(ctx);
        scanner
    }

    fn update(&mut self, ctx: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Opened => self.opening = false,
            Message::Failed(trouble) => (self.trouble, self.opening) = (Some(trouble), false),
            Message::Closed => self.opening = true,
            Message::Again => self.open(ctx),
            Message::Chosen => {
                let tell = ctx.link().callback(|message| message);
                spawn_local(async move {
                    match camera::pictures("scan-picture").await {
                        Ok(read) if read.is_empty() => tell.emit(Message::Failed(Trouble::Picture)),
                        Ok(read) => tell.emit(Message::Read(read)),
                        Err(trouble) => tell.emit(Message::Failed(trouble)),
                    }
                });
            }
            Message::Read(all) => {
                for payload in all {
                    if self.last.as_ref() != Some(&payload) {
                        browser::vibrate();
                        self.last = Some(payload.clone());
                        ctx.props().heard.emit(payload);
                    }
                }
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &On<'_, Self>) -> Html {
        let m = ctx.props().lang.messages();
        let trouble = self.trouble.map(|trouble| match trouble {
            Trouble::Insecure => m.scan_insecure(),
            Trouble::None => m.scan_none(),
            Trouble::Denied => m.scan_denied(),
            Trouble::Busy => m.scan_busy(),
            Trouble::Missing => m.scan_missing(),
            Trouble::Picture => m.scan_no_code(),
            Trouble::Stopped => m.scan_stopped(),
        });
        let again = ctx.link().callback(|_: Event| Message::Again);
        let chosen = ctx.link().callback(|_: Event| Message::Chosen);
        el_of("div", "scanner")
            .with(
                el("div")
                    .any(
                        &["class", "hidden"],
                        &[Some("view"), yes(self.trouble.is_some_and(|trouble| trouble != Trouble::Picture))],
                    )
                    .with(el("video").any(
                        &["id", "playsinline", "muted", "aria-label"],
                        &[is(&camera::VIDEO), yes(true), yes(true), is(&m.scan_view())],
                    )),
            )
            .with(el("p").at(&["class", "role"], &["small", "status"]).with(if self.opening && trouble.is_none() {
                m.scan_opening()
            } else {
                trouble.unwrap_or(m.scan_hint())
            }))
            .with(maybe(trouble.map(|_| {
                el("button")
                    .at(&["type", "class"], &["button", "button quiet"])
                    .on(When::Click, again)
                    .with(m.try_again())
                    .html()
            })))
            .with(
                el_of("div", "file-field")
                    .with(
                        el("input")
                            .any(
                                &["id", "class", "type", "accept", "multiple"],
                                &[Some("scan-picture"), Some("file"), Some("file"), Some("image/*"), yes(true)],
                            )
                            .on(When::Change, chosen),
                    )
                    .with(el("label").at(&["for", "class"], &["scan-picture", "button quiet"]).with(m.scan_picture())),
            )
            .html()
    }

    fn destroy(&mut self, _: &On<'_, Self>) {
        self.lives.set(false);
        camera::close();
    }
}
