//! The tables, and how older files come up to them. `user_version` counts the steps taken.

mod steps;

use std::path::Path;

use nguon_core::envelope::Deployment;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use self::steps::{PERSONAL_STEPS, RECORDS, WITH_REGISTER, WITH_TRACE};
use super::connect::PERSONAL;
use super::location::Location;
use super::{register, trace};
use crate::error::StoreError;

/// Marks a SQLite file as ours (`application_id`): "nguo".
const APPLICATION_ID: i64 = 0x6e67_756f;

/// Refuses files that are not ours or too new, before anything in them is changed.
pub(super) fn check(connection: &Connection, at: &Location) -> Result<(), StoreError> {
    check_records(connection, at)?;
    check_file(connection, PERSONAL, &at.personal, PERSONAL_STEPS)
}

/// The same for the file of records alone.
pub(super) fn check_records(connection: &Connection, at: &Location) -> Result<(), StoreError> {
    check_file(connection, "main", &at.records, RECORDS)
}

/// Whether a file of records has come as far as logs.
pub(super) fn knows_logs(connection: &Connection) -> Result<bool, StoreError> {
    Ok(version(connection, "main")? >= 2)
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
    check_bound(connection, at, deployment)?;
    take_steps(connection, "main", RECORDS, |connection, taken| {
        if taken < WITH_TRACE {
            trace::fill(connection, deployment)?;
        }
        if taken < WITH_REGISTER {
            register::fill(connection, deployment)?;
        }
        Ok(())
    })?;
    take_steps(connection, PERSONAL, PERSONAL_STEPS, |_, _| Ok(()))?;
    let insert = "INSERT OR IGNORE INTO deployment (only, hash) VALUES (1, ?1)";
    connection.execute(insert, [deployment.as_bytes()])?;
    Ok(())
}

/// Refuses the records of another deployment, before anything of them is read.
fn check_bound(connection: &Connection, at: &Location, deployment: &Deployment) -> Result<(), StoreError> {
    if version(connection, "main")? == 0 {
        return Ok(());
    }
    let query = "SELECT hash FROM deployment";
    let bound: Option<Vec<u8>> = connection.query_row(query, [], |row| row.get(0)).optional()?;
    match bound {
        Some(hash) if hash != deployment.as_bytes() => Err(StoreError::OtherDeployment(at.records.clone())),
        _ => Ok(()),
    }
}

/// Takes the steps that are still to be taken; `fill`, told how many were taken before, does the rest of them.
fn take_steps(
    connection: &mut Connection,
    file: &str,
    steps: &[&str],
    fill: impl FnOnce(&Connection, usize) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken = usize::try_from(version(&transaction, file)?).unwrap_or(steps.len());
    if taken < steps.len() {
        for step in &steps[taken..] {
            transaction.execute_batch(step)?;
        }
        fill(&transaction, taken)?;
        transaction.pragma_update(Some(file), "application_id", APPLICATION_ID)?;
        transaction.pragma_update(Some(file), "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    }
    transaction.commit()?;
    Ok(())
}
