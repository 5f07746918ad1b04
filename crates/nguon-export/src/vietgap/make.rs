//! From a record to the values of its row.

use nguon_core::event::{Dose, Event, HarvestDrawn, InputApplied};
use nguon_core::ids::{FieldDigest, StatementId};
use nguon_core::opening::FieldValue;
use nguon_core::record::Signer;
use nguon_core::verify::Opened;

use super::value::Value;
use crate::facts::{Correction, Entry, Facts, Language, Personal, When};
use crate::intervals::{at_harvest, earliest};
use crate::words as say;

/// Where the words of a record's salted fields are opened.
#[derive(Clone, Copy)]
pub(super) struct Source<'r> {
    record: StatementId,
    prefix: &'r str,
}

/// The words of what counts.
pub(super) fn counted<'r>(entry: &Entry<'_>) -> Source<'r> {
    let prefix = if entry.correction.is_some() { "corrected" } else { entry.event.name().as_str() };
    Source { record: entry.opened_in(), prefix }
}

/// The words of the record as it was signed.
pub(super) fn signed<'r>(entry: &Entry<'_>) -> Source<'r> {
    Source { record: entry.id(), prefix: entry.event.name().as_str() }
}

/// When the record as it was signed says that it happened.
pub(super) fn claimed(entry: &Entry<'_>) -> When {
    let signed = entry.signed();
    When::new(signed.event.at().unwrap_or(signed.signed_at), signed.utc_offset)
}

/// Where a correction's own words are opened.
pub(super) fn words_of(correction: &Correction<'_>) -> Source<'static> {
    Source { record: correction.record.id(), prefix: "corrected" }
}

/// Makes rows of what facts say.
pub(super) struct Maker<'f, 'a> {
    facts: &'f Facts<'a>,
}

impl<'f, 'a> Maker<'f, 'a> {
    pub const fn of(facts: &'f Facts<'a>) -> Self {
        Self { facts }
    }

    /// A salted field, if it is opened and asked for.
    fn salted(&self, digest: Option<FieldDigest>, source: Source<'_>, field: &str) -> Value {
        if digest.is_none() {
            return Value::Empty;
        }
        if self.facts.personal() == Personal::Withheld {
            return Value::Withheld;
        }
        match self.facts.history().opened(&source.record, &format!("{}/{field}", source.prefix)) {
            Opened::Value(FieldValue::Text(text)) => Value::Text(text),
            _ => Value::Withheld,
        }
    }

    /// Who signed, and whether for a household.
    pub fn signer(&self, signer: Signer, on_behalf: bool) -> Value {
        let (vi, en) = match signer {
            Signer::Actor(actor) => {
                let name = self.facts.party(&actor).called();
                (name.clone(), name)
            }
            Signer::Authority(_) => ("Cơ quan quản lý".to_owned(), "The authority".to_owned()),
        };
        if on_behalf {
            return Value::words(format!("{vi}, ghi thay hộ"), format!("{en}, on behalf of the household"));
        }
        Value::words(vi, en)
    }

    fn signed_by(&self, entry: &Entry<'_>) -> Value {
        let record = entry.signed();
        self.signer(record.signer, record.on_behalf_of.is_some())
    }

    pub fn input(&self, entry: &Entry<'_>, event: &InputApplied, at: When, source: Source<'_>) -> Vec<Value> {
        let ingredients: Vec<&str> = event.active_ingredients.iter().map(|name| name.as_str()).collect();
        let (amount, unit) = amount(event.dose);
        let area = event.area_m2.get();
        // Square metres are ten thousandths of a hectare.
        let a_hectare = amount.saturating_mul(10_000).checked_div(area).map_or(Value::Empty, Value::Thousandths);
        let from = earliest(entry.chain, entry.signed().sequence)
            .and_then(|time| nguon_core::values::Time::new(time).ok())
            .map_or(Value::Empty, |time| Value::Day(When::new(time, entry.at.offset)));
        vec![
            Value::Day(at),
            Value::words(say::input(Language::Vi, event.kind), say::input(Language::En, event.kind)),
            Value::Text(event.product.as_str().to_owned()),
            Value::text(Some(ingredients.join(", ")).filter(|all| !all.is_empty())),
            Value::text(event.product_lot.as_ref().map(ToString::to_string)),
            Value::Thousandths(amount),
            Value::Text(unit.to_owned()),
            a_hectare,
            event.water_ml.map_or(Value::Empty, |water| Value::Thousandths(water.get())),
            Value::Whole(area),
            Value::Whole(u64::from(event.phi_days.get())),
            from,
            self.salted(event.notes, source, "notes"),
            self.salted(event.operator, source, "operator"),
            Value::Minute(entry.signed_at()),
            self.signed_by(entry),
        ]
    }

    pub fn harvest(&self, entry: &Entry<'_>, event: &HarvestDrawn, at: When, source: Source<'_>) -> Vec<Value> {
        let interval = at_harvest(entry);
        vec![
            Value::Day(at),
            Value::Text(self.facts.lot(&event.to).code()),
            Value::Thousandths(event.grams.get()),
            Value::words(interval.words(Language::Vi), interval.words(Language::En)),
            self.salted(event.operator, source, "operator"),
            Value::Minute(entry.signed_at()),
            self.signed_by(entry),
        ]
    }

    pub fn checks(&self, entry: &Entry<'_>) -> Vec<Vec<Value>> {
        let by = match entry.actor() {
            Some(actor) => Value::Text(self.facts.party(&actor).called()),
            None => Value::words("Cơ quan quản lý", "The authority"),
        };
        let of = match self.facts.place(&entry.chain.id()) {
            Some(place) if place.area.is_none() => Value::text(place.code),
            _ => Value::words("Thửa", "Plot"),
        };
        let row = |at, kind, what, result| vec![Value::Day(at), kind, of.clone(), what, result, by.clone()];
        match entry.event {
            Event::Inspected(event) => {
                let [vi, en] = [Language::Vi, Language::En];
                vec![row(
                    entry.at,
                    Value::words("Kiểm tra", "Inspection"),
                    Value::words(say::purpose(vi, event.purpose), say::purpose(en, event.purpose)),
                    Value::words(say::inspection(vi, event.result), say::inspection(en, event.result)),
                )]
            }
            Event::LabResult(event) => {
                let one = |analyte: &nguon_core::event::Analyte| {
                    let (found, limit) =
                        (analyte.ug_per_kg.get(), analyte.limit_ug_per_kg.map(nguon_core::values::Level::get));
                    let what = format!("{} ({})", analyte.name.as_str(), event.report);
                    let result = |vi: bool| level(found, limit, vi);
                    row(
                        When::vietnam(event.sampled_at),
                        Value::words("Thử nghiệm", "Laboratory"),
                        Value::Text(what),
                        Value::words(result(true), result(false)),
                    )
                };
                event.analytes.iter().map(one).collect()
            }
            Event::Certified(event) => {
                let until = When::vietnam(event.until);
                vec![row(
                    When::vietnam(event.from),
                    Value::words("Chứng nhận", "Certificate"),
                    Value::Text(format!("{}, {}", event.scheme.as_str(), event.number)),
                    Value::words(format!("Đến {}", until.day_first()), format!("Until {}", until.date())),
                )]
            }
            _ => Vec::new(),
        }
    }
}

/// Milligrams in a kilogram against the limit.
fn level(found: u64, limit: Option<u64>, vi: bool) -> String {
    let number = |value: u64| {
        let plain = crate::facts::decimal(value, 3);
        if vi { plain.replace('.', ",") } else { plain }
    };
    let said = match (found, vi) {
        (0, true) => "Không phát hiện".to_owned(),
        (0, false) => "Not detected".to_owned(),
        (found, _) => format!("{} mg/kg", number(found)),
    };
    match (limit, vi) {
        (None, _) => said,
        (Some(limit), true) if found > limit => format!("{said}, VƯỢT giới hạn {}", number(limit)),
        (Some(limit), false) if found > limit => format!("{said}, ABOVE the limit of {}", number(limit)),
        (Some(limit), true) => format!("{said}, giới hạn {}", number(limit)),
        (Some(limit), false) => format!("{said}, limit {}", number(limit)),
    }
}

/// Thousandths of a unit: of kilograms and litres from one on, as far as nothing is rounded.
fn amount(dose: Dose) -> (u64, &'static str) {
    let (thousandths, small, large) = match dose {
        Dose::Milligrams(count) => (count.get(), "g", "kg"),
        Dose::Microlitres(count) => (count.get(), "ml", "l"),
    };
    match thousandths {
        much if much >= 1_000_000 && much.is_multiple_of(1_000) => (much / 1_000, large),
        little => (little, small),
    }
}
