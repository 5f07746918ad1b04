//! Where a store's files are.

use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// The files of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Records.
    pub records: PathBuf,
    /// Openings and attachments.
    pub personal: PathBuf,
    /// Held by the one process that writes records.
    pub lock: PathBuf,
}

impl Location {
    /// A path with an extension is the database file itself; any other is a folder, in which it is `nguon.db`.
    ///
    /// ```
    /// use nguon_store::sqlite::Location;
    /// assert_eq!(Location::of("data".as_ref()).records, Location::of("data/nguon.db".as_ref()).records);
    /// assert!(Location::of("data".as_ref()).personal.ends_with("nguon.personal.db"));
    /// ```
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let is_file = path.is_file() || (path.extension().is_some() && !path.is_dir());
        let records = if is_file { path.to_owned() } else { path.join("nguon.db") };
        Self { personal: records.with_extension("personal.db"), lock: records.with_extension("lock"), records }
    }

    pub(super) fn make_folder(&self) -> Result<(), StoreError> {
        match self.records.parent() {
            Some(folder) => std::fs::create_dir_all(folder).map_err(StoreError::file(folder)),
            None => Ok(()),
        }
    }
}
