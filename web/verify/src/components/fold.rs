//! Something that opens on demand, and costs nothing until then: a season has hundreds of records to unfold.

use yew::prelude::*;

/// A `details` element whose inside is drawn when it is first opened.
pub struct Fold {
    opened: bool,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Class of the element
    pub class: &'static str,
    /// What shows while it is closed
    pub summary: Html,
    /// Draws what is inside
    pub inside: Callback<(), Html>,
}

impl Component for Fold {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { opened: false }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        !std::mem::replace(&mut self.opened, true)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { class, summary, inside } = ctx.props();
        html! {
            <details class={*class} ontoggle={ctx.link().callback(|_: Event| ())}>
                <summary>{ summary.clone() }</summary>
                if self.opened { { inside.emit(()) } }
            </details>
        }
    }
}

/// A fold as a node.
#[inline(never)]
pub fn fold(class: &'static str, summary: Html, inside: Callback<(), Html>) -> Html {
    html! { <Fold {class} {summary} {inside} /> }
}
