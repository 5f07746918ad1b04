//! The end of the page.

use yew::prelude::*;

use crate::lang::Lang;

/// Draws what the page does and does not do.
pub fn footer(lang: Lang) -> Html {
    let m = lang.messages();
    html! {
        <footer class="foot">
            <p>{ m.footer_who }</p>
            <p>{ m.footer_where }</p>
        </footer>
    }
}
