//! Versions of the trust root: each a leaf, version 1 the first.

use std::sync::Arc;

use nguon_core::ids::EntryHash;
use nguon_core::log::{Leaf, Position};
use nguon_core::trust::{RootError, Roots, SignedRoot, TrustRoot};
use nguon_core::values::Time;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::error::StoreError;
use crate::sqlite::tail::{LogEnd, Tail};
use crate::sqlite::writer::Desk;

/// Where roots and log stand in a store that is being opened. A log that has no leaf yet begins with version 1.
pub(in crate::sqlite) fn open(connection: &mut Connection, first: TrustRoot, now: u64) -> Result<Tail, StoreError> {
    if first.payload().log.is_none() {
        return Ok(Tail { roots: Arc::new(Roots::new(first)), log: None });
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if super::size(&transaction)? == 0 {
        begin(&transaction, &first, now)?;
    }
    let tail = read(&transaction, first)?;
    transaction.commit()?;
    Ok(tail)
}

/// Leaf 0.
fn begin(transaction: &Transaction<'_>, first: &TrustRoot, now: u64) -> Result<(), StoreError> {
    let log_time = Time::new(now).unwrap_or(first.payload().issued);
    let leaf = Leaf::Root { log_time, payload: first.signed().payload_hash() };
    transaction.execute("INSERT INTO leaf (idx, data) VALUES (0, ?1)", params![leaf.to_bytes()])?;
    insert(transaction, first.signed(), 1, EntryHash::START, 0, log_time)
}

fn read(transaction: &Transaction<'_>, first: TrustRoot) -> Result<Tail, StoreError> {
    let mut roots = Roots::logged(first);
    let mut query = transaction.prepare("SELECT leaf_index, signed FROM root WHERE version > 1 ORDER BY version")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let index = row.get(0)?;
        let damaged = |error: RootError| StoreError::DamagedLog { index, reason: error.to_string() };
        let signed = SignedRoot::from_bytes(&row.get::<_, Vec<u8>>(1)?).map_err(damaged)?;
        roots.add(signed, Some(index)).map_err(damaged)?;
    }
    let query = "SELECT idx, data FROM leaf ORDER BY idx DESC LIMIT 1";
    let (last, data): (u64, Vec<u8>) = transaction.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let damaged = |error: nguon_core::log::LeafError| StoreError::DamagedLog { index: last, reason: error.to_string() };
    let log_time = Leaf::from_bytes(&data).map_err(damaged)?.log_time();
    let closed = transaction.query_row("SELECT coalesce(max(size), 0) FROM checkpoint", [], |row| row.get(0))?;
    Ok(Tail { roots: Arc::new(roots), log: Some(LogEnd { size: last + 1, log_time, closed }) })
}

/// The versions among so many leaves, and index and log time of each.
pub(in crate::sqlite) fn until(
    connection: &Connection,
    size: u64,
) -> Result<(Vec<SignedRoot>, Vec<Vec<u64>>), StoreError> {
    let query = "SELECT leaf_index, log_time, signed FROM root WHERE leaf_index < ?1 ORDER BY version";
    let mut query = connection.prepare_cached(query)?;
    let mut rows = query.query([super::bounded(size)])?;
    let (mut roots, mut places) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let index = row.get(0)?;
        let signed = SignedRoot::from_bytes(&row.get::<_, Vec<u8>>(2)?);
        roots.push(signed.map_err(|error| StoreError::DamagedLog { index, reason: error.to_string() })?);
        places.push(vec![index, row.get(1)?]);
    }
    Ok((roots, places))
}

/// Adds the next version; the index of its leaf. One that is there already changes nothing.
pub(in crate::sqlite) fn add(desk: &Desk<'_>, root: SignedRoot) -> Result<Result<u64, RootError>, StoreError> {
    let Some(next) = desk.next() else { return Err(StoreError::NoLog) };
    let mut roots = Roots::clone(&desk.tail.borrow().roots);
    let known = roots.versions().iter().find(|known| known.signed().payload == root.payload);
    if let Some(known) = known {
        let query = "SELECT leaf_index FROM root WHERE version = ?1";
        return Ok(Ok(desk.connection.query_row(query, [known.payload().version], |row| row.get(0))?));
    }
    if let Err(error) = roots.add(root, Some(next.index)) {
        return Ok(Err(error));
    }
    let (signed, version) = (roots.newest().signed(), roots.newest().payload().version);
    let newest = "SELECT entry FROM root ORDER BY version DESC LIMIT 1";
    let before = desk.connection.query_row(newest, [], |row| row.get(0).map(EntryHash::from_bytes))?;
    desk.append(&Leaf::Root { log_time: next.log_time, payload: signed.payload_hash() }, None)?;
    insert(desk.connection, signed, version, before, next.index, next.log_time)?;
    desk.tail.borrow_mut().roots = Arc::new(roots);
    Ok(Ok(next.index))
}

fn insert(
    connection: &Connection,
    signed: &SignedRoot,
    version: u64,
    before: EntryHash,
    index: u64,
    log_time: Time,
) -> Result<(), StoreError> {
    let anchor_time = Time::ZERO;
    let entry = before.next(&signed.payload_hash(), &Position { index, log_time, anchor_time });
    let damaged = |error: RootError| StoreError::DamagedLog { index, reason: error.to_string() };
    let signed = signed.to_bytes().map_err(damaged)?;
    let insert = "INSERT INTO root (version, leaf_index, log_time, entry, signed) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(insert, params![version, index, i64::from(log_time), entry.as_bytes(), signed])?;
    Ok(())
}
