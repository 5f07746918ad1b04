//! A log in a server's store, or in a backup of one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nguon_core::envelope::Deployment;
use nguon_core::trust::SignedRoot;
use nguon_store::sqlite::{Location, ReadOnly, inspect};

use super::{Contents, LogFiles};
use crate::error::Error;

/// How many leaves are handed out at a time.
const BATCH: u64 = 256;

/// A store, read without changing anything.
#[derive(Clone)]
pub(super) struct Stored {
    path: PathBuf,
    store: Arc<Mutex<ReadOnly>>,
}

/// Whether a store is there.
pub(super) fn is_one(path: &Path) -> bool {
    Location::of(path).records.is_file()
}

impl Stored {
    pub(super) fn open(path: &Path, deployment: &Deployment) -> Result<Self, Error> {
        let store = ReadOnly::open(path, deployment)?;
        Ok(Self { path: path.to_owned(), store: Arc::new(Mutex::new(store)) })
    }

    fn store(&self) -> MutexGuard<'_, ReadOnly> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LogFiles for Stored {
    /// The newest cosigned one; before the first, the newest that the log signed.
    fn checkpoint(&self) -> Result<String, Error> {
        if let Some(cosigned) = self.store().newest_cosigned()?.and_then(|checkpoint| checkpoint.cosigned) {
            return Ok(cosigned.note);
        }
        let signed = inspect(&self.path)?.checkpoint.and_then(|checkpoint| checkpoint.signed);
        signed.ok_or_else(|| Error::unreachable(self.path.display().to_string(), "it holds no signed checkpoint"))
    }

    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
        Ok(self.store().leaves(from, BATCH.min(size.saturating_sub(from)))?)
    }
}

impl Contents for Stored {
    fn records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        Ok(self.store().logged_records(from, count)?)
    }

    fn roots(&self) -> Result<Vec<SignedRoot>, Error> {
        Ok(self.store().roots()?)
    }

    fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.store().evidence(hash)?)
    }
}
