//! The tables, and how older files come up to them. `user_version` counts the steps taken.

use std::path::Path;

use nguon_core::envelope::Deployment;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::connect::PERSONAL;
use super::location::Location;
use crate::error::StoreError;

/// Marks a SQLite file as ours (`application_id`): "nguo".
const APPLICATION_ID: i64 = 0x6e67_756f;

/// Steps of the file of records, oldest first; never edited once released, only added to.
const RECORDS: &[&str] = &["
    CREATE TABLE deployment (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE chain (
        chain_id BLOB PRIMARY KEY CHECK (length(chain_id) = 32),
        kind TEXT NOT NULL CHECK (kind IN ('actor', 'place', 'batch'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
        position INTEGER PRIMARY KEY,
        statement_id BLOB NOT NULL UNIQUE CHECK (length(statement_id) = 32),
        chain_id BLOB NOT NULL REFERENCES chain,
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        accepted_at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (chain_id, sequence)
    ) STRICT;
    CREATE TABLE refers (
        chain_id BLOB NOT NULL REFERENCES chain,
        other BLOB NOT NULL,
        PRIMARY KEY (chain_id, other)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE label (
        gtin TEXT NOT NULL,
        lot TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (gtin, lot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE code (
        issuer TEXT NOT NULL,
        code TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (issuer, code)
    ) STRICT, WITHOUT ROWID;
"];

/// Steps of the file of openings and attachments. `erased` holds no personal data: what was erased is not taken again.
const PERSONAL_STEPS: &[&str] = &["
    CREATE TABLE personal.opening (
        statement_id BLOB NOT NULL CHECK (length(statement_id) = 32),
        path TEXT NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        salt BLOB NOT NULL CHECK (length(salt) = 16),
        value BLOB,
        about BLOB NOT NULL CHECK (length(about) = 32),
        PRIMARY KEY (statement_id, path)
    ) STRICT;
    CREATE INDEX personal.opening_about ON opening (about);
    CREATE INDEX personal.opening_digest ON opening (digest);
    CREATE TABLE personal.attachment (
        digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
        statement_id BLOB NOT NULL,
        path TEXT NOT NULL,
        media_type TEXT NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (statement_id, path),
        FOREIGN KEY (statement_id, path) REFERENCES opening ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE personal.erased (
        statement_id BLOB NOT NULL,
        path TEXT NOT NULL,
        PRIMARY KEY (statement_id, path)
    ) STRICT, WITHOUT ROWID;
"];

/// Refuses files that are not ours or too new, before anything in them is changed.
pub(super) fn check(connection: &Connection, at: &Location) -> Result<(), StoreError> {
    check_file(connection, "main", &at.records, RECORDS)?;
    check_file(connection, PERSONAL, &at.personal, PERSONAL_STEPS)
}

fn check_file(connection: &Connection, file: &str, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let found = version(connection, file)?;
    let owner: i64 = connection.pragma_query_value(Some(file), "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row(&format!("SELECT count(*) FROM {file}.sqlite_schema"), [], |row| row.get(0))?;
    if owner != APPLICATION_ID && (tables > 0 || found != 0) {
        let reason = "it is a database of other software".to_owned();
        return Err(StoreError::NotAStore { path: path.to_owned(), reason });
    }
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::NewerSchema { path: path.to_owned(), found, known });
    }
    Ok(())
}

fn version(connection: &Connection, file: &str) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(Some(file), "user_version", |row| row.get(0))?)
}

/// Brings both files up to date and binds them to the deployment.
pub(super) fn migrate(connection: &mut Connection, at: &Location, deployment: &Deployment) -> Result<(), StoreError> {
    take_steps(connection, "main", RECORDS)?;
    take_steps(connection, PERSONAL, PERSONAL_STEPS)?;
    let ours = deployment.as_bytes();
    let query = "SELECT hash FROM deployment";
    let bound: Option<Vec<u8>> = connection.query_row(query, [], |row| row.get(0)).optional()?;
    match bound {
        None => {
            connection.execute("INSERT INTO deployment (only, hash) VALUES (1, ?1)", [ours])?;
            Ok(())
        }
        Some(hash) if hash == ours => Ok(()),
        Some(_) => Err(StoreError::OtherDeployment(at.records.clone())),
    }
}

fn take_steps(connection: &mut Connection, file: &str, steps: &[&str]) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken = usize::try_from(version(&transaction, file)?).unwrap_or(steps.len());
    if taken < steps.len() {
        for step in &steps[taken..] {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(Some(file), "application_id", APPLICATION_ID)?;
        transaction.pragma_update(Some(file), "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    }
    transaction.commit()?;
    Ok(())
}
