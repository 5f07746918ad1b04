//! The verifier: decodes, checks each record in small steps, then looks at the whole.

use std::sync::Arc;

use super::bundle::{Bundle, BundleError};
use super::graph;
use super::head::{self, Head, Seen};
use super::history::{History, Openings, VerifiedChain, VerifiedRecord};
use super::label::ScannedLabel;
use super::places::{self, Claims, Place};
use super::proof::{ChainProof, Proof};
use super::verdict::{At, Finding, Note, Outcome, Verdict};
use crate::admit::Statement;
use crate::envelope::SignedRecord;
use crate::event::{Event, Recalled};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::judge::{Chains, Judge, Order};
use crate::log::Position;
use crate::opening::{Opening, digests};
use crate::permission::ChainSort;
use crate::recalls::RecallList;
use crate::state::{ChainState, Revocation};
use crate::trust::{Roots, TrustRoot};
use crate::values::Time;
use nguon_tlog::hash::Hash;
use nguon_tlog::tree;

/// Seconds that a signer's clock may be off without a word about it.
const CLOCK: u64 = 600;
/// Seconds before its anchor that something may have happened: a week without network.
const EARLIER: u64 = 7 * 86_400;
const UNSETTLED: Fault = Fault::BadProof(crate::said("records left out that no season's opening has settled"));
/// More records than any chain has.
const MOST_SKIPPED: u64 = 1 << 40;

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

/// Verifies a bundle's bytes against a pinned trust root.
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
}

/// One chain of the bundle.
#[derive(Debug)]
struct Slot {
    /// As its later records call it, or as its first record makes it.
    name: Option<ChainId>,
    statements: Vec<Statement>,
    state: Option<Arc<ChainState>>,
    /// Where the records stand in the log; empty without one.
    positions: Vec<Position>,
    checked: Vec<Option<Revocation>>,
    broken: bool,
}

/// The states of the chains that hold together.
#[derive(Debug, Default)]
struct States {
    all: Vec<Arc<ChainState>>,
    /// Where the records of each stand in the log.
    positions: Vec<Vec<Position>>,
    index: Index,
}

impl States {
    fn is_batch(&self, id: &ChainId) -> bool {
        self.index.get(id).is_some_and(|at| self.all[at].sort() == ChainSort::Batch)
    }
}

impl Chains for States {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.index.get(id).map(|at| self.all[at].clone())
    }

    fn index(&self, chain: &ChainId, sequence: u64) -> Option<u64> {
        let at = self.index.get(chain)?;
        let record = self.all[at].place_of(sequence)?;
        self.positions[at].get(record).map(|position| position.index)
    }
}

impl<'a> Verifier<'a> {
    /// Decodes the bundle. Signatures are checked by [`Self::step`].
    #[must_use]
    pub fn new(bytes: &[u8], trust: &'a TrustRoot, options: &'a Options) -> Self {
        let mut verifier = Self {
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
        };
        match Bundle::from_bytes(bytes) {
            Ok(bundle) => verifier.read(bundle),
            Err(BundleError::UnknownVersion(_)) => verifier.find(Fault::Newer(crate::said("the bundle")), None),
            Err(error) => verifier.find(Fault::Bundle(crate::words(&error)), None),
        }
        verifier
    }

    /// Checks up to `most` further records; `None` when all are checked.
    pub fn step(&mut self, most: usize) -> Option<Progress> {
        let before = self.progress.done;
        while self.progress.done - before < most {
            let (slot, record) = self.next;
            match self.slots.get(slot).map(|slot| slot.statements.len()) {
                None => break,
                Some(length) if record >= length => self.next = (slot + 1, 0),
                Some(_) => {
                    self.check(slot, record);
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
            self.find_recalls();
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

    fn read(&mut self, bundle: Bundle) {
        self.readable = true;
        if let Err(fault) = self.check_roots(&bundle) {
            self.find(fault, None);
        }
        let chains = self.proof.as_ref().map_or(0, |proof| proof.chains.len());
        if self.proof.is_some() && chains != bundle.chains.len() {
            self.proof = None;
            self.find(Fault::BadProof(crate::said("not of as many chains")), None);
        }
        for (at, chain) in bundle.chains.into_iter().enumerate() {
            let proof = self.proof.as_ref().map(|proof| proof.chains[at].clone());
            let slot = self.read_chain(chain.into_iter().map(|record| record.0), proof.unwrap_or_default());
            self.slots.push(slot);
        }
        self.progress.total = self.slots.iter().map(|slot| slot.statements.len()).sum();
        self.openings = bundle.openings;
        for (at, slot) in self.slots.iter().enumerate() {
            if let Some(name) = &slot.name {
                self.names.insert(name, at);
            }
            if let Some(state) = &slot.state {
                self.states.index.insert(&state.id, self.states.all.len());
                self.states.all.push(state.clone());
                self.states.positions.push(slot.positions.clone());
            }
        }
        self.check_order();
    }

    /// Trust roots, and the checkpoint they permit.
    fn check_roots(&mut self, bundle: &Bundle) -> Result<(), Fault> {
        let (first, rest) = bundle.roots.split_first().ok_or(Fault::OtherRoot)?;
        if first.payload != self.trust.signed().payload {
            return Err(Fault::OtherRoot);
        }
        let proof = match (&self.trust.payload().log, &bundle.proof) {
            (Some(_), None) => Err(Fault::NoProof),
            (Some(_), Some(bytes)) => places::proof_of(&bytes.0).map(Some),
            (None, Some(_)) => Err(Fault::Newer(crate::said("the log's proof"))),
            (None, None) => Ok(None),
        };
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

    /// That the bundle is what the map holds, that its positions can be, and how old the proof is.
    fn check_log(&mut self) {
        let (Some(proof), Some(head)) = (&self.proof, self.head) else { return };
        let own = self.slots.first().and_then(|slot| slot.name);
        let mut claims = Claims::default();
        let roots = places::root_positions(&proof.roots).unwrap_or_default();
        claims.roots(&self.roots, &roots);
        let (mut all, mut at) = (Vec::new(), Vec::new());
        for position in roots {
            all.push(Place { position, anchor: None });
            at.push(None);
        }
        let mut found = Vec::new();
        for (slot, chain) in self.slots.iter().zip(&proof.chains) {
            let (Some(state), Some(own)) = (&slot.state, &own) else { continue };
            let ids = slot.statements.iter().map(|statement| &statement.id);
            claims.chain(own, state, &places::entry(chain, ids.zip(&slot.positions)));
            let mut last = None;
            for (statement, position) in slot.statements.iter().zip(&slot.positions) {
                let here = Some(At { chain: state.id, sequence: statement.record.sequence });
                if last.is_some_and(|last| last >= position.index) {
                    found.push(Finding::fault(Fault::BadPosition(crate::said("a chain's records out of order")), here));
                }
                last = Some(position.index);
                all.push(Place { position: *position, anchor: statement.record.anchor });
                at.push(here);
                if claims_another_time(statement, position) {
                    found.push(Finding::note(Note::ClaimedTime, here));
                }
            }
            if chain.forked.is_some() {
                found.push(Finding::fault(Fault::ForkedChain, Some(At { chain: state.id, sequence: state.sequence })));
            }
        }
        if let Err((place, fault)) = places::check_all(&all, head.seen.size, head.time) {
            found.push(Finding::fault(fault, at[place]));
        }
        if let Err(fault) = claims.check(&head.map, &proof.map.0) {
            found.push(Finding::fault(fault, None));
        }
        let policy = self.roots.newest().payload().log.as_ref();
        let fresh =
            policy.map_or(0, |policy| if self.options.online { policy.fresh_online } else { policy.fresh_offline });
        if self.as_of.is_some_and(|as_of| self.options.now.get() > as_of.get().saturating_add(fresh)) {
            found.push(Finding::stale(Note::Old));
        }
        self.findings.append(&mut found);
    }

    /// Decodes a chain and folds it as far as it holds together.
    fn read_chain(&mut self, records: impl Iterator<Item = Vec<u8>>, proof: ChainProof) -> Slot {
        let mut slot = Slot {
            name: None,
            statements: Vec::new(),
            state: None,
            positions: Vec::new(),
            checked: Vec::new(),
            broken: false,
        };
        slot.statements.reserve_exact(records.size_hint().0);
        let mut faults = Vec::new();
        let skipped = proof.skipped.map_or(0, |skipped| skipped.count);
        let sequence_of = |at: u64| if at == 0 { 0 } else { at.saturating_add(skipped) };
        for (at, bytes) in (0_u64..).zip(records) {
            let signed = SignedRecord::from_bytes(bytes).map_err(Fault::from);
            match signed.and_then(|signed| Statement::decode(signed, self.roots.deployment())) {
                Ok(statement) => slot.statements.push(statement),
                Err(fault) => faults.push((at, fault)),
            }
        }
        let claimed = slot.statements.iter().find_map(|statement| statement.record.chain);
        let broken_at = faults.first().map(|(at, _)| *at);
        let first = slot.statements.first().filter(|_| broken_at != Some(0));
        slot.name = claimed.or(first.map(Statement::chain));
        let at = |place| slot.name.map(|chain| At { chain, sequence: sequence_of(place) });
        // What is left out has to be settled by a record that is there.
        if proof.skipped.is_some_and(|left_out| !(1..MOST_SKIPPED).contains(&left_out.count))
            || (proof.skipped.is_some() && slot.statements.len() < 2)
        {
            self.findings.push(Finding::fault(UNSETTLED, at(0)));
            slot.broken = true;
        }
        // Up to the first record that cannot be decoded, a statement's place is its sequence.
        let mut state: Option<ChainState> = None;
        for (place, statement) in (0..broken_at.unwrap_or(u64::MAX)).zip(&slot.statements) {
            let skipped = if place == 1 { skip(&mut state, statement, skipped) } else { Ok(()) };
            if let Err(fault) = skipped.and_then(|()| fold(&mut state, statement)) {
                self.findings.push(Finding::fault(fault, at(place)));
                slot.broken = true;
                break;
            }
        }
        if self.proof.is_some() {
            match places::positions(&proof) {
                Some(positions) if positions.len() == slot.statements.len() + faults.len() => {
                    slot.positions = positions;
                }
                _ => self.findings.push(Finding::fault(Fault::BadProof(crate::said("not of as many records")), at(0))),
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
    fn check_order(&mut self) {
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

    /// Signature, permission, scope and custody of one record.
    fn check(&mut self, slot: usize, record: usize) {
        let order = self.slots[slot].positions.get(record).map_or(Order::Unknown, |position| Order::At(position.index));
        let judge = Judge { trust: &self.roots, chains: &self.states, order };
        let statement = &self.slots[slot].statements[record];
        let at = self.slots[slot].name.map(|chain| At { chain, sequence: statement.record.sequence });
        let signed = judge.signing_key(statement.record.signer, &statement.key_id()).and_then(|found| {
            let holds = found.key.verifies(statement.to_be_signed(), &statement.signed.signature());
            if holds { Ok(found.revoked) } else { Err(Fault::BadSignature) }
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
        let statement = &self.slots[slot].statements[record];
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
        self.slots[slot].checked.push(revoked);
    }

    /// A chain that is in the bundle and broken has been reported where it broke.
    fn is_broken_elsewhere(&self, fault: &Fault) -> bool {
        matches!(fault, Fault::MissingChain(chain)
            if self.names.get(chain).is_some_and(|at| self.slots[at].state.is_none()))
    }

    /// Nothing is missing that a record refers to, nothing is there that none does, and nothing came from itself.
    fn check_graph(&mut self) {
        let Some(own) = self.slots.first().and_then(|slot| slot.name) else { return };
        let slot = |chain: &ChainId| self.names.get(chain).map(|at| &self.slots[at]);
        let walk = |chain: &ChainId| -> Result<_, std::convert::Infallible> {
            Ok(slot(chain).map(|slot| graph::references(slot.statements.iter().map(|statement| &statement.record))))
        };
        let Ok(found) = graph::closure(own, walk);
        let mut reached = Index::default();
        for chain in &found.chains {
            reached.insert(chain, 0);
        }
        let inputs = |at: usize| -> Vec<ChainId> {
            let statements = self.slots[at].statements.iter();
            statements.flat_map(|statement| statement.record.event.inputs()).map(|input| input.from).collect()
        };
        let sources: Vec<(ChainId, Vec<ChainId>)> =
            self.names.chains().map(|(chain, at)| (chain, inputs(at))).collect();
        let cycle = graph::find_cycle(&sources);
        // Where something is missing, what it would have led to is not out of place.
        let cut = |finding: &Finding| {
            matches!(&finding.subject, super::verdict::Subject::Fault(Fault::NotInMap | Fault::NoInputs))
        };
        let whole = found.missing.is_empty() && !self.findings.iter().any(cut);
        for (chain, _) in &sources {
            if whole && !reached.has(chain) {
                self.findings.push(Finding::fault(Fault::Unreachable, Some(At { chain: *chain, sequence: 0 })));
            }
        }
        let mut reported = Index::default();
        for finding in &self.findings {
            if let super::verdict::Subject::Fault(Fault::MissingChain(missing)) = &finding.subject {
                reported.insert(missing, 0);
            }
        }
        for chain in found.missing.into_iter().filter(|chain| !reported.has(chain)) {
            self.find(Fault::MissingChain(chain), None);
        }
        if let Some(chain) = cycle {
            self.find(Fault::Cycle, Some(At { chain, sequence: 0 }));
        }
    }

    /// The own chain is the batch that was asked for, and holds produce.
    fn check_batch(&mut self) {
        let Some(state) = self.slots.first().and_then(|slot| slot.state.clone()) else { return };
        let Some(batch) = state.batch() else {
            let at = Some(At { chain: state.id, sequence: 0 });
            return self.find(Fault::WrongReference { field: "batch" }, at);
        };
        if batch.inputs.is_empty() {
            self.find(Fault::NoInputs, None);
        }
        // A source that took nothing in had nothing to give.
        let empty = |state: &&Arc<ChainState>| state.batch().is_some_and(|batch| batch.inputs.is_empty());
        let sources: Vec<ChainId> =
            self.states.all.iter().filter(empty).map(|state| state.id).filter(|id| *id != state.id).collect();
        for chain in sources {
            self.find(Fault::NoInputs, Some(At { chain, sequence: 0 }));
        }
        if self.options.batch.is_some_and(|asked| asked != state.id) {
            self.find(Fault::WrongLabel, None);
        }
        if let Some(scanned) = &self.options.label {
            let found = scanned.compare(&state.id, batch.label.as_ref());
            self.findings.extend(found);
        }
    }

    /// A recall reaches all that came from what it names.
    fn find_recalls(&mut self) {
        let lists = self.options.recalls.iter().chain(&self.listed);
        for list in lists.filter(|list| self.as_of.is_none_or(|as_of| as_of < list.issued)) {
            for listed in &list.recalls {
                let at = At { chain: listed.chain, sequence: listed.sequence };
                if self
                    .states
                    .index
                    .get(&listed.chain)
                    .is_some_and(|chain| self.states.all[chain].sequence < at.sequence)
                {
                    self.findings.push(Finding::recall(listed.reason, at));
                }
            }
        }
        for (at, recall) in std::mem::take(&mut self.recalls) {
            let finding = match (&recall.consignment, &recall.harvests) {
                (Some(part), _) if !self.states.is_batch(part) => {
                    Finding::note(Note::PartRecalled(recall.reason), Some(at))
                }
                (None, Some(harvests)) if !harvests.iter().any(|batch| self.states.is_batch(batch)) => continue,
                _ => Finding::recall(recall.reason, at),
            };
            self.findings.push(finding);
        }
    }

    fn check_openings(&mut self) -> Openings {
        let statements: Vec<(At, &Statement)> = self
            .slots
            .iter()
            .filter_map(|slot| Some((slot.name?, slot)))
            .flat_map(|(chain, slot)| slot.statements.iter().map(move |statement| (chain, statement)))
            .map(|(chain, statement)| (At { chain, sequence: statement.record.sequence }, statement))
            .collect();
        let mut places = Index::default();
        for (at, (_, statement)) in statements.iter().enumerate() {
            places.insert(&statement.id, at);
        }
        let mut opened = Openings::default();
        for opening in std::mem::take(&mut self.openings) {
            let place = places.get(&opening.record).map(|at| statements[at]);
            let checked = match place {
                Some((_, statement)) => opening.check(&statement.record).map_err(Fault::from),
                None => Err(Fault::StrayOpening),
            };
            let fault = match checked {
                Ok(()) if opened.insert(opening) => continue,
                Ok(()) => Fault::StrayOpening,
                Err(fault) => fault,
            };
            self.findings.push(Finding::fault(fault, place.map(|(at, _)| at)));
        }
        for (at, statement) in statements {
            for (path, _) in digests(&statement.record) {
                if opened.get(&statement.id, &path).is_none() {
                    self.findings.push(Finding::note(Note::Withheld(path), Some(at)));
                }
            }
        }
        opened
    }

    fn history(&mut self, own: ChainId, openings: Openings) -> History {
        let mut history = History { own, chains: Vec::new(), index: Index::default(), openings };
        for slot in std::mem::take(&mut self.slots) {
            let Some(state) = slot.state.filter(|_| !slot.broken) else { continue };
            let pairs = slot.statements.into_iter().zip(slot.checked);
            let records = pairs.map(|(statement, revoked)| VerifiedRecord { statement, revoked }).collect();
            history.index.insert(&state.id, history.chains.len());
            history.chains.push(VerifiedChain { state, records });
        }
        history
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

/// Whether the signer's clock, or the time it says something happened, lies outside of what the log can vouch for.
fn claims_another_time(statement: &Statement, position: &Position) -> bool {
    let record = &statement.record;
    let (from, until) = (position.anchor_time.get(), position.log_time.get() + CLOCK);
    let signed = record.signed_at.get();
    let happened = record.happened_at().get();
    signed > until || happened > until || signed + CLOCK < from || happened + EARLIER < from
}

fn fold(state: &mut Option<ChainState>, statement: &Statement) -> Result<(), Fault> {
    match state {
        None => *state = Some(ChainState::begin(&statement.record, statement.id)?),
        Some(state) => state.advance(&statement.record, statement.id)?,
    }
    Ok(())
}
