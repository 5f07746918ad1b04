//! Where the lot has been: one static picture of Tỉnh Bắc Ninh and a table that says the same, for those who cannot see it and
//! for what lies outside of it. Nothing is fetched, nothing moves, and no colour is needed to read it.
//!
//! - [`Route`]: from the report to an ordered list of stops
//! - [`picture`](fn@picture): the stops as SVG, at most 10 KiB
//! - [`land`]: the outline and the communes' middles; made by `examples/map_data` from `data/`, which names its sources
//!
//! Positions are the communes' middles: records never tell more of a place than its commune.

pub mod land;
mod picture;
mod route;
mod table;
#[cfg(test)]
mod tests;

use nguon_verify_app::components::el::section;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::model::Report;
use yew::prelude::*;

use crate::messages;

pub use picture::picture;
pub use route::{Deed, Route, Stop, Where};

/// Draws picture and table; nothing where no record that holds names a place in the province.
#[must_use]
pub fn view(lang: Lang, report: &Report) -> Option<Html> {
    let grown_in = report.product.as_ref().map(|product| &*product.communes).unwrap_or_default();
    let route = Route::of(report.journey.as_ref()?, grown_in);
    if route.stops.iter().all(|stop| stop.number.is_none()) {
        return None;
    }
    // Made by `picture` alone, which escapes all words.
    let drawn = Html::from_html_unchecked(picture(lang, &route).into());
    Some(section("places", messages::of(lang).map_title).with(drawn).with(table::table(lang, &route)).into())
}
