//! Chains in memory: build, admit and bundle without a server. Tests, tools and first programs start here.
//!
//! A ledger whose trust root names a log can keep one too ([`Ledger::logged`]): records get positions, checkpoints are
//! closed, signed and cosigned, and bundles carry their proofs.

mod bundle;
mod checkpoint;
mod error;
mod log;
mod pen;

pub use checkpoint::{Cosigner, LedgerCheckpoint};
pub use error::LedgerError;
pub use pen::{Pen, begin_record, next_record};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::admit::{Admission, Statement, admit};
use crate::envelope::SignedRecord;
use crate::event::Event;
use crate::fault::Fault;
use crate::fork::equivocation;
use crate::ids::{ChainId, Nonce, StatementId};
use crate::judge::Chains;
use crate::opening::Opening;
use crate::record::Record;
use crate::state::ChainState;
use crate::trust::{Roots, TrustRoot};
use log::Log;

/// A trust root, the chains under it, and the openings of their fields.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// All versions, where there is no log to hold them.
    roots: Roots,
    chains: BTreeMap<ChainId, Chain>,
    openings: BTreeMap<StatementId, Vec<Opening>>,
    log: Option<Log>,
}

#[derive(Debug, Clone)]
struct Chain {
    records: Vec<SignedRecord>,
    state: Arc<ChainState>,
}

impl Chains for Ledger {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).map(|chain| chain.state.clone())
    }
}

impl Ledger {
    /// An empty ledger under a trust root, without a log.
    #[must_use]
    pub fn new(trust: TrustRoot) -> Self {
        Self { roots: Roots::new(trust), chains: BTreeMap::new(), openings: BTreeMap::new(), log: None }
    }

    /// The trust root, version 1: what a reader pins.
    #[must_use]
    pub fn trust(&self) -> &TrustRoot {
        self.roots().first()
    }

    /// All versions of the trust root.
    #[must_use]
    pub fn roots(&self) -> &Roots {
        self.log.as_ref().map_or(&self.roots, |log| log.replay.roots())
    }

    /// Begins a chain; its id is the new record's.
    pub fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>, nonce: Nonce) -> Result<ChainId, LedgerError> {
        let record = begin_record(pen, event.into(), nonce);
        self.admit(SignedRecord::sign(&record, pen.key, self.roots().deployment())?).map(ChainId::of_first)
    }

    /// Adds the next record to a chain.
    pub fn append(
        &mut self,
        pen: &Pen<'_>,
        chain: ChainId,
        event: impl Into<Event>,
    ) -> Result<StatementId, LedgerError> {
        let state = self.chain(&chain).ok_or(LedgerError::NoSuchChain(chain))?;
        let record = next_record(pen, event.into(), &state);
        self.admit(SignedRecord::sign(&record, pen.key, self.roots().deployment())?)
    }

    /// Admits a record signed elsewhere. One that is there already is taken as it is. With a log, one whose signer has
    /// signed another history of its chain is refused, and the log keeps the evidence.
    pub fn admit(&mut self, signed: SignedRecord) -> Result<StatementId, LedgerError> {
        let statement = Statement::decode(signed, self.roots().deployment())?;
        let rival = self.record_at(&statement.chain(), statement.record.sequence)?;
        if rival.as_ref().is_some_and(|rival| rival.id == statement.id) {
            return Ok(statement.id);
        }
        let admitted = match &mut self.log {
            Some(log) => log.take_record(&statement, true).map_err(LedgerError::from),
            None => match admit(&statement, &self.roots, self, None) {
                Admission::Accepted(state) => return Ok(self.keep(state, statement)),
                Admission::Conflict(head) => Err(LedgerError::Conflict(head)),
                Admission::Rejected(fault) => Err(fault.into()),
            },
        };
        if let (Err(LedgerError::Conflict(_)), Some(rival), Some(log)) = (&admitted, &rival, &mut self.log)
            && let Some(evidence) = equivocation(rival, &statement)
        {
            log.take_fork(&evidence)?;
            let state = log.replay.chain(&evidence.chain());
            if let Some((chain, state)) = self.chains.get_mut(&evidence.chain()).zip(state) {
                chain.state = state;
            }
        }
        admitted.map(|()| self.keep_logged(statement))
    }

    /// What an operator does who does not care for rules: logs a record that nobody has judged, as long as it fits its
    /// chain; a label or place code that is taken stays its first owner's. Readers and map auditors find it.
    pub fn log_unjudged(&mut self, signed: SignedRecord) -> Result<StatementId, LedgerError> {
        let statement = Statement::decode(signed, self.roots().deployment())?;
        self.log.as_mut().ok_or(LedgerError::NoLog)?.take_record(&statement, false)?;
        Ok(self.keep_logged(statement))
    }

    /// Keeps a record that the log has taken.
    fn keep_logged(&mut self, statement: Statement) -> StatementId {
        match self.log.as_ref().and_then(|log| log.replay.chain(&statement.chain())) {
            Some(state) => self.keep(state, statement),
            None => statement.id,
        }
    }

    fn keep(&mut self, state: Arc<ChainState>, statement: Statement) -> StatementId {
        let chain = self.chains.entry(state.id).or_insert_with(|| Chain { records: Vec::new(), state: state.clone() });
        chain.state = state;
        chain.records.push(statement.signed);
        statement.id
    }

    /// The record of a chain with this sequence.
    fn record_at(&self, chain: &ChainId, sequence: u64) -> Result<Option<Statement>, LedgerError> {
        let record = usize::try_from(sequence).ok().and_then(|at| self.records(chain).get(at));
        Ok(record.map(|record| Statement::decode(record.clone(), self.roots().deployment())).transpose()?)
    }

    /// Keeps an opening of a record that is there.
    pub fn open(&mut self, opening: Opening) -> Result<(), LedgerError> {
        let deployment = self.roots().deployment();
        let records = self.chains.values().flat_map(|chain| &chain.records);
        let found = records.into_iter().find(|record| record.statement_id(deployment) == opening.record);
        let stray = LedgerError::Rejected(Fault::StrayOpening);
        let record = Record::from_payload(found.ok_or(stray)?.payload()).map_err(Fault::from)?;
        opening.check(&record)?;
        self.openings.entry(opening.record).or_default().push(opening);
        Ok(())
    }

    /// The records of a chain, oldest first.
    #[must_use]
    pub fn records(&self, chain: &ChainId) -> &[SignedRecord] {
        self.chains.get(chain).map_or(&[], |chain| &chain.records)
    }
}
