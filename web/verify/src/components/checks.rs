//! How this was checked.

use yew::prelude::*;

use super::el::{El, el, el_of, group, section, unseen};
use super::exhibit::exhibits;
use super::icon::icon;
use super::live::fold;
use crate::lang::Lang;
use crate::model::Check;

/// Draws the checks in the order they were made.
pub fn checks(lang: Lang, checks: &[Check]) -> El {
    let m = lang.messages();
    section("checks", m.checks_title())
        .with(el("p").text(m.checks_intro()))
        .with(el("ol").all(checks.iter().map(|one| check(lang, one))))
        .with(el_of("p", "small").text(m.checks_limit()))
}

fn check(lang: Lang, check: &Check) -> El {
    let sign =
        el("span").at(&["class"], &[&["sign ", check.status.tone().class()].concat()]).with(icon(check.status.icon()));
    let said = unseen(check.status.title(lang.messages())).text(": ");
    let line = group(vec![sign.into(), el("span").with(said).text(check.sentence(lang)).into()]);
    if check.exhibits.is_empty() {
        return el("li").with(el_of("div", "plain").with(line));
    }
    let list = check.exhibits.clone();
    let inside = Callback::from(move |()| el("div").with(exhibits(lang, &list)).into());
    el("li").with(fold("", line, inside))
}
