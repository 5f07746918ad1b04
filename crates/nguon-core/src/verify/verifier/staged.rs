//! Verifying a bundle while its stages come.

use super::super::bundle::BundleError;
use super::super::history::VerifiedRecord;
use super::super::places::{self, Claims};
use super::super::staged::{Part, Stage};
use super::super::verdict::Finding;
use super::{Near, Options, Places, Progress, Verifier};
use crate::fault::Fault;
use crate::index::Index;
use crate::judge::{Judge, Order};
use crate::log;
use crate::trust::TrustRoot;

/// What is proven of a staged bundle before its records have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staged {
    /// Chains whose records are still to come.
    pub chains: usize,
    /// Of these, on how many a recall stands: whether one reaches the batch, its records tell.
    pub recalled: usize,
    /// Of these, how many are forked.
    pub forked: usize,
}

/// Where a staged verification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stages {
    /// What the map says; `None` if it was not proven.
    pub proven: Option<Staged>,
    /// Whether the parts still have to be put in order.
    pub open: bool,
    expected: usize,
    ahead: usize,
}

impl<'a> Verifier<'a> {
    /// Begins with the first item of a staged bundle; [`Self::feed`] takes the others.
    #[must_use]
    pub fn staged(first: &[u8], trust: &'a TrustRoot, options: &'a Options) -> Self {
        let mut verifier = Self::empty(trust, options);
        match Stage::from_bytes(first) {
            Ok(stage) => verifier.read_stage(stage),
            Err(BundleError::UnknownVersion(_)) => verifier.find(Fault::Newer(crate::said("the bundle")), None),
            Err(error) => verifier.find(Fault::Bundle(crate::words(&error)), None),
        }
        verifier
    }

    /// What the first stage proves; `None` if it proves nothing.
    #[must_use]
    pub fn stage(&self) -> Option<Staged> {
        self.stages.as_ref().and_then(|stages| stages.proven)
    }

    fn read_stage(&mut self, mut stage: Stage) {
        self.readable = true;
        let proof = stage.proof();
        if let Err(fault) = self.check_roots(&stage.roots, Ok(Some(proof))) {
            self.find(fault, None);
        }
        self.progress.total = usize::try_from(stage.records).unwrap_or(usize::MAX);
        let own = std::mem::replace(&mut stage.own, Part::empty());
        self.add_part(own);
        let proven = self.check_claims(&stage);
        let expected = stage.claims.0.len() / 73;
        self.stages = Some(Stages { proven, open: true, expected, ahead: 0 });
        self.check_ahead();
    }

    /// Holds what is claimed of every chain against the map.
    fn check_claims(&mut self, stage: &Stage) -> Option<Staged> {
        let (head, proof) = self.head.zip(self.proof.as_ref())?;
        let own = self.slots.first()?;
        let state = own.state.as_ref()?;
        let Some((all, names)) = stage.claims().zip(stage.names()) else {
            self.find(Fault::BadProof(crate::said("claims that cannot be read")), None);
            return None;
        };
        let mut claims = Claims::default();
        claims.roots(&self.roots, &places::root_positions(&proof.roots)?);
        let ids = own.records.iter().map(|record| &record.statement.id);
        let mut entry = places::entry(proof.chains.first()?, ids.zip(&*own.positions));
        entry.recalled = state.is_recalled();
        claims.chain(&state.id, state, &entry);
        let mut staged = Staged { chains: all.len(), recalled: 0, forked: 0 };
        for claim in all {
            claims.add(log::chain_key(&claim.chain), Some(claim.entry.value()));
            staged.recalled += usize::from(claim.entry.recalled);
            staged.forked += usize::from(claim.entry.forked);
        }
        for (chain, key) in names {
            claims.add(key, Some(log::name_value(&chain)));
        }
        match claims.check(&head.map, &proof.map.0) {
            Ok(()) => Some(staged),
            Err(fault) => {
                self.find(fault, None);
                None
            }
        }
    }

    /// Takes the next item: decodes and folds its chain, and checks the signatures whose signers are there.
    pub fn feed(&mut self, item: &[u8]) -> Progress {
        match Part::from_bytes(item) {
            Ok(part) => self.add_part(part),
            Err(error) => self.find(Fault::Bundle(crate::words(&error)), None),
        }
        self.check_ahead();
        let ahead = self.stages.as_ref().map_or(0, |stages| stages.ahead);
        Progress { done: ahead, total: self.progress.total }
    }

    fn add_part(&mut self, mut part: Part) {
        let proof = part.proof();
        self.openings.append(&mut part.openings);
        self.add_chain(part.records, proof);
    }

    /// Signatures of the chain that came last, where its signers came before it.
    fn check_ahead(&mut self) {
        let Some(at) = self.slots.len().checked_sub(1) else { return };
        let slot = &self.slots[at];
        let places = Places::default();
        let near = Near { states: &self.states, places: &places };
        let mut answers = Vec::with_capacity(slot.records.len());
        for (record, VerifiedRecord { statement, .. }) in slot.records.iter().enumerate() {
            let order = slot.positions.get(record).map_or(Order::Unknown, |position| Order::At(position.index));
            let judge = Judge { trust: &self.roots, chains: &near, order };
            let key = judge.signing_key(statement.record.signer, &statement.key_id()).ok();
            answers.push(key.map(|found| statement.is_signed_by(&found.key)));
        }
        if let Some(stages) = &mut self.stages {
            stages.ahead += answers.iter().flatten().count();
        }
        self.slots[at].signatures = answers;
    }

    /// Puts the chains in a bundle's order, once all have come.
    pub(super) fn settle(&mut self) {
        let Some(stages) = self.stages.as_mut().filter(|stages| stages.open) else { return };
        stages.open = false;
        let missing = self.slots.len() != stages.expected + 1;
        if let Some(proof) = &mut self.proof {
            let chains = std::mem::take(&mut proof.chains);
            let slots = std::mem::take(&mut self.slots);
            // Own chain first, then by name, then what has no name of its own; by an index, since a sort of its own would
            // be downloaded too.
            let (mut order, mut named, mut others) = (vec![0], Index::default(), Vec::new());
            for (at, slot) in slots.iter().enumerate().skip(1) {
                if !slot.name.is_some_and(|name| named.insert(&name, at)) {
                    others.push(at);
                }
            }
            order.extend(named.entries().map(|(_, at)| at));
            order.append(&mut others);
            let mut both: Vec<_> = slots.into_iter().zip(chains).map(Some).collect();
            for (slot, chain) in order.into_iter().filter_map(|at| both.get_mut(at).and_then(Option::take)) {
                self.slots.push(slot);
                proof.chains.push(chain);
            }
        }
        if missing {
            self.findings.push(Finding::fault(Fault::NotInMap, None));
        }
        self.names = Index::default();
        self.states = super::States::default();
        self.enter_all();
        self.progress.total = self.slots.iter().map(|slot| slot.records.len()).sum();
        self.check_order();
    }
}

impl Part {
    const fn empty() -> Self {
        Self { records: Vec::new(), positions: Vec::new(), forked: None, skipped: None, openings: Vec::new() }
    }
}
