//! One chain of a replayed log.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::admit::Statement;
use crate::fault::Fault;
use crate::ids::{ChainId, StatementId};
use crate::log::{ChainEntry, Position};
use crate::state::ChainState;

/// A record and where the log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedRecord {
    /// Which.
    pub statement: StatementId,
    /// Where.
    pub position: Position,
}

/// What its records add up to, what the map says of it, and where each stands.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub state: Arc<ChainState>,
    pub entry: ChainEntry,
    pub records: Vec<LoggedRecord>,
}

impl Chain {
    /// The state that admission gave becomes the chain's; its newest record stands at this position.
    pub fn put(chains: &mut BTreeMap<ChainId, Self>, state: Arc<ChainState>, position: Position) -> ChainEntry {
        let chain = chains.entry(state.id).or_insert_with(|| Self::of(state.clone()));
        chain.state = state;
        chain.place(position)
    }

    /// The same without judging it, and without a copy of the state.
    pub fn advance(
        chains: &mut BTreeMap<ChainId, Self>,
        statement: &Statement,
        position: Position,
    ) -> Result<ChainEntry, Fault> {
        let id = statement.chain();
        match chains.get_mut(&id) {
            Some(chain) => {
                let mark = statement.mark(Some(position));
                Arc::make_mut(&mut chain.state).advance(&statement.record, statement.id, &mark)?;
                Ok(chain.place(position))
            }
            None => {
                let state = ChainState::begin(&statement.record, statement.id)?;
                Ok(Self::put(chains, Arc::new(state), position))
            }
        }
    }

    fn of(state: Arc<ChainState>) -> Self {
        Self { state, entry: ChainEntry::START, records: Vec::new() }
    }

    fn place(&mut self, position: Position) -> ChainEntry {
        let statement = self.state.head;
        self.entry = self.entry.next(&statement, &position);
        self.entry.recalled = self.state.is_recalled();
        self.records.push(LoggedRecord { statement, position });
        self.entry
    }

    /// The record of this sequence.
    pub fn record(&self, sequence: u64) -> Option<&LoggedRecord> {
        self.records.get(usize::try_from(sequence).ok()?)
    }

    /// Whether a statement is one of its records.
    pub fn holds(&self, statement: &Statement) -> bool {
        self.record(statement.record.sequence).is_some_and(|record| record.statement == statement.id)
    }

    /// From now on only an authority appends.
    pub fn fork(&mut self) -> ChainEntry {
        Arc::make_mut(&mut self.state).forked = true;
        self.entry.forked = true;
        self.entry
    }
}
