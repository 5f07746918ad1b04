//! Opening connections, with everything durability and erasure rest on.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::location::Location;
use crate::error::StoreError;

/// How long a connection waits for another process (an erasure) before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Queries that a connection keeps prepared: more than there are.
const PREPARED: usize = 128;

/// Kibibytes of records that a connection keeps in memory at most: what a chain id leads to lies scattered over the file.
const WRITER_CACHE: i64 = 64 * 1024;
const READER_CACHE: i64 = 32 * 1024;
/// The same of openings.
const READER_CACHE_OF_NAMES: i64 = 8 * 1024;

/// The name under which connections see the file of openings and attachments.
pub(super) const PERSONAL: &str = "personal";

/// The connection that is to write. Nothing of the files is changed yet.
pub(super) fn writer(location: &Location) -> Result<Connection, StoreError> {
    make_private(&location.personal)?;
    let connection = open(&location.records, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    attach(&connection, &location.personal)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(Some("main"), "cache_size", -WRITER_CACHE)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn reader(location: &Location) -> Result<Connection, StoreError> {
    let connection = open(&location.records, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    attach(&connection, &location.personal)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(Some("main"), "cache_size", -READER_CACHE)?;
    connection.pragma_update(Some(PERSONAL), "cache_size", -READER_CACHE_OF_NAMES)?;
    Ok(connection)
}

/// A connection to the file of openings and attachments alone, for erasing.
pub(super) fn personal(location: &Location) -> Result<Connection, StoreError> {
    let connection = open(&location.personal, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    make_durable(&connection, "main")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// A connection to one file.
pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Otherwise SQLite plans a prepared query anew for other values, wherever a partial index might serve some of them.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // What is sorted or rewritten must not pass through a temporary file: it may be personal.
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(connection)
}

fn attach(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // SQLite wants a name, not a path; one that is not UTF-8 it could not open as it is.
    let name = path.to_string_lossy();
    connection.execute(&format!("ATTACH ?1 AS {PERSONAL}"), [name])?;
    Ok(())
}

/// Only the server's own user reads openings. SQLite gives its side files the rights of the file itself.
pub(super) fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(StoreError::file(path)(error)),
        _ => Ok(()),
    }
}

/// Commits outlast a power cut, and what is deleted is overwritten.
pub(super) fn make_durable(connection: &Connection, file: &str) -> Result<(), StoreError> {
    connection.pragma_update(Some(file), "journal_mode", "wal")?;
    connection.pragma_update(Some(file), "synchronous", "full")?;
    connection.pragma_update(Some(file), "secure_delete", true)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_durable_and_overwrite_what_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let connection = writer(&Location::of(folder.path())).unwrap();
        for file in ["main", PERSONAL] {
            make_durable(&connection, file).unwrap();
            let number = |pragma| connection.pragma_query_value(Some(file), pragma, |row| row.get::<_, i64>(0));
            // 2 is FULL: the write-ahead log is synced at every commit.
            assert_eq!((number("synchronous").unwrap(), number("secure_delete").unwrap()), (2, 1));
            let mode: String = connection.pragma_query_value(Some(file), "journal_mode", |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
        }
    }
}
