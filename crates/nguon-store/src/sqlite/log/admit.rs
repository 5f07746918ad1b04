//! Where an admitted record stands in the log, and whether the anchor it names is one of ours.

use nguon_core::admit::Statement;
use nguon_core::ids::{ChainId, EntryHash};
use nguon_core::log::{Leaf, Position};
use nguon_core::record::Anchor;
use nguon_core::state::ChainState;
use nguon_core::values::Time;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{bounded, seasons};
use crate::error::StoreError;
use crate::sqlite::writer::Desk;

/// A record's place in the log, and its chain's entries with it.
#[derive(Debug, Clone, Copy)]
pub(in crate::sqlite) struct Place {
    pub position: Position,
    pub entry: EntryHash,
}

/// The place of an admitted record that comes next.
pub(in crate::sqlite) fn place(
    connection: &Connection,
    statement: &Statement,
    position: Position,
) -> Result<Place, StoreError> {
    let first = statement.record.sequence == 0;
    let before = if first { EntryHash::START } else { entries(connection, &statement.chain())? };
    Ok(Place { position, entry: before.next(statement.id.as_bytes(), &position) })
}

/// When the checkpoint was closed; zero if none is named; `None` if it is not one that this log signed before.
pub(in crate::sqlite) fn anchor_time(
    connection: &Connection,
    anchor: Option<&Anchor>,
    index: u64,
) -> Result<Option<Time>, StoreError> {
    let Some(anchor) = anchor else { return Ok(Some(Time::ZERO)) };
    if anchor.size > index {
        return Ok(None);
    }
    let query = "SELECT map_time FROM checkpoint WHERE size = ?1 AND tree_root = ?2";
    let time = |row: &Row<'_>| super::time(row, 0);
    let key = params![bounded(anchor.size), anchor.root.as_bytes()];
    Ok(connection.prepare_cached(query)?.query_row(key, time).optional()?)
}

/// All entries of a chain so far, folded.
fn entries(connection: &Connection, chain: &ChainId) -> Result<EntryHash, StoreError> {
    let mut query = connection.prepare_cached("SELECT entry FROM chain WHERE chain_id = ?1")?;
    Ok(query.query_row(params![chain.as_bytes()], |row| row.get(0).map(EntryHash::from_bytes))?)
}

/// Enters the record whose row was just written: its leaf, its chain's entries, and what it says about seasons.
pub(in crate::sqlite) fn enter(
    desk: &Desk<'_>,
    state: &ChainState,
    statement: &Statement,
    place: &Place,
) -> Result<(), StoreError> {
    let Position { index, log_time, .. } = place.position;
    let (chain, record) = (statement.chain(), &statement.record);
    let row = desk.connection.last_insert_rowid();
    let update = "UPDATE chain SET leaf_index = ?2, count = ?3, entry = ?4, recalled = ?5 WHERE chain_id = ?1";
    let values = params![chain.as_bytes(), index, record.sequence + 1, place.entry.as_bytes(), state.is_recalled()];
    desk.connection.prepare_cached(update)?.execute(values)?;
    desk.append(&Leaf::Record { log_time, statement: statement.id }, Some(row))?;
    seasons::note(desk.connection, &chain, record, index)
}
