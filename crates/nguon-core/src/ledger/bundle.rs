//! Bundles of a ledger, and what its log proves about them.

use super::log::Log;
use std::sync::Arc;

use super::{Chain, Ledger, LedgerError};
use crate::bytes::ByteString;
use crate::envelope::SignedRecord;
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::judge::Chains as _;
use crate::log::{ChainEntry, Position, label_key, root_key};
use crate::record::Record;
use crate::replay::LoggedRecord;
use crate::state::ChainState;
use crate::trust::SignedRoot;
use crate::values::Label;
use crate::verify::{Absence, Bundle, ChainProof, Proof, Skipped, closure, proven_keys};

/// The version of proofs.
const VERSION: u64 = 1;

/// What of the chains goes into a bundle.
#[derive(Clone, Copy)]
struct Cut<'a> {
    /// Records whose leaves stand below this index.
    size: u64,
    /// How many records after the first are left out of which place.
    skips: &'a [(ChainId, u64)],
}

impl Cut<'_> {
    const WHOLE: Self = Self { size: u64::MAX, skips: &[] };

    fn skipped(&self, chain: &ChainId) -> usize {
        let found = self.skips.iter().find(|(place, _)| place == chain);
        found.map_or(0, |(_, count)| usize::try_from(*count).unwrap_or(usize::MAX))
    }

    /// The first, and those after what is left out.
    fn of<'a, T>(&self, chain: &ChainId, records: &'a [T]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let skipped = self.skipped(chain);
        records.iter().enumerate().filter(move |(at, _)| *at == 0 || *at > skipped).map(|(_, record)| record)
    }
}

impl Ledger {
    /// The bundle of a batch: its chain and every chain it needs, with the openings kept. With a log it is that of the
    /// newest checkpoint; before the first one it has all records and no proof.
    pub fn bundle(&self, batch: ChainId) -> Result<Bundle, LedgerError> {
        match self.checkpoints().len().checked_sub(1) {
            Some(newest) => self.bundle_at(batch, newest),
            None => self.cut(batch, Cut::WHOLE).map(|(bundle, _)| bundle),
        }
    }

    /// The bundle of a batch as it was at a checkpoint, counted from 0.
    pub fn bundle_at(&self, batch: ChainId, checkpoint: usize) -> Result<Bundle, LedgerError> {
        self.bundle_skipping(batch, checkpoint, &[])
    }

    /// The same without so many records after the first of some places: earlier seasons, if the next one is an opening.
    pub fn bundle_skipping(
        &self,
        batch: ChainId,
        checkpoint: usize,
        skips: &[(ChainId, u64)],
    ) -> Result<Bundle, LedgerError> {
        let log = self.log.as_ref().ok_or(LedgerError::NoLog)?;
        let checkpoint = log.checkpoint(checkpoint)?;
        let cut = Cut { size: checkpoint.size, skips };
        let (mut bundle, chains) = self.cut(batch, cut)?;
        let states: Vec<Arc<ChainState>> = chains
            .iter()
            .filter_map(|chain| self.chains.get(chain))
            .map(|chain| log.named(chain, checkpoint.size))
            .collect();
        let keys = proven_keys(&batch, states.iter().map(|state| &**state));
        let proof = Proof {
            version: VERSION,
            head: checkpoint.head(),
            map: ByteString(self.map_under(log, checkpoint)?.prove(&keys)),
            roots: log.roots_below(checkpoint.size),
            chains: chains.iter().map(|chain| log.chain_proof(chain, cut)).collect(),
        };
        bundle.proof = Some(ByteString(proof.to_bytes()?));
        Ok(bundle)
    }

    /// Proof that no batch has a label at the newest checkpoint.
    pub fn absence(&self, label: &Label) -> Result<Absence, LedgerError> {
        let log = self.log.as_ref().ok_or(LedgerError::NoLog)?;
        let newest = self.checkpoints().last().ok_or(LedgerError::NoCheckpoint)?;
        Ok(Absence {
            version: VERSION,
            roots: self.roots_below(newest.size),
            places: log.roots_below(newest.size),
            head: newest.head(),
            map: ByteString(self.map_under(log, newest)?.prove(&[label_key(label), root_key()])),
        })
    }

    /// A bundle without proof, and its chains in their order.
    fn cut(&self, batch: ChainId, cut: Cut<'_>) -> Result<(Bundle, Vec<ChainId>), LedgerError> {
        let references = |chain: &ChainId| -> Result<Option<Vec<ChainId>>, LedgerError> {
            let records = self.records_below(chain, cut.size);
            let mut found = Vec::new();
            for record in cut.of(chain, records) {
                found.extend(Record::from_payload(record.payload()).map_err(Fault::from)?.references());
            }
            Ok((!records.is_empty()).then_some(found))
        };
        let needed = closure(batch, references)?;
        if !needed.chains.contains(&batch) {
            return Err(LedgerError::NoSuchChain(batch));
        }
        let others = needed.chains.into_iter().filter(|chain| *chain != batch);
        let ids: Vec<ChainId> = std::iter::once(batch).chain(others).collect();
        let (mut chains, mut openings) = (Vec::new(), Vec::new());
        for chain in &ids {
            let records = || cut.of(chain, self.records_below(chain, cut.size));
            chains.push(records().map(|record| ByteString(record.as_bytes().to_vec())).collect());
            let statements = records().map(|record| record.statement_id(self.roots().deployment()));
            openings.extend(statements.filter_map(|id| self.openings.get(&id)).flatten().cloned());
        }
        Ok((Bundle::new(self.roots_below(cut.size), chains, openings), ids))
    }

    fn records_below(&self, chain: &ChainId, size: u64) -> &[SignedRecord] {
        let records = self.records(chain);
        match &self.log {
            Some(log) => records.get(..log.records_below(chain, size).len()).unwrap_or_default(),
            None => records,
        }
    }

    fn roots_below(&self, size: u64) -> Vec<SignedRoot> {
        let count = self.log.as_ref().map_or(usize::MAX, |log| log.roots_below(size).len());
        self.roots().versions().iter().take(count).map(|root| root.signed().clone()).collect()
    }
}

impl Log {
    /// A chain's state, with the name it had when the log had this size: a later release has not been yet.
    fn named(&self, chain: &Chain, size: u64) -> Arc<ChainState> {
        let mut state = chain.state.clone();
        let released = state.name_released_at().and_then(|at| self.replay.index(&state.id, at));
        if released.is_some_and(|index| index >= size) {
            Arc::make_mut(&mut state).keep_name();
        }
        state
    }

    fn records_below(&self, chain: &ChainId, size: u64) -> &[LoggedRecord] {
        let records = self.replay.records(chain);
        let count = records.partition_point(|record| record.position.index < size);
        records.get(..count).unwrap_or_default()
    }

    fn roots_below(&self, size: u64) -> Vec<Vec<u64>> {
        let below = self.roots.iter().filter(|(index, _)| *index < size);
        below.map(|(index, time)| vec![*index, time.get()]).collect()
    }

    fn chain_proof(&self, chain: &ChainId, cut: Cut<'_>) -> ChainProof {
        let records = self.records_below(chain, cut.size);
        let numbers = |at: Position| [at.index, at.log_time.get(), at.anchor_time.get()];
        let positions = cut.of(chain, records).flat_map(|record| numbers(record.position)).collect();
        let is_forked = self.forks.get(chain).is_some_and(|index| *index < cut.size);
        let skipped = records.get(..=cut.skipped(chain)).filter(|left_out| left_out.len() > 1).map(|left_out| {
            let next = |entry: ChainEntry, record: &LoggedRecord| entry.next(&record.statement, &record.position);
            let entry = left_out.iter().fold(ChainEntry::START, next);
            Skipped { count: entry.count - 1, entry: entry.entry }
        });
        ChainProof { positions, forked: is_forked.then_some(1), skipped }
    }
}
