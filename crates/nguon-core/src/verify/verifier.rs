//! The verifier: decodes, checks each record in small steps, then looks at the whole.

use std::sync::Arc;

use super::bundle::{Bundle, BundleError};
use super::graph;
use super::history::{History, Openings, VerifiedChain, VerifiedRecord};
use super::label::ScannedLabel;
use super::verdict::{At, Finding, Note, Outcome, OutcomeKind, Verdict};
use crate::admit::Statement;
use crate::envelope::SignedRecord;
use crate::event::{Event, Recalled};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::judge::{Chains, Judge, Order};
use crate::opening::{Opening, digests};
use crate::permission::ChainSort;
use crate::state::{ChainState, Revocation};
use crate::trust::TrustRoot;
use crate::values::Time;

/// What the reader knows besides the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The reader's clock.
    pub now: Time,
    /// What was scanned or typed.
    pub label: Option<ScannedLabel>,
    /// The batch that was asked for by id.
    pub batch: Option<ChainId>,
}

impl Options {
    /// Nothing known but the time.
    #[must_use]
    pub const fn at(now: Time) -> Self {
        Self { now, label: None, batch: None }
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
    options: &'a Options,
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
}

/// One chain of the bundle.
#[derive(Debug)]
struct Slot {
    /// As its later records call it, or as its first record makes it.
    name: Option<ChainId>,
    statements: Vec<Statement>,
    state: Option<Arc<ChainState>>,
    checked: Vec<Option<Revocation>>,
    broken: bool,
}

/// The states of the chains that hold together.
#[derive(Debug, Default)]
struct States {
    all: Vec<Arc<ChainState>>,
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
}

impl<'a> Verifier<'a> {
    /// Decodes the bundle. Signatures are checked by [`Self::step`].
    #[must_use]
    pub fn new(bytes: &[u8], trust: &'a TrustRoot, options: &'a Options) -> Self {
        let mut verifier = Self {
            trust,
            options,
            slots: Vec::new(),
            names: Index::default(),
            states: States::default(),
            openings: Vec::new(),
            findings: Vec::new(),
            readable: false,
            next: (0, 0),
            progress: Progress { done: 0, total: 0 },
            recalls: Vec::new(),
        };
        match Bundle::from_bytes(bytes) {
            Ok(bundle) => verifier.read(bundle),
            Err(BundleError::UnknownVersion(_)) => verifier.find(Fault::Newer("the bundle"), None),
            Err(error) => verifier.find(Fault::Bundle(error.to_string()), None),
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
        Verification { verdict: Verdict::conclude(self.findings, Outcome::Unlogged, place), history }
    }

    fn find(&mut self, fault: Fault, at: Option<At>) {
        self.findings.push(Finding::fault(fault, at));
    }

    fn read(&mut self, bundle: Bundle) {
        self.readable = true;
        self.check_roots(&bundle);
        for chain in bundle.chains {
            let slot = self.read_chain(chain.into_iter().map(|record| record.0));
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
            }
        }
        self.check_order();
    }

    fn check_roots(&mut self, bundle: &Bundle) {
        match bundle.roots.split_first() {
            Some((first, _)) if first.payload != self.trust.signed().payload => self.find(Fault::OtherRoot, None),
            Some((_, [])) => {}
            Some(_) => self.find(Fault::Newer("a later trust root"), None),
            None => self.find(Fault::OtherRoot, None),
        }
        match (&self.trust.payload().log, &bundle.proof) {
            (Some(_), None) => self.find(Fault::NoProof, None),
            (_, Some(_)) => self.find(Fault::Newer("the log's proof"), None),
            (None, None) => {}
        }
        if self.options.now >= self.trust.payload().expires {
            let mut expired = Finding::note(Note::RootExpired, None);
            expired.outcome = Some(OutcomeKind::Stale);
            self.findings.push(expired);
        }
    }

    /// Decodes a chain and folds it as far as it holds together.
    fn read_chain(&mut self, records: impl Iterator<Item = Vec<u8>>) -> Slot {
        let mut slot = Slot { name: None, statements: Vec::new(), state: None, checked: Vec::new(), broken: false };
        slot.statements.reserve_exact(records.size_hint().0);
        let mut faults = Vec::new();
        for (sequence, bytes) in (0_u64..).zip(records) {
            let signed = SignedRecord::from_bytes(bytes).map_err(Fault::from);
            match signed.and_then(|signed| Statement::decode(signed, self.trust)) {
                Ok(statement) => slot.statements.push(statement),
                Err(fault) => faults.push((sequence, fault)),
            }
        }
        let claimed = slot.statements.iter().find_map(|statement| statement.record.chain);
        let broken_at = faults.first().map(|(sequence, _)| *sequence);
        let first = slot.statements.first().filter(|_| broken_at != Some(0));
        slot.name = claimed.or(first.map(Statement::chain));
        let at = |sequence| slot.name.map(|chain| At { chain, sequence });
        // Up to the first record that cannot be decoded, a statement's place is its sequence.
        let mut state: Option<ChainState> = None;
        for (sequence, statement) in (0..broken_at.unwrap_or(u64::MAX)).zip(&slot.statements) {
            if let Err(fault) = fold(&mut state, statement) {
                self.findings.push(Finding::fault(fault, at(sequence)));
                slot.broken = true;
                break;
            }
        }
        slot.broken |= !faults.is_empty();
        self.findings.extend(faults.into_iter().map(|(sequence, fault)| Finding::fault(fault, at(sequence))));
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
        let judge = Judge { trust: self.trust, chains: &self.states, order: Order::Unknown };
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
        if revoked.is_some() {
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
        for (chain, _) in &sources {
            if !reached.has(chain) {
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

fn fold(state: &mut Option<ChainState>, statement: &Statement) -> Result<(), Fault> {
    match state {
        None => *state = Some(ChainState::begin(&statement.record, statement.id)?),
        Some(state) => state.advance(&statement.record, statement.id)?,
    }
    Ok(())
}
