//! A correction: what was written beside what it should have been.

use nguon_core::event::Event;
use nguon_ui::el::{Inside, el, el_of, nodes, yes};
use yew::prelude::*;

use super::log;
use crate::messages::fill;
use crate::tasks::amount::{AreaUnit, DoseUnit};
use crate::tasks::correct::{self, Kind, at_once, may_lack_ingredients};
use crate::tasks::field::Field;
use crate::tasks::parts::{Draw, Typing, around, choices, day, fact, line, lines, sign_bar, weight, with_unit};
use crate::tasks::say;
use crate::tasks::spray;

/// An entry that is to be corrected.
pub struct Entry<'a> {
    /// What it says by now
    pub event: &'a Event,
    /// What it said first, and each correction since, with whether it counts
    pub history: &'a [(String, bool)],
    /// When it was signed, Unix seconds
    pub signed_at: u64,
}

/// The screen.
pub fn view(d: &Draw<'_>, entry: &Entry<'_>, sign: Callback<web_sys::Event>, busy: bool) -> Html {
    let m = d.m;
    let kind = correct::kind(entry.event);
    if kind == Kind::Nothing {
        return el("p").at(&["id", "tabindex", "class"], &["t-step", "-1", "t-empty"]).with(m.cannot_correct()).html();
    }
    let reasons = [
        ("typing", m.reason_typing()),
        ("weighing", m.reason_weighing()),
        ("selection", m.reason_selection()),
        ("other", m.reason_other()),
    ];
    nodes()
        .with(el("p").at(&["id", "tabindex"], &["t-step", "-1"]).with(m.correct_lead()))
        .with(history(d, entry))
        .with(match kind {
            Kind::Spray => spray_form(d),
            Kind::Degrees(_) => around(d, Field::Degrees, false, line(d, Field::Degrees, Typing::Words)),
            _ => side_by_side(d, entry),
        })
        .with(choices(d, Field::Reason, &reasons))
        .with(fate(d, entry))
        .with(sign_bar(d, Html::default(), sign, busy))
        .html()
}

fn side_by_side(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    let was = match correct::kind(entry.event) {
        Kind::Weight(grams) => say::kg(d.lang, grams),
        _ => String::new(),
    };
    let now = crate::tasks::amount::thousandths(d.sheet.text(Field::Value)).map(|grams| say::kg(d.lang, grams));
    nodes()
        .with(
            el_of("div", "t-side")
                .with(
                    el("div")
                        .with(el("small").with(d.m.was()))
                        .with(el("b").with(el("s").at(&["id"], &["t-was"]).with(was))),
                )
                .with(
                    el("div")
                        .with(el("small").with(d.m.value_label()))
                        .with(el("b").at(&["id"], &["t-now"]).with(now.unwrap_or_else(|_| "…".into()))),
                ),
        )
        .with(weight(d, Field::Value))
        .html()
}

fn spray_form(d: &Draw<'_>) -> Html {
    let m = d.m;
    let doses = DoseUnit::ALL.map(|unit| (unit.sign(), if unit == DoseUnit::Litre { m.litre() } else { unit.sign() }));
    let areas = AreaUnit::ALL.map(|unit| (unit.value(), say::area_unit(d.lang, unit)));
    nodes()
        .with(log::kinds(d))
        .with(around(d, Field::Product, false, line(d, Field::Product, Typing::Words)))
        .with(around(
            d,
            Field::Ingredients,
            may_lack_ingredients(spray::kind(d.sheet)),
            line(d, Field::Ingredients, Typing::Words),
        ))
        .with(around(d, Field::Dose, false, with_unit(d, Field::Dose, Field::DoseUnit, &doses)))
        .with(around(d, Field::Area, false, with_unit(d, Field::Area, Field::AreaUnit, &areas)))
        .with(around(d, Field::Phi, false, line(d, Field::Phi, Typing::Whole)))
        .with(day(d))
        .with(around(d, Field::ProductLot, true, line(d, Field::ProductLot, Typing::Code)))
        .with(around(d, Field::Notes, true, lines(d, Field::Notes)))
        .html()
}

/// What was written, line by line, each with whether it counts.
fn history(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    if entry.history.is_empty() {
        return Html::default();
    }
    let one = |(at, (words, counts)): (usize, &(String, bool))| {
        let name = if at == 0 {
            d.m.original()
        } else if *counts {
            d.m.correct_counts()
        } else {
            d.m.correct_waiting()
        };
        fact(name, words.clone())
    };
    el("section")
        .with(el("h2").with(d.m.history_title()))
        .with(el_of("dl", "t-facts").all(entry.history.iter().enumerate().map(one)))
        .html()
}

/// Whether it counts at once, as far as what is typed can be read.
fn fate(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    let mut sheet = d.sheet.clone();
    // The reason does not decide.
    sheet.set(Field::Reason, "typing");
    let new = correct::check(&sheet, entry.event, entry.signed_at, d.facts).ok();
    let words = new.map(|new| if at_once(entry.event, &new) { d.m.at_once() } else { d.m.needs_approval() });
    el("p")
        .any(
            &["id", "class", "role", "hidden"],
            &[Some("t-fate"), Some("t-note"), Some("status"), yes(words.is_none())],
        )
        .with(words)
        .html()
}

/// An event's figure in words, for the history.
#[must_use]
pub fn figure(d: &Draw<'_>, event: &Event) -> String {
    match (event, correct::kind(event)) {
        (Event::InputApplied(event), _) => {
            let (fine, is_volume) = match event.dose {
                nguon_core::event::Dose::Microlitres(fine) => (fine.get(), true),
                nguon_core::event::Dose::Milligrams(fine) => (fine.get(), false),
            };
            let days = fill(d.m.product_phi(), &[("days", &event.phi_days.to_string())]);
            format!("{} · {} · {days}", event.product, say::dose(d.lang, fine, is_volume))
        }
        (_, Kind::Weight(grams)) => say::kg(d.lang, grams),
        (_, Kind::Degrees(milli)) => {
            let sign = if milli < 0 { "−" } else { "" };
            format!("{sign}{}\u{a0}°C", say::decimal(d.lang, milli.unsigned_abs().into()))
        }
        _ => String::new(),
    }
}
