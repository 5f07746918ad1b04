//! What the heads map holds: as of any size of the log, and what changed since a checkpoint.

use std::collections::{BTreeMap, HashSet};

use nguon_core::ids::{ChainId, EntryHash};
use nguon_core::log::{ChainEntry, chain_key, free_value, label_key, name_value, place_key, root_key, root_value};
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
        SELECT chain_id, entry, count, recalled, EXISTS (SELECT 1 FROM fork WHERE fork.chain_id = chain.chain_id)
        FROM touched CROSS JOIN chain USING (chain_id)";
    let mut changes = Vec::new();
    gather(connection, chains, [from], &mut changes, |row| {
        Ok((chain_key(&row_id(row, 0)?), entry(row, 1, row.get(4)?)?.value()))
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
    let before = "SELECT entry, sequence + 1, recalled FROM record
        WHERE chain_id = ?1 AND leaf_index < ?2 ORDER BY sequence DESC LIMIT 1";
    let mut before = connection.prepare_cached(before)?;
    let chains = "SELECT chain_id, entry, count, recalled, leaf_index < ?1 FROM chain WHERE leaf_index IS NOT NULL";
    let mut chains = connection.prepare_cached(chains)?;
    let mut rows = chains.query([size])?;
    let mut contents = Vec::new();
    while let Some(row) = rows.next()? {
        let id: [u8; 32] = row.get(0)?;
        let forked = forked.contains(&id);
        let then = match row.get(4)? {
            true => Some(entry(row, 1, forked)?),
            false => before.query_row(params![id, size], |row| entry(row, 0, forked)).optional()?,
        };
        contents.extend(then.map(|entry| (chain_key(&ChainId::from_bytes(id)), entry.value())));
    }
    names(connection, 0, size, &mut contents)?;
    roots(connection, 0, size, &mut contents)?;
    Ok(contents)
}

/// A chain's entries, how many, and whether a recall stands, in three columns of a row, from this one on.
fn entry(row: &Row<'_>, column: usize, forked: bool) -> rusqlite::Result<ChainEntry> {
    let entry = EntryHash::from_bytes(row.get(column)?);
    Ok(ChainEntry { entry, count: row.get(column + 1)?, forked, recalled: row.get(column + 2)? })
}

/// Labels and place codes that were taken or freed by the leaves from one to another, as they stood then.
fn names(connection: &Connection, from: i64, to: i64, into: &mut Vec<MapEntry>) -> Result<(), StoreError> {
    // Of those that had a name one after the other the last one counts.
    let mut last = BTreeMap::new();
    let labels = "SELECT gtin, lot, chain_id, freed IS NULL OR freed >= ?2, leaf_index FROM label
            WHERE leaf_index >= ?1 AND leaf_index < ?2
        UNION SELECT gtin, lot, chain_id, FALSE, leaf_index FROM label WHERE freed >= ?1 AND freed < ?2 ORDER BY 5";
    each(connection, labels, [from, to], |row| {
        let label = Label { gtin: parsed(row, 0)?, lot: parsed(row, 1)? };
        last.insert(label_key(&label), held(row)?);
        Ok(())
    })?;
    let codes = "SELECT issuer, code, chain_id, freed IS NULL OR freed >= ?2, leaf_index FROM code
            WHERE leaf_index >= ?1 AND leaf_index < ?2
        UNION SELECT issuer, code, chain_id, FALSE, leaf_index FROM code WHERE freed >= ?1 AND freed < ?2 ORDER BY 5";
    each(connection, codes, [from, to], |row| {
        last.insert(place_key(&parsed(row, 0)?, &parsed(row, 1)?), held(row)?);
        Ok(())
    })?;
    into.extend(last);
    Ok(())
}

fn held(row: &Row<'_>) -> rusqlite::Result<[u8; 32]> {
    Ok(if row.get(3)? { name_value(&row_id(row, 2)?) } else { free_value() })
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
    entry: impl Fn(&Row<'_>) -> rusqlite::Result<MapEntry>,
) -> Result<(), StoreError> {
    each(connection, query, values, |row| {
        into.push(entry(row)?);
        Ok(())
    })
}

fn each(
    connection: &Connection,
    query: &str,
    values: impl Params,
    mut see: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(query)?;
    let mut rows = query.query(values)?;
    while let Some(row) = rows.next()? {
        see(row)?;
    }
    Ok(())
}

fn row_id(row: &Row<'_>, column: usize) -> rusqlite::Result<ChainId> {
    row.get(column).map(ChainId::from_bytes)
}

fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    Ok(row.get::<_, String>(column)?.parse().map_err(|_| FromSqlError::InvalidType)?)
}
