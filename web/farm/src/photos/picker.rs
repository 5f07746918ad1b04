//! Choosing photos and documents for an entry.

use std::rc::Rc;

use nguon_ui::el::{Inside, When, el, el_of, is, yes};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Fault, Kind, Photo, pick};
use crate::browser;
use crate::components::ui::maybe;
use crate::lang::Lang;

/// The most that go with an entry.
const MOST: usize = 8;

/// What it needs.
#[derive(PartialEq)]
pub struct Props {
    /// In which language
    pub lang: Lang,
    /// Id of its field
    pub id: AttrValue,
    /// What was chosen before, where the page was drawn anew in between
    pub photos: Rc<Vec<Photo>>,
    /// Hears all photos whenever they change
    pub change: Callback<Rc<Vec<Photo>>>,
}

/// The picker, on a page.
pub fn picker(lang: Lang, id: &'static str, photos: Rc<Vec<Photo>>, change: Callback<Rc<Vec<Photo>>>) -> Html {
    part::<Picker>(Props { lang, id: id.into(), photos, change })
}

/// The picker. It holds what was chosen; addresses for the small pictures are given back when it goes.
pub struct Picker {
    photos: Vec<(Photo, String)>,
    faults: Vec<Fault>,
    with_place: bool,
    busy: bool,
}

/// What happens to it.
pub enum Message {
    /// Files were chosen
    Chosen,
    /// They were made ready
    Taken(Vec<Result<Photo, Fault>>),
    /// One is not wanted
    Without(usize),
    /// Whether to keep where they were taken
    WithPlace(bool),
}

fn address(photo: &Photo) -> String {
    browser::blob_address(&photo.bytes, photo.kind.media_type())
}

impl Picker {
    fn tell(&self, ctx: &On<'_, Self>) {
        ctx.props().change.emit(Rc::new(self.photos.iter().map(|(photo, _)| photo.clone()).collect()));
    }
}

impl Part for Picker {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &On<'_, Self>) -> Self {
        let photos = ctx.props().photos.iter().map(|photo| (photo.clone(), address(photo))).collect();
        Self { photos, faults: Vec::new(), with_place: false, busy: false }
    }

    fn update(&mut self, ctx: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Chosen => {
                self.busy = true;
                let (id, with_place) = (ctx.props().id.clone(), self.with_place);
                let tell = ctx.link().callback(Message::Taken);
                spawn_local(async move { tell.emit(pick(&id, with_place).await) });
            }
            Message::Taken(all) => {
                (self.busy, self.faults) = (false, Vec::new());
                for one in all {
                    match one {
                        Ok(photo) if self.photos.len() < MOST => {
                            let address = address(&photo);
                            self.photos.push((photo, address));
                        }
                        Ok(_) => {}
                        Err(fault) => self.faults.push(fault),
                    }
                }
                self.tell(ctx);
            }
            Message::Without(at) if at < self.photos.len() => {
                let (_, address) = self.photos.remove(at);
                browser::forget_address(&address);
                self.tell(ctx);
            }
            Message::Without(_) => {}
            Message::WithPlace(with) => self.with_place = with,
        }
        true
    }

    fn view(&self, ctx: &On<'_, Self>) -> Html {
        let m = ctx.props().lang.messages();
        let id = ctx.props().id.clone();
        let one = |(at, (photo, address)): (usize, &(Photo, String))| {
            let without = ctx.link().callback(move |_: Event| Message::Without(at));
            let picture = if photo.kind == Kind::Pdf {
                el_of("span", "document").with("PDF").html()
            } else {
                el("img").at(&["src", "alt"], &[&address.clone(), m.photo_alt()]).html()
            };
            let place = photo.has_place.then(|| el("small").with(m.photo_has_place()).html());
            el("li")
                .with(picture)
                .with(maybe(place))
                .with(
                    el("button")
                        .at(&["type", "class"], &["button", "text"])
                        .on(When::Click, without)
                        .with(m.photo_remove()),
                )
                .html()
        };
        let fault = |fault: &Fault| {
            let words = match fault {
                Fault::Kind => m.photo_kind(),
                Fault::Large => m.photo_large(),
                Fault::Broken => m.photo_broken(),
            };
            el("p").at(&["class", "role"], &["error", "alert"]).with(words).html()
        };
        let place = ctx.link().callback(|event: Event| Message::WithPlace(browser::is_checked(&event)));
        el_of("div", "photos file-field")
            .with(el("ul").all(self.photos.iter().enumerate().map(one)))
            .with(
                el_of("div", "file-pick")
                    .with(
                        el("input")
                            .any(
                                &["id", "class", "type", "accept", "multiple", "disabled"],
                                &[
                                    is(&id.clone()),
                                    Some("file"),
                                    Some("file"),
                                    Some("image/*,application/pdf"),
                                    yes(true),
                                    yes(self.busy || self.photos.len() >= MOST),
                                ],
                            )
                            .on(When::Change, ctx.link().callback(|_: Event| Message::Chosen)),
                    )
                    .with(el("label").at(&["for", "class"], &[&id.clone(), "button quiet"]).with(if self.busy {
                        m.photo_busy()
                    } else {
                        m.photo_take()
                    })),
            )
            .with(
                el_of("label", "choice small")
                    .with(el("input").at(&["type"], &["checkbox"]).checked(self.with_place).on(When::Change, place))
                    .with(el("span").with(m.photo_with_place())),
            )
            .all(self.faults.iter().map(fault))
            .html()
    }

    fn destroy(&mut self, _: &On<'_, Self>) {
        for (_, address) in &self.photos {
            browser::forget_address(address);
        }
    }
}
