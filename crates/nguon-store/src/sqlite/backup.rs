//! Backups: made while the server runs, and brought back only over what they contain.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};

use super::connect;
use super::copy::{Copied, copy, discard, publish, unfinished};
use super::inspect::{self, Contents, inspect};
use super::location::Location;
use super::lock::Lock;
use super::log;
use crate::error::StoreError;

/// What a backup is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// Both files.
    All,
    /// The records and the log, without openings and attachments: nothing in it is about a person by name.
    WithoutPersonal,
}

/// Copies the store at this path into a folder (or to a file, see [`Location`]) that holds none yet; what the copy holds.
/// A server may be running on the store, and records accepted meanwhile may or may not be in the copy. Every page of the
/// copy is read back before it gets its name.
///
/// Openings and attachments are copied after the records, so that each that the records call for is there unless it was
/// erased. The tiles are not part of it: they are made again from the leaves.
pub fn backup(
    store: &Path,
    out: &Path,
    parts: Parts,
    progress: &mut dyn FnMut(Copied),
) -> Result<Contents, StoreError> {
    let (from, to) = (Location::of(store), Location::of(out));
    inspect::open(&from)?;
    to.make_folder()?;
    for path in [&to.records, &to.personal] {
        if path.exists() {
            return Err(StoreError::Occupied(path.clone()));
        }
        discard(&unfinished(path))?;
    }
    let copied = copy(&from.records, &unfinished(&to.records), Copied::default(), progress)?;
    if parts == Parts::All {
        copy(&from.personal, &unfinished(&to.personal), copied, progress)?;
        // The file of records last: a folder without it is no backup.
        publish(&unfinished(&to.personal), &to.personal)?;
    }
    publish(&unfinished(&to.records), &to.records)?;
    inspect(out)
}

/// Brings a backup back to where the store was, or over a store that holds nothing the backup does not; what is there
/// then. The server must be stopped. What was erased in the store since the backup stays erased. A backup without
/// openings and attachments leaves those of the store as they are.
///
/// A log must never go back behind what others have seen of it. This sees to it for the store that it replaces; if that
/// is gone, the server compares with its tiles and its witnesses before it goes on.
pub fn restore(backup: &Path, store: &Path, progress: &mut dyn FnMut(Copied)) -> Result<Contents, StoreError> {
    let (from, to) = (Location::of(backup), Location::of(store));
    let offered = inspect(backup)?;
    to.make_folder()?;
    let lock = Lock::take(&to.lock)?;
    let present = to.records.exists().then(|| inspect(store)).transpose()?;
    if let Some(present) = &present {
        check_not_older(&from, &offered, &to, present)?;
    }
    let [records, personal] = [&to.records, &to.personal].map(|path| unfinished(path));
    discard(&records)?;
    discard(&personal)?;
    let copied = copy(&from.records, &records, Copied::default(), progress)?;
    if from.personal.exists() {
        copy(&from.personal, &personal, copied, progress)?;
        if to.personal.exists() {
            keep_erased(&to.personal, &personal)?;
        }
        put_away_log(&to.personal)?;
        // Openings without their records do no harm, so they come first.
        publish(&personal, &to.personal)?;
    }
    put_away_log(&to.records)?;
    publish(&records, &to.records)?;
    drop(lock);
    inspect(store)
}

/// The backup must hold all that the store holds: otherwise records that were acknowledged would vanish, and a log that
/// others have seen would be told differently.
fn check_not_older(from: &Location, offered: &Contents, to: &Location, present: &Contents) -> Result<(), StoreError> {
    if offered.deployment != present.deployment {
        return Err(StoreError::OtherDeployment(from.records.clone()));
    }
    if offered.records < present.records || offered.leaves < present.leaves {
        return Err(StoreError::OlderBackup { backup: offered.records, store: present.records });
    }
    let [ours, theirs] = [inspect::open(to)?, inspect::open(from)?];
    if log::agree(&ours, &theirs, present.records, present.leaves)? {
        Ok(())
    } else {
        Err(StoreError::OtherHistory(from.records.clone()))
    }
}

/// Carries over what was erased since the backup was made.
fn keep_erased(present: &Path, restored: &Path) -> Result<(), StoreError> {
    let connection = connect::open(restored, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.execute("ATTACH ?1 AS present", params![present.to_string_lossy()])?;
    connection.execute_batch(
        "BEGIN;
        INSERT OR IGNORE INTO main.erased SELECT statement_id, path FROM present.erased;
        DELETE FROM main.opening WHERE (statement_id, path) IN (SELECT statement_id, path FROM main.erased);
        COMMIT;
        DETACH present;
        VACUUM;",
    )?;
    Ok(())
}

/// Empties and removes the write-ahead log of a file that is about to be replaced: beside another file it would be taken
/// for that one's.
fn put_away_log(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let connection: Connection = connect::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = delete", [], |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(StoreError::InUse(path.to_owned())) }
}
