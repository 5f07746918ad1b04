//! Admission: whether a signed record may be added to what is there. What a server asks before it stores.

use std::sync::Arc;

use crate::envelope::Deployment;
use crate::envelope::SignedRecord;
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId, StatementId};
use crate::judge::{Chains, Judge, Order};
use crate::key::PublicKey;
use crate::log::Position;
use crate::record::Record;
use crate::state::{ChainState, Mark};
use crate::trust::Roots;

/// A record decoded, its id computed, nothing judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// As it was signed.
    pub signed: SignedRecord,
    /// Its payload.
    pub record: Record,
    /// Its id.
    pub id: StatementId,
    deployment: Deployment,
}

impl Statement {
    /// Decodes a signed record.
    pub fn decode(signed: SignedRecord, deployment: &Deployment) -> Result<Self, Fault> {
        let record = Record::from_payload(signed.payload())?;
        let id = signed.statement_id(deployment);
        Ok(Self { signed, record, id, deployment: *deployment })
    }

    /// Reads and decodes bytes.
    pub fn from_bytes(bytes: Vec<u8>, deployment: &Deployment) -> Result<Self, Fault> {
        Self::decode(SignedRecord::from_bytes(bytes)?, deployment)
    }

    /// The chain it belongs to.
    #[must_use]
    pub fn chain(&self) -> ChainId {
        self.record.chain.unwrap_or(ChainId::of_first(self.id))
    }

    /// The key it claims to be signed with.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        self.signed.key_id()
    }

    /// What its chain has to know of it besides the record; `position` is where the log has it.
    #[must_use]
    pub fn mark(&self, position: Option<Position>) -> Mark {
        Mark { key: self.key_id(), position }
    }

    /// The bytes its signature covers.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.signed.to_be_signed(&self.deployment)
    }

    /// Whether its signature holds by this key.
    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.verifies(&self.to_be_signed(), &self.signed.signature())
    }
}

/// A chain's newest record, told to whoever lost a race to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its sequence.
    pub sequence: u64,
    /// Its id.
    pub statement: StatementId,
}

/// What became of a record that was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// It may be added; this is its chain with it.
    Accepted(Arc<ChainState>),
    /// Another record stands where it wants to stand.
    Conflict(Head),
    /// It breaks a rule.
    Rejected(Fault),
}

/// Judges a record as of now; with a log, `position` is where it would stand there. Whether the same statement was
/// accepted before is the store's to know and to ask first.
pub fn admit<C: Chains>(statement: &Statement, trust: &Roots, chains: &C, position: Option<Position>) -> Admission {
    let judge = Judge { trust, chains, order: Order::Now };
    // Signature first: a stranger learns nothing about heads.
    if let Err(fault) = check_signature(statement, &judge) {
        return Admission::Rejected(fault);
    }
    let next = match chains.chain(&statement.chain()) {
        None if statement.record.sequence == 0 => ChainState::begin(&statement.record, statement.id),
        None => Err(Fault::MissingChain(statement.chain())),
        Some(chain) => {
            let record = &statement.record;
            let behind = record.sequence <= chain.sequence
                || (record.sequence == chain.sequence + 1 && record.previous != Some(chain.head));
            if record.chain == Some(chain.id) && behind {
                return Admission::Conflict(Head { sequence: chain.sequence, statement: chain.head });
            }
            let mut next = ChainState::clone(&chain);
            next.advance(record, statement.id, &statement.mark(position)).map(|()| next)
        }
    };
    match next.and_then(|next| judge.judge(&statement.record, &next).map(|()| next)) {
        Ok(next) => Admission::Accepted(Arc::new(next)),
        Err(fault) => Admission::Rejected(fault),
    }
}

fn check_signature<C: Chains>(statement: &Statement, judge: &Judge<'_, C>) -> Result<(), Fault> {
    let found = judge.signing_key(statement.record.signer, &statement.key_id())?;
    if statement.is_signed_by(&found.key) { Ok(()) } else { Err(Fault::BadSignature) }
}
