//! Choosing photos and documents for an entry.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Fault, Kind, Photo, pick};
use crate::browser;
use crate::components::ui::maybe;
use crate::lang::Lang;

/// The most that go with an entry.
const MOST: usize = 8;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// In which language
    pub lang: Lang,
    /// Id of its field
    pub id: AttrValue,
    /// What was chosen before, where the page was drawn anew in between
    #[prop_or_default]
    pub photos: Rc<Vec<Photo>>,
    /// Hears all photos whenever they change
    pub change: Callback<Rc<Vec<Photo>>>,
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
    fn tell(&self, ctx: &Context<Self>) {
        ctx.props().change.emit(Rc::new(self.photos.iter().map(|(photo, _)| photo.clone()).collect()));
    }
}

impl Component for Picker {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let photos = ctx.props().photos.iter().map(|photo| (photo.clone(), address(photo))).collect();
        Self { photos, faults: Vec::new(), with_place: false, busy: false }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
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

    fn view(&self, ctx: &Context<Self>) -> Html {
        let m = ctx.props().lang.messages();
        let id = ctx.props().id.clone();
        let one = |(at, (photo, address)): (usize, &(Photo, String))| {
            let without = ctx.link().callback(move |_: MouseEvent| Message::Without(at));
            let picture = if photo.kind == Kind::Pdf {
                html! { <span class="document">{ "PDF" }</span> }
            } else {
                html! { <img src={address.clone()} alt={m.photo_alt} /> }
            };
            let place = photo.has_place.then(|| html! { <small>{ m.photo_has_place }</small> });
            html! { <li>{ picture }{ maybe(place) }<button type="button" class="text" onclick={without}>{ m.photo_remove }</button></li> }
        };
        let fault = |fault: &Fault| {
            let words = match fault {
                Fault::Kind => m.photo_kind,
                Fault::Large => m.photo_large,
                Fault::Broken => m.photo_broken,
            };
            html! { <p class="error" role="alert">{ words }</p> }
        };
        let place = ctx.link().batch_callback(|event: Event| {
            let field = event.target_dyn_into::<web_sys::HtmlInputElement>()?;
            Some(Message::WithPlace(field.checked()))
        });
        html! {
            <div class="photos file-field">
                <ul>{ for self.photos.iter().enumerate().map(one) }</ul>
                <input id={id.clone()} class="file" type="file" accept="image/*,application/pdf" multiple=true
                    disabled={self.busy || self.photos.len() >= MOST} onchange={ctx.link().callback(|_: Event| Message::Chosen)} />
                <label for={id.clone()} class="button quiet">{ if self.busy { m.photo_busy } else { m.photo_take } }</label>
                <label class="choice small"><input type="checkbox" checked={self.with_place} onchange={place} /><span>{ m.photo_with_place }</span></label>
                { for self.faults.iter().map(fault) }
            </div>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        for (_, address) in &self.photos {
            browser::forget_address(address);
        }
    }
}
