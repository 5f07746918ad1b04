//! Lists of printed serials, each kept in tiles: a proof reads three of them, however long the list is.

use nguon_core::event::Event;
use nguon_core::ids::{ChainId, RootHash, SerialHash};
use nguon_core::record::ChainKind;
use nguon_core::serial::{ListProof, NotAtHand, SerialList, SerialProof, TILE, Tile, TiledList};
use nguon_tlog::hash::Hash;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::read;
use super::writer::Desk;
use crate::error::StoreError;
use crate::outcome::SerialsRefusal;

/// A list in the form in which it is kept.
pub(super) struct Pieces {
    batch: ChainId,
    root: RootHash,
    tiles: Vec<Tile>,
}

/// Sees whether one of the batch's records signs for a list. It takes no part of the writer's time.
pub(super) fn check(
    connection: &Connection,
    batch: ChainId,
    list: &SerialList,
) -> Result<Result<Pieces, SerialsRefusal>, StoreError> {
    if read::kind_of(connection, &batch)? != Some(ChainKind::Batch) {
        return Ok(Err(SerialsRefusal::NoSuchBatch));
    }
    let (root, count) = (list.root(), list.count());
    let mut issued = Vec::new();
    for (sequence, bytes) in (0..).zip(read::records(connection, &batch)?) {
        if let Event::LabelsIssued(labels) = read::decode(&batch, sequence, bytes)?.event {
            issued.push(labels);
        }
    }
    if issued.iter().any(|labels| labels.root == root && labels.count.get() == count) {
        return Ok(Ok(Pieces { batch, root, tiles: list.tiles().collect() }));
    }
    Ok(Err(SerialsRefusal::NotSigned { root, count, issued }))
}

/// Keeps a list that was checked; one that is there already changes nothing.
pub(super) fn keep(desk: &Desk<'_>, pieces: &Pieces) -> Result<(), StoreError> {
    let insert = "INSERT INTO serial_list (chain_id, root) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING list";
    let key = params![pieces.batch.as_bytes(), pieces.root.as_bytes()];
    let list = desk.connection.prepare_cached(insert)?.query_row(key, |row| row.get::<_, i64>(0)).optional()?;
    let Some(list) = list else { return Ok(()) };
    let insert = "INSERT INTO serial_tile (list, first, tile, root, hashes) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = desk.connection.prepare_cached(insert)?;
    for (at, tile) in (0_i64..).zip(&pieces.tiles) {
        let hashes: Vec<u8> = tile.hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
        insert.execute(params![list, tile.first.as_bytes(), at, tile.root.as_bytes(), hashes])?;
    }
    Ok(())
}

/// A list of a batch.
struct Kept {
    list: i64,
    root: RootHash,
}

fn lists(connection: &Connection, batch: &ChainId) -> Result<Vec<Kept>, StoreError> {
    let mut query =
        connection.prepare_cached("SELECT list, root FROM serial_list WHERE chain_id = ?1 ORDER BY list")?;
    let kept = query.query_map(params![batch.as_bytes()], |row| {
        Ok(Kept { list: row.get(0)?, root: RootHash::from_bytes(row.get(1)?) })
    })?;
    Ok(kept.collect::<Result<_, _>>()?)
}

/// Where a serial stands: its list, and its leaf there. `None` if no list of the batch has it.
pub(super) fn find(
    connection: &Connection,
    batch: &ChainId,
    wanted: &SerialHash,
) -> Result<Option<(i64, u64)>, StoreError> {
    let query = "SELECT tile, hashes FROM serial_tile WHERE list = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1";
    let mut query = connection.prepare_cached(query)?;
    for Kept { list, .. } in lists(connection, batch)? {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let Some((tile, bytes)) = query.query_row(params![list, wanted.as_bytes()], row).optional()? else { continue };
        if let Ok(at) = hashes(&bytes).binary_search(wanted) {
            return Ok(Some((list, tile * TILE as u64 + at as u64)));
        }
    }
    Ok(None)
}

/// What shows that a serial was issued, or that none of the lists here has it.
pub(super) fn prove(connection: &Connection, batch: &ChainId, wanted: &SerialHash) -> Result<SerialProof, StoreError> {
    let having = find(connection, batch, wanted)?.map(|(list, _)| list);
    let lists = lists(connection, batch)?.into_iter().filter(|kept| having.is_none_or(|list| list == kept.list));
    let parts = lists.map(|kept| part(connection, batch, &kept, wanted)).collect::<Result<_, _>>()?;
    Ok(SerialProof::new(parts))
}

fn part(connection: &Connection, batch: &ChainId, kept: &Kept, wanted: &SerialHash) -> Result<ListProof, StoreError> {
    let mut query = connection.prepare_cached("SELECT first, root FROM serial_tile WHERE list = ?1 ORDER BY first")?;
    let heads =
        query.query_map([kept.list], |row| Ok((SerialHash::from_bytes(row.get(0)?), Hash::from_bytes(row.get(1)?))))?;
    let heads: Vec<(SerialHash, Hash)> = heads.collect::<Result<_, _>>()?;
    let mut tiled = TiledList::new(kept.root, heads.clone());
    let mut query = connection.prepare_cached("SELECT hashes FROM serial_tile WHERE list = ?1 AND first = ?2")?;
    for at in tiled.needed(wanted) {
        let Some((first, _)) = heads.get(at) else { continue };
        let bytes: Vec<u8> = query.query_row(params![kept.list, first.as_bytes()], |row| row.get(0))?;
        tiled.put(at, hashes(&bytes));
    }
    tiled.prove(wanted).map_err(|NotAtHand| StoreError::DamagedSerials { batch: *batch, root: kept.root })
}

fn hashes(bytes: &[u8]) -> Vec<SerialHash> {
    bytes.as_chunks::<32>().0.iter().map(|bytes| SerialHash::from_bytes(*bytes)).collect()
}
