//! From bytes to chains that hold together: trust roots, proof, and the records of each chain, folded.

use std::sync::Arc;

use super::super::bundle::Bundle;
use super::super::head;
use super::super::history::VerifiedRecord;
use super::super::places;
use super::super::proof::{ChainProof, Proof};
use super::super::verdict::{At, Finding, Note};
use super::{Slot, Verifier};
use crate::admit::Statement;
use crate::bytes::ByteString;
use crate::envelope::SignedRecord;
use crate::event::Event;
use crate::fault::Fault;
use crate::log::Position;
use crate::state::ChainState;
use crate::trust::{Roots, SignedRoot};

const UNSETTLED: Fault = Fault::BadProof(crate::said("records left out that no season's opening has settled"));
/// More records than any chain has.
const MOST_SKIPPED: u64 = 1 << 40;

impl Verifier<'_> {
    pub(super) fn read(&mut self, bundle: Bundle) {
        self.readable = true;
        let proof = match (&self.trust.payload().log, &bundle.proof) {
            (Some(_), None) => Err(Fault::NoProof),
            (Some(_), Some(bytes)) => places::proof_of(&bytes.0).map(Some),
            (None, Some(_)) => Err(Fault::Newer(crate::said("the log's proof"))),
            (None, None) => Ok(None),
        };
        if let Err(fault) = self.check_roots(&bundle.roots, proof) {
            self.find(fault, None);
        }
        let proofs = self.proof.as_mut().map(|proof| std::mem::take(&mut proof.chains));
        let mut proofs = proofs.unwrap_or_default().into_iter();
        if self.proof.is_some() && proofs.len() != bundle.chains.len() {
            self.proof = None;
            self.find(Fault::BadProof(crate::said("not of as many chains")), None);
        }
        for chain in bundle.chains {
            self.add_chain(chain, proofs.next().unwrap_or_default());
        }
        self.progress.total = self.slots.iter().map(|slot| slot.records.len()).sum();
        self.openings = bundle.openings;
        self.check_order();
    }

    /// Takes up one chain.
    pub(super) fn add_chain(&mut self, records: Vec<ByteString>, proof: ChainProof) {
        let slot = self.read_chain(records.into_iter().map(|record| record.0), &proof);
        if let Some(known) = &mut self.proof {
            known.chains.push(proof);
        }
        self.slots.push(slot);
        self.enter(self.slots.len() - 1);
    }

    /// Enters all chains that hold together.
    pub(super) fn enter_all(&mut self) {
        for at in 0..self.slots.len() {
            self.enter(at);
        }
    }

    fn enter(&mut self, at: usize) {
        let slot = &self.slots[at];
        if let Some(name) = &slot.name {
            self.names.insert(name, at);
        }
        if let Some(state) = &slot.state {
            self.states.index.insert(&state.id, self.states.all.len());
            self.states.all.push(state.clone());
            self.states.positions.push(slot.positions.clone());
        }
    }

    /// Trust roots, and the checkpoint they permit.
    pub(super) fn check_roots(
        &mut self,
        roots: &[SignedRoot],
        proof: Result<Option<Proof>, Fault>,
    ) -> Result<(), Fault> {
        let (first, rest) = roots.split_first().ok_or(Fault::OtherRoot)?;
        if first.payload != self.trust.signed().payload {
            return Err(Fault::OtherRoot);
        }
        let read = proof.as_ref().ok().and_then(Option::as_ref);
        self.roots = match read {
            Some(proof) => places::roots(self.trust, rest, &proof.roots)?.0,
            None => Roots::from_bundle(self.trust, rest, None).map_err(places::other_root)?,
        };
        if self.options.now >= self.roots.newest().payload().expires {
            self.findings.push(Finding::stale(Note::RootExpired));
        }
        let Some(proof) = proof? else { return Ok(()) };
        let head = head::check(&proof.head, &self.roots)?;
        self.head = Some(head);
        match head::as_of(&proof.head.checkpoint, head.seen.size, &self.roots, self.options.now) {
            Ok(as_of) => self.as_of = Some(as_of),
            Err(fault) => self.find(fault, None),
        }
        self.proof = Some(proof);
        Ok(())
    }

    /// Decodes a chain and folds it as far as it holds together.
    pub(super) fn read_chain(&mut self, records: impl Iterator<Item = Vec<u8>>, proof: &ChainProof) -> Slot {
        let mut slot = Slot {
            name: None,
            records: Vec::new(),
            state: None,
            positions: Arc::default(),
            signatures: Vec::new(),
            broken: false,
        };
        slot.records.reserve_exact(records.size_hint().0);
        let mut faults = Vec::new();
        let skipped = proof.skipped.map_or(0, |skipped| skipped.count);
        let sequence_of = |at: u64| if at == 0 { 0 } else { at.saturating_add(skipped) };
        for (at, bytes) in (0_u64..).zip(records) {
            let signed = SignedRecord::from_bytes(bytes).map_err(Fault::from);
            match signed.and_then(|signed| Statement::decode(signed, self.roots.deployment())) {
                Ok(statement) => slot.records.push(VerifiedRecord { statement, revoked: None }),
                Err(fault) => faults.push((at, fault)),
            }
        }
        let claimed = slot.records.iter().find_map(|record| record.record().chain);
        let broken_at = faults.first().map(|(at, _)| *at);
        let first = slot.records.first().filter(|_| broken_at != Some(0));
        slot.name = claimed.or(first.map(|first| first.statement.chain()));
        let at = |place| slot.name.map(|chain| At { chain, sequence: sequence_of(place) });
        // What is left out has to be settled by a record that is there.
        if proof.skipped.is_some_and(|left_out| !(1..MOST_SKIPPED).contains(&left_out.count))
            || (proof.skipped.is_some() && slot.records.len() < 2)
        {
            self.findings.push(Finding::fault(UNSETTLED, at(0)));
            slot.broken = true;
        }
        if self.proof.is_some() {
            match places::positions(proof) {
                Some(positions) if positions.len() == slot.records.len() + faults.len() => {
                    slot.positions = positions;
                }
                _ => self.findings.push(Finding::fault(Fault::BadProof(crate::said("not of as many records")), at(0))),
            }
        }
        // Up to the first record that cannot be decoded, a statement's place is its sequence.
        let mut positions = slot.positions.iter();
        let mut state: Option<ChainState> = None;
        for (place, VerifiedRecord { statement, .. }) in (0..broken_at.unwrap_or(u64::MAX)).zip(&slot.records) {
            let skipped = if place == 1 { skip(&mut state, statement, skipped) } else { Ok(()) };
            let position = positions.next().copied();
            if let Err(fault) = skipped.and_then(|()| fold(&mut state, statement, position)) {
                self.findings.push(Finding::fault(fault, at(place)));
                slot.broken = true;
                break;
            }
        }
        slot.broken |= !faults.is_empty();
        self.findings.extend(faults.into_iter().map(|(place, fault)| Finding::fault(fault, at(place))));
        if state.is_none() && !slot.broken {
            self.find(Fault::EmptyChain, None);
        }
        slot.state = state.filter(|_| !slot.broken).map(Arc::new);
        slot
    }

    /// Own chain first, the rest by ascending id, each once.
    pub(super) fn check_order(&mut self) {
        if self.slots.is_empty() {
            self.find(Fault::NoInputs, None);
        }
        let ids = |from: usize| self.states.all.iter().skip(from).map(|state| state.id);
        let twice = ids(0).enumerate().find(|(at, id)| self.states.index.get(id) != Some(*at));
        // A broken own chain is not among the states; then the order is not the first thing to tell.
        let own = usize::from(self.slots.first().is_some_and(|slot| slot.state.is_some()));
        let unordered = ids(own).zip(ids(own + 1)).find(|(first, second)| first > second);
        if let Some((_, chain)) = twice {
            self.find(Fault::ChainTwice, Some(At { chain, sequence: 0 }));
        }
        if let Some((_, chain)) = unordered {
            self.find(Fault::ChainOrder, Some(At { chain, sequence: 0 }));
        }
    }
}

/// Leaves out the seasons of a place that the one opened here has settled.
fn skip(state: &mut Option<ChainState>, next: &Statement, skipped: u64) -> Result<(), Fault> {
    if skipped == 0 {
        return Ok(());
    }
    let place = state.as_mut().filter(|state| state.place().is_some());
    match (place, &next.record.event, next.record.previous) {
        (Some(state), Event::SeasonOpened(_), Some(head)) => {
            state.skip(skipped, head);
            Ok(())
        }
        _ => Err(UNSETTLED),
    }
}

fn fold(state: &mut Option<ChainState>, statement: &Statement, position: Option<Position>) -> Result<(), Fault> {
    match state {
        None => *state = Some(ChainState::begin(&statement.record, statement.id)?),
        Some(state) => state.advance(&statement.record, statement.id, &statement.mark(position))?,
    }
    Ok(())
}
