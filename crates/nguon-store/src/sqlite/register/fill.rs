//! Filling the register of a file that had none, from its records.

use nguon_core::envelope::Deployment;
use nguon_core::ids::ChainId;
use rusqlite::{Connection, params};

use super::note;
use crate::error::StoreError;
use crate::sqlite::states;

/// Notes every stored record: those of actors first, since the others say when an actor last acted.
pub(in crate::sqlite) fn fill(connection: &Connection, deployment: &Deployment) -> Result<(), StoreError> {
    let when = "SELECT coalesce(log_time, accepted_at) FROM record WHERE statement_id = ?1";
    for kinds in ["kind = 'actor'", "kind <> 'actor'"] {
        let query = format!(
            "SELECT chain_id FROM record JOIN chain USING (chain_id) WHERE sequence = 0 AND {kinds} ORDER BY position"
        );
        let mut query = connection.prepare(&query)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let chain = ChainId::from_bytes(row.get(0)?);
            states::fold(connection, deployment, chain, |state, statement| {
                let time =
                    connection.prepare_cached(when)?.query_row(params![statement.id.as_bytes()], |row| row.get(0))?;
                note(connection, state, statement, time)
            })?;
        }
    }
    Ok(())
}
