//! Leaves and records by their index.

use nguon_core::ids::{ChainId, StatementId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::bounded;
use crate::error::StoreError;
use crate::log::Logged;

pub(in crate::sqlite) fn size(connection: &Connection) -> Result<u64, StoreError> {
    let mut query = connection.prepare_cached("SELECT coalesce(max(idx) + 1, 0) FROM leaf")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

pub(in crate::sqlite) fn leaves(connection: &Connection, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
    let query = "SELECT data FROM leaf WHERE idx >= ?1 ORDER BY idx LIMIT ?2";
    let mut query = connection.prepare_cached(query)?;
    Ok(query.query_map([bounded(from), bounded(count)], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Hands over every leaf in order.
pub(in crate::sqlite) fn each(connection: &Connection, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached("SELECT idx, data FROM leaf ORDER BY idx")?;
    let mut rows = query.query([])?;
    for index in 0.. {
        let Some(row) = rows.next()? else { break };
        if row.get::<_, u64>(0)? != index {
            return Err(StoreError::DamagedLog { index, reason: "it is missing".to_owned() });
        }
        each(index, row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}

pub(in crate::sqlite) fn records(
    connection: &Connection,
    from: u64,
    count: u64,
) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
    let query = "SELECT idx, bytes FROM leaf JOIN record USING (position) WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
    let mut query = connection.prepare_cached(query)?;
    let record = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let range = [bounded(from), bounded(from.saturating_add(count))];
    Ok(query.query_map(range, record)?.collect::<Result<_, _>>()?)
}

pub(in crate::sqlite) fn position_of(connection: &Connection, id: &StatementId) -> Result<Option<Logged>, StoreError> {
    let query = "SELECT leaf_index, log_time, anchor_time, chain_id, sequence FROM record
        WHERE statement_id = ?1 AND leaf_index IS NOT NULL";
    let logged = |row: &Row<'_>| {
        let (chain, sequence) = (ChainId::from_bytes(row.get(3)?), row.get(4)?);
        Ok(Logged { position: super::position(row, 0)?, chain, sequence })
    };
    Ok(connection.prepare_cached(query)?.query_row(params![id.as_bytes()], logged).optional()?)
}
