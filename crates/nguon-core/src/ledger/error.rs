//! Why a ledger refuses.

use crate::admit::Head;
use crate::cbor::CborError;
use crate::envelope::SignError;
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::opening::OpeningError;
use crate::replay::{Cause, ReplayFault};
use crate::trust::RootError;

/// Why a record was not added, or something else was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// It could not be encoded or signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// Another record stands where it wants to stand.
    #[error("the chain has gone on to sequence {}", .0.sequence)]
    Conflict(Head),
    /// It breaks a rule.
    #[error(transparent)]
    Rejected(#[from] Fault),
    /// An opening that is not of this record.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// No such chain.
    #[error("there is no chain {0}")]
    NoSuchChain(ChainId),
    /// A trust root that does not follow the one before.
    #[error(transparent)]
    Root(#[from] RootError),
    /// The trust root names no log.
    #[error("the trust root names no log")]
    NoLog,
    /// Nothing has been closed yet, or not as often.
    #[error("the log has no such checkpoint")]
    NoCheckpoint,
    /// The log would break its own rules.
    #[error(transparent)]
    Log(ReplayFault),
    /// A proof could not be encoded.
    #[error(transparent)]
    Encoding(#[from] CborError),
}

impl From<ReplayFault> for LedgerError {
    fn from(fault: ReplayFault) -> Self {
        match fault.cause {
            Cause::Record(fault) => Self::Rejected(fault),
            Cause::Conflict(head) => Self::Conflict(head),
            Cause::Root(error) => Self::Root(error),
            _ => Self::Log(fault),
        }
    }
}
