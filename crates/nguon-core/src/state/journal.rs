//! Grams that came and went, entry by entry: a sum as of any moment is a sum over the entries before it.

use crate::fault::Fault;
use crate::ids::ChainId;
use crate::values::Grams;

/// One entry: a record's own grams, or what a correction changes about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Sequence of the record from which on it counts.
    pub sequence: u64,
    /// Sequence of the record whose grams these are: an earlier one, where a correction changes it.
    pub origin: u64,
    /// The chain they come from or go to.
    pub other: ChainId,
    /// How many; fewer than before, where a correction takes some back.
    pub grams: i64,
}

/// Entries in the order of their sequences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Flow>,
    total: i64,
}

/// The most grams that any sum may come to, 2^53 − 1.
pub(super) const MOST: i64 = crate::cbor::MAX_SAFE_INTEGER.cast_signed();

impl Journal {
    /// All entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Flow] {
        &self.entries
    }

    /// Whether nothing was ever entered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All grams together.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.total
    }

    /// The grams with one other chain, over the entries whose sequences count.
    pub fn with(&self, other: &ChainId, counts: impl Fn(u64) -> bool) -> i64 {
        self.sum(&|flow| flow.other == *other && counts(flow.sequence))
    }

    /// What one record says by now, with one other chain.
    #[must_use]
    pub fn of(&self, origin: u64, other: &ChainId) -> i64 {
        self.sum(&|flow| flow.origin == origin && flow.other == *other)
    }

    // One loop for every use, since each further one would be downloaded too.
    #[inline(never)]
    fn sum(&self, counts: &dyn Fn(&Flow) -> bool) -> i64 {
        self.entries.iter().filter(|flow| counts(flow)).map(|flow| flow.grams).sum()
    }

    /// All grams, over the entries whose sequences count.
    pub fn over(&self, counts: impl Fn(u64) -> bool) -> i64 {
        self.sum(&|flow| counts(flow.sequence))
    }

    /// What the record of this sequence changes.
    #[must_use]
    pub fn at(&self, sequence: u64) -> &[Flow] {
        let from = self.entries.partition_point(|flow| flow.sequence < sequence);
        let until = self.entries.partition_point(|flow| flow.sequence <= sequence);
        self.entries.get(from..until).unwrap_or_default()
    }

    /// The other chains, each once, in the order they came.
    #[must_use]
    pub fn others(&self) -> Vec<ChainId> {
        let mut found: Vec<ChainId> = Vec::new();
        let mut seen = crate::index::Index::default();
        for flow in &self.entries {
            if seen.insert(&flow.other, 0) {
                found.push(flow.other);
            }
        }
        found
    }

    /// Adds an entry; nothing is entered if the sum would leave its bounds.
    pub(super) fn add(&mut self, flow: Flow) -> Result<(), Fault> {
        self.total = bounded(self.total, flow.grams)?;
        if flow.grams != 0 {
            self.entries.push(flow);
        }
        Ok(())
    }
}

/// A sum that stays within what a record can say.
pub(super) fn bounded(sum: i64, grams: i64) -> Result<i64, Fault> {
    sum.checked_add(grams).filter(|sum| (0..=MOST).contains(sum)).ok_or(Fault::TooMuch)
}

/// Grams as they are summed.
pub(super) fn signed(grams: Grams) -> i64 {
    i64::from(grams)
}

/// A sum that is not below zero, as it is told.
pub(crate) fn unsigned(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}
