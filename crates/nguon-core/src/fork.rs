//! Evidence that somebody signed two histories: two records by one key, on one chain, after the same record.
//!
//! ```text
//! 82 ‖ COSE_Sign1 ‖ COSE_Sign1
//! ```
//!
//! A CBOR array of the two records as they were signed, tag 18 and all, by ascending statement id. It convinces anybody
//! who knows the deployment and the signer's key, whoever passes it on.

use crate::admit::Statement;
use crate::cbor::{self, Major};
use crate::envelope::{Deployment, SignedRecord};
use crate::event::Event;
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId, StatementId, hash};
use crate::key::PublicKey;

/// An array of two.
const PAIR: u8 = 0x82;
/// Tag 18, COSE_Sign1, and its array of four.
const SIGN1: [u8; 2] = [0xd2, 0x84];

/// Why bytes are no evidence of a fork.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// Not an array of two envelopes, or bytes follow it.
    #[error("the evidence is not a CBOR array of two COSE_Sign1")]
    Shape,
    /// One of the two is not a record.
    #[error("the evidence holds what is no record: {0}")]
    Record(#[from] Fault),
    /// The two stand in the wrong order, or are the same statement.
    #[error("the evidence's records are not two, by ascending statement id")]
    Order,
    /// Not the same key, the same chain and the same record before: nobody signed two histories.
    #[error("the evidence's records do not contradict each other: {0} differs")]
    Compatible(&'static str),
    /// The key is another one.
    #[error("the evidence is signed by key {found}, not by {expected}")]
    OtherKey {
        /// The key asked about.
        expected: KeyId,
        /// The records' key.
        found: KeyId,
    },
    /// A signature does not hold: somebody made the record up.
    #[error("the signature over statement {0} in the evidence does not hold")]
    BadSignature(StatementId),
}

/// Two records that one key signed after the same record of one chain. Whether the signatures hold is for
/// [`Evidence::verify`] to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    statements: [Statement; 2],
}

/// What a record that lost a race proves against its signer: that `offered` and `stored`, which the log holds, are two
/// histories. `None` if it proves nothing: another key, another place, or a record refused once which `stored` replaces.
/// A record that claims to replace one that was logged does prove it.
#[must_use]
pub fn equivocation(stored: &Statement, offered: &Statement) -> Option<Evidence> {
    if replaces(stored, offered) {
        return None;
    }
    let mut statements = [stored.clone(), offered.clone()];
    statements.sort_by_key(|statement| statement.id);
    contradicting(statements).ok()
}

impl Evidence {
    /// Reads what [`Self::to_bytes`] writes, and nothing else.
    pub fn from_bytes(bytes: &[u8], deployment: &Deployment) -> Result<Self, EvidenceError> {
        let (&head, records) = bytes.split_first().ok_or(EvidenceError::Shape)?;
        let length = envelope_length(records).filter(|_| head == PAIR).ok_or(EvidenceError::Shape)?;
        let (first, second) = records.split_at_checked(length).ok_or(EvidenceError::Shape)?;
        let read = |bytes: &[u8]| -> Result<Statement, Fault> {
            Statement::decode(SignedRecord::from_bytes(bytes.to_vec())?, deployment)
        };
        contradicting([read(first)?, read(second)?])
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let [first, second] = self.statements.each_ref().map(|statement| statement.signed.as_bytes());
        [&[PAIR], first, second].concat()
    }

    /// SHA-256 of its bytes: what a fork leaf of the log says.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash(&[&self.to_bytes()])
    }

    /// The two records, by ascending statement id.
    #[must_use]
    pub const fn statements(&self) -> &[Statement; 2] {
        &self.statements
    }

    /// The chain that is forked.
    #[must_use]
    pub fn chain(&self) -> ChainId {
        self.statements[0].chain()
    }

    /// The key that signed both.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        self.statements[0].key_id()
    }

    /// Whether it is a fork, given that the log holds this one of the two: the other was not replaced by it.
    #[must_use]
    pub fn is_fork_of(&self, logged: &StatementId) -> bool {
        let [first, second] = &self.statements;
        match (first.id == *logged, second.id == *logged) {
            (true, _) => !replaces(first, second),
            (_, true) => !replaces(second, first),
            _ => false,
        }
    }

    /// Checks both signatures against the key that the log or the trust root gives for the signer.
    pub fn verify(&self, key: &PublicKey) -> Result<(), EvidenceError> {
        if key.id() != self.key_id() {
            return Err(EvidenceError::OtherKey { expected: key.id(), found: self.key_id() });
        }
        for statement in &self.statements {
            if !statement.is_signed_by(key) {
                return Err(EvidenceError::BadSignature(statement.id));
            }
        }
        Ok(())
    }
}

/// Whether `newer` says that it stands where `older` was refused.
fn replaces(newer: &Statement, older: &Statement) -> bool {
    newer.record.replaces.iter().flatten().any(|id| *id == older.id)
}

/// Two statements in order, by one key, on one chain, after one record.
fn contradicting(statements: [Statement; 2]) -> Result<Evidence, EvidenceError> {
    let [first, second] = &statements;
    if first.id >= second.id {
        return Err(EvidenceError::Order);
    }
    let differs = if first.key_id() != second.key_id() {
        Some("the key")
    } else if first.chain() != second.chain() {
        Some("the chain")
    } else if first.record.previous.is_none() || first.record.previous != second.record.previous {
        Some("the record before")
    } else if [first, second].iter().all(|statement| is_attestation(&statement.record.event)) {
        // Two attestations take nothing from each other, and who may only attest must not be able to block a stranger's lot.
        Some("the attestation")
    } else {
        None
    };
    differs.map_or(Ok(Evidence { statements }), |what| Err(EvidenceError::Compatible(what)))
}

/// What others than the custodian say of a chain, and what changes neither kilograms nor keys.
fn is_attestation(event: &Event) -> bool {
    match event {
        Event::Certified(_) | Event::Inspected(_) | Event::LabResult(_) | Event::Cooled(_) | Event::Treated(_) => true,
        // A part of a lot, by the part's owner.
        Event::Recalled(event) => event.consignment.is_some(),
        Event::Corrected(event) => is_attestation(&event.event),
        _ => false,
    }
}

/// How many bytes the envelope at the beginning takes: its four parts one after the other. Whether it is the permitted
/// envelope is for [`SignedRecord::from_bytes`] to say.
fn envelope_length(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(&SIGN1) {
        return None;
    }
    (0..4).try_fold(SIGN1.len(), |at, _| {
        let part = cbor::head(bytes, at).ok()?;
        match part.major {
            Major::Bytes => part.content.checked_add(usize::try_from(part.argument).ok()?),
            Major::Map if part.argument == 0 => Some(part.content),
            _ => None,
        }
    })
}
