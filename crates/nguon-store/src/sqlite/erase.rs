//! Erasing a person's openings and attachments, so that their bytes are in none of the store's files.
//!
//! `secure_delete` alone does not do it: when SQLite moves rows between pages it leaves copies in the unused part of the
//! page they came from. So the file of openings is rewritten (`VACUUM`), and the write-ahead log emptied. What a file
//! system, a solid-state disk or a backup keeps of freed blocks is beyond a program; SECURITY.md says so.

use std::path::Path;

use nguon_core::ids::ChainId;
use rusqlite::{Connection, TransactionBehavior, params};

use super::connect::{self, PERSONAL};
use super::location::Location;
use crate::error::StoreError;

/// Erases what is about a person from the store at this path, whether or not a server is running on it; how many
/// openings there were.
pub fn erase(path: &Path, actor: &ChainId) -> Result<usize, StoreError> {
    let location = Location::of(path);
    if !location.personal.is_file() {
        let reason = "there is no such file".to_owned();
        return Err(StoreError::NotAStore { path: location.personal, reason });
    }
    erase_in(&mut connect::personal(&location)?, "main", actor)
}

/// Erases through the writer's own connection.
pub(super) fn erase_attached(connection: &mut Connection, actor: &ChainId) -> Result<usize, StoreError> {
    erase_in(connection, PERSONAL, actor)
}

fn erase_in(connection: &mut Connection, file: &str, actor: &ChainId) -> Result<usize, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let about = params![actor.as_bytes()];
    transaction.execute(
        "INSERT OR IGNORE INTO erased (statement_id, path) SELECT statement_id, path FROM opening WHERE about = ?1",
        about,
    )?;
    // Attachments go with their openings (ON DELETE CASCADE).
    let count = transaction.execute("DELETE FROM opening WHERE about = ?1", about)?;
    transaction.commit()?;
    // Also when there was nothing: an earlier erasure may have been cut short after its commit.
    connection.execute_batch(&format!("VACUUM {file}"))?;
    // Waits for readers as long as the connection's patience lasts.
    let busy: bool = connection.query_row(&format!("PRAGMA {file}.wal_checkpoint(TRUNCATE)"), [], |row| row.get(0))?;
    if busy {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        let what = "erased, but a reader kept the write-ahead log from being emptied: erase once more".to_owned();
        return Err(rusqlite::Error::SqliteFailure(code, Some(what)).into());
    }
    Ok(count)
}
