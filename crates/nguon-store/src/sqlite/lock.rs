//! One process at a time writes records: its cache of chain states would be stale otherwise.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::StoreError;

/// Held as long as it lives; the operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let file =
            File::options().create(true).write(true).truncate(false).open(path).map_err(StoreError::file(path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(StoreError::file(path)(error)),
        }
    }
}
