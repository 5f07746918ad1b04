//! A batch's bundle as of some size of the log, with all that its proof is made from.

use std::collections::{BTreeMap, HashMap};

use nguon_core::bytes::ByteString;
use nguon_core::ids::{ChainId, EntryHash, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::Opening;
use nguon_core::record::{ChainKind, Record};
use nguon_core::state::ChainState;
use nguon_core::verify::{Bundle, ChainProof, Skipped, closure, proven_keys};
use rusqlite::{Connection, Row, params};

use super::{bounded, seasons};
use crate::error::StoreError;
use crate::log::LoggedBundle;
use crate::policy::OpeningPolicy;
use crate::sqlite::{names, read};

pub(in crate::sqlite) fn bundle(
    connection: &Connection,
    batch: ChainId,
    policy: &OpeningPolicy,
    size: u64,
) -> Result<Option<LoggedBundle>, StoreError> {
    let view = View { connection, size: bounded(size) };
    if !view.began(&batch)? || view.kind(&batch)? != Some(ChainKind::Batch) {
        return Ok(None);
    }
    // Only batches refer to batches; which of them there are decides how much of each place is needed.
    let batches = closure(batch, |chain| view.batches(chain).map(Some))?.chains;
    let needs = seasons::needs(connection, &batches, view.size)?;
    let mut carried = BTreeMap::new();
    let needed = closure(batch, |chain| {
        let Some(kind) = view.kind(chain)? else { return Ok(None) };
        let part = view.carry(chain, kind, &needs)?;
        let references = view.references(chain, &part)?;
        carried.insert(*chain, part);
        Ok::<_, StoreError>(Some(references))
    })?;
    let order: Vec<ChainId> =
        std::iter::once(batch).chain(needed.chains.into_iter().filter(|chain| *chain != batch)).collect();
    let mut parts = Parts::default();
    for chain in &order {
        if let Some(part) = carried.remove(chain) {
            parts.openings.extend(view.openings(chain, &part, policy)?);
            parts.add(&view, chain, part)?;
        }
    }
    let (roots, places) = super::roots(connection, size)?;
    let keys = proven_keys(&batch, &parts.states);
    let bundle = Bundle::new(roots, parts.chains, parts.openings);
    Ok(Some(LoggedBundle { bundle, chains: parts.proofs, roots: places, keys }))
}

/// The bundle as it grows, chain by chain.
#[derive(Default)]
struct Parts {
    chains: Vec<Vec<ByteString>>,
    proofs: Vec<ChainProof>,
    openings: Vec<Opening>,
    /// Each chain with its first record alone, which holds all that it is called.
    states: Vec<ChainState>,
}

impl Parts {
    fn add(&mut self, view: &View<'_>, chain: &ChainId, part: Carried) -> Result<(), StoreError> {
        let first = part.decode(chain).next().transpose()?;
        let damaged = |reason: String| StoreError::Damaged { chain: *chain, sequence: 0, reason };
        let first = first.ok_or_else(|| damaged("it is missing".to_owned()))?;
        let state = ChainState::begin(&first, StatementId::from_bytes(*chain.as_bytes()));
        let mut state = state.map_err(|fault| damaged(fault.to_string()))?;
        if names::is_freed(view.connection, &state, view.size)? {
            state.release_name();
        }
        self.states.push(state);
        let position = |(at, _): &(Position, _)| [at.index, at.log_time.get(), at.anchor_time.get()];
        let positions = part.records.iter().flat_map(position).collect();
        let forked = view.is_forked(chain)?.then_some(1);
        self.proofs.push(ChainProof { positions, forked, skipped: part.skipped });
        self.chains.push(part.records.into_iter().map(|(_, bytes)| ByteString(bytes)).collect());
        Ok(())
    }
}

/// What a bundle carries of one chain.
struct Carried {
    records: Vec<(Position, Vec<u8>)>,
    skipped: Option<Skipped>,
}

impl Carried {
    /// The sequence from which everything is carried.
    fn from(&self) -> u64 {
        self.skipped.map_or(0, |skipped| skipped.count + 1)
    }

    fn decode(&self, chain: &ChainId) -> impl Iterator<Item = Result<Record, StoreError>> {
        let sequences = std::iter::once(0).chain(self.from().max(1)..);
        let records = self.records.iter().zip(sequences);
        records.map(|((_, bytes), sequence)| read::decode(chain, sequence, bytes.clone()))
    }
}

/// What the store held when the log had this size.
struct View<'a> {
    connection: &'a Connection,
    size: i64,
}

impl View<'_> {
    fn began(&self, chain: &ChainId) -> Result<bool, StoreError> {
        let query = "SELECT 1 FROM record WHERE chain_id = ?1 AND sequence = 0 AND leaf_index < ?2";
        Ok(self.connection.prepare_cached(query)?.exists(params![chain.as_bytes(), self.size])?)
    }

    fn kind(&self, chain: &ChainId) -> Result<Option<ChainKind>, StoreError> {
        read::kind_of(self.connection, chain)
    }

    fn batches(&self, chain: &ChainId) -> Result<Vec<ChainId>, StoreError> {
        let query = "SELECT other FROM refers JOIN chain ON chain.chain_id = refers.other
            WHERE refers.chain_id = ?1 AND refers.leaf_index < ?2 AND chain.kind = 'batch'";
        self.others(query, chain)
    }

    fn others(&self, query: &str, chain: &ChainId) -> Result<Vec<ChainId>, StoreError> {
        let mut query = self.connection.prepare_cached(query)?;
        let others =
            query.query_map(params![chain.as_bytes(), self.size], |row| row.get(0).map(ChainId::from_bytes))?;
        Ok(others.collect::<Result<_, _>>()?)
    }

    fn carry(&self, chain: &ChainId, kind: ChainKind, needs: &HashMap<ChainId, u64>) -> Result<Carried, StoreError> {
        let needed = needs.get(chain).filter(|_| kind == ChainKind::Place);
        let fold = needed.map(|needed| seasons::fold(self.connection, chain, *needed, self.size)).transpose()?;
        let Some(from) = fold.flatten() else {
            return Ok(Carried { records: self.records(chain, 0, None)?, skipped: None });
        };
        let mut records = self.records(chain, 0, Some(0))?;
        records.extend(self.records(chain, from, None)?);
        let query = "SELECT entry FROM record WHERE chain_id = ?1 AND sequence = ?2";
        let mut query = self.connection.prepare_cached(query)?;
        let entry =
            query.query_row(params![chain.as_bytes(), from - 1], |row| row.get(0).map(EntryHash::from_bytes))?;
        Ok(Carried { records, skipped: Some(Skipped { count: from - 1, entry }) })
    }

    /// A chain's records from one sequence to another.
    fn records(&self, chain: &ChainId, from: u64, to: Option<i64>) -> Result<Vec<(Position, Vec<u8>)>, StoreError> {
        let query = "SELECT leaf_index, log_time, anchor_time, bytes FROM record
            WHERE chain_id = ?1 AND sequence BETWEEN ?2 AND ?3 AND leaf_index < ?4 ORDER BY sequence";
        let record = |row: &Row<'_>| Ok((super::position(row, 0)?, row.get(3)?));
        let key = params![chain.as_bytes(), from, to.unwrap_or(i64::MAX), self.size];
        Ok(self.connection.prepare_cached(query)?.query_map(key, record)?.collect::<Result<_, _>>()?)
    }

    /// What the carried records of a chain refer to: what only those left out refer to would be out of place.
    fn references(&self, chain: &ChainId, part: &Carried) -> Result<Vec<ChainId>, StoreError> {
        if part.skipped.is_none() {
            return self.others("SELECT other FROM refers WHERE chain_id = ?1 AND leaf_index < ?2", chain);
        }
        let mut others = Vec::new();
        for record in part.decode(chain) {
            others.extend(record?.references());
        }
        Ok(others)
    }

    fn openings(&self, chain: &ChainId, part: &Carried, policy: &OpeningPolicy) -> Result<Vec<Opening>, StoreError> {
        read::public_openings(self.connection, chain, policy, |sequence, index| {
            (sequence == 0 || sequence >= part.from()) && index.is_some_and(|index| index < self.size)
        })
    }

    fn is_forked(&self, chain: &ChainId) -> Result<bool, StoreError> {
        let query = "SELECT 1 FROM fork WHERE chain_id = ?1 AND leaf_index < ?2";
        Ok(self.connection.prepare_cached(query)?.exists(params![chain.as_bytes(), self.size])?)
    }
}
