//! Corrections: what was written before one that counts, and what one says that nobody approved yet.

use nguon_core::event::Event;
use nguon_core::verify::VerifiedRecord;

use super::columns::Name;
use super::make::Maker;
use super::value::Value;
use crate::facts::{Correction, Entry, Language, When};
use crate::words as say;

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

/// Corrections of an entry that do not count, since nobody approved them yet; those before the one that counts are past.
pub(super) fn waiting<'a>(entry: &Entry<'a>) -> Vec<Correction<'a>> {
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
pub(super) fn proposed(entry: &Entry<'_>, correction: &Correction<'_>) -> When {
    correction.event.event.at().map_or(entry.at, |time| When::new(time, entry.at.offset))
}

impl Maker<'_, '_> {
    /// The values that differ; when and by whom the original was signed stays.
    pub fn changed(
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
}
