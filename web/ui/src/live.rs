//! A part of the page with a little state of its own: what is unfolded, what has been copied. One type for all of them,
//! because yew compiles its whole life cycle, some 7 KB of wasm, again for each type of component.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::VComp;

use super::el::{When, el, el_of};

/// A number, and a view of it that can change it.
struct Live {
    state: u8,
}

/// What a view is given: the state, and how to set it.
pub type Told = (u8, Callback<u8>);

#[derive(Properties, PartialEq)]
struct Props {
    view: Callback<Told, Html>,
}

impl Component for Live {
    type Message = u8;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { state: 0 }
    }

    fn update(&mut self, _: &Context<Self>, state: u8) -> bool {
        std::mem::replace(&mut self.state, state) != state
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().view.emit((self.state, ctx.link().callback(|state| state)))
    }
}

/// A part whose state begins at 0.
#[inline(never)]
pub fn live(view: Callback<Told, Html>) -> Html {
    VComp::new::<Live>(Rc::new(Props { view }), None).into()
}

/// A `details` element whose inside is drawn when it is first opened: a season has hundreds of records to unfold.
#[inline(never)]
pub fn fold(class: &'static str, summary: Html, inside: Callback<(), Html>) -> Html {
    live(Callback::from(move |(opened, set): Told| {
        let inside = if opened == 0 { Html::default() } else { inside.emit(()) };
        let details = el_of("details", class).on(When::Toggle, set.reform(|_: Event| 1));
        details.with(el("summary").with(summary.clone())).with(inside).into()
    }))
}
