//! Checkpoints: closed, then signed, then cosigned.

use nguon_core::values::Time;
use nguon_tlog::hash::Hash;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use super::bounded;
use crate::error::StoreError;
use crate::log::{Cosigned, StoredCheckpoint};
use crate::sqlite::writer::Desk;

/// Keeps the log's signed note. What was signed once is never signed as something else.
pub(in crate::sqlite) fn sign(desk: &Desk<'_>, size: u64, tree_root: &Hash, note: &str) -> Result<(), StoreError> {
    desk.log()?;
    let Some(stored) = checkpoint(desk.connection, size)? else {
        return Err(StoreError::Checkpoint { size, reason: "has not been closed" });
    };
    if stored.tree_root.is_some_and(|signed| signed != *tree_root) {
        return Err(StoreError::Checkpoint { size, reason: "was signed with another root" });
    }
    let update = "UPDATE checkpoint SET tree_root = ?2, signed = ?3 WHERE size = ?1";
    desk.connection.prepare_cached(update)?.execute(params![bounded(size), tree_root.as_bytes(), note])?;
    Ok(())
}

/// Keeps the cosigned note, unless a fresher one is there.
pub(in crate::sqlite) fn cosign(desk: &Desk<'_>, size: u64, note: &str, as_of: Time) -> Result<(), StoreError> {
    desk.log()?;
    match checkpoint(desk.connection, size)? {
        None => return Err(StoreError::Checkpoint { size, reason: "has not been closed" }),
        Some(stored) if stored.signed.is_none() => {
            return Err(StoreError::Checkpoint { size, reason: "has not been signed" });
        }
        Some(stored) if stored.cosigned.as_ref().is_some_and(|cosigned| cosigned.as_of > as_of) => return Ok(()),
        Some(_) => {}
    }
    let update = "UPDATE checkpoint SET cosigned = ?2, as_of = ?3 WHERE size = ?1";
    desk.connection.prepare_cached(update)?.execute(params![bounded(size), note, i64::from(as_of)])?;
    Ok(())
}

pub(in crate::sqlite) fn checkpoint(
    connection: &Connection,
    size: u64,
) -> Result<Option<StoredCheckpoint>, StoreError> {
    find(connection, "WHERE size = ?1", [bounded(size)])
}

pub(in crate::sqlite) fn newest(connection: &Connection) -> Result<Option<StoredCheckpoint>, StoreError> {
    find(connection, "ORDER BY size DESC LIMIT 1", [])
}

pub(in crate::sqlite) fn newest_cosigned(connection: &Connection) -> Result<Option<StoredCheckpoint>, StoreError> {
    find(connection, "WHERE cosigned IS NOT NULL ORDER BY size DESC LIMIT 1", [])
}

/// All of them, the smallest first.
pub(in crate::sqlite) fn all(connection: &Connection) -> Result<Vec<StoredCheckpoint>, StoreError> {
    let mut query = connection.prepare_cached(&select("ORDER BY size"))?;
    Ok(query.query_map([], stored)?.collect::<Result<_, _>>()?)
}

fn find(connection: &Connection, which: &str, values: impl Params) -> Result<Option<StoredCheckpoint>, StoreError> {
    Ok(connection.prepare_cached(&select(which))?.query_row(values, stored).optional()?)
}

fn select(which: &str) -> String {
    format!("SELECT size, map_root, map_time, tree_root, signed, cosigned, as_of FROM checkpoint {which}")
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredCheckpoint> {
    let note: Option<String> = row.get(5)?;
    let cosigned = note.map(|note| Ok::<_, rusqlite::Error>(Cosigned { note, as_of: super::time(row, 6)? }));
    Ok(StoredCheckpoint {
        size: row.get(0)?,
        map_root: Hash::from_bytes(row.get(1)?),
        map_time: super::time(row, 2)?,
        tree_root: row.get::<_, Option<_>>(3)?.map(Hash::from_bytes),
        signed: row.get(4)?,
        cosigned: cosigned.transpose()?,
    })
}
