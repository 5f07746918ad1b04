//! Walks over a snapshot, piece by piece, and what an actor holds.

use nguon_core::ids::ChainId;
use nguon_core::log::Leaf;
use nguon_core::trace::{AsOf, Direction, Graph as _, Walk};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::columns;
use super::graph::SqlGraph;
use super::origin;
use crate::error::StoreError;
use crate::policy::OpeningPolicy;
use crate::trace::{Holdings, Origin, Piece};

/// Begins a walk and gives its first lines; `None` if there is nothing to begin at.
pub(in crate::sqlite) fn begin(
    connection: &Connection,
    origin: &Origin,
    direction: Direction,
    most: u64,
    policy: &OpeningPolicy,
    lines: usize,
) -> Result<Option<Piece>, StoreError> {
    let Some(starts) = origin::starts(connection, origin)? else { return Ok(None) };
    let walk = Walk::new(starts, direction, most, as_of(connection)?);
    go_on(connection, walk, policy, lines).map(Some)
}

/// The next lines of a walk.
pub(in crate::sqlite) fn go_on(
    connection: &Connection,
    mut walk: Walk,
    policy: &OpeningPolicy,
    lines: usize,
) -> Result<Piece, StoreError> {
    let mut found = Vec::new();
    walk.advance(&mut SqlGraph::new(connection, policy)?, lines, &mut |line| found.push(line))?;
    Ok(Piece { lines: found, walk })
}

/// The batches that an actor holds, ascending behind `after`; `None` if there is no such actor.
pub(in crate::sqlite) fn holdings(
    connection: &Connection,
    actor: &ChainId,
    after: Option<&ChainId>,
    most: usize,
    policy: &OpeningPolicy,
) -> Result<Option<Holdings>, StoreError> {
    let known = "SELECT 1 FROM node WHERE chain_id = ?1 AND sort = 'actor'";
    if !connection.prepare_cached(known)?.exists(params![actor.as_bytes()])? {
        return Ok(None);
    }
    let mut graph = SqlGraph::new(connection, policy)?;
    let query = columns::select_node!(
        " FROM node WHERE owner = ?1 AND chain_id > ?2 AND sort = 'batch' AND in_g > drawn_g + sold_g + lost_g + disposed_g
            ORDER BY chain_id LIMIT ?3"
    );
    let mut query = connection.prepare_cached(query)?;
    let after: &[u8] = after.map_or(&[], |after| after.as_bytes());
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut batches = Vec::new();
    for found in query.query_map(params![actor.as_bytes(), after, most], columns::node)? {
        if let Some(found) = found? {
            batches.push(graph.completed(found)?);
        }
    }
    Ok(Some(Holdings { as_of: as_of(connection)?, name: graph.name(actor)?, batches }))
}

/// The log's end, where there is a log.
pub(in crate::sqlite) fn as_of(connection: &Connection) -> Result<Option<AsOf>, StoreError> {
    let query = "SELECT idx, data FROM leaf ORDER BY idx DESC LIMIT 1";
    let last = connection.prepare_cached(query)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((index, data)): Option<(u64, Vec<u8>)> = last else { return Ok(None) };
    let damaged = |error: nguon_core::log::LeafError| StoreError::DamagedLog { index, reason: error.to_string() };
    Ok(Some(AsOf { size: index + 1, log_time: Leaf::from_bytes(&data).map_err(damaged)?.log_time() }))
}
