//! Reading a document: every event one after the other, every fault with its place, in one go.
//!
//! The document is read twice: once for its head, since JSON lets it stand behind the events, and to see that it is JSON to its
//! end; then event by event. Of the events only one at a time is in memory, and what must be told apart in the end: their ids.
//!
//! Read are an `EPCISDocument`, an `EPCISQueryDocument`, and a single event. Master data in the header is skipped.

mod context;
mod event;
mod fault;
mod fields;
mod head;
mod node;
mod objects;
mod path;
mod quantities;
mod sensor;
mod stream;

pub use fault::{Fault, FaultKind, Faults};
pub(in crate::epcis) use path::Path;
pub(in crate::epcis) use stream::read as each_event;

use super::model::Event;

/// What a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes.
    pub bytes: usize,
    /// Objects and lists within each other, counted from an event.
    pub depth: usize,
    /// Events.
    pub events: usize,
    /// Faults that are listed; more are only counted.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 << 20, depth: 24, events: 1_000_000, faults: 1_000 }
    }
}

/// What came of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many events there are, sound or not.
    pub events: usize,
    /// What is wrong.
    pub faults: Faults,
}

/// Reads a document and hands out each event that is sound by itself, with its place in the list. Whether the document is sound
/// is known at the end: whoever wants all or nothing asks [`Reading::faults`] before acting on any.
pub fn read(document: &[u8], limits: &Limits, mut each: impl FnMut(usize, Event)) -> Reading {
    stream::read(document, limits, &mut |_, index, event, _| each(index, event))
}

/// Every event of a document without a fault.
///
/// # Errors
/// All that is wrong with it.
pub fn read_all(document: &[u8], limits: &Limits) -> Result<Vec<Event>, Faults> {
    let mut events = Vec::new();
    let reading = read(document, limits, |_, event| events.push(event));
    if reading.faults.is_empty() { Ok(events) } else { Err(reading.faults) }
}
