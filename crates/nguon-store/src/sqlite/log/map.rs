//! What the heads map holds: as of any size of the log, and what changed since a checkpoint.

use std::collections::HashSet;

use nguon_core::ids::{ChainId, EntryHash};
use nguon_core::log::{ChainEntry, chain_key, label_key, name_value, place_key, root_key, root_value};
use nguon_core::values::Label;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use super::bounded;
use crate::error::StoreError;
use crate::log::MapEntry;

/// What the leaves from this index on make of the map.
pub(super) fn changes(connection: &Connection, from: u64) -> Result<Vec<MapEntry>, StoreError> {
    let from = bounded(from);
    // Driven by the leaves: a checkpoint costs what is new, not what is there.
    let chains = "WITH touched (chain_id) AS (
            SELECT record.chain_id FROM leaf JOIN record USING (position) WHERE leaf.idx >= ?1
            UNION SELECT chain_id FROM fork WHERE leaf_index >= ?1)
        SELECT chain_id, entry, count, EXISTS (SELECT 1 FROM fork WHERE fork.chain_id = chain.chain_id)
        FROM touched CROSS JOIN chain USING (chain_id)";
    let mut changes = Vec::new();
    gather(connection, chains, [from], &mut changes, |row| {
        let forked = row.get(3)?;
        chain(&row_id(row, 0)?, EntryHash::from_bytes(row.get(1)?), row.get(2)?, forked)
    })?;
    names(connection, from, i64::MAX, &mut changes)?;
    roots(connection, from, i64::MAX, &mut changes)?;
    Ok(changes)
}

/// All that the map held after so many leaves.
pub(in crate::sqlite) fn contents(connection: &Connection, size: u64) -> Result<Vec<MapEntry>, StoreError> {
    let size = bounded(size);
    let mut forks = connection.prepare_cached("SELECT chain_id FROM fork WHERE leaf_index < ?1")?;
    let forked: HashSet<[u8; 32]> = forks.query_map([size], |row| row.get(0))?.collect::<Result<_, _>>()?;
    // What a chain was is only looked up where its newest record came later.
    let before = "SELECT entry, sequence + 1 FROM record
        WHERE chain_id = ?1 AND leaf_index < ?2 ORDER BY sequence DESC LIMIT 1";
    let mut before = connection.prepare_cached(before)?;
    let chains = "SELECT chain_id, entry, count, leaf_index < ?1 FROM chain WHERE leaf_index IS NOT NULL";
    let mut chains = connection.prepare_cached(chains)?;
    let mut rows = chains.query([size])?;
    let mut contents = Vec::new();
    while let Some(row) = rows.next()? {
        let id: [u8; 32] = row.get(0)?;
        let place = |row: &Row<'_>, entry, count| Ok((EntryHash::from_bytes(row.get(entry)?), row.get(count)?));
        let then = match row.get(3)? {
            true => Some(place(row, 1, 2)?),
            false => before.query_row(params![id, size], |row| place(row, 0, 1)).optional()?,
        };
        if let Some((entry, count)) = then {
            contents.push(chain(&ChainId::from_bytes(id), entry, count, forked.contains(&id))?);
        }
    }
    names(connection, 0, size, &mut contents)?;
    roots(connection, 0, size, &mut contents)?;
    Ok(contents)
}

fn chain(id: &ChainId, entry: EntryHash, count: u64, forked: bool) -> rusqlite::Result<MapEntry> {
    Ok((chain_key(id), ChainEntry { entry, count, forked }.value()))
}

/// Labels and place codes, which keep whom they were given to.
fn names(connection: &Connection, from: i64, to: i64, into: &mut Vec<MapEntry>) -> Result<(), StoreError> {
    let labels = "SELECT gtin, lot, chain_id FROM label WHERE leaf_index >= ?1 AND leaf_index < ?2";
    gather(connection, labels, [from, to], into, |row| {
        let label = Label { gtin: parsed(row, 0)?, lot: parsed(row, 1)? };
        Ok((label_key(&label), name_value(&row_id(row, 2)?)))
    })?;
    let codes = "SELECT issuer, code, chain_id FROM code WHERE leaf_index >= ?1 AND leaf_index < ?2";
    gather(connection, codes, [from, to], into, |row| {
        Ok((place_key(&parsed(row, 0)?, &parsed(row, 1)?), name_value(&row_id(row, 2)?)))
    })
}

/// The trust roots' newest version, if there is one in this range.
fn roots(connection: &Connection, from: i64, to: i64, into: &mut Vec<MapEntry>) -> Result<(), StoreError> {
    let newest = "SELECT entry, version FROM root WHERE leaf_index >= ?1 AND leaf_index < ?2
        ORDER BY version DESC LIMIT 1";
    gather(connection, newest, [from, to], into, |row| {
        Ok((root_key(), root_value(&EntryHash::from_bytes(row.get(0)?), row.get(1)?)))
    })
}

fn gather(
    connection: &Connection,
    query: &str,
    values: impl Params,
    into: &mut Vec<MapEntry>,
    entry: impl FnMut(&Row<'_>) -> rusqlite::Result<MapEntry>,
) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(query)?;
    for entry in query.query_map(values, entry)? {
        into.push(entry?);
    }
    Ok(())
}

fn row_id(row: &Row<'_>, column: usize) -> rusqlite::Result<ChainId> {
    row.get(column).map(ChainId::from_bytes)
}

fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, String>(column)?.parse().map_err(|_| FromSqlError::InvalidType)?)
}
