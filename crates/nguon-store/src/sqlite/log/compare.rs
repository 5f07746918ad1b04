//! Whether what one store holds is the beginning of what another holds.

use rusqlite::{Connection, OptionalExtension as _};

use super::bounded;
use crate::error::StoreError;

/// Whether both hold the same record at this position and the same leaf as the last of so many, and have signed alike.
/// A record names the one before it on its chain and a map leaf covers all leaves before, so no more needs comparing.
pub(in crate::sqlite) fn agree(
    ours: &Connection,
    theirs: &Connection,
    records: u64,
    leaves: u64,
) -> Result<bool, StoreError> {
    let last = |connection: &Connection, query: &str, number: u64| -> Result<Option<Vec<u8>>, StoreError> {
        Ok(connection.query_row(query, [bounded(number)], |row| row.get(0)).optional()?)
    };
    let same = |query: &str, number: u64| -> Result<bool, StoreError> {
        Ok(last(ours, query, number)? == last(theirs, query, number)?)
    };
    if !same("SELECT statement_id FROM record WHERE position = ?1", records)? {
        return Ok(false);
    }
    Ok(leaves == 0 || same("SELECT data FROM leaf WHERE idx = ?1 - 1", leaves)? && signed_alike(ours, theirs)?)
}

/// Whether what one signed is what the other signed for the same size.
fn signed_alike(one: &Connection, other: &Connection) -> Result<bool, StoreError> {
    let mut query = one.prepare("SELECT size, map_root, tree_root FROM checkpoint ORDER BY size DESC LIMIT 1")?;
    let mut rows = query.query([])?;
    let Some(row) = rows.next()? else { return Ok(true) };
    let (size, map_root, tree_root): (u64, [u8; 32], Option<[u8; 32]>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let Some(found) = super::checkpoint(other, size)? else { return Ok(false) };
    let same_tree = found.tree_root.is_none_or(|found| tree_root.is_none_or(|ours| *found.as_bytes() == ours));
    Ok(*found.map_root.as_bytes() == map_root && same_tree)
}
