//! The stops as a table: all that the picture shows, and what it cannot.

use nguon_verify_app::communes;
use nguon_verify_app::components::el::{El, el, el_of};
use nguon_verify_app::format;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::model::Titled;

use super::route::{Deed, Route, Stop, Where, name};
use crate::messages::{self, fill};

/// Draws the table and what is to be known of the picture.
pub fn table(lang: Lang, route: &Route) -> El {
    let m = messages::of(lang);
    let heads = [m.map_number, m.map_place, m.map_part, m.map_mass];
    let head = el("tr").all(heads.map(|words| el("th").at(&["scope"], &["col"]).text(words)));
    let table = el_of("table", "stops")
        .with(el("caption").text(m.map_table))
        .with(el("thead").with(head))
        .with(el("tbody").all(route.stops.iter().map(|stop| row(lang, stop))));
    el("div").with(table).with(el("small").text(m.map_about)).with(el("small").text(m.map_source))
}

fn row(lang: Lang, stop: &Stop) -> El {
    let m = messages::of(lang);
    let number = stop.number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let mass = stop.mass.map_or_else(|| m.map_mass_unknown.to_owned(), |mass| format::mass(lang, mass));
    el("tr")
        .with(el("td").text(number))
        .with(el("td").text(place(lang, &stop.place)))
        .with(part(lang, &stop.deed))
        .with(el("td").text(mass))
}

/// Where a stop is, in words.
pub(super) fn place(lang: Lang, place: &Where) -> String {
    let m = messages::of(lang);
    match place {
        Where::Commune(code) => communes::Commune::of(code).map_or_else(|| code.clone(), communes::Commune::name),
        Where::Elsewhere(code) => [code, " (", m.map_outside, ")"].concat(),
        Where::Unrecorded => m.map_unknown.to_owned(),
    }
}

fn part(lang: Lang, deed: &Deed) -> El {
    let (m, page) = (messages::of(lang), lang.messages());
    match deed {
        Deed::Grown(0) => el("td").text(page.event_harvested()),
        Deed::Grown(households) => el("td").text(fill(m.map_grown, &[("n", &format::count(lang, *households as u64))])),
        Deed::Handled { by, events } => {
            let events: Vec<&str> = events.iter().map(|event| event.title(page)).collect();
            let by = name(by).map_or_else(|| by.role.title(page).to_owned(), str::to_owned);
            el("td").text(events.join(page.list_mark())).with(el("small").text(by))
        }
    }
}
