//! What it is.

use super::el::{El, el, el_of, section};
use super::facts::facts;
use crate::communes::{self, Commune};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::model::Product;

/// Draws what is in the box.
pub fn product(lang: Lang, product: &Product) -> El {
    let m = lang.messages();
    let name =
        product.name.as_ref().map(|name| format::glossed(lang, name)).unwrap_or_else(|| m.product_unnamed().into());
    let from = communes::places(&product.communes);
    section("product", m.product_title())
        .with(el_of("p", "name").text(name))
        .maybe((!from.is_empty()).then(|| el_of("p", "from").text(from)))
        .maybe(former_names(lang, &product.communes))
        .maybe(facts(lang, &product.facts))
}

/// The names people knew before the communes were merged, behind a fold where there are many.
fn former_names(lang: Lang, codes: &[String]) -> Option<El> {
    let m = lang.messages();
    let known = codes.iter().filter_map(|code| Commune::of(code)).filter(|commune| commune.has_former_names());
    let known: Vec<Commune> = known.collect();
    match known.as_slice() {
        [] => None,
        [only] => Some(el("small").text(fill(m.communes_before(), &[("names", &only.before())]))),
        several => {
            let one = |commune: &Commune| el("li").text(commune.name()).text(": ").text(commune.before());
            let list = el("ul").all(several.iter().map(one));
            Some(el_of("details", "former").with(el("summary").text(m.communes_names())).with(list))
        }
    }
}
