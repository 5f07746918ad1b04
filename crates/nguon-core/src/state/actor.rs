//! An actor's state: role, scope, keys.

use crate::event::{Enrolled, Event, RevocationReason, Role, Scope};
use crate::fault::Fault;
use crate::ids::{KeyId, PublicKeyBytes};
use crate::key::PublicKey;
use crate::record::Signer;
use crate::values::Time;

/// What an actor is and may do, and with which keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorState {
    /// What it is.
    pub role: Role,
    /// What it may do, oldest first, each with the sequence from which on.
    pub scopes: Vec<(u64, Scope)>,
    /// Who enrolled it.
    pub enrolled_by: Signer,
    /// Its keys, revoked ones too, in the order they came.
    pub keys: Vec<KeyState>,
    /// Sequence from which on it acts no more.
    pub retired: Option<u64>,
}

/// One key of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyState {
    /// The key.
    pub key: PublicKey,
    /// Sequence of the record that added it.
    pub since: u64,
    /// Its revocation, if it was revoked.
    pub revoked: Option<Revocation>,
}

/// A key's revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revocation {
    /// Sequence of the record.
    pub sequence: u64,
    /// Why.
    pub reason: RevocationReason,
    /// From when on its records are in doubt, by the registrar's word.
    pub suspect_since: Option<Time>,
}

impl ActorState {
    pub(super) fn begin(event: &Enrolled, enrolled_by: Signer) -> Result<Self, Fault> {
        check_scope(&event.scope)?;
        let scopes = vec![(0, event.scope.clone())];
        let mut actor = Self { role: event.role, scopes, enrolled_by, keys: Vec::new(), retired: None };
        if let Some(key) = &event.key {
            actor.add(key, 0)?;
        }
        Ok(actor)
    }

    pub(super) fn advance(&mut self, event: &Event, sequence: u64) -> Result<(), Fault> {
        if self.retired.is_some() {
            return Err(Fault::Field { field: "event", rule: crate::said("the actor has retired") });
        }
        match event {
            Event::ScopeChanged(event) => {
                check_scope(&event.scope)?;
                self.scopes.push((sequence, event.scope.clone()));
                Ok(())
            }
            Event::Retired(_) => {
                self.retire(sequence);
                Ok(())
            }
            Event::KeyAdded(event) => self.add(&event.key, sequence),
            Event::KeyRevoked(event) => {
                let revocation = Revocation { sequence, reason: event.reason, suspect_since: event.suspect_since };
                self.revoke(&event.key, revocation)
            }
            Event::Enrolled(_) => Err(Fault::FirstAgain(event.name())),
            other => Err(Fault::NotPermitted { event: other.name(), chain: crate::permission::ChainSort::Actor }),
        }
    }

    /// What it may do by now.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        let (_, newest) = &self.scopes[self.scopes.len() - 1];
        newest
    }

    /// No key counts any more, and none comes.
    fn retire(&mut self, sequence: u64) {
        let revocation = Revocation { sequence, reason: RevocationReason::Left, suspect_since: None };
        for key in self.keys.iter_mut().filter(|key| key.revoked.is_none()) {
            key.revoked = Some(revocation);
        }
        self.retired = Some(sequence);
    }

    /// The key of this id, revoked or not.
    #[must_use]
    pub fn key(&self, id: &KeyId) -> Option<&KeyState> {
        self.keys.iter().find(|state| state.key.id() == *id)
    }

    /// Whether it can sign by itself now.
    #[must_use]
    pub fn has_active_key(&self) -> bool {
        self.keys.iter().any(|state| state.revoked.is_none())
    }

    /// Whether there has been a time at which it had no active key.
    #[must_use]
    pub fn was_ever_without_key(&self) -> bool {
        let active_after = |sequence: u64| {
            let stands = |state: &KeyState| {
                state.since <= sequence && state.revoked.is_none_or(|revoked| revoked.sequence > sequence)
            };
            self.keys.iter().any(stands)
        };
        let revocations = self.keys.iter().filter_map(|state| state.revoked).map(|revoked| revoked.sequence);
        std::iter::once(0).chain(revocations).any(|sequence| !active_after(sequence))
    }

    fn add(&mut self, key: &PublicKeyBytes, since: u64) -> Result<(), Fault> {
        let key = PublicKey::from_bytes(key)?;
        if self.key(&key.id()).is_some() {
            return Err(Fault::KeyTwice(key.id()));
        }
        self.keys.push(KeyState { key, since, revoked: None });
        Ok(())
    }

    fn revoke(&mut self, id: &KeyId, revocation: Revocation) -> Result<(), Fault> {
        let unknown = Fault::Field { field: "key", rule: crate::said("is not a key of this actor") };
        let state = self.keys.iter_mut().find(|state| state.key.id() == *id).ok_or(unknown)?;
        if state.revoked.is_some() {
            return Err(Fault::Field { field: "key", rule: crate::said("has been revoked already") });
        }
        state.revoked = Some(revocation);
        Ok(())
    }
}

fn check_scope(scope: &Scope) -> Result<(), Fault> {
    match (scope.from, scope.until) {
        (Some(from), Some(until)) if until <= from => {
            Err(Fault::Field { field: "scope.until", rule: crate::said("must be later than scope.from") })
        }
        _ => Ok(()),
    }
}
