//! What it is.

use yew::prelude::*;

use super::facts::facts;
use crate::communes::{self, Commune};
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::Product;

/// Draws what is in the box.
pub fn product(lang: Lang, product: &Product) -> Html {
    let m = lang.messages();
    let name = product.name.as_deref().unwrap_or(m.product_unnamed);
    html! {
        <section class="product" aria-labelledby="product">
            <h2 id="product">{ m.product_title }</h2>
            <p class="name">{ name }</p>
            { communes(lang, &product.communes) }
            { facts(lang, &product.facts) }
        </section>
    }
}

/// Where it grew, by the names of today, and behind a fold by the names people knew before.
fn communes(lang: Lang, codes: &[String]) -> Html {
    let m = lang.messages();
    if codes.is_empty() {
        return Html::default();
    }
    let known: Vec<Commune> =
        codes.iter().filter_map(|code| Commune::of(code)).filter(|commune| commune.has_former_names()).collect();
    html! {
        <>
            <p class="from">{ communes::places(codes) }</p>
            if let [only] = known.as_slice() {
                <small>{ fill(m.communes_before, &[("names", &only.before())]) }</small>
            } else if !known.is_empty() {
                <details class="former">
                    <summary>{ m.communes_names }</summary>
                    <ul>{ for known.iter().map(|commune| html! { <li>{ commune.name() }{ ": " }{ commune.before() }</li> }) }</ul>
                </details>
            }
        </>
    }
}
