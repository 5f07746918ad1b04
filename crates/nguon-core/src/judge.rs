//! Whether a record may stand where it stands: signer, permission, scope, custody. One judge for server and verifier.

mod event;
mod sums;

use std::sync::Arc;

use crate::event::{Event, EventName, Role, Scope};
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId};
use crate::key::PublicKey;
use crate::permission::{self, Who};
use crate::record::{Record, Signer};
use crate::state::{ActorState, ChainState, Revocation, Subject};
use crate::trust::Roots;

/// Registrars may stand this many deep below an authority.
pub const MAX_REGISTRARS: usize = 4;

/// Where a judge finds the other chains.
pub trait Chains {
    /// The state of a chain, if it is at hand.
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>>;

    /// Where in the log a record of a chain stands, if that is known. Asked under [`Order::At`] only.
    fn index(&self, _chain: &ChainId, _sequence: u64) -> Option<u64> {
        None
    }
}

/// What is known of the order between chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The other chains are as they are at this moment: a server that accepts.
    Now,
    /// The other chains are whole, and which of their records came first is not known: a verifier without a log.
    Unknown,
    /// The other chains are whole, and what counts of them is what stands in the log before this index: a verifier with
    /// a log.
    At(u64),
}

/// The key that signed, and what has become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningKeyFound {
    /// The key.
    pub key: PublicKey,
    /// Its revocation, if it was revoked.
    pub revoked: Option<Revocation>,
}

/// Judges records against a trust root and the other chains.
pub struct Judge<'a, C: Chains> {
    /// The authorities, in every version of the trust root.
    pub trust: &'a Roots,
    /// The other chains.
    pub chains: &'a C,
    /// What is known of their order.
    pub order: Order,
}

impl<C: Chains> Judge<'_, C> {
    /// The key with which this signer must have signed.
    pub fn signing_key(&self, signer: Signer, key: &KeyId) -> Result<SigningKeyFound, Fault> {
        match signer {
            Signer::Authority(id) => {
                let root = match self.order {
                    Order::Now | Order::Unknown => self.trust.newest(),
                    Order::At(index) => self.trust.at(index),
                };
                let found = root.authority_key(&id, key).copied();
                // Without a log nobody knows which version was in force.
                let any = || self.trust.any_authority_key(&id, key).filter(|_| self.order == Order::Unknown).copied();
                match found.or_else(any) {
                    Some(key) => Ok(SigningKeyFound { key, revoked: None }),
                    None if root.authority(&id).is_none() => Err(Fault::UnknownAuthority(id)),
                    None => Err(Fault::UnknownKey(*key)),
                }
            }
            Signer::Actor(id) => {
                let chain = self.at_hand(&id)?;
                let actor = chain.actor().ok_or(Fault::WrongReference { field: "signer" })?;
                let found = actor.key(key).ok_or(Fault::UnknownKey(*key))?;
                match (self.order, found.revoked) {
                    (Order::Now, Some(_)) => Err(Fault::RevokedKey(*key)),
                    (Order::At(_), revoked)
                        if !self.precedes(&id, found.since)
                            || revoked.is_some_and(|revoked| self.precedes(&id, revoked.sequence)) =>
                    {
                        Err(Fault::KeyNotThen(*key))
                    }
                    (_, revoked) => Ok(SigningKeyFound { key: found.key, revoked }),
                }
            }
        }
    }

    /// Judges a record whose signature holds. `chain` is its chain with the record added.
    pub fn judge(&self, record: &Record, chain: &ChainState) -> Result<(), Fault> {
        let name = asked_for(&record.event);
        if chain.forked && self.order == Order::Now && !matches!(record.signer, Signer::Authority(_)) {
            return Err(Fault::ForkedChain);
        }
        if let Some(household) = record.on_behalf_of {
            self.judge_on_behalf(record, &household)?;
        }
        let who = permission::permitted(chain.sort(), name);
        let mut allowed = false;
        for who in who {
            allowed = allowed || self.stands_as(*who, record, chain)?;
        }
        if !allowed {
            return Err(Fault::NotPermitted { event: name, chain: chain.sort() });
        }
        self.judge_scopes(record, chain)?;
        self.judge_event(&record.event, record, chain)?;
        self.judge_sums(record, chain)
    }

    fn stands_as(&self, who: Who, record: &Record, chain: &ChainState) -> Result<bool, Fault> {
        let signer = match (who, record.signer) {
            (Who::Custodian, _) => {
                let custodian = chain.custodian_at(record.sequence);
                return Ok(custodian.is_some_and(|owner| record.acting() == Signer::Actor(owner)));
            }
            (Who::Authority, signer) => {
                return Ok(matches!(signer, Signer::Authority(_)) && record.on_behalf_of.is_none());
            }
            (Who::Approver, signer) => return self.approves(signer, record, chain),
            (_, Signer::Actor(signer)) if record.on_behalf_of.is_none() => signer,
            _ => return Ok(false),
        };
        let role = self.actor(&signer, "signer")?.role;
        match who {
            Who::Registrar => Ok(role == Role::Registrar),
            Who::Role(wanted) => Ok(role == wanted),
            Who::RegistrarAbove => Ok(role == Role::Registrar && self.registrars_over(chain)?.contains(&signer)),
            Who::Shipper => self.carries(&signer, record, chain),
            Who::ConsignmentOwner => self.owns_consignment(&signer, &record.event),
            Who::Authority | Who::Custodian | Who::Approver => Ok(false),
        }
    }

    /// Whether it carries a part of the batch that has not been received.
    fn carries(&self, signer: &ChainId, record: &Record, chain: &ChainState) -> Result<bool, Fault> {
        let Some(batch) = chain.batch() else { return Ok(false) };
        let mine = batch
            .shipments
            .iter()
            .filter(|shipment| shipment.carrier == *signer && shipment.sequence < record.sequence);
        for shipment in mine {
            let destination = batch.draws.entries().iter().find(|draw| draw.sequence == shipment.draw);
            let Some(to) = destination.map(|draw| draw.other) else { continue };
            // Who reads a bundle of this batch does not hold what came of it; map auditors do.
            let received = self.chains.chain(&to).is_some_and(|chain_of| {
                let inputs = chain_of.batch().map(|batch| batch.inputs.entries()).unwrap_or_default();
                inputs.iter().any(|flow| {
                    flow.other == chain.id && self.order != Order::Unknown && self.precedes(&to, flow.sequence)
                })
            });
            if !received {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether it owns the consignment that a recall names.
    fn owns_consignment(&self, signer: &ChainId, event: &Event) -> Result<bool, Fault> {
        let Event::Recalled(event) = event else { return Ok(false) };
        match &event.consignment {
            Some(consignment) => Ok(self.at_hand(consignment)?.custodian() == Some(*signer)),
            None => Ok(false),
        }
    }

    /// Whether somebody above the custodian approves what somebody else said and corrected.
    fn approves(&self, signer: Signer, record: &Record, chain: &ChainState) -> Result<bool, Fault> {
        let Event::CorrectionApproved(event) = &record.event else { return Ok(false) };
        let signers = chain.signers_of_correction(event.correction);
        if record.on_behalf_of.is_some() || signers.is_none_or(|signers| signers.contains(&signer)) {
            return Ok(false);
        }
        let Signer::Actor(id) = signer else { return Ok(true) };
        let Some(custodian) = chain.custodian_at(record.sequence) else { return Ok(false) };
        let above = self.registrars_from(self.actor(&custodian, "custodian")?.enrolled_by)?;
        // Nor may one approve who stands below either of them: whom somebody enrols may be that somebody again.
        let over_approver = self.registrars_from(self.actor(&id, "signer")?.enrolled_by)?;
        let puppet = signers
            .iter()
            .flatten()
            .any(|signer| matches!(signer, Signer::Actor(signer) if over_approver.contains(signer)));
        Ok(above.contains(&id) && !puppet)
    }

    /// The registrars above what a chain is about.
    fn registrars_over(&self, chain: &ChainState) -> Result<Vec<ChainId>, Fault> {
        match &chain.subject {
            Subject::Actor(actor) => self.registrars_from(actor.enrolled_by),
            Subject::Place(place) => self.registrars_from(place.registered_by),
            Subject::Batch(batch) => self.registrars_from(self.actor(&batch.owner, "owner")?.enrolled_by),
        }
    }

    /// This registrar and those above it, up to the authority.
    fn registrars_from(&self, first: Signer) -> Result<Vec<ChainId>, Fault> {
        let mut above = Vec::new();
        let mut next = first;
        while let Signer::Actor(id) = next {
            if above.len() == MAX_REGISTRARS {
                return Err(Fault::TooDeep);
            }
            above.push(id);
            next = self.actor(&id, "signer")?.enrolled_by;
        }
        Ok(above)
    }

    fn judge_on_behalf(&self, record: &Record, household: &ChainId) -> Result<(), Fault> {
        let Signer::Actor(signer) = record.signer else {
            return Err(Fault::OnBehalf(crate::said("only a registrar may")));
        };
        let actor = self.actor(household, "on_behalf_of")?;
        if actor.role != Role::Farm {
            return Err(Fault::OnBehalf(crate::said("only for a household")));
        }
        if self.actor(&signer, "signer")?.role != Role::Registrar {
            return Err(Fault::OnBehalf(crate::said("only a registrar may")));
        }
        if !self.registrars_from(actor.enrolled_by)?.contains(&signer) {
            return Err(Fault::OnBehalf(crate::said(
                "only the registrar that enrolled the household, or one above it",
            )));
        }
        if self.order != Order::Unknown && actor.retired.is_some_and(|retired| self.precedes(household, retired)) {
            return Err(Fault::OnBehalf(crate::said("the household has retired")));
        }
        let keyed = match self.order {
            Order::Now => actor.has_active_key(),
            Order::Unknown => !actor.was_ever_without_key(),
            Order::At(_) => actor.keys.iter().any(|key| {
                self.precedes(household, key.since)
                    && !key.revoked.is_some_and(|revoked| self.precedes(household, revoked.sequence))
            }),
        };
        if keyed { Err(Fault::OnBehalf(crate::said("the household has a key of its own"))) } else { Ok(()) }
    }

    /// The scopes of the signer and of whom it signs for.
    fn judge_scopes(&self, record: &Record, chain: &ChainState) -> Result<(), Fault> {
        let signer = if let Signer::Actor(signer) = record.signer { Some(signer) } else { None };
        for actor in signer.into_iter().chain(record.on_behalf_of) {
            self.in_scope(&actor, &|scope| within(scope, record, chain))?;
        }
        Ok(())
    }

    /// Asks the scope that an actor had at this position; where no order is known, any it ever had will do.
    fn in_scope(&self, id: &ChainId, permits: &dyn Fn(&Scope) -> Result<(), Fault>) -> Result<(), Fault> {
        let actor = self.actor(id, "signer")?;
        let mut answer = Err(Fault::OutOfScope("events"));
        for (since, scope) in actor.scopes.iter().rev() {
            if self.precedes(id, *since) {
                answer = permits(scope);
                if self.order != Order::Unknown || answer.is_ok() {
                    return answer;
                }
            }
        }
        answer
    }

    fn at_hand(&self, id: &ChainId) -> Result<Arc<ChainState>, Fault> {
        let chain = self.chains.chain(id).ok_or(Fault::MissingChain(*id))?;
        if matches!(self.order, Order::At(_)) && !self.precedes(id, 0) {
            return Err(Fault::LaterChain(*id));
        }
        Ok(chain)
    }

    /// Whether a record of a chain stands in the log before the one that is judged.
    fn precedes(&self, chain: &ChainId, sequence: u64) -> bool {
        match self.order {
            Order::At(index) => self.chains.index(chain, sequence).is_some_and(|other| other < index),
            Order::Now | Order::Unknown => true,
        }
    }

    fn actor(&self, id: &ChainId, field: &'static str) -> Result<Arc<ActorState>, Fault> {
        self.at_hand(id)?.actor().cloned().ok_or(Fault::WrongReference { field })
    }
}

/// Whether a scope permits a record on a chain.
fn within(scope: &Scope, record: &Record, chain: &ChainState) -> Result<(), Fault> {
    if !scope.events.contains(&record.event.name()) || !scope.events.contains(&asked_for(&record.event)) {
        return Err(Fault::OutOfScope("events"));
    }
    if !scope.covers(record.signed_at) {
        return Err(Fault::OutOfScope(if scope.from > Some(record.signed_at) { "from" } else { "until" }));
    }
    if let (Some(places), Subject::Place(place)) = (&scope.places, &chain.subject)
        && !places.contains(&chain.id)
        && !place.area.is_some_and(|area| places.contains(&area))
    {
        return Err(Fault::OutOfScope("places"));
    }
    if let (Some(markets), Event::PlaceRegistered(event)) = (&scope.markets, &record.event)
        && !markets.contains(&event.market)
    {
        return Err(Fault::OutOfScope("markets"));
    }
    Ok(())
}

/// The event whose row decides: a correction asks that of the event it corrects.
fn asked_for(event: &Event) -> EventName {
    if let Event::Corrected(corrected) = event { corrected.event.name() } else { event.name() }
}
