//! How this was checked.

use yew::prelude::*;

use super::exhibit::exhibits;
use super::fold::Fold;
use super::icon::icon;
use crate::lang::Lang;
use crate::model::Check;

/// Draws the checks in the order they were made.
pub fn checks(lang: Lang, checks: &[Check]) -> Html {
    let m = lang.messages();
    html! {
        <section class="checks" aria-labelledby="checks">
            <h2 id="checks">{ m.checks_title }</h2>
            <p>{ m.checks_intro }</p>
            <ol>{ for checks.iter().map(|one| check(lang, one)) }</ol>
            <p class="small">{ m.checks_limit }</p>
        </section>
    }
}

fn check(lang: Lang, check: &Check) -> Html {
    let m = lang.messages();
    let line = html! {
        <>
            <span class={classes!("sign", check.status.tone().class())}>{ icon(check.status.icon()) }</span>
            <span><span class="hidden">{ check.status.title(m) }{ ": " }</span>{ check.sentence(lang) }</span>
        </>
    };
    if check.exhibits.is_empty() {
        return html! { <li><div class="plain">{ line }</div></li> };
    }
    let list = check.exhibits.clone();
    let inside = Callback::from(move |()| html! { <div>{ exhibits(lang, &list) }</div> });
    html! { <li><Fold summary={line} {inside} /></li> }
}
