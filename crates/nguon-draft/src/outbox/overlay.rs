//! What waits, laid over what the server has: which entries still follow the heads, and which do not.

use crate::sorted::{Map, Set};
use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;
use nguon_core::state::ChainState;

use super::{Entry, EntryId, Outbox, Stage};
use crate::book::Book;
use crate::prepare::Kept;

/// The chains with these records at their ends; an error if one does not follow.
pub(super) fn after(records: &[Kept], book: &Book) -> Result<Vec<Arc<ChainState>>, Fault> {
    let mut over: Map<ChainId, Arc<ChainState>> = Map::new();
    for kept in records {
        let stored = book.stored(&kept.chain).is_some_and(|stored| stored.ids.contains(&kept.statement));
        // A giver may have sent what it handed over.
        if stored && !kept.own {
            continue;
        }
        let signed = SignedRecord::from_bytes(kept.record.0.clone())?;
        let statement = Statement::decode(signed, book.deployment())?;
        let chain = statement.chain();
        let state = over.get(&chain).cloned().or_else(|| book.chain(&chain));
        let next = match (statement.record.sequence, state) {
            (0, None) => ChainState::begin(&statement.record, statement.id)?,
            (0, Some(_)) => return Err(Fault::WrongSequence { expected: 1, found: 0 }),
            // What a giver let go on a chain that is not known here: the server judges it.
            (_, None) if !kept.own => continue,
            (_, None) => return Err(Fault::MissingChain(chain)),
            (_, Some(mut state)) => {
                Arc::make_mut(&mut state).advance(&statement.record, statement.id, &statement.mark(kept.position()))?;
                Arc::unwrap_or_clone(state)
            }
        };
        over.insert(chain, Arc::new(next));
    }
    Ok(over.into_values().collect())
}

impl Outbox {
    /// Lays everything that waits over the book, and finds out what has to be signed again. To be called once the outbox was
    /// restored; all else that changes either calls it.
    pub fn lay(&mut self, book: &mut Book) {
        self.settle(book);
        self.lay_until(book, None);
    }

    /// The same up to an entry, and without it.
    pub(super) fn lay_until(&mut self, book: &mut Book, end: Option<EntryId>) {
        book.clear();
        let waiting: Vec<EntryId> = self.entries.values().filter(|entry| entry.waits()).map(|entry| entry.id).collect();
        for id in waiting {
            if Some(id) == end {
                return;
            }
            let Some(entry) = self.entries.get_mut(&id) else { continue };
            // By the names that they have now: what begins a chain may have been signed again by another key.
            let now = |chain: ChainId| self.state.renamed.get(&chain).copied().unwrap_or(chain);
            let writes: Vec<ChainId> = entry.writes().into_iter().map(now).collect();
            let held = writes.iter().any(|chain| book.held_by(chain).is_some());
            // One that the server may have is asked for again before it is signed by another key.
            let revoked = !entry.in_doubt && has_revoked_key(entry, book);
            let stands = !entry.records.is_empty() && !held && !revoked;
            let fitting = if stands { after(&entry.records, book).ok() } else { None };
            entry.fits = fitting.is_some();
            match fitting {
                Some(states) => book.lay(states, &entry.records),
                None => {
                    writes.into_iter().for_each(|chain| book.hold(chain, id));
                    // Where another record stands the server cannot have it.
                    if std::mem::take(&mut entry.in_doubt) {
                        self.changed.insert(id);
                    }
                }
            }
        }
    }

    /// Entries whose records are in what was fetched have arrived, whatever became of the answer.
    fn settle(&mut self, book: &Book) {
        let mut stored: Vec<StatementId> = Vec::new();
        for entry in self.entries.values_mut().filter(|entry| entry.waits()) {
            let there =
                |kept: &Kept| book.stored(&kept.chain).is_some_and(|stored| stored.ids.contains(&kept.statement));
            // All or nothing: one of them tells of all.
            if entry.records.iter().any(|kept| kept.own && there(kept)) {
                (entry.stage, entry.in_doubt, entry.races) = (Stage::Sent, false, 0);
                entry.counted = !entry.decoded().iter().any(|record| crate::book::is_timed(&record.event));
                stored.extend(entry.records.iter().map(|kept| kept.statement));
                self.changed.insert(entry.id);
            }
        }
        if !stored.is_empty() {
            self.state.journal.stored(&stored);
            self.state_changed = true;
        }
    }

    /// The entries that have to wait for an earlier one, and for which: it was refused or has to be signed, and they add to
    /// one of its chains or name one.
    #[must_use]
    pub fn held_back(&self) -> Map<EntryId, EntryId> {
        let (mut held, mut chains): (Map<EntryId, EntryId>, Map<ChainId, EntryId>) = Default::default();
        for entry in self.entries.values().filter(|entry| entry.waits()) {
            let touched: Set<ChainId> = touches(entry).collect();
            let before = touched.iter().filter_map(|chain| chains.get(chain)).min().copied();
            if let Some(before) = before {
                held.insert(entry.id, before);
            }
            let stuck =
                before.or_else(|| (matches!(entry.stage, Stage::Refused(_)) || !entry.fits).then_some(entry.id));
            if let Some(stuck) = stuck {
                entry.writes().into_iter().for_each(|chain| {
                    chains.or_insert(chain, stuck);
                });
            }
        }
        held
    }
}

fn has_revoked_key(entry: &Entry, book: &Book) -> bool {
    let own = entry.records.iter().zip(entry.signed_records()).filter(|(kept, _)| kept.own);
    own.into_iter().any(|(_, signed)| {
        let record = Record::from_payload(signed.payload()).ok();
        record.is_some_and(|record| book.is_revoked(&record, &signed.key_id()))
    })
}

/// The chains that an entry adds to or names.
pub(super) fn touches(entry: &Entry) -> impl Iterator<Item = ChainId> {
    entry.writes().into_iter().chain(entry.draft.chains())
}
