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
            if !product.communes.is_empty() {
                <ul class="communes">
                    { for product.communes.iter().map(|code| commune(lang, code)) }
                </ul>
            }
            { facts(lang, &product.facts) }
        </section>
    }
}

fn commune(lang: Lang, code: &str) -> Html {
    let before = Commune::of(code).map(Commune::before).filter(|names| !names.is_empty());
    html! {
        <li>
            { communes::place(code) }
            if let Some(names) = before {
                <small>{ fill(lang.messages().communes_before, &[("names", &names)]) }</small>
            }
        </li>
    }
}
