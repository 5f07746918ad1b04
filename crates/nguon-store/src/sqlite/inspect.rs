//! What a store or a backup of one holds, without changing anything.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::location::Location;
use super::{connect, log, read, schema};
use crate::error::StoreError;
use crate::log::StoredCheckpoint;

/// What a store or a backup of one holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// SHA-256 of the payload of the deployment's trust root, version 1.
    pub deployment: [u8; 32],
    /// How many records.
    pub records: u64,
    /// How many leaves of the log; 0 without a log.
    pub leaves: u64,
    /// The largest checkpoint, signed or not.
    pub checkpoint: Option<StoredCheckpoint>,
}

/// Looks into the store or backup at this path, whether or not a server is running on it.
pub fn inspect(path: &Path) -> Result<Contents, StoreError> {
    let at = Location::of(path);
    let connection = open(&at)?;
    // One transaction, so that the numbers belong together.
    connection.execute_batch("BEGIN")?;
    contents(&connection, &at)
}

/// The file of records, to be read; an error if it is not ours or too new.
pub(super) fn open(at: &Location) -> Result<Connection, StoreError> {
    if !at.records.is_file() {
        return Err(StoreError::NotAStore { path: at.records.clone(), reason: "there is no such file".to_owned() });
    }
    let connection = connect::open(&at.records, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    schema::check_records(&connection, at).map_err(|error| error.about(&at.records))?;
    Ok(connection)
}

fn contents(connection: &Connection, at: &Location) -> Result<Contents, StoreError> {
    let query = "SELECT hash FROM deployment";
    let unbound = || StoreError::NotAStore { path: at.records.clone(), reason: "it was never opened".to_owned() };
    let deployment = connection.query_row(query, [], |row| row.get(0)).optional()?.ok_or_else(unbound)?;
    let records = read::count(connection)?;
    if !schema::knows_logs(connection)? {
        return Ok(Contents { deployment, records, leaves: 0, checkpoint: None });
    }
    let leaves = log::size(connection)?;
    let found: u64 = connection.query_row("SELECT count(*) FROM leaf", [], |row| row.get(0))?;
    if found != leaves {
        return Err(StoreError::DamagedLog { index: found, reason: "leaves are missing".to_owned() });
    }
    Ok(Contents { deployment, records, leaves, checkpoint: log::newest(connection)? })
}
