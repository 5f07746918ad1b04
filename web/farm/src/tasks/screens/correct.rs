//! A correction: what was written beside what it should have been.

use nguon_core::event::Event;
use yew::prelude::*;

use super::log;
use crate::messages::fill;
use crate::tasks::amount::{AreaUnit, DoseUnit};
use crate::tasks::correct::{self, Kind, at_once, may_lack_ingredients};
use crate::tasks::field::Field;
use crate::tasks::parts::{Draw, Typing, around, choices, day, fact, line, lines, main_button, weight, with_unit};
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
pub fn view(d: &Draw<'_>, entry: &Entry<'_>, sign: Callback<MouseEvent>, busy: bool) -> Html {
    let m = d.m;
    let kind = correct::kind(entry.event);
    if kind == Kind::Nothing {
        return html! { <p id="t-step" tabindex="-1" class="t-empty">{ m.cannot_correct }</p> };
    }
    let reasons = [
        ("typing", m.reason_typing),
        ("weighing", m.reason_weighing),
        ("selection", m.reason_selection),
        ("other", m.reason_other),
    ];
    html! {
        <>
        <p id="t-step" tabindex="-1">{ m.correct_lead }</p>
        { history(d, entry) }
        { match kind {
            Kind::Spray => spray_form(d),
            Kind::Degrees(_) => around(d, Field::Degrees, false, line(d, Field::Degrees, Typing::Words)),
            _ => side_by_side(d, entry),
        } }
        { choices(d, Field::Reason, &reasons) }
        { fate(d, entry) }
        <div class="t-bar">{ main_button("t-sign", if busy { m.signing } else { m.sign }, sign, busy) }</div>
        </>
    }
}

fn side_by_side(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    let was = match correct::kind(entry.event) {
        Kind::Weight(grams) => say::kg(d.lang, grams),
        _ => String::new(),
    };
    let now = crate::tasks::amount::thousandths(d.sheet.text(Field::Value)).map(|grams| say::kg(d.lang, grams));
    html! {
        <>
        <div class="t-side">
            <div><small>{ d.m.was }</small><b><s id="t-was">{ was }</s></b></div>
            <div><small>{ d.m.value_label }</small><b id="t-now">{ now.unwrap_or_else(|_| "…".into()) }</b></div>
        </div>
        { weight(d, Field::Value) }
        </>
    }
}

fn spray_form(d: &Draw<'_>) -> Html {
    let m = d.m;
    let doses = DoseUnit::ALL.map(|unit| (unit.sign(), if unit == DoseUnit::Litre { m.litre } else { unit.sign() }));
    let areas = AreaUnit::ALL.map(|unit| (unit.value(), say::area_unit(d.lang, unit)));
    html! {
        <>
        { log::kinds(d) }
        { around(d, Field::Product, false, line(d, Field::Product, Typing::Words)) }
        { around(d, Field::Ingredients, may_lack_ingredients(spray::kind(d.sheet)), line(d, Field::Ingredients, Typing::Words)) }
        { around(d, Field::Dose, false, with_unit(d, Field::Dose, Field::DoseUnit, &doses)) }
        { around(d, Field::Area, false, with_unit(d, Field::Area, Field::AreaUnit, &areas)) }
        { around(d, Field::Phi, false, line(d, Field::Phi, Typing::Whole)) }
        { day(d) }
        { around(d, Field::ProductLot, true, line(d, Field::ProductLot, Typing::Code)) }
        { around(d, Field::Notes, true, lines(d, Field::Notes)) }
        </>
    }
}

/// What was written, line by line, each with whether it counts.
fn history(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    if entry.history.is_empty() {
        return Html::default();
    }
    let one = |(at, (words, counts)): (usize, &(String, bool))| {
        let name = if at == 0 {
            d.m.original
        } else if *counts {
            d.m.correct_counts
        } else {
            d.m.correct_waiting
        };
        fact(name, words.clone())
    };
    html! {
        <section>
            <h2>{ d.m.history_title }</h2>
            <dl class="t-facts">{ for entry.history.iter().enumerate().map(one) }</dl>
        </section>
    }
}

/// Whether it counts at once, as far as what is typed can be read.
fn fate(d: &Draw<'_>, entry: &Entry<'_>) -> Html {
    let mut sheet = d.sheet.clone();
    // The reason does not decide.
    sheet.set(Field::Reason, "typing");
    let new = correct::check(&sheet, entry.event, entry.signed_at, d.facts).ok();
    let words = new.map(|new| if at_once(entry.event, &new) { d.m.at_once } else { d.m.needs_approval });
    html! { <p id="t-fate" class="t-note" role="status" hidden={words.is_none()}>{ words }</p> }
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
            let days = fill(d.m.product_phi, &[("days", &event.phi_days.to_string())]);
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
