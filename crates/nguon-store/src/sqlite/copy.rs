//! Copying a database file while others use it.

use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::connect;
use crate::error::StoreError;

/// Pages in one step: 4 MiB.
const STEP: i32 = 1024;

/// How far a copy is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// Bytes copied.
    pub done: u64,
    /// Bytes in all; it is known file by file.
    pub total: u64,
}

/// Copies what the file holds at this moment, whatever is written to it meanwhile. The copy is one file without side
/// files, readable by its owner alone, and on disk when this returns.
pub(super) fn copy(
    from: &Path,
    to: &Path,
    before: Copied,
    progress: &mut dyn FnMut(Copied),
) -> Result<Copied, StoreError> {
    let source = connect::open(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connect::make_private(to)?;
    let mut target = connect::open(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // A transaction of one's own keeps the source as it is, so that a writer does not make the copy begin again.
    source.execute_batch("BEGIN")?;
    let pages: u64 = source.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let page_size: u64 = source.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let total = before.total + pages * page_size;
    {
        let copy = Backup::new(&source, &mut target)?;
        loop {
            match copy.step(STEP)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(std::time::Duration::from_millis(20)),
            }
            let left = u64::try_from(copy.progress().remaining).unwrap_or(0);
            progress(Copied { done: total.saturating_sub(left * page_size), total });
        }
    }
    source.execute_batch("COMMIT")?;
    target.pragma_update(None, "journal_mode", "delete")?;
    check(&target, to)?;
    drop(target);
    sync(to)?;
    let copied = Copied { done: total, total };
    progress(copied);
    Ok(copied)
}

/// Reads the whole file and says what does not fit.
fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        return Ok(());
    }
    Err(StoreError::NotAStore { path: path.to_owned(), reason: format!("it is damaged: {found}") })
}

fn sync(path: &Path) -> Result<(), StoreError> {
    let file = std::fs::File::options().write(true).open(path).map_err(StoreError::file(path))?;
    file.sync_all().map_err(StoreError::file(path))
}

/// Gives a finished file its name, for good.
pub(super) fn publish(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(StoreError::file(to))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // So that the name outlasts a power cut too; where folders cannot be opened (Windows), the system sees to it.
    if cfg!(unix) {
        let folder_file = std::fs::File::open(folder).map_err(StoreError::file(folder))?;
        folder_file.sync_all().map_err(StoreError::file(folder))?;
    }
    Ok(())
}

/// The name of a file that is not finished.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    name.into()
}

/// Removes what an interrupted copy left behind.
pub(super) fn discard(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::file(path)(error)),
        _ => Ok(()),
    }
}
