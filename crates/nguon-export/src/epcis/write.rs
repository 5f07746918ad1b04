//! From verified histories to a document: every event that counts, and beside a corrected one what was first said.
//!
//! Which record becomes which event, and what our own terms mean, is told in `docs/epcis.md`.

mod batch;
mod correction;
pub(in crate::epcis) mod names;
mod statements;
mod transaction;
mod verdict;

use std::collections::HashSet;
use std::io::{self, Write};

use nguon_core::ids::StatementId;

use super::document::{DocumentWriter, Head};
use super::model::{Event, Extension, Value};
use super::time::Timestamp;
use crate::facts::{Entry, Facts, Missing, When};
use names::Names;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lots.
    pub lots: u64,
    /// Events.
    pub events: u64,
    /// What is missing, in the order of the lots, each once.
    pub missing: Vec<Missing>,
}

/// Writes histories, one after another, into one document. A record that several lots come from is written once.
///
/// The verdicts of all stand at the document's end, where the last one is known.
#[derive(Debug)]
pub struct Exporter<W: Write> {
    writer: DocumentWriter<W>,
    written: HashSet<StatementId>,
    reported: HashSet<Missing>,
    verdicts: Vec<Value>,
    summary: Summary,
}

impl<W: Write> Exporter<W> {
    /// Begins a document that is made now.
    ///
    /// # Errors
    /// Those of the `Write`, here and below.
    pub fn begin(to: W, now: Timestamp) -> io::Result<Self> {
        let writer = DocumentWriter::begin(to, &Head { creation_date: now, extensions: Vec::new() })?;
        let (written, reported, verdicts) = (HashSet::new(), HashSet::new(), Vec::new());
        Ok(Self { writer, written, reported, verdicts, summary: Summary::default() })
    }

    /// Adds a history.
    ///
    /// # Errors
    /// See [`Self::begin`].
    pub fn add(&mut self, facts: &Facts<'_>) -> io::Result<()> {
        let mut names = Names::new(facts);
        for entry in facts.entries() {
            if !self.written.insert(entry.id()) {
                continue;
            }
            for event in mapped(&mut names, &entry) {
                self.writer.event(&event)?;
            }
        }
        self.summary
            .missing
            .extend(names.missing().into_iter().filter(|missing| self.reported.insert(missing.clone())));
        self.verdicts.push(verdict::of(&facts.stamp()));
        self.summary.lots += 1;
        Ok(())
    }

    /// Ends the document, and gives back what was written to.
    ///
    /// # Errors
    /// See [`Self::begin`].
    pub fn finish(self) -> io::Result<(W, Summary)> {
        let events = self.writer.events();
        let verdicts = Extension::nguon("verdicts", Value::List(self.verdicts));
        Ok((self.writer.finish(&[verdicts])?, Summary { events, ..self.summary }))
    }
}

/// The events of a history, in the order of its chains.
#[must_use]
pub fn events(facts: &Facts<'_>) -> Vec<Event> {
    let mut names = Names::new(facts);
    facts.entries().flat_map(|entry| mapped(&mut names, &entry)).collect()
}

/// The events of a record: one, or two where it was corrected, or none; beside them those that tie goods to a paper.
fn mapped(names: &mut Names<'_, '_>, entry: &Entry<'_>) -> Vec<Event> {
    let Some(counts) = one(names, entry, entry.event, entry.at) else { return Vec::new() };
    let mut events = correction::with_original(names, entry, counts);
    events.extend(transaction::beside(&events));
    events
}

/// The event of what a record, or its correction, says; `None` if EPCIS has no event for that.
fn one(names: &mut Names<'_, '_>, entry: &Entry<'_>, says: &nguon_core::event::Event, at: When) -> Option<Event> {
    batch::event(names, entry, says, at).or_else(|| statements::event(names, entry, says, at))
}
