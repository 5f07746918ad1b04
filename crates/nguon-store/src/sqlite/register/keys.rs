//! Who has a key.

use nguon_core::ids::{ChainId, KeyId};
use rusqlite::{Connection, Row, params};

use super::{enrolled_by, maybe_time, time};
use crate::error::StoreError;
use crate::register::{KeyHolder, KeyHolders, KeyRevocation, Moment};
use crate::sqlite::trace::choice;

/// All that have a key or had it, ascending by chain id.
pub(in crate::sqlite) fn key_holders(connection: &Connection, key: KeyId) -> Result<KeyHolders, StoreError> {
    let query = "SELECT key.chain_id, role, enrolled_by, by_authority, since,
            coalesce(gave.log_time, gave.accepted_at), revoked, coalesce(took.log_time, took.accepted_at), reason,
            suspect_since, retired IS NOT NULL
        FROM key JOIN actor USING (chain_id)
            JOIN record AS gave ON gave.chain_id = key.chain_id AND gave.sequence = since
            LEFT JOIN record AS took ON took.chain_id = key.chain_id AND took.sequence = revoked
        WHERE key_id = ?1 ORDER BY key.chain_id";
    let mut query = connection.prepare_cached(query)?;
    let actors = query.query_map(params![key.as_bytes()], holder)?.collect::<Result<_, _>>()?;
    Ok(KeyHolders { key, actors })
}

fn holder(row: &Row<'_>) -> rusqlite::Result<KeyHolder> {
    let revoked = match row.get(6)? {
        None => None,
        Some(sequence) => Some(KeyRevocation {
            by: Moment { sequence, time: time(row, 7)? },
            reason: choice(row.get_ref(8)?.as_str()?)?,
            suspect_since: maybe_time(row, 9)?,
        }),
    };
    Ok(KeyHolder {
        actor: ChainId::from_bytes(row.get(0)?),
        role: choice(row.get_ref(1)?.as_str()?)?,
        enrolled_by: enrolled_by(row, 2)?,
        since: Moment { sequence: row.get(4)?, time: time(row, 5)? },
        revoked,
        retired: row.get(10)?,
    })
}
