//! Which record a sentence is about, and what is wrong with it.

use nguon_core::event::EventName;

use super::Titled;
use crate::messages::{Messages, fill};

/// A record, as a sentence names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepRef {
    /// Its number on the page, if the page can show it
    pub number: Option<usize>,
    /// What it says happened, if that could be read
    pub event: Option<EventName>,
    /// Its place in its chain and the chain's first bytes, for a record that the page has no number for
    pub record: Option<(u64, String)>,
}

/// Why a record is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The signature does not match what is written
    Signature,
    /// A record was changed, removed, added or moved
    Sequence,
    /// The bytes are not written as the format demands
    Format,
    /// The signer may not say this
    Permission,
    /// Hand-overs on two sides differ
    Custody,
    /// A published value differs from the signed one
    Opening,
    /// A value is out of range
    Value,
    /// The file holds what does not belong to the lot
    Unrelated,
    /// The file cannot be read at all
    File,
    /// The log's proof does not fit
    Log,
    /// More than there is
    Quantity,
    /// Picked before a pre-harvest interval was over
    Interval,
    /// Picked outside the season
    Season,
    /// Logged too long after the season
    LateLog,
    /// The code is suspended
    Suspended,
    /// The file belongs to a system that this page does not know
    OtherRoot,
}

impl StepRef {
    /// Its number, or its place in its chain.
    pub(super) fn place(&self, m: &Messages) -> String {
        let record = |(sequence, chain): &(u64, String)| {
            fill(m.step_record(), &[("n", &sequence.to_string()), ("chain", chain)])
        };
        let number = self.number.map(|number| number.to_string());
        number.or_else(|| self.record.as_ref().map(record)).unwrap_or_else(|| m.step_unknown().into())
    }

    /// Where it is, and what it says happened.
    pub(super) fn words(&self, m: &Messages) -> String {
        let place = self.place(m);
        match self.event {
            Some(event) => fill(m.step_named(), &[("step", &place), ("event", event.title(m))]),
            None => place,
        }
    }
}

impl Cause {
    /// The cause in the reader's language, fit for the end of a sentence.
    #[must_use]
    pub const fn words(self, m: &Messages) -> &'static str {
        match self {
            Self::Signature => m.cause_signature(),
            Self::Sequence => m.cause_sequence(),
            Self::Format => m.cause_format(),
            Self::Permission => m.cause_permission(),
            Self::Custody => m.cause_custody(),
            Self::Opening => m.cause_opening(),
            Self::Value => m.cause_value(),
            Self::Unrelated => m.cause_unrelated(),
            Self::File => m.cause_file(),
            Self::Log => m.cause_log(),
            Self::Quantity => m.cause_quantity(),
            Self::Interval => m.cause_interval(),
            Self::Season => m.cause_season(),
            Self::LateLog => m.cause_late_log(),
            Self::Suspended => m.cause_suspended(),
            Self::OtherRoot => m.cause_other_root(),
        }
    }
}
