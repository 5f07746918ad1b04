//! Closing a checkpoint: the map's root over all leaves becomes the last leaf.

use nguon_core::log::Leaf;
use rusqlite::params;

use super::{leaves, map};
use crate::error::StoreError;
use crate::log::{Closed, Prepare};
use crate::sqlite::writer::Desk;

/// Closes what is pending, all within the transaction under way; `None` if nothing is.
pub(in crate::sqlite) fn close(desk: &Desk<'_>, prepare: Prepare) -> Result<Option<Closed>, StoreError> {
    let end = desk.log()?;
    let Some(next) = desk.next().filter(|_| end.size > end.closed) else { return Ok(None) };
    let map_root = prepare(&map::changes(desk.connection, end.closed)?);
    desk.append(&Leaf::Map { log_time: next.log_time, root: map_root }, None)?;
    let (size, map_time) = (next.index + 1, next.log_time);
    let insert = "INSERT INTO checkpoint (size, map_root, map_time) VALUES (?1, ?2, ?3)";
    desk.connection.prepare_cached(insert)?.execute(params![size, map_root.as_bytes(), i64::from(map_time)])?;
    let leaves = leaves::leaves(desk.connection, end.closed, size - end.closed)?;
    Ok(Some(Closed { size, map_root, map_time, leaves }))
}
