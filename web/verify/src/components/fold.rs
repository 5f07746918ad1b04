//! Something that opens on demand, and costs nothing until then: a season has hundreds of records to unfold.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Class of the element
    #[prop_or_default]
    pub class: Classes,
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
        <details class={props.class.clone()} ontoggle={open}>
            <summary>{ props.summary.clone() }</summary>
            if *opened { { props.inside.emit(()) } }
        </details>
    }
}
