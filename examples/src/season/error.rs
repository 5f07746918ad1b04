//! What can go wrong in writing the season down. The fault is always this crate's: its data breaks a rule of the core.

use nguon_core::envelope::SignError;
use nguon_core::ledger::LedgerError;
use nguon_core::opening::OpeningError;
use nguon_core::record::RecordError;
use nguon_core::trust::RootError;
use nguon_core::values::{CodeError, ListError, NumberError, TextError};

/// Why the season could not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeasonError {
    /// A record was refused.
    #[error("{what}: {source}")]
    Refused {
        /// Event and chain.
        what: String,
        /// By which rule.
        source: LedgerError,
    },
    /// A record could not be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A record that cannot be read back.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The trust root breaks a rule.
    #[error(transparent)]
    Root(#[from] RootError),
    /// An opening is not of its record.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// A code breaks a rule.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// A trade name breaks a rule.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A number is out of its range.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A list is too short or too long.
    #[error(transparent)]
    List(#[from] ListError),
    /// A GS1 key or link breaks a rule.
    #[error(transparent)]
    Gs1(#[from] nguon_gs1::Error),
    /// A GS1 key within a record breaks a rule.
    #[error("{0}")]
    Gs1Text(String),
    /// A picture could not be drawn.
    #[error("picture: {0}")]
    Picture(String),
    /// Something named before it was written down.
    #[error("nothing of the name {0}")]
    Unknown(String),
}

impl From<String> for SeasonError {
    fn from(message: String) -> Self {
        Self::Gs1Text(message)
    }
}

pub(super) type Result<T> = std::result::Result<T, SeasonError>;
