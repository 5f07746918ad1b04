//! What a store or a backup of one holds, without changing anything.

use std::path::Path;

use nguon_core::envelope::Deployment;
use nguon_core::trust::SignedRoot;
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

/// Every checkpoint of the store or backup at this path, the smallest first.
pub fn checkpoints(path: &Path) -> Result<Vec<StoredCheckpoint>, StoreError> {
    let connection = open(&Location::of(path))?;
    if schema::knows_logs(&connection)? { log::checkpoints(&connection) } else { Ok(Vec::new()) }
}

/// Hands over every leaf of the store or backup at this path, in order and as of one moment. A gap is an error.
pub fn each_leaf(path: &Path, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), StoreError> {
    let connection = open(&Location::of(path))?;
    if schema::knows_logs(&connection)? { log::each_leaf(&connection, each) } else { Ok(()) }
}

/// What an auditor reads of a store or backup: without a lock, without changing or migrating anything, and whether or not
/// a server is running on it. Each call answers as of its own moment, and waits for the disk.
#[derive(Debug)]
pub struct ReadOnly(Connection);

impl ReadOnly {
    /// Opens the file of records of this deployment.
    pub fn open(path: &Path, deployment: &Deployment) -> Result<Self, StoreError> {
        let at = Location::of(path);
        let connection = open(&at)?;
        if contents(&connection, &at)?.deployment != *deployment.as_bytes() {
            return Err(StoreError::OtherDeployment(at.records));
        }
        if !schema::knows_logs(&connection)? {
            return Err(StoreError::NoLog);
        }
        Ok(Self(connection))
    }

    /// How many leaves there are.
    pub fn log_size(&self) -> Result<u64, StoreError> {
        log::size(&self.0)
    }

    /// The data of at most `count` leaves of every sort, from an index on.
    pub fn leaves(&self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        log::leaves(&self.0, from, count)
    }

    /// The records among those leaves, as signed, each with its index.
    pub fn logged_records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        log::records(&self.0, from, count)
    }

    /// Evidence of two histories, by the hash that its leaf holds.
    pub fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        log::evidence(&self.0, hash)
    }

    /// All versions of the trust root, version 1 first.
    pub fn roots(&self) -> Result<Vec<SignedRoot>, StoreError> {
        Ok(log::roots(&self.0, u64::MAX)?.0)
    }

    /// The largest cosigned checkpoint.
    pub fn newest_cosigned(&self) -> Result<Option<StoredCheckpoint>, StoreError> {
        log::newest_cosigned(&self.0)
    }
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
