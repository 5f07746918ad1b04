//! Chains in memory: build, admit and bundle without a server. Tests, tools and first programs start here.

use std::collections::BTreeMap;
use std::sync::Arc;

use ed25519_dalek::SigningKey;

use crate::admit::{Admission, Head, Statement, admit};
use crate::bytes::ByteString;
use crate::envelope::{SignError, SignedRecord};
use crate::event::Event;
use crate::fault::Fault;
use crate::ids::{ChainId, Nonce, StatementId};
use crate::judge::Chains;
use crate::opening::Opening;
use crate::record::{Record, Signer, VERSION};
use crate::state::ChainState;
use crate::trust::TrustRoot;
use crate::values::{Time, UtcOffset};
use crate::verify::{Bundle, closure};

/// A trust root, the chains under it, and the openings of their fields.
#[derive(Debug, Clone)]
pub struct Ledger {
    trust: TrustRoot,
    chains: BTreeMap<ChainId, Chain>,
    openings: BTreeMap<StatementId, Vec<Opening>>,
}

#[derive(Debug, Clone)]
struct Chain {
    records: Vec<SignedRecord>,
    state: Arc<ChainState>,
}

/// Somebody who signs, at some time.
#[derive(Debug, Clone, Copy)]
pub struct Pen<'a> {
    /// As whom.
    pub signer: Signer,
    /// With which key.
    pub key: &'a SigningKey,
    /// For which household, if not for itself.
    pub on_behalf_of: Option<ChainId>,
    /// When, by the signer's clock.
    pub signed_at: Time,
    /// Minutes east of UTC.
    pub utc_offset: UtcOffset,
}

impl<'a> Pen<'a> {
    /// An actor or authority that signs for itself, its clock at UTC.
    pub fn new(signer: impl Into<Signer>, key: &'a SigningKey, signed_at: Time) -> Self {
        Self { signer: signer.into(), key, on_behalf_of: None, signed_at, utc_offset: UtcOffset::UTC }
    }

    /// The same at another time.
    #[must_use]
    pub const fn at(self, signed_at: Time) -> Self {
        Self { signed_at, ..self }
    }

    /// The same with its clock so many minutes east of UTC.
    #[must_use]
    pub const fn east(self, utc_offset: UtcOffset) -> Self {
        Self { utc_offset, ..self }
    }

    /// The same signing for a household without a key.
    #[must_use]
    pub const fn on_behalf_of(self, household: ChainId) -> Self {
        Self { on_behalf_of: Some(household), ..self }
    }
}

/// Why a record was not added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// It could not be encoded or signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// Another record stands where it wants to stand.
    #[error("the chain has gone on to sequence {}", .0.sequence)]
    Conflict(Head),
    /// It breaks a rule.
    #[error(transparent)]
    Rejected(#[from] Fault),
    /// An opening that is not of this record.
    #[error(transparent)]
    Opening(#[from] crate::opening::OpeningError),
    /// No such chain.
    #[error("there is no chain {0}")]
    NoSuchChain(ChainId),
}

impl Chains for Ledger {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).map(|chain| chain.state.clone())
    }
}

impl Ledger {
    /// An empty ledger under a trust root.
    #[must_use]
    pub const fn new(trust: TrustRoot) -> Self {
        Self { trust, chains: BTreeMap::new(), openings: BTreeMap::new() }
    }

    /// The trust root.
    #[must_use]
    pub const fn trust(&self) -> &TrustRoot {
        &self.trust
    }

    /// Begins a chain; its id is the new record's.
    pub fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>, nonce: Nonce) -> Result<ChainId, LedgerError> {
        let record = begin_record(pen, event.into(), nonce);
        self.admit(SignedRecord::sign(&record, pen.key, self.trust.deployment())?).map(ChainId::of_first)
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
        self.admit(SignedRecord::sign(&record, pen.key, self.trust.deployment())?)
    }

    /// Admits a record signed elsewhere. One that is there already is taken as it is.
    pub fn admit(&mut self, signed: SignedRecord) -> Result<StatementId, LedgerError> {
        let statement = Statement::decode(signed, &self.trust)?;
        let id = statement.chain();
        let known = self.chains.get(&id).is_some_and(|chain| {
            let deployment = self.trust.deployment();
            chain.records.iter().any(|record| record.statement_id(deployment) == statement.id)
        });
        if known {
            return Ok(statement.id);
        }
        match admit(&statement, &self.trust, self) {
            Admission::Accepted(state) => {
                let chain =
                    self.chains.entry(id).or_insert_with(|| Chain { records: Vec::new(), state: state.clone() });
                chain.state = state;
                chain.records.push(statement.signed);
                Ok(statement.id)
            }
            Admission::Conflict(head) => Err(LedgerError::Conflict(head)),
            Admission::Rejected(fault) => Err(fault.into()),
        }
    }

    /// Keeps an opening of a record that is there.
    pub fn open(&mut self, opening: Opening) -> Result<(), LedgerError> {
        let deployment = self.trust.deployment();
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

    /// The bundle of a batch: its chain and every chain it needs, with the openings kept.
    pub fn bundle(&self, batch: ChainId) -> Result<Bundle, LedgerError> {
        let references = |chain: &ChainId| -> Result<Option<Vec<ChainId>>, LedgerError> {
            let Some(chain) = self.chains.get(chain) else { return Ok(None) };
            let mut found = Vec::new();
            for record in &chain.records {
                found.extend(Record::from_payload(record.payload()).map_err(Fault::from)?.references());
            }
            Ok(Some(found))
        };
        let needed = closure(batch, references)?;
        if !needed.chains.contains(&batch) {
            return Err(LedgerError::NoSuchChain(batch));
        }
        let others = needed.chains.into_iter().filter(|chain| *chain != batch);
        let mut chains = Vec::new();
        let mut openings = Vec::new();
        for chain in std::iter::once(batch).chain(others) {
            let records = self.records(&chain);
            chains.push(records.iter().map(|record| ByteString(record.as_bytes().to_vec())).collect());
            let ids = records.iter().map(|record| record.statement_id(self.trust.deployment()));
            openings.extend(ids.filter_map(|id| self.openings.get(&id)).flatten().cloned());
        }
        Ok(Bundle::new(vec![self.trust.signed().clone()], chains, openings))
    }
}

/// The first record of a chain, ready to be signed.
#[must_use]
pub fn begin_record(pen: &Pen<'_>, event: Event, nonce: Nonce) -> Record {
    Record { nonce: Some(nonce), ..record(pen, event) }
}

/// The record that follows a chain's head, ready to be signed.
#[must_use]
pub fn next_record(pen: &Pen<'_>, event: Event, chain: &ChainState) -> Record {
    Record {
        kind: chain.sort().kind(),
        chain: Some(chain.id),
        sequence: chain.sequence + 1,
        previous: Some(chain.head),
        ..record(pen, event)
    }
}

fn record(pen: &Pen<'_>, event: Event) -> Record {
    Record {
        version: VERSION,
        kind: event.begins().unwrap_or(crate::record::ChainKind::Batch),
        chain: None,
        sequence: 0,
        previous: None,
        signer: pen.signer,
        on_behalf_of: pen.on_behalf_of,
        signed_at: pen.signed_at,
        utc_offset: pen.utc_offset,
        anchor: None,
        replaces: None,
        event,
        attachments: None,
        nonce: None,
    }
}
