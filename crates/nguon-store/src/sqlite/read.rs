//! What is read. Bytes are handed on as they are stored: whether they hold is for the reader of a bundle to say.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, FieldDigest, Salt, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::Opening;
use nguon_core::record::{ChainKind, Record};
use nguon_core::trust::{Roots, SignedRoot};
use nguon_core::verify::{Bundle, closure};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::log;
use crate::error::StoreError;
use crate::policy::OpeningPolicy;
use crate::store::{AttachmentFile, ChainHead, ChainRecords};

pub(super) fn record(connection: &Connection, id: &StatementId) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = connection.prepare_cached("SELECT bytes FROM record WHERE statement_id = ?1")?;
    Ok(query.query_row(params![id.as_bytes()], |row| row.get(0)).optional()?)
}

pub(super) fn records(connection: &Connection, chain: &ChainId) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut query = connection.prepare_cached("SELECT bytes FROM record WHERE chain_id = ?1 ORDER BY sequence")?;
    Ok(query.query_map(params![chain.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The records from a sequence on; `None` if there is no such chain.
pub(super) fn records_from(
    connection: &Connection,
    chain: &ChainId,
    from: u64,
) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
    if kind_of(connection, chain)?.is_none() {
        return Ok(None);
    }
    let query = "SELECT bytes FROM record WHERE chain_id = ?1 AND sequence >= ?2 ORDER BY sequence";
    let mut query = connection.prepare_cached(query)?;
    let found = query.query_map(params![chain.as_bytes(), log::bounded(from)], |row| row.get(0))?;
    Ok(Some(found.collect::<Result<_, _>>()?))
}

/// Where those records stand in the log; `None` if there is no such chain.
pub(super) fn positions(
    connection: &Connection,
    chain: &ChainId,
    from: u64,
) -> Result<Option<Vec<Position>>, StoreError> {
    if kind_of(connection, chain)?.is_none() {
        return Ok(None);
    }
    let query = "SELECT leaf_index, log_time, anchor_time FROM record
        WHERE chain_id = ?1 AND sequence >= ?2 AND leaf_index IS NOT NULL ORDER BY sequence";
    let mut query = connection.prepare_cached(query)?;
    let found = query.query_map(params![chain.as_bytes(), log::bounded(from)], |row| log::position(row, 0))?;
    Ok(Some(found.collect::<Result<_, _>>()?))
}

/// Of each of these chains the records from its sequence on, as of one moment.
pub(super) fn chains(connection: &Connection, wanted: &[(ChainId, u64)]) -> Result<Vec<ChainRecords>, StoreError> {
    let mut found = Vec::new();
    for (chain, from) in wanted {
        let Some(records) = records_from(connection, chain, *from)? else { continue };
        let positions = positions(connection, chain, *from)?.unwrap_or_default();
        found.push(ChainRecords { chain: *chain, from: *from, records, positions });
    }
    Ok(found)
}

pub(super) fn head(connection: &Connection, chain: &ChainId) -> Result<Option<ChainHead>, StoreError> {
    let query = "SELECT kind, sequence, statement_id FROM record JOIN chain USING (chain_id)
        WHERE chain_id = ?1 ORDER BY sequence DESC LIMIT 1";
    let head = |row: &Row<'_>| {
        let kind = kind(&row.get::<_, String>(0)?)?;
        let head = StatementId::from_bytes(row.get(2)?);
        Ok(ChainHead { chain: *chain, kind, sequence: row.get(1)?, head })
    };
    Ok(connection.prepare_cached(query)?.query_row(params![chain.as_bytes()], head).optional()?)
}

pub(super) fn count(connection: &Connection) -> Result<u64, StoreError> {
    // Positions are given out one by one and never taken back.
    let mut query = connection.prepare_cached("SELECT coalesce(max(position), 0) FROM record")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

pub(super) fn attachment(connection: &Connection, digest: &FieldDigest) -> Result<Option<AttachmentFile>, StoreError> {
    let mut query = connection.prepare_cached("SELECT media_type, path, bytes FROM attachment WHERE digest = ?1")?;
    let file = |row: &Row<'_>| {
        let media_type = row.get::<_, String>(0)?.parse().map_err(|_| FromSqlError::InvalidType)?;
        Ok(AttachmentFile { media_type, path: row.get(1)?, bytes: row.get(2)? })
    };
    Ok(query.query_row(params![digest.as_bytes()], file).optional()?)
}

pub(super) fn bundle(
    connection: &Connection,
    roots: &Roots,
    batch: ChainId,
    policy: &OpeningPolicy,
) -> Result<Option<Bundle>, StoreError> {
    if head(connection, &batch)?.is_none_or(|head| head.kind != ChainKind::Batch) {
        return Ok(None);
    }
    let needed = closure(batch, |chain| references(connection, chain))?;
    let others = needed.chains.into_iter().filter(|chain| *chain != batch);
    let (mut chains, mut openings) = (Vec::new(), Vec::new());
    for chain in std::iter::once(batch).chain(others) {
        chains.push(records(connection, &chain)?.into_iter().map(ByteString).collect());
        openings.extend(public_openings(connection, &chain, policy, |_, _| true)?);
    }
    Ok(Some(Bundle::new(signed(roots), chains, openings)))
}

fn signed(roots: &Roots) -> Vec<SignedRoot> {
    roots.versions().iter().map(|root| root.signed().clone()).collect()
}

/// What the chain's records refer to; `None` if there is no such chain.
fn references(connection: &Connection, chain: &ChainId) -> Result<Option<Vec<ChainId>>, StoreError> {
    let key = params![chain.as_bytes()];
    if !connection.prepare_cached("SELECT 1 FROM chain WHERE chain_id = ?1")?.exists(key)? {
        return Ok(None);
    }
    let mut query = connection.prepare_cached("SELECT other FROM refers WHERE chain_id = ?1")?;
    let others = query.query_map(key, |row| row.get(0).map(ChainId::from_bytes))?;
    Ok(Some(others.collect::<Result<_, _>>()?))
}

/// The openings that the policy lets out, of the records that are `carried` (by sequence and leaf).
pub(super) fn public_openings(
    connection: &Connection,
    chain: &ChainId,
    policy: &OpeningPolicy,
    carried: impl Fn(u64, Option<i64>) -> bool,
) -> Result<Vec<Opening>, StoreError> {
    let query =
        "SELECT statement_id, path, salt, value, sequence, leaf_index FROM record JOIN opening USING (statement_id)
        WHERE chain_id = ?1 ORDER BY sequence, path";
    let mut query = connection.prepare_cached(query)?;
    let mut rows = query.query(params![chain.as_bytes()])?;
    let mut openings = Vec::new();
    while let Some(row) = rows.next()? {
        let path: String = row.get(1)?;
        if policy.opens(&path) && carried(row.get(4)?, row.get(5)?) {
            let record = StatementId::from_bytes(row.get(0)?);
            let value: Option<Vec<u8>> = row.get(3)?;
            openings.push(Opening { record, path, salt: Salt::from_bytes(row.get(2)?), value: value.map(ByteString) });
        }
    }
    Ok(openings)
}

/// What a chain is about, if it is there.
pub(super) fn kind_of(connection: &Connection, chain: &ChainId) -> Result<Option<ChainKind>, StoreError> {
    let mut query = connection.prepare_cached("SELECT kind FROM chain WHERE chain_id = ?1")?;
    let kind = |row: &Row<'_>| Ok(kind(&row.get::<_, String>(0)?)?);
    Ok(query.query_row(params![chain.as_bytes()], kind).optional()?)
}

fn kind(name: &str) -> Result<ChainKind, FromSqlError> {
    match name {
        "actor" => Ok(ChainKind::Actor),
        "place" => Ok(ChainKind::Place),
        "batch" => Ok(ChainKind::Batch),
        _ => Err(FromSqlError::InvalidType),
    }
}

/// A stored record, decoded.
pub(super) fn decode(chain: &ChainId, sequence: u64, bytes: Vec<u8>) -> Result<Record, StoreError> {
    let decoded = SignedRecord::from_bytes(bytes).map_err(Fault::from);
    let decoded = decoded.and_then(|signed| Ok(Record::from_payload(signed.payload())?));
    decoded.map_err(|fault| StoreError::Damaged { chain: *chain, sequence, reason: fault.to_string() })
}
