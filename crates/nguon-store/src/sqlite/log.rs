//! The log's durable half: leaves, checkpoints, trust roots, forks, and what is proven about a bundle.

mod admit;
mod bundle;
mod checkpoints;
mod close;
mod compare;
mod forks;
mod leaves;
mod map;
mod roots;
mod seasons;

use nguon_core::ids::ChainId;
use nguon_core::log::Position;
use nguon_core::values::Time;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, params};

pub(super) use admit::{Place, anchor_time, enter, place};
pub(super) use bundle::bundle;
pub(super) use checkpoints::{all as checkpoints, checkpoint, cosign, newest, newest_cosigned, sign};
pub(super) use close::close;
pub(super) use compare::agree;
pub(super) use forks::{evidence, keep as keep_fork};
pub(super) use leaves::{each as each_leaf, leaves, position_of, records, size};
pub(super) use map::contents as map_contents;
pub(super) use roots::{add as add_root, open, until as roots};

/// An index or size as SQLite counts; no log is longer.
pub(super) fn bounded(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A position in three columns of a row, from this one on.
pub(super) fn position(row: &Row<'_>, column: usize) -> rusqlite::Result<Position> {
    let (index, log_time) = (row.get(column)?, time(row, column + 1)?);
    Ok(Position { index, log_time, anchor_time: time(row, column + 2)? })
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Time> {
    let seconds = row.get(column)?;
    Ok(Time::try_from(seconds).map_err(|_| FromSqlError::OutOfRange(seconds))?)
}

/// Whether there is evidence that two histories of a chain were signed.
pub(super) fn is_forked(connection: &Connection, chain: &ChainId) -> Result<bool, rusqlite::Error> {
    connection.prepare_cached("SELECT 1 FROM fork WHERE chain_id = ?1")?.exists(params![chain.as_bytes()])
}
