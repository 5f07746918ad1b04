//! The end of the page.

use super::el::{El, el, el_of};
use crate::lang::Lang;

/// Draws what the page does and does not do.
pub fn footer(lang: Lang) -> El {
    let m = lang.messages();
    el_of("footer", "foot").with(el("p").text(m.footer_who())).with(el("p").text(m.footer_where()))
}
