//! Something that opens on demand, and costs nothing until then: a season has hundreds of records to unfold.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Class of the element
    pub class: &'static str,
    /// What shows while it is closed
    pub summary: Html,
    /// Draws what is inside
    pub inside: Callback<(), Html>,
}

/// A `details` element whose inside is drawn when it is first opened.
#[component]
pub fn Fold(props: &Props) -> Html {
    let opened = use_state_eq(|| false);
    let open = {
        let opened = opened.clone();
        Callback::from(move |_: Event| opened.set(true))
    };
    html! {
        <details class={props.class} ontoggle={open}>
            <summary>{ props.summary.clone() }</summary>
            if *opened { { props.inside.emit(()) } }
        </details>
    }
}

/// A fold as a node.
#[inline(never)]
pub fn fold(class: &'static str, summary: Html, inside: Callback<(), Html>) -> Html {
    html! { <Fold {class} {summary} {inside} /> }
}
