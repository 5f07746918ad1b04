//! Filling the graph of a file that had none, from its records.

use nguon_core::envelope::Deployment;
use nguon_core::ids::ChainId;
use rusqlite::Connection;

use super::note;
use crate::error::StoreError;
use crate::sqlite::states;

/// Notes every stored record, chain by chain. A damaged record is an error: a graph without it would hide what it reaches.
pub(in crate::sqlite) fn fill(connection: &Connection, deployment: &Deployment) -> Result<(), StoreError> {
    let mut query = connection.prepare("SELECT chain_id FROM record WHERE sequence = 0 ORDER BY position")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let chain = ChainId::from_bytes(row.get(0)?);
        states::fold(connection, deployment, chain, |state, statement| note(connection, state, statement))?;
    }
    Ok(())
}
