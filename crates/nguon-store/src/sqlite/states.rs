//! Chain states: folded from stored records, kept as long as they are in use.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use nguon_core::admit::Statement;
use nguon_core::envelope::Deployment;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::judge::Chains;
use nguon_core::log::{EntryHash, Position};
use nguon_core::state::ChainState;
use nguon_core::trust::Roots;
use rusqlite::{Connection, params};

use super::log;
use crate::error::StoreError;

/// The writer's memory of chains. It never says other than the transaction under way: whoever rolls back to a savepoint
/// calls [`Cache::undo`], and whoever loses the whole transaction [`Cache::clear`].
#[derive(Debug)]
pub(super) struct Cache {
    states: RefCell<LruCache<ChainId, Arc<ChainState>>>,
    /// Chains with records that are not yet committed.
    changed: RefCell<Vec<ChainId>>,
}

impl Cache {
    pub(super) fn new(chains: NonZeroUsize) -> Self {
        Self { states: RefCell::new(LruCache::new(chains)), changed: RefCell::new(Vec::new()) }
    }

    /// Remembers a chain with a record that is in the transaction and not yet committed.
    pub(super) fn advance(&self, state: Arc<ChainState>) {
        self.changed.borrow_mut().push(state.id);
        self.states.borrow_mut().put(state.id, state);
    }

    /// Forgets what was advanced since the last commit; it is read again from what the transaction then holds.
    pub(super) fn undo(&self) {
        let mut states = self.states.borrow_mut();
        for chain in self.changed.borrow().iter() {
            states.pop(chain);
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&self) {
        self.states.borrow_mut().clear();
        self.changed.borrow_mut().clear();
    }

    /// All that was advanced is committed.
    pub(super) fn commit(&self) {
        self.changed.borrow_mut().clear();
    }
}

/// The chains as a transaction sees them.
pub(super) struct States<'a> {
    pub connection: &'a Connection,
    pub roots: Arc<Roots>,
    pub cache: &'a Cache,
    failure: RefCell<Option<StoreError>>,
}

impl<'a> States<'a> {
    pub(super) const fn new(connection: &'a Connection, roots: Arc<Roots>, cache: &'a Cache) -> Self {
        Self { connection, roots, cache, failure: RefCell::new(None) }
    }

    /// What kept a chain from being read since the last call. A judge is only told that the chain is not at hand.
    pub(super) fn take_failure(&self) -> Result<(), StoreError> {
        self.failure.take().map_or(Ok(()), Err)
    }
}

impl Chains for States<'_> {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        if let Some(state) = self.cache.states.borrow_mut().get(id) {
            return Some(state.clone());
        }
        match fold(self.connection, self.roots.deployment(), *id, |_, _| Ok(())) {
            Ok(state) => {
                let state = Arc::new(state?);
                self.cache.states.borrow_mut().put(*id, state.clone());
                Some(state)
            }
            Err(error) => {
                self.failure.replace(Some(error));
                None
            }
        }
    }
}

/// Folds a chain's stored records; `each` sees the chain after every one of them. Signatures were checked when they were
/// taken; that rows are what they were is checked.
pub(super) fn fold(
    connection: &Connection,
    deployment: &Deployment,
    chain: ChainId,
    mut each: impl FnMut(&ChainState, &Statement) -> Result<(), StoreError>,
) -> Result<Option<ChainState>, StoreError> {
    let query = "SELECT sequence, statement_id, bytes, leaf_index, log_time, anchor_time, entry FROM record
        WHERE chain_id = ?1 ORDER BY sequence";
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query(params![chain.as_bytes()])?;
    let (mut state, mut entries) = (None, EntryHash::START);
    while let Some(row) = rows.next()? {
        let sequence: u64 = row.get(0)?;
        let damaged = |reason: String| StoreError::Damaged { chain, sequence, reason };
        let stored = Statement::from_bytes(row.get(2)?, deployment).map_err(|fault| damaged(fault.to_string()))?;
        if StatementId::from_bytes(row.get(1)?) != stored.id {
            return Err(damaged("its bytes are not those of its statement id".to_owned()));
        }
        let mut position = None;
        if let Some(entry) = row.get(6)? {
            let logged = log::position(row, 3)?;
            position = Some(logged);
            entries = entries.next(stored.id.as_bytes(), &logged);
            if EntryHash::from_bytes(entry) != entries {
                return Err(damaged("its place in the log is not what was logged".to_owned()));
            }
        }
        add(&mut state, &stored, position).map_err(|fault| damaged(fault.to_string()))?;
        if let Some(state) = &state {
            each(state, &stored)?;
        }
    }
    if let Some(state) = &mut state {
        state.forked = log::is_forked(connection, &chain)?;
    }
    Ok(state)
}

fn add(state: &mut Option<ChainState>, stored: &Statement, position: Option<Position>) -> Result<(), Fault> {
    match state {
        None => *state = Some(ChainState::begin(&stored.record, stored.id)?),
        Some(state) => state.advance(&stored.record, stored.id, &stored.mark(position))?,
    }
    Ok(())
}
