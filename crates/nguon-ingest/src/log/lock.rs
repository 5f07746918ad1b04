//! One process at a time runs a log out of a folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::error::LogError;

/// Held as long as it lives; the operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    pub(super) fn take(folder: &Path) -> Result<Self, LogError> {
        let path = folder.join("lock");
        let opened = File::options().create(true).write(true).truncate(false).open(&path);
        let file = opened.map_err(LogError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LogError::InUse(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(LogError::file(&path)(error)),
        }
    }
}
