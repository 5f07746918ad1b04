//! Why a log is not run.

use std::path::PathBuf;

use nguon_core::ids::PublicKeyBytes;
use nguon_store::StoreError;

/// Why the log of a deployment cannot be run, or must not be run on.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// The trust root names a log, and no key was given.
    #[error("the trust root names a log: give its key with --log-key FILE")]
    NoKey,
    /// A key was given, and the trust root names no log.
    #[error("the trust root names no log, and a deployment that starts so never gains one: leave --log-key away")]
    NoLog,
    /// Another key than the trust root's.
    #[error(
        "the log's key is {given}, but the trust root's newest version names {named}: give that key with --log-key"
    )]
    OtherKey {
        /// Public half of the key given.
        given: PublicKeyBytes,
        /// The key that the trust root names.
        named: PublicKeyBytes,
    },
    /// Too few witnesses, or no auditor, can be reached at all.
    #[error(
        "the trust root asks for {needed} {kind}, but an address is known for {known}: add {option} NAME=URL for the others"
    )]
    NoAddress {
        /// `witnesses` or `auditors`.
        kind: &'static str,
        /// How many must cosign.
        needed: usize,
        /// How many can be asked.
        known: usize,
        /// Which option names more.
        option: &'static str,
    },
    /// An address was given for a name that the trust root does not list.
    #[error("{0} is neither a witness nor an auditor of this trust root: check the name before the `=`")]
    UnknownName(String),
    /// Another process runs this log.
    #[error("{0} is in use by another process: one server runs a log; stop that one first")]
    InUse(PathBuf),
    /// A file or folder cannot be used.
    #[error("{path}: {reason}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A tile is not what this log's tile is.
    #[error(
        "{0} holds other bytes than this log: the folder is another log's, or damaged; move it away, and it is made anew \
         from the store"
    )]
    OtherTile(PathBuf),
    /// Somebody has seen more of this log than the store holds.
    #[error(
        "{who} has a checkpoint of size {theirs} that this log's key signed, but the store's newest has size {ours}: the \
         store lost state (an old backup?), or another server runs this log. Nothing is published. Bring back the newest \
         state, or found a new log"
    )]
    Behind {
        /// Who has seen more.
        who: String,
        /// Its size.
        theirs: u64,
        /// The store's.
        ours: u64,
    },
    /// Somebody has seen another history.
    #[error(
        "{who} has a checkpoint of size {size} that this log's key signed, and it is not the one in the store: this log \
         has two histories. Nothing is published. Find out which server signed it; the log's key must be replaced"
    )]
    OtherHistory {
        /// Who has seen it.
        who: String,
        /// The checkpoint's size.
        size: u64,
    },
    /// What the store holds of the log does not fit itself.
    #[error("the stored log is damaged: {0}; restore it from a backup")]
    Damaged(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl LogError {
    pub(super) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, reason: source.to_string() }
    }

    /// Whether trying again later may help.
    pub(super) const fn is_passing(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Store(StoreError::Database(_) | StoreError::File { .. }))
    }
}
