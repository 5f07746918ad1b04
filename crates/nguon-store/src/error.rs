//! What can go wrong in a store that is nobody's record's fault.

use std::path::PathBuf;
use std::sync::Arc;

use nguon_core::ids::{ChainId, RootHash};

/// Why a store could not do what it was asked. Clones of one error go to every submission of a failed commit.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database failed: disk full, file locked for too long, input or output error.
    #[error("the database failed: {0}")]
    Database(#[from] Arc<rusqlite::Error>),
    /// A file or folder of the store cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// Another process writes to this store.
    #[error("{0} is in use by another process; stop that server, or give this one a store of its own")]
    InUse(PathBuf),
    /// A newer version of this software made the file.
    #[error(
        "{path} has schema {found}, made by newer software; this version knows {known}: install the newer version again"
    )]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this version knows.
        known: i64,
    },
    /// The file is no database of ours.
    #[error("{path} is not a store of this software: {reason}")]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What is there instead.
        reason: String,
    },
    /// The records in it belong to another trust root.
    #[error("{0} holds the records of another deployment; start with the trust root it was made with")]
    OtherDeployment(PathBuf),
    /// A backup is never written over anything.
    #[error("{0} is there already; give the backup a folder of its own")]
    Occupied(PathBuf),
    /// The backup lacks records that the store holds.
    #[error(
        "the backup holds {backup} records and the store {store}, all of them acknowledged; keep the store, or move it away first if it is beyond repair"
    )]
    OlderBackup {
        /// Records in the backup.
        backup: u64,
        /// Records in the store.
        store: u64,
    },
    /// The backup's log is not a continuation of the store's.
    #[error("the log in {0} is another one than the store's, which others have seen; keep the store")]
    OtherHistory(PathBuf),
    /// A row was changed since it was written.
    #[error("the stored record {sequence} of chain {chain} is damaged: {reason}")]
    Damaged {
        /// The chain.
        chain: ChainId,
        /// Which of its records.
        sequence: u64,
        /// What does not hold.
        reason: String,
    },
    /// A row of the log was changed since it was written.
    #[error("the stored log is damaged at leaf {index}: {reason}")]
    DamagedLog {
        /// The leaf.
        index: u64,
        /// What does not hold.
        reason: String,
    },
    /// A list of serials was changed since it was kept.
    #[error("the stored list of serials of batch {batch} with root {root} is damaged")]
    DamagedSerials {
        /// The batch.
        batch: ChainId,
        /// The list's root.
        root: RootHash,
    },
    /// The deployment's trust root names no log.
    #[error("this deployment has no log: its trust root names none, and a deployment that starts so never gains one")]
    NoLog,
    /// A checkpoint that is not there, or is not what the caller says.
    #[error("checkpoint of size {size}: {reason}")]
    Checkpoint {
        /// Its size.
        size: u64,
        /// What does not fit.
        reason: &'static str,
    },
    /// The store is shutting down, or its writer has died.
    #[error("the store has stopped")]
    Stopped,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl StoreError {
    /// Says which file is meant when SQLite only says that it is none of its own.
    pub(crate) fn about(self, path: &std::path::Path) -> Self {
        match &self {
            Self::Database(inner) if inner.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                Self::NotAStore { path: path.to_owned(), reason: "it is not a SQLite database".to_owned() }
            }
            _ => self,
        }
    }

    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source: Arc::new(source) }
    }
}
