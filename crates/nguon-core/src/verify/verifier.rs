//! The verifier: decodes, checks each record in small steps, then looks at the whole.

mod log;
mod reach;
mod read;
mod signatures;
mod staged;
mod whole;

pub use signatures::SignatureJob;
pub use staged::Staged;

use std::cell::Cell;
use std::sync::Arc;

use super::bundle::{Bundle, BundleError};
use super::head::{Head, Seen};
use super::history::{History, VerifiedRecord};
use super::label::ScannedLabel;
use super::proof::Proof;
use super::verdict::{At, Finding, Note, Outcome, Verdict};
use crate::cbor::first_item;
use crate::event::{Event, Recalled};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::judge::{Chains, Judge, Order};
use crate::log::Position;
use crate::opening::Opening;
use crate::recalls::RecallList;
use crate::state::{ChainState, Revocation};
use crate::trust::{Roots, TrustRoot};
use crate::values::Time;
use nguon_tlog::hash::Hash;
use nguon_tlog::tree;

/// What the reader knows besides the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The reader's clock.
    pub now: Time,
    /// What was scanned or typed.
    pub label: Option<ScannedLabel>,
    /// The batch that was asked for by id.
    pub batch: Option<ChainId>,
    /// Whether the reader could have had something newer: then checkpoints age sooner.
    pub online: bool,
    /// A list of recalls that an authority signed, its signature checked: for bundles older than it.
    pub recalls: Option<RecallList>,
}

impl Options {
    /// Nothing known but the time.
    #[must_use]
    pub const fn at(now: Time) -> Self {
        Self { now, label: None, batch: None, online: false, recalls: None }
    }
}

/// How far a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Records checked.
    pub done: usize,
    /// Records in the bundle that could be decoded.
    pub total: usize,
}

/// A verdict, and what was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The conclusion.
    pub verdict: Verdict,
    /// What the bundle says; `None` if it could not be read at all.
    pub history: Option<History>,
    /// The checkpoint that the bundle is proven against, to be remembered; `None` if enough others have not seen it, or
    /// it contradicts what this reader has seen.
    pub checkpoint: Option<Seen>,
}

/// Verifies a bundle's bytes, whole or in stages, against a pinned trust root.
#[must_use]
pub fn verify(bytes: &[u8], trust: &TrustRoot, options: &Options) -> Verification {
    let mut verifier = Verifier::new(bytes, trust, options);
    while verifier.step(usize::MAX).is_some() {}
    verifier.finish()
}

/// A verification in steps, for readers that must stay responsive.
#[derive(Debug)]
pub struct Verifier<'a> {
    trust: &'a TrustRoot,
    roots: Roots,
    options: &'a Options,
    head: Option<Head>,
    proof: Option<Proof>,
    as_of: Option<Time>,
    slots: Vec<Slot>,
    /// Positions of the slots by their names.
    names: Index,
    states: States,
    openings: Vec<Opening>,
    findings: Vec<Finding>,
    readable: bool,
    next: (usize, usize),
    progress: Progress,
    recalls: Vec<(At, Recalled)>,
    listed: Option<RecallList>,
    stages: Option<staged::Stages>,
}

/// One chain of the bundle.
#[derive(Debug)]
struct Slot {
    /// As its later records call it, or as its first record makes it.
    name: Option<ChainId>,
    records: Vec<VerifiedRecord>,
    state: Option<Arc<ChainState>>,
    /// Where the records stand in the log; empty without one.
    positions: Arc<[Position]>,
    /// Whether signatures hold, where that was found out ahead.
    signatures: Vec<Option<bool>>,
    broken: bool,
}

/// The states of the chains that hold together.
#[derive(Debug, Default)]
struct States {
    all: Vec<Arc<ChainState>>,
    /// Where the records of each stand in the log.
    positions: Vec<Arc<[Position]>>,
    index: Index,
}

/// The states, and where those were that were asked for last: a judge asks for a few chains again and again.
struct Near<'a> {
    states: &'a States,
    places: &'a Places,
}

type Places = [Cell<usize>; NEAR];

/// How many places are kept, one for each value of an id's last bits.
const NEAR: usize = 32;

impl Near<'_> {
    fn find(&self, id: &ChainId) -> Option<usize> {
        // In a browser it is not worth its download: a signature takes six times as long there.
        if cfg!(target_arch = "wasm32") {
            return self.states.index.get(id);
        }
        let near = &self.places[usize::from(id.as_bytes()[ChainId::LENGTH - 1]) % NEAR];
        let at = near.get();
        if self.states.all.get(at).is_some_and(|state| state.id == *id) {
            return Some(at);
        }
        let at = self.states.index.get(id)?;
        near.set(at);
        Some(at)
    }
}

impl Chains for Near<'_> {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.find(id).map(|at| self.states.all[at].clone())
    }

    fn index(&self, chain: &ChainId, sequence: u64) -> Option<u64> {
        let at = self.find(chain)?;
        let record = self.states.all[at].place_of(sequence)?;
        self.states.positions[at].get(record).map(|position| position.index)
    }
}

impl<'a> Verifier<'a> {
    /// Decodes the bundle, whole or in stages. Signatures are checked by [`Self::step`].
    #[must_use]
    pub fn new(bytes: &[u8], trust: &'a TrustRoot, options: &'a Options) -> Self {
        let read = Bundle::from_bytes(bytes);
        // A file of stages, as a page saves it, is read like the bundle that it is; the page itself tells them apart before.
        let staged = if crate::CODELESS || read.is_ok() { None } else { first_item(bytes) };
        if let Some((first, mut rest)) = staged.filter(|(_, rest)| !rest.is_empty()) {
            let mut verifier = Self::staged(first, trust, options);
            while let Some((item, after)) = first_item(rest) {
                verifier.feed(item);
                rest = after;
            }
            if !rest.is_empty() {
                verifier.find(Fault::Bundle(crate::said("it ends in the middle of a chain").to_owned()), None);
            }
            return verifier;
        }
        let mut verifier = Self::empty(trust, options);
        match read {
            Ok(bundle) => verifier.read(bundle),
            Err(BundleError::UnknownVersion(_)) => verifier.find(Fault::Newer(crate::said("the bundle")), None),
            Err(error) => verifier.find(Fault::Bundle(crate::words(&error)), None),
        }
        verifier
    }

    fn empty(trust: &'a TrustRoot, options: &'a Options) -> Self {
        Self {
            trust,
            roots: Roots::new(trust.clone()),
            options,
            head: None,
            proof: None,
            as_of: None,
            slots: Vec::new(),
            names: Index::default(),
            states: States::default(),
            openings: Vec::new(),
            findings: Vec::new(),
            readable: false,
            next: (0, 0),
            progress: Progress { done: 0, total: 0 },
            recalls: Vec::new(),
            listed: None,
            stages: None,
        }
    }

    /// Checks up to `most` further records; `None` when all are checked.
    pub fn step(&mut self, most: usize) -> Option<Progress> {
        self.settle();
        let before = self.progress.done;
        let near = Places::default();
        while self.progress.done - before < most {
            let (slot, record) = self.next;
            match self.slots.get(slot).map(|slot| slot.records.len()) {
                None => break,
                Some(length) if record >= length => self.next = (slot + 1, 0),
                Some(_) => {
                    self.check(slot, record, &near);
                    self.next.1 += 1;
                    self.progress.done += 1;
                }
            }
        }
        (self.progress.done > before).then_some(self.progress)
    }

    /// Looks at the whole and concludes.
    #[must_use]
    pub fn finish(mut self) -> Verification {
        while self.step(usize::MAX).is_some() {}
        if self.readable {
            self.check_log();
            self.check_graph();
            self.check_batch();
            self.check_goods();
            self.forgive_reattested();
        }
        let openings = self.check_openings();
        let history = self.slots.first().and_then(|slot| slot.name).map(|own| self.history(own, openings));
        let place = |finding: &Finding| {
            let at = finding.at.map(|at| (self.names.get(&at.chain).unwrap_or(usize::MAX), at.sequence));
            at.unwrap_or((0, 0))
        };
        // What does not go on from what was seen is not remembered in its place.
        let refused = |finding: &Finding| {
            matches!(&finding.subject, super::verdict::Subject::Fault(Fault::SplitLog | Fault::NotConsistent))
        };
        let refused = self.findings.iter().any(refused);
        let checkpoint = self.head.filter(|_| self.as_of.is_some() && !refused).map(|head| head.seen);
        let best = if self.proof.is_some() { Outcome::Valid } else { Outcome::Unlogged };
        let verdict = Verdict { as_of: self.as_of, ..Verdict::conclude(self.findings, best, place) };
        Verification { verdict, history, checkpoint }
    }

    /// The trust roots that the bundle carries, checked; the pinned one alone if they do not hold.
    #[must_use]
    pub const fn roots(&self) -> &Roots {
        &self.roots
    }

    /// A list of recalls that came after the check began: what [`Options::recalls`] is for.
    pub fn list_recalls(&mut self, list: RecallList) {
        // An older list cannot take back what a newer one says.
        if self.listed.as_ref().is_none_or(|before| before.issued <= list.issued) {
            self.listed = Some(list);
        }
    }

    /// The checkpoint that the bundle is to be proven against, for [`Self::hold_against`].
    #[must_use]
    pub fn checkpoint(&self) -> Option<Seen> {
        self.head.map(|head| head.seen)
    }

    /// Holds the bundle's checkpoint against one that this reader has seen, or that a witness shows: the same size must
    /// have the same root, and a consistency proof must lead from the smaller to the larger.
    pub fn hold_against(&mut self, seen: &Seen, consistency: Option<&[Hash]>) {
        let Some(Head { seen: ours, .. }) = self.head else { return };
        let (old, new) = if seen.size <= ours.size { (seen, &ours) } else { (&ours, seen) };
        let (old_root, new_root) = (old.root.into(), new.root.into());
        let proof = consistency.unwrap_or_default();
        if old.size == new.size && old.root != new.root {
            self.find(Fault::SplitLog, None);
        } else if old.size == new.size || old.size == 0 {
        } else if consistency.is_none() {
            // An older bundle is told to be old below; a newer one has to prove that it goes on from what was seen.
            if seen.size < ours.size {
                self.find(Fault::NotConsistent, None);
            }
        } else if tree::verify_consistency(old.size, new.size, &old_root, &new_root, proof).is_err() {
            self.find(Fault::SplitLog, None);
        }
        if seen.size > ours.size {
            // Offline nobody could have had it: then it is only told.
            let behind = Finding::stale(Note::Behind);
            let outcome = behind.outcome.filter(|_| self.options.online);
            self.findings.push(Finding { outcome, ..behind });
        }
    }

    fn find(&mut self, fault: Fault, at: Option<At>) {
        self.findings.push(Finding::fault(fault, at));
    }

    /// Signature, permission, scope and custody of one record.
    fn check(&mut self, slot: usize, record: usize, near: &Places) {
        let order = self.slots[slot].positions.get(record).map_or(Order::Unknown, |position| Order::At(position.index));
        let near = Near { states: &self.states, places: near };
        let judge = Judge { trust: &self.roots, chains: &near, order };
        let statement = &self.slots[slot].records[record].statement;
        let at = self.slots[slot].name.map(|chain| At { chain, sequence: statement.record.sequence });
        let signed = judge.signing_key(statement.record.signer, &statement.key_id()).and_then(|found| {
            let ahead = self.slots[slot].signatures.get(record).copied().flatten();
            let holds = || statement.is_signed_by(&found.key);
            if ahead.unwrap_or_else(holds) { Ok(found.revoked) } else { Err(Fault::BadSignature) }
        });
        let judged = signed.and_then(|revoked| match &self.slots[slot].state {
            Some(state) => judge.judge(&statement.record, state).map(|()| revoked),
            None => Ok(revoked),
        });
        match judged {
            Ok(revoked) => self.pass(slot, record, revoked, at),
            Err(fault) => {
                self.slots[slot].broken = true;
                if !self.is_broken_elsewhere(&fault) {
                    self.find(fault, at);
                }
            }
        }
    }

    fn pass(&mut self, slot: usize, record: usize, revoked: Option<Revocation>, at: Option<At>) {
        let statement = &self.slots[slot].records[record].statement;
        // With a log the key was good at this position; in doubt is what the log took after the loss it reports.
        let in_doubt = |revoked: Revocation| {
            // Where earlier seasons are left out, the first record's own position is nobody's word; the next one's is bound.
            let folded = record == 0 && self.slots[slot].state.as_ref().is_some_and(|state| state.skipped > 0);
            let place = if folded { 1 } else { record };
            let taken = self.slots[slot].positions.get(place).map(|position| position.log_time);
            taken.is_none_or(|taken| revoked.suspect_since.is_some_and(|since| taken > since))
        };
        if revoked.is_some_and(in_doubt) {
            self.findings.push(Finding::fault(Fault::RevokedKey(statement.key_id()), at));
        }
        if statement.record.on_behalf_of.is_some() {
            self.findings.push(Finding::note(Note::OnBehalf, at));
        }
        match (&statement.record.event, at) {
            (Event::Corrected(_), _) => self.findings.push(Finding::note(Note::Corrected, at)),
            (Event::Recalled(event), Some(at)) => self.recalls.push((at, event.clone())),
            _ => {}
        }
        self.slots[slot].records[record].revoked = revoked;
    }

    /// A chain that is in the bundle and broken has been reported where it broke.
    fn is_broken_elsewhere(&self, fault: &Fault) -> bool {
        matches!(fault, Fault::MissingChain(chain)
            if self.names.get(chain).is_some_and(|at| self.slots[at].state.is_none()))
    }
}
