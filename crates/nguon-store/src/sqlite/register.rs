//! The register: who is enrolled by whom and with which keys, what plots and growing areas may yield and yielded, and when
//! anybody last recorded anything. Noted as records are taken, so that asking reads no record.

mod chains;
mod fill;
mod households;
mod keys;
mod note;
mod seasons;

pub(super) use chains::needed_chains;
pub(super) use fill::fill;
pub(super) use households::households;
pub(super) use keys::key_holders;
pub(super) use note::note;

use nguon_core::ids::{AuthorityId, ChainId};
use nguon_core::record::Signer;
use nguon_core::values::Time;
use rusqlite::Row;
use rusqlite::types::FromSqlError;

/// Who enrolled an actor, in two columns from this one on: the id, and whether it is an authority's.
fn enrolled_by(row: &Row<'_>, column: usize) -> rusqlite::Result<Signer> {
    let id = row.get(column)?;
    let by_authority: bool = row.get(column + 1)?;
    Ok(if by_authority {
        Signer::Authority(AuthorityId::from_bytes(id))
    } else {
        Signer::Actor(ChainId::from_bytes(id))
    })
}

/// Unix seconds.
fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Time> {
    let seconds: i64 = row.get(column)?;
    Ok(Time::try_from(seconds).map_err(|_| FromSqlError::OutOfRange(seconds))?)
}

fn maybe_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Time>> {
    row.get::<_, Option<i64>>(column)?.map(|_| time(row, column)).transpose()
}

/// Sums are never below zero, whatever their parts are.
fn grams(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
