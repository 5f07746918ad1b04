//! What was written down, row by row, as it counts by now; and what was written before.

use nguon_core::event::{Dose, Event, HarvestDrawn, InputApplied, InputKind};
use nguon_core::ids::{ChainId, FieldDigest, StatementId};
use nguon_core::opening::FieldValue;
use nguon_core::record::Signer;
use nguon_core::verify::{Opened, VerifiedRecord};

use super::columns::{HARVESTS, INPUTS, Name};
use super::value::Value;
use crate::facts::{Correction, Entry, Facts, Language, Missing, Personal, Remedy, When};
use crate::intervals::{at_harvest, earliest};
use crate::words as say;

/// The tables' rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub inputs: Vec<Vec<Value>>,
    pub harvests: Vec<Vec<Value>>,
    pub checks: Vec<Vec<Value>>,
    pub changed: Vec<Changed>,
}

/// A value that a correction changes: one that counts, or one that waits for its approval.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    /// In which table, and of which row.
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))] // paper shows it below its row
    pub of: (Table, usize),
    entry: Value,
    pub field: (&'static str, &'static str),
    pub was: Value,
    pub is: Value,
    pub in_effect: bool,
    reason: Value,
    pub at: When,
    by: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Inputs,
    Harvests,
}

impl Changed {
    pub fn row(&self) -> Vec<Value> {
        let (vi, en) = self.field;
        vec![
            self.entry.clone(),
            Value::words(vi, en),
            self.was.shown(),
            self.is.shown(),
            match self.in_effect {
                true => Value::words("Có", "Yes"),
                false => Value::words("Chưa: chờ duyệt", "No: awaits approval"),
            },
            self.reason.clone(),
            Value::Minute(self.at),
            self.by.clone(),
        ]
    }
}

/// Where the words of a record's salted fields are opened.
#[derive(Clone, Copy)]
struct Source<'r> {
    record: StatementId,
    prefix: &'r str,
}

impl Rows {
    pub fn of(facts: &Facts<'_>, plot: &ChainId, (from, until): (u64, u64), missing: &mut Vec<Missing>) -> Self {
        let mut rows = Self::default();
        let maker = Maker { facts };
        let in_season = |entry: &Entry<'_>| (from..until).contains(&entry.signed().sequence);
        let mut entries: Vec<Entry<'_>> = facts.entries_of(plot).filter(in_season).collect();
        entries.sort_by_key(|entry| (entry.at.time, entry.signed().sequence));
        for entry in &entries {
            match entry.event {
                Event::InputApplied(event) => {
                    let of = (Table::Inputs, rows.inputs.len());
                    let now = maker.input(entry, event, entry.at, counted(entry));
                    if let (Some(Event::InputApplied(original)), Some(correction)) =
                        (entry.original(), entry.correction)
                    {
                        let before = maker.input(entry, original, claimed(entry), signed(entry));
                        rows.changed.extend(maker.changed(entry, of, &INPUTS, (&before, &now), &correction, true));
                    }
                    for waiting in waiting(entry) {
                        let Event::InputApplied(event) = &*waiting.event.event else { continue };
                        let then = maker.input(entry, event, proposed(entry, &waiting), words_of(&waiting));
                        rows.changed.extend(maker.changed(entry, of, &INPUTS, (&now, &then), &waiting, false));
                    }
                    lacking(entry, event, facts.personal(), missing);
                    rows.inputs.push(now);
                }
                Event::HarvestDrawn(event) => {
                    let of = (Table::Harvests, rows.harvests.len());
                    let now = maker.harvest(entry, event, entry.at, counted(entry));
                    if let (Some(Event::HarvestDrawn(original)), Some(correction)) =
                        (entry.original(), entry.correction)
                    {
                        let before = maker.harvest(entry, original, claimed(entry), signed(entry));
                        rows.changed.extend(maker.changed(entry, of, &HARVESTS, (&before, &now), &correction, true));
                    }
                    for waiting in waiting(entry) {
                        let Event::HarvestDrawn(event) = &*waiting.event.event else { continue };
                        let then = maker.harvest(entry, event, proposed(entry, &waiting), words_of(&waiting));
                        rows.changed.extend(maker.changed(entry, of, &HARVESTS, (&now, &then), &waiting, false));
                    }
                    rows.harvests.push(now);
                }
                _ => {}
            }
        }
        let area = facts.chain(plot).and_then(|chain| chain.state().place()).and_then(|place| place.area);
        for site in [Some(*plot), area].into_iter().flatten() {
            rows.checks.extend(facts.entries_of(&site).flat_map(|entry| maker.checks(&entry)));
        }
        rows
    }
}

/// The words of what counts.
fn counted<'r>(entry: &Entry<'_>) -> Source<'r> {
    let prefix = if entry.correction.is_some() { "corrected" } else { entry.event.name().as_str() };
    Source { record: entry.opened_in(), prefix }
}

/// The words of the record as it was signed.
fn signed<'r>(entry: &Entry<'_>) -> Source<'r> {
    Source { record: entry.id(), prefix: entry.event.name().as_str() }
}

/// When the record as it was signed says that it happened.
fn claimed(entry: &Entry<'_>) -> When {
    let signed = entry.signed();
    When::new(signed.event.at().unwrap_or(signed.signed_at), signed.utc_offset)
}

/// Corrections of an entry that do not count, since nobody approved them yet; those before the one that counts are past.
fn waiting<'a>(entry: &Entry<'a>) -> Vec<Correction<'a>> {
    let origin = entry.signed().sequence;
    let counted = entry.correction.map_or(0, |correction| correction.record.record().sequence);
    let correction = |record: &'a VerifiedRecord| match &record.record().event {
        Event::Corrected(event) if event.sequence == origin && record.record().sequence > counted => {
            Some(Correction { record, event, at: When::new(record.record().signed_at, record.record().utc_offset) })
        }
        _ => None,
    };
    entry.chain.records().iter().filter_map(correction).collect()
}

/// When a correction says that it happened; one without a time keeps the original's.
fn proposed(entry: &Entry<'_>, correction: &Correction<'_>) -> When {
    correction.event.event.at().map_or(entry.at, |time| When::new(time, entry.at.offset))
}

/// Where a correction's own words are opened.
fn words_of(correction: &Correction<'_>) -> Source<'static> {
    Source { record: correction.record.id(), prefix: "corrected" }
}

/// What an entry lacks that an auditor asks for.
fn lacking(entry: &Entry<'_>, event: &InputApplied, personal: Personal, missing: &mut Vec<Missing>) {
    let mut lacks = |element: &str, field: &str, remedy| {
        missing.push(Missing::new(format!("VietGAP: {element}"), entry.place(), entry.path(field), remedy));
    };
    if event.product_lot.is_none() {
        lacks("Số lô vật tư / Product lot", "product_lot", Remedy::Correct);
    }
    if event.water_ml.is_none() && event.kind != InputKind::Fertilizer {
        lacks("Lượng nước pha / Water", "water_ml", Remedy::Correct);
    }
    for (digest, element, field) in [
        (event.operator, "Người thực hiện / Operator", "operator"),
        (event.notes, "Lý do, dịch hại / Reason, pest", "notes"),
    ] {
        match digest {
            None => lacks(element, field, Remedy::Correct),
            Some(_) if personal == Personal::Withheld => lacks(element, field, Remedy::Personal),
            Some(_) => {}
        }
    }
}

struct Maker<'f, 'a> {
    facts: &'f Facts<'a>,
}

impl Maker<'_, '_> {
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
    fn signer(&self, signer: Signer, on_behalf: bool) -> Value {
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

    fn input(&self, entry: &Entry<'_>, event: &InputApplied, at: When, source: Source<'_>) -> Vec<Value> {
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

    fn harvest(&self, entry: &Entry<'_>, event: &HarvestDrawn, at: When, source: Source<'_>) -> Vec<Value> {
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

    /// The values that differ; when and by whom the original was signed stays.
    fn changed(
        &self,
        entry: &Entry<'_>,
        of: (Table, usize),
        names: &[Name],
        (before, then): (&[Value], &[Value]),
        correction: &Correction<'_>,
        in_effect: bool,
    ) -> Vec<Changed> {
        let record = correction.record.record();
        let reason = correction.event.reason;
        let what = match (entry.event, before.first().map(Value::shown)) {
            (Event::InputApplied(event), Some(Value::Words(vi, en))) => {
                Value::words(format!("{}, {vi}", event.product.as_str()), format!("{}, {en}", event.product.as_str()))
            }
            (_, Some(Value::Words(vi, en))) => Value::words(format!("Thu hoạch {vi}"), format!("Harvest of {en}")),
            _ => Value::Empty,
        };
        let pairs = names.iter().zip(before.iter().zip(then)).filter(|(_, (was, is))| was != is);
        let changed = pairs.map(|(name, (was, is))| Changed {
            of,
            entry: what.clone(),
            field: (name.vi, name.en),
            was: was.clone(),
            is: is.clone(),
            in_effect,
            reason: Value::words(say::correction(Language::Vi, reason), say::correction(Language::En, reason)),
            at: correction.at,
            by: self.signer(record.signer, record.on_behalf_of.is_some()),
        });
        changed.collect()
    }

    fn checks(&self, entry: &Entry<'_>) -> Vec<Vec<Value>> {
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
