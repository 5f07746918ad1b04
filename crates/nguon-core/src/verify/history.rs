//! What a verified bundle says, for those who show it.

use crate::admit::Statement;
use crate::ids::{ChainId, StatementId, hash};
use crate::index::Index;
use crate::opening::{FieldValue, Opening};
use crate::record::{Record, Signer};
use crate::state::{ChainState, Revocation};

/// A record whose signature, place in its chain and permission have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedRecord {
    pub(super) statement: Statement,
    pub(super) revoked: Option<Revocation>,
}

impl VerifiedRecord {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> StatementId {
        self.statement.id
    }

    /// What it says.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.statement.record
    }

    /// As it was signed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.statement.signed.as_bytes()
    }

    /// The key that signed it.
    #[must_use]
    pub fn key_id(&self) -> crate::ids::KeyId {
        self.statement.key_id()
    }

    /// The revocation of the key that signed it, if it was revoked.
    #[must_use]
    pub const fn revoked(&self) -> Option<&Revocation> {
        self.revoked.as_ref()
    }
}

/// A chain of which every record has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedChain {
    pub(super) state: std::sync::Arc<ChainState>,
    pub(super) records: Vec<VerifiedRecord>,
}

impl VerifiedChain {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ChainId {
        self.state.id
    }

    /// What its records add up to.
    #[must_use]
    pub fn state(&self) -> &ChainState {
        &self.state
    }

    /// Its records, oldest first.
    #[must_use]
    pub fn records(&self) -> &[VerifiedRecord] {
        &self.records
    }
}

/// An opened field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// What was signed.
    Value(FieldValue),
    /// The opening was not given, or has been erased.
    Withheld,
}

impl Opened {
    /// The words, if there are any.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Value(FieldValue::Text(text)) = self { Some(text) } else { None }
    }
}

/// The verified chains of a bundle, with what was opened. A chain in which a rule is broken is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    pub(super) own: ChainId,
    pub(super) chains: Vec<VerifiedChain>,
    pub(super) index: Index,
    pub(super) openings: Openings,
}

/// Openings by record and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Openings {
    items: Vec<Opening>,
    index: Index,
}

impl Openings {
    /// Adds an opening; `false` if there is one of the same field.
    pub(super) fn insert(&mut self, opening: Opening) -> bool {
        let fresh = self.index.insert(&name_of(&opening.record, &opening.path), self.items.len());
        if fresh {
            self.items.push(opening);
        }
        fresh
    }

    pub(super) fn get(&self, record: &StatementId, path: &str) -> Option<&Opening> {
        self.items.get(self.index.get(&name_of(record, path))?)
    }
}

fn name_of(record: &StatementId, path: &str) -> [u8; 32] {
    hash(&[record.as_bytes(), path.as_bytes()])
}

impl History {
    /// The batch this bundle is about.
    #[must_use]
    pub const fn batch(&self) -> ChainId {
        self.own
    }

    /// A chain, if it has been verified.
    #[must_use]
    pub fn chain(&self, id: &ChainId) -> Option<&VerifiedChain> {
        self.chains.get(self.index.get(id)?)
    }

    /// All verified chains.
    pub fn chains(&self) -> impl Iterator<Item = &VerifiedChain> {
        self.chains.iter()
    }

    /// The value of a salted field, `event/field`.
    #[must_use]
    pub fn opened(&self, record: &StatementId, path: &str) -> Opened {
        let opening = self.openings.get(record, path);
        let value = opening.and_then(|opening| opening.value.as_ref());
        value.and_then(|value| FieldValue::from_bytes(&value.0)).map_or(Opened::Withheld, Opened::Value)
    }

    /// The name of an actor, if it is opened.
    #[must_use]
    pub fn name_of(&self, actor: &ChainId) -> Opened {
        let first = self.chain(actor).and_then(|chain| chain.records().first());
        first.map_or(Opened::Withheld, |record| self.opened(&record.id(), "enrolled/name"))
    }

    /// How many signatures by how many signers hold.
    #[must_use]
    pub fn signature_count(&self) -> (usize, usize) {
        let mut signers = Index::default();
        let mut count = 0;
        for record in self.chains().flat_map(VerifiedChain::records) {
            count += 1;
            match record.record().signer {
                Signer::Actor(actor) => signers.insert(&actor, 0),
                Signer::Authority(authority) => signers.insert(&authority, 0),
            };
        }
        (count, signers.len())
    }
}
