//! What became of what was offered to a store.

use nguon_core::admit::Head;
use nguon_core::event::LabelsIssued;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, RootHash, StatementId};

/// Where a record stands, or would have stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The record's id.
    pub statement: StatementId,
    /// Its chain.
    pub chain: ChainId,
    /// Its sequence there.
    pub sequence: u64,
}

/// What became of one record. Whatever is said here is durable when it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was added.
    Accepted(Entry),
    /// The same statement was there before, perhaps under other signature bytes; the first signature is kept.
    Duplicate(Entry),
    /// Another record stands where it wants to stand.
    Conflict(Entry, Head),
    /// It breaks a rule.
    Rejected(Entry, Fault),
}

impl Outcome {
    /// The record it is about.
    #[must_use]
    pub const fn entry(&self) -> &Entry {
        match self {
            Self::Accepted(entry) | Self::Duplicate(entry) | Self::Conflict(entry, _) | Self::Rejected(entry, _) => {
                entry
            }
        }
    }

    /// Whether the record is in the store now.
    #[must_use]
    pub const fn is_stored(&self) -> bool {
        matches!(self, Self::Accepted(_) | Self::Duplicate(_))
    }
}

/// The first record of an all-or-nothing group that could not be taken; none of the group was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRefusal {
    /// Which record of the group, from 0.
    pub index: usize,
    /// What became of it: a conflict or a rejection.
    pub outcome: Outcome,
}

/// The first opening or attachment that does not belong to a stored record; none that came with it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningRefusal {
    /// Which of those offered, from 0.
    pub index: usize,
    /// Why.
    pub fault: Fault,
}

/// Why a list of serials was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SerialsRefusal {
    /// There is no such batch here.
    #[error("there is no such batch here; its records come first")]
    NoSuchBatch,
    /// No record of the batch commits to this list.
    #[error("{}", not_signed(*root, *count, issued))]
    NotSigned {
        /// The root of the list that was offered.
        root: RootHash,
        /// How many serials it has.
        count: u64,
        /// What the batch's records commit to.
        issued: Vec<LabelsIssued>,
    },
}

fn not_signed(root: RootHash, count: u64, issued: &[LabelsIssued]) -> String {
    let offered = format!("the list has {count} serials and the root {root}");
    if issued.is_empty() {
        return format!("{offered}; the batch has no labels_issued record yet: send that first");
    }
    let signed = issued.iter().map(|labels| format!("{} with the root {}", labels.count.get(), labels.root));
    let signed: Vec<String> = signed.collect();
    format!("{offered}; the batch's labels_issued records commit to {}", signed.join(", and to "))
}
