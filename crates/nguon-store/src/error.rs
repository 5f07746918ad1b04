//! What can go wrong in a store that is nobody's record's fault.

use std::path::PathBuf;
use std::sync::Arc;

use nguon_core::ids::ChainId;

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
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source: Arc::new(source) }
    }
}
