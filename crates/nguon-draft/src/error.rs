//! Why something is not written, not taken up, or not read.

use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::record::RecordError;
use nguon_core::values::NumberError;

use crate::outbox::EntryId;

/// Why a draft was not made into records, or a chain not taken up. [`crate::advice`] says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It breaks a rule: the same code judged it that the server asks.
    #[error("{fault}")]
    Rule {
        /// The chain of the record at fault; absent if that is its first record.
        chain: Option<ChainId>,
        /// The record's sequence.
        sequence: u64,
        /// The rule.
        fault: Box<Fault>,
    },
    /// A chain that has to be fetched first.
    #[error("chain {0} is not known here")]
    Unknown(ChainId),
    /// A chain counts otherwise than its records claim: its positions in the log have to be fetched with it.
    #[error("when the log counts the records of chain {0} as done is not known here")]
    Times(ChainId),
    /// An earlier entry on this chain has to be settled first.
    #[error("entry {entry} on chain {chain} has to be settled first")]
    Waits {
        /// The chain.
        chain: ChainId,
        /// The entry.
        entry: EntryId,
    },
    /// The server shows less of this chain than it acknowledged.
    #[error("the server shows an older state of chain {0} than it acknowledged")]
    WentBack(ChainId),
    /// The server shows another history of this chain than before.
    #[error("the server shows another history of chain {chain} than before, from record {sequence} on")]
    Rewritten {
        /// The chain.
        chain: ChainId,
        /// The first record that differs.
        sequence: u64,
    },
    /// More was signed after one record than the next can replace.
    #[error("more was signed after one record of chain {0} than the next one may replace")]
    TooOften(ChainId),
    /// Nobody here can sign this record.
    #[error("no key at hand can sign for {0}")]
    NoKey(ChainId),
    /// An authority owns no produce and holds no plot.
    #[error("an authority owns no batch; an actor has to sign")]
    NoOwner,
    /// No weight, no plot, or the like.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A number out of bounds.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A field that the event does not have, or words that are too long to be sealed.
    #[error("the field {0} cannot be sealed")]
    Field(String),
    /// It cannot be encoded.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A signature that does not hold.
    #[error("the signature by key {0} does not hold")]
    Signature(KeyId),
    /// The chains have gone on while it was signed.
    #[error("the chains have gone on while this was signed; prepare it again")]
    Moved,
    /// There is no such entry, or it is past this.
    #[error("entry {0} cannot be changed any more")]
    Settled(EntryId),
    /// Whether the server has the entry is not known; it has to be asked first.
    #[error("whether the server has entry {0} is not known yet")]
    InDoubt(EntryId),
    /// What was handed over cannot be read.
    #[error("what was handed over cannot be read")]
    Parcel,
}

impl Refused {
    pub(crate) fn rule(chain: Option<ChainId>, sequence: u64, fault: Fault) -> Self {
        Self::Rule { chain, sequence, fault: Box::new(fault) }
    }

    /// The broken rule, if that is it.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        if let Self::Rule { fault, .. } = self { Some(fault) } else { None }
    }
}
