//! Where a log breaks its own rules, and what it should have said there.

use nguon_tlog::hash::Hash;
use nguon_tlog::map::MapError;

use crate::admit::Head;
use crate::bytes::to_hex;
use crate::fault::Fault;
use crate::fork::EvidenceError;
use crate::ids::ChainId;
use crate::log::LeafError;
use crate::trust::RootError;
use crate::values::Time;

/// The first fault of a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("leaf {index}: {cause}")]
pub struct ReplayFault {
    /// Index of the leaf at fault.
    pub index: u64,
    /// What is wrong with it.
    pub cause: Cause,
}

/// What is wrong with a leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// Not leaf data.
    #[error(transparent)]
    Leaf(#[from] LeafError),
    /// The log does not begin with the trust root that this reader trusts.
    #[error("the log does not begin with this deployment's trust root, version 1")]
    FirstLeaf,
    /// Log times went back.
    #[error("log time {found} after {least}; log times never decrease")]
    LogTime {
        /// Log time of the leaf before.
        least: Time,
        /// Its own.
        found: Time,
    },
    /// What the leaf names is not at hand, so that nobody can judge it.
    #[error("the {0} that the leaf names is not at hand")]
    Missing(&'static str),
    /// Something else than what the leaf names.
    #[error("the leaf names {expected}, what is given as such is {found}", expected = to_hex(expected), found = to_hex(found))]
    OtherContent {
        /// What the leaf says.
        expected: [u8; 32],
        /// What the content hashes to.
        found: [u8; 32],
    },
    /// A record that may not stand there.
    #[error(transparent)]
    Record(#[from] Fault),
    /// A record on a chain that has gone on already.
    #[error("the record's chain has gone on to sequence {}, statement {}", .0.sequence, .0.statement)]
    Conflict(Head),
    /// A trust root that does not follow the one before.
    #[error(transparent)]
    Root(#[from] RootError),
    /// Evidence of a fork that is none.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// Evidence of which neither record stands in the log, or of which the logged one replaces the other.
    #[error("the evidence is not of a fork of what the log holds of chain {0}")]
    NoFork(ChainId),
    /// A chain is forked once.
    #[error("chain {0} has been marked as forked already")]
    ForkedAlready(ChainId),
    /// The map is not the one that all leaves before make.
    #[error("the map's root is {found}; all leaves before it make {expected}")]
    MapRoot {
        /// What the leaves before make.
        expected: Hash,
        /// What the leaf says.
        found: Hash,
    },
    /// A map leaf right after another: without a new leaf the same checkpoint is cosigned again.
    #[error("a map leaf follows a map leaf, with nothing new between them")]
    NothingNew,
    /// The map cannot hold more.
    #[error(transparent)]
    Map(#[from] MapError),
    /// A checkpoint that ends with another leaf.
    #[error("the checkpoint ends with a leaf that is not the map's root")]
    MapNotLast,
    /// A checkpoint beyond the leaves that are at hand.
    #[error("the checkpoint has {size} leaves, {found} are at hand")]
    Size {
        /// Its size.
        size: u64,
        /// How many leaves there are.
        found: u64,
    },
    /// A checkpoint over other leaves.
    #[error("the checkpoint's root is {found}; the leaves make {expected}")]
    TreeRoot {
        /// What the leaves make.
        expected: Hash,
        /// What the checkpoint says.
        found: Hash,
    },
}

impl ReplayFault {
    /// A name for machines that does not change with the message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match &self.cause {
            Cause::Leaf(_) => "bad_leaf",
            Cause::FirstLeaf => "first_leaf",
            Cause::LogTime { .. } => "log_time",
            Cause::Missing(_) => "missing_content",
            Cause::OtherContent { .. } => "other_content",
            Cause::Record(fault) => fault.code(),
            Cause::Conflict(_) => "conflict",
            Cause::Root(_) => "bad_root",
            Cause::Evidence(_) => "bad_evidence",
            Cause::NoFork(_) => "no_fork",
            Cause::ForkedAlready(_) => "forked_already",
            Cause::MapRoot { .. } => "map_root",
            Cause::NothingNew => "nothing_new",
            Cause::Map(_) => "map_full",
            Cause::MapNotLast => "map_not_last",
            Cause::Size { .. } => "checkpoint_size",
            Cause::TreeRoot { .. } => "tree_root",
        }
    }
}
