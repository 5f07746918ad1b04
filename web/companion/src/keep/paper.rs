//! What the certificate says below the verdict: how to check again. On paper only.

use nguon_verify_app::components::el::{El, el, el_of};
use nguon_verify_app::format;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Lot, Stamp};

use super::symbol::Symbol;
use crate::messages;

/// When it was printed, and by which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// When
    pub at: Stamp,
    /// SHA-256 of the page, where it could be had
    pub page: Option<String>,
}

/// Draws it.
pub fn paper(lang: Lang, lot: &Lot, link: &str, printed: Option<&Printed>) -> El {
    let words = messages::of(lang);
    let file = fill(words.keep_paper_file, &[("file", &lot.file_name())]);
    let time = printed.map(|printed| fill(words.keep_paper_time, &[("time", &format::moment(lang, printed.at))]));
    let page = printed.and_then(|printed| printed.page.as_ref());
    let page = page.map(|hash| el_of("p", "hash").text(fill(words.keep_paper_page, &[("hash", hash)])));
    let limit = [words.keep_paper_limit, " ", &time.unwrap_or_default()].concat();
    let told = el("div")
        .with(el("h2").text(words.keep_paper_title))
        .with(el("p").text(words.keep_paper_scan))
        .with(el_of("p", "address").text(link.to_owned()))
        .with(el("p").text(limit.trim().to_owned()))
        .with(el("p").text(file))
        .maybe(page);
    el_of("div", "paper").maybe(Symbol::of(link).map(|symbol| symbol.draw())).with(told)
}
