//! Evidence of two histories, kept once a chain.

use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::fork::equivocation;
use nguon_core::judge::Chains as _;
use nguon_core::log::Leaf;
use nguon_core::state::ChainState;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::StoreError;
use crate::sqlite::writer::Desk;

/// Looks at a record that lost to one that is stored, its signature checked: if one key signed both after the same
/// record, the two are kept as evidence and the chain is forked from here on.
pub(in crate::sqlite) fn keep(desk: &Desk<'_>, offered: &Statement) -> Result<(), StoreError> {
    let (Some(next), Some(previous)) = (desk.next(), offered.record.previous) else { return Ok(()) };
    let states = desk.states();
    let chain = offered.chain();
    let state = states.chain(&chain);
    states.take_failure()?;
    let Some(state) = state.filter(|state| !state.forked) else { return Ok(()) };
    // By what it continues, not by the sequence it claims.
    let query = "SELECT after.bytes FROM record AS before
        JOIN record AS after ON after.chain_id = before.chain_id AND after.sequence = before.sequence + 1
        WHERE before.statement_id = ?1 AND before.chain_id = ?2";
    let mut query = desk.connection.prepare_cached(query)?;
    let key = params![previous.as_bytes(), chain.as_bytes()];
    let Some(bytes) = query.query_row(key, |row| row.get::<_, Vec<u8>>(0)).optional()? else { return Ok(()) };
    let sequence = offered.record.sequence;
    let stored = Statement::from_bytes(bytes, states.roots.deployment()).map_err(|fault| StoreError::Damaged {
        chain,
        sequence,
        reason: fault.to_string(),
    })?;
    let Some(evidence) = equivocation(&stored, offered) else { return Ok(()) };
    let (hash, bytes) = (evidence.hash(), evidence.to_bytes());
    desk.append(&Leaf::Fork { log_time: next.log_time, evidence: hash }, None)?;
    let insert = "INSERT INTO fork (chain_id, leaf_index, hash, evidence) VALUES (?1, ?2, ?3, ?4)";
    desk.connection.prepare_cached(insert)?.execute(params![chain.as_bytes(), next.index, hash, bytes])?;
    let mut state = ChainState::clone(&state);
    state.forked = true;
    desk.cache.advance(Arc::new(state));
    Ok(())
}

pub(in crate::sqlite) fn evidence(connection: &Connection, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = connection.prepare_cached("SELECT evidence FROM fork WHERE hash = ?1")?;
    Ok(query.query_row([hash], |row| row.get(0)).optional()?)
}
