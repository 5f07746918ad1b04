//! What was written down, row by row, as it counts by now; and what was written before.

use nguon_core::event::{Event, InputApplied, InputKind};
use nguon_core::ids::ChainId;

use super::changed::{Changed, Table, proposed, waiting};
use super::columns::{HARVESTS, INPUTS};
use super::make::{Maker, claimed, counted, signed, words_of};
use super::value::Value;
use crate::facts::{Entry, Facts, Missing, Personal, Remedy};

/// The tables' rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub inputs: Vec<Vec<Value>>,
    pub harvests: Vec<Vec<Value>>,
    pub checks: Vec<Vec<Value>>,
    pub changed: Vec<Changed>,
}

impl Rows {
    pub fn of(facts: &Facts<'_>, plot: &ChainId, (from, until): (u64, u64), missing: &mut Vec<Missing>) -> Self {
        let mut rows = Self::default();
        let maker = Maker::of(facts);
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
                    lacking(entry, event, (facts.personal(), &now), missing);
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

/// What an entry lacks that an auditor asks for.
fn lacking(entry: &Entry<'_>, event: &InputApplied, (personal, row): (Personal, &[Value]), missing: &mut Vec<Missing>) {
    let mut lacks = |element: &str, field: &str, remedy| {
        missing.push(Missing::new(format!("VietGAP: {element}"), entry.place(), entry.path(field), remedy));
    };
    if event.product_lot.is_none() {
        lacks("Số lô vật tư / Product lot", "product_lot", Remedy::Correct);
    }
    if event.water_ml.is_none() && event.kind != InputKind::Fertilizer {
        lacks("Lượng nước pha / Water", "water_ml", Remedy::Correct);
    }
    for (column, element, field) in
        [(13, "Người thực hiện / Operator", "operator"), (12, "Lý do, dịch hại / Reason, pest", "notes")]
    {
        match (row.get(column), personal) {
            (Some(Value::Empty), _) => lacks(element, field, Remedy::Correct),
            (Some(Value::Withheld), Personal::Withheld) => lacks(element, field, Remedy::Personal),
            (Some(Value::Withheld), Personal::Opened) => lacks(element, field, Remedy::Open),
            _ => {}
        }
    }
}
