//! What is asked of a bundle as a whole, once each record has been checked.

use super::super::graph;
use super::super::history::{History, Openings, VerifiedChain, VerifiedRecord};
use super::super::verdict::{At, Finding, Note, Subject};
use super::Verifier;
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::opening::digests;

impl Verifier<'_> {
    /// Nothing is missing that a record refers to, nothing is there that none does, and nothing came from itself.
    pub(super) fn check_graph(&mut self) {
        let Some(own) = self.slots.first().and_then(|slot| slot.name) else { return };
        let slot = |chain: &ChainId| self.names.get(chain).map(|at| &self.slots[at]);
        let walk = |chain: &ChainId| -> Result<_, std::convert::Infallible> {
            Ok(slot(chain).map(|slot| graph::references(slot.records.iter().map(VerifiedRecord::record))))
        };
        let Ok(found) = graph::closure(own, walk);
        let mut reached = Index::default();
        for chain in &found.chains {
            reached.insert(chain, 0);
        }
        let inputs = |at: usize| -> Vec<ChainId> {
            let records = self.slots[at].records.iter();
            records.flat_map(|record| record.record().event.inputs()).map(|input| input.from).collect()
        };
        let sources: Vec<(ChainId, Vec<ChainId>)> =
            self.names.chains().map(|(chain, at)| (chain, inputs(at))).collect();
        let cycle = graph::find_cycle(&sources);
        // Where something is missing, what it would have led to is not out of place.
        let cut = |finding: &Finding| matches!(&finding.subject, Subject::Fault(Fault::NotInMap | Fault::NoInputs));
        let whole = found.missing.is_empty() && !self.findings.iter().any(cut);
        for (chain, _) in &sources {
            if whole && !reached.has(chain) {
                self.findings.push(Finding::fault(Fault::Unreachable, Some(At { chain: *chain, sequence: 0 })));
            }
        }
        let mut reported = Index::default();
        for finding in &self.findings {
            if let Subject::Fault(Fault::MissingChain(missing)) = &finding.subject {
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
    pub(super) fn check_batch(&mut self) {
        let Some(state) = self.slots.first().and_then(|slot| slot.state.clone()) else { return };
        let Some(batch) = state.batch() else {
            let at = Some(At { chain: state.id, sequence: 0 });
            return self.find(Fault::WrongReference { field: "batch" }, at);
        };
        if batch.inputs.is_empty() {
            self.find(Fault::NoInputs, None);
        }
        if self.options.batch.is_some_and(|asked| asked != state.id) {
            self.find(Fault::WrongLabel, None);
        }
        if let Some(scanned) = &self.options.label {
            let label = batch.label.as_ref().filter(|_| batch.name_released.is_none());
            let found = scanned.compare(&state.id, label);
            self.findings.extend(found);
        }
    }

    /// What a lost or stolen key signed counts once somebody looked at it again; that record is looked at by itself.
    pub(super) fn forgive_reattested(&mut self) {
        let states = &self.states;
        let reattested = |at: &At| {
            let state = states.index.get(&at.chain).map(|chain| &states.all[chain]);
            state.is_some_and(|state| state.is_reattested(at.sequence))
        };
        self.findings.retain(|finding| match (&finding.subject, &finding.at) {
            (Subject::Fault(Fault::RevokedKey(_)), Some(at)) => !reattested(at),
            _ => true,
        });
    }

    pub(super) fn check_openings(&mut self) -> Openings {
        // By what is opened, which is less than what there is.
        let mut named = Index::default();
        for opening in &self.openings {
            named.insert(&opening.record, named.len());
        }
        let mut places = vec![None; named.len()];
        let mut statements = Vec::with_capacity(self.progress.total);
        for (chain, slot) in self.slots.iter().filter_map(|slot| Some((slot.name?, slot))) {
            for VerifiedRecord { statement, .. } in &slot.records {
                let at = At { chain, sequence: statement.record.sequence };
                let name = named.get(&statement.id);
                if let Some(place) = name.and_then(|name| places.get_mut(name)) {
                    place.get_or_insert((at, statement));
                }
                statements.push((at, statement, name.is_some()));
            }
        }
        let mut opened = Openings::default();
        for opening in std::mem::take(&mut self.openings) {
            let place = named.get(&opening.record).and_then(|name| places[name]);
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
        for (at, statement, named) in statements {
            for (path, _) in digests(&statement.record) {
                if !named || opened.get(&statement.id, &path).is_none() {
                    self.findings.push(Finding::note(Note::Withheld(path), Some(at)));
                }
            }
        }
        opened
    }

    pub(super) fn history(&mut self, own: ChainId, openings: Openings) -> History {
        let mut history = History { own, chains: Vec::new(), index: Index::default(), openings };
        for slot in std::mem::take(&mut self.slots) {
            let Some(state) = slot.state.filter(|_| !slot.broken) else { continue };
            history.index.insert(&state.id, history.chains.len());
            history.chains.push(VerifiedChain { state, records: slot.records });
        }
        history
    }
}
