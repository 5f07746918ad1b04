//! Corrections (đính chính): which value counts, and from when on. Nowhere else is that decided.
//!
//! A correction that can only take away (less came in, more was lost, a longer pre-harvest interval) counts at once. Any
//! other waits for a `correction_approved`. Either is refused if a sum would break then. The original stays where it is.

use std::sync::Arc;

use super::journal::{Flow, Journal, signed};
use super::{ChainState, Subject};
use crate::event::{Corrected, CorrectionApproved, Event, EventName};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::record::{Record, Signer};
use crate::values::Grams;

/// A correction of a record of this chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Sequence of the `corrected`.
    pub sequence: u64,
    /// Sequence of the record it corrects.
    pub origin: u64,
    /// Sequence from which on it counts: its own, or its approval's; `None` while it waits.
    pub counts_from: Option<u64>,
    /// What it says; kept while it waits.
    waiting: Option<Arc<Event>>,
}

/// Which record's grams are set, and by which record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight {
    /// The record whose grams they are.
    pub origin: u64,
    /// The record by which they count.
    pub sequence: u64,
    /// The chain.
    pub id: ChainId,
}

impl Weight {
    /// An entry of a journal.
    pub const fn flow(&self, other: ChainId, grams: i64) -> Flow {
        Flow { sequence: self.sequence, origin: self.origin, other, grams }
    }

    /// Whether the record says it of itself.
    pub const fn is_first(&self) -> bool {
        self.origin == self.sequence
    }
}

impl ChainState {
    /// The correction that counts for a record, if one does: the sequence of the `corrected`.
    #[must_use]
    pub fn correction_of(&self, origin: u64) -> Option<u64> {
        let counting = self.corrections.iter().filter(|correction| correction.origin == origin);
        let newest = counting.filter_map(|correction| Some((correction.counts_from?, correction.sequence))).max();
        newest.map(|(_, sequence)| sequence)
    }

    /// All corrections, oldest first.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    pub(super) fn correct(&mut self, event: &Corrected, record: &Record) -> Result<(), Fault> {
        self.check_correction(event, record)?;
        let at = Weight { origin: event.sequence, sequence: record.sequence, id: self.id };
        let at_once = match &self.subject {
            Subject::Actor(_) => false,
            Subject::Place(place) => place.only_lengthens(at, &event.event),
            Subject::Batch(batch) => batch.only_lessens(at, &event.event),
        };
        if at_once {
            self.apply(at, &event.event)?;
        }
        self.corrections.push(Correction {
            sequence: record.sequence,
            origin: event.sequence,
            counts_from: at_once.then_some(record.sequence),
            waiting: (!at_once).then(|| event.event.clone()),
        });
        Ok(())
    }

    pub(super) fn approve(&mut self, event: &CorrectionApproved, sequence: u64) -> Result<(), Fault> {
        let unknown = Fault::Field {
            field: "correction",
            rule: crate::said("is not the sequence of a correction of this chain that waits for an approval"),
        };
        let waiting = |correction: &Correction| correction.sequence == event.correction && correction.waiting.is_some();
        let place = self.corrections.iter().position(waiting).ok_or(unknown)?;
        let correction = &self.corrections[place];
        let newer = |other: &Correction| {
            other.origin == correction.origin && other.sequence > correction.sequence && other.counts_from.is_some()
        };
        if self.corrections.iter().any(newer) {
            let rule = crate::said("is older than a correction of the same record that counts already");
            return Err(Fault::Field { field: "correction", rule });
        }
        let at = Weight { origin: correction.origin, sequence, id: self.id };
        if let Some(event) = correction.waiting.clone() {
            self.apply(at, &event)?;
        }
        let correction = &mut self.corrections[place];
        correction.counts_from = Some(sequence);
        correction.waiting = None;
        Ok(())
    }

    /// From now on this is what the original says.
    fn apply(&mut self, at: Weight, event: &Event) -> Result<(), Fault> {
        match &mut self.subject {
            Subject::Actor(_) => Ok(()),
            Subject::Place(place) => place.set_anew(at, event),
            Subject::Batch(batch) => {
                if let Event::Shipped(shipped) = event {
                    batch.ship_anew(at.sequence, shipped);
                }
                batch.set(at, event)
            }
        }
    }

    /// A correction names an earlier record of the same event, by who acted there or an authority.
    fn check_correction(&self, event: &Corrected, record: &Record) -> Result<(), Fault> {
        let target = self.place_of(event.sequence).map(|at| self.steps[at]);
        let target = target
            .ok_or(Fault::Field { field: "sequence", rule: crate::said("names no earlier record of this chain") })?;
        if target.event != event.event.name() {
            return Err(Fault::Field {
                field: "event",
                rule: crate::said("must be of the name of the event it corrects"),
            });
        }
        if !is_correctable(target.event) {
            return Err(Fault::Field {
                field: "event",
                rule: crate::said("cannot be corrected; record what happened since"),
            });
        }
        if matches!(record.acting(), Signer::Actor(_)) && record.acting() != target.acting {
            return Err(Fault::Field {
                field: "signer",
                rule: crate::said("must be who signed the original, or an authority"),
            });
        }
        let at = Weight { origin: event.sequence, sequence: record.sequence, id: self.id };
        match &self.subject {
            Subject::Actor(_) => Ok(()),
            Subject::Place(place) => place.check_anew(at, &event.event),
            Subject::Batch(batch) if !batch.same_sources(at, &event.event) => Err(Fault::Field {
                field: "inputs",
                rule: crate::said("must be from the sources that the original names, each once"),
            }),
            Subject::Batch(batch) => batch.check(&event.event, self.id),
        }
    }

    /// Who signed the correction and the record it corrects: neither may approve it.
    #[must_use]
    pub fn signers_of_correction(&self, sequence: u64) -> Option<[Signer; 2]> {
        let correction = self.corrections.iter().find(|correction| correction.sequence == sequence)?;
        let signer = |sequence| self.place_of(sequence).map(|at| self.steps[at].signer);
        Some([signer(correction.origin)?, signer(sequence)?])
    }
}

/// Whether a record of this event may be corrected.
#[must_use]
pub const fn is_correctable(event: EventName) -> bool {
    matches!(
        event,
        EventName::InputApplied
            | EventName::HarvestDrawn
            | EventName::Harvested
            | EventName::Packed
            | EventName::Repacked
            | EventName::Received
            | EventName::Drawn
            | EventName::Shipped
            | EventName::Cooled
            | EventName::Treated
            | EventName::Aggregated
            | EventName::Sold
            | EventName::Lost
            | EventName::Disposed
            | EventName::Certified
            | EventName::SeasonOpened
            | EventName::PlotsAllotted
    )
}

/// A journal of draws with what one record now says.
pub(super) fn drawn(journal: &Journal, at: Weight, to: ChainId, grams: Grams) -> Result<Journal, Fault> {
    let mut changed = journal.clone();
    let mut others: Vec<ChainId> = Vec::new();
    for flow in journal.entries().iter().filter(|flow| flow.origin == at.origin && flow.other != to) {
        if !others.contains(&flow.other) {
            others.push(flow.other);
        }
    }
    // What is given back first, so that no sum rises beyond what it will be.
    for other in others {
        changed.add(at.flow(other, -journal.of(at.origin, &other)))?;
    }
    changed.add(at.flow(to, signed(grams) - journal.of(at.origin, &to)))?;
    Ok(changed)
}
