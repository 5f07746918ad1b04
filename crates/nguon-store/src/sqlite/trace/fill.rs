//! Filling the graph of a file that had none, from its records.

use nguon_core::envelope::Deployment;
use nguon_core::ids::ChainId;
use rusqlite::{Connection, params};

use super::note;
use crate::error::StoreError;
use crate::sqlite::states;

/// Notes every stored record, chain by chain. A damaged record is an error: a graph without it would hide what it reaches.
pub(in crate::sqlite) fn fill(connection: &Connection, deployment: &Deployment) -> Result<(), StoreError> {
    let mut query = connection.prepare("SELECT chain_id FROM record WHERE sequence = 0 ORDER BY position")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let chain = ChainId::from_bytes(row.get(0)?);
        states::fold(connection, deployment, chain, |state, statement| {
            if state.is_recalled() {
                let update = "UPDATE record SET recalled = 1 WHERE chain_id = ?1 AND sequence = ?2";
                connection.prepare_cached(update)?.execute(params![chain.as_bytes(), state.sequence])?;
            }
            note(connection, state, statement)
        })?;
    }
    let update = "UPDATE chain SET recalled = 1 WHERE EXISTS (SELECT 1 FROM record
        WHERE record.chain_id = chain.chain_id AND sequence = count - 1 AND record.recalled)";
    connection.execute(update, [])?;
    Ok(())
}
