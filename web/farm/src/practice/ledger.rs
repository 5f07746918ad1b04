//! Chains in memory, admitted by the code that servers admit by (`nguon_core::admit`). As `nguon_core::ledger::Ledger` without
//! what a log needs, which a page need not carry.

use std::collections::BTreeMap;
use std::sync::Arc;

use nguon_core::admit::{Admission, Head, Statement, admit};
use nguon_core::envelope::{Deployment, SignError, SignedRecord};
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::judge::Chains;
use nguon_core::state::ChainState;
use nguon_core::trust::{Roots, TrustRoot};

/// Why a record is not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAdmitted {
    /// Another record stands in its place
    #[error("another record stands in its place")]
    Conflict(Head),
    /// It breaks a rule
    #[error("{0}")]
    Rejected(Box<Fault>),
    /// It cannot be signed
    #[error("it cannot be signed")]
    Unsigned,
}

impl NotAdmitted {
    pub(super) fn no_chain(chain: ChainId) -> Self {
        Fault::MissingChain(chain).into()
    }

    pub(super) fn of_signing(_: SignError) -> Self {
        Self::Unsigned
    }
}

impl From<Fault> for NotAdmitted {
    fn from(fault: Fault) -> Self {
        Self::Rejected(Box::new(fault))
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Its statement
    pub statement: StatementId,
    /// Its chain
    pub chain: ChainId,
    /// Its place there
    pub sequence: u64,
    /// Whether it was not there before
    pub is_new: bool,
}

/// A trust root, and the chains under it.
#[derive(Clone)]
pub struct Ledger {
    roots: Roots,
    chains: BTreeMap<ChainId, (Vec<SignedRecord>, Arc<ChainState>)>,
}

impl Chains for Ledger {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).map(|(_, state)| state.clone())
    }
}

impl Ledger {
    /// An empty ledger under a trust root.
    #[must_use]
    pub const fn new(roots: Roots) -> Self {
        Self { roots, chains: BTreeMap::new() }
    }

    /// The trust root.
    #[must_use]
    pub fn trust(&self) -> &TrustRoot {
        self.roots.first()
    }

    /// What every signature covers.
    #[must_use]
    pub fn deployment(&self) -> &Deployment {
        self.roots.deployment()
    }

    /// The records of a chain, oldest first.
    #[must_use]
    pub fn records(&self, chain: &ChainId) -> &[SignedRecord] {
        self.chains.get(chain).map_or(&[], |(records, _)| records)
    }

    /// Admits a record; one that is there already is taken as it is.
    ///
    /// # Errors
    /// Why it is not admitted.
    pub fn admit(&mut self, signed: SignedRecord) -> Result<Admitted, NotAdmitted> {
        let statement = Statement::decode(signed, self.deployment())?;
        let (chain, sequence) = (statement.chain(), statement.record.sequence);
        let known = usize::try_from(sequence).ok().and_then(|at| self.records(&chain).get(at));
        if known.is_some_and(|known| known.statement_id(self.deployment()) == statement.id) {
            return Ok(Admitted { statement: statement.id, chain, sequence, is_new: false });
        }
        let state = match admit(&statement, &self.roots, self, None) {
            Admission::Accepted(state) => state,
            Admission::Conflict(head) => return Err(NotAdmitted::Conflict(head)),
            Admission::Rejected(fault) => return Err(fault.into()),
        };
        let kept = self.chains.entry(chain).or_insert_with(|| (Vec::new(), state.clone()));
        kept.0.push(statement.signed);
        kept.1 = state;
        Ok(Admitted { statement: statement.id, chain, sequence, is_new: true })
    }
}
