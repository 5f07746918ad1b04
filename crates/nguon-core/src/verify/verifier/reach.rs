//! What the batch came from, and what recalls and pre-harvest intervals there say of it.

use std::sync::Arc;

use super::super::verdict::{At, Finding, Note, Subject};
use super::Verifier;
use crate::event::Event;
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::state::{ChainState, FieldLog, Recall};

/// The batch and all it came from, nearest first, each with what came from it.
struct Reach {
    found: Vec<(ChainId, usize)>,
    index: Index,
}

impl Reach {
    fn has(&self, chain: &ChainId) -> bool {
        self.index.has(chain)
    }

    /// From a chain to the batch.
    fn path(&self, chain: &ChainId) -> Vec<ChainId> {
        let mut path = Vec::new();
        let mut next = self.index.get(chain);
        while let Some(at) = next {
            let (chain, towards) = self.found[at];
            path.push(chain);
            next = (at > 0).then_some(towards);
        }
        path
    }
}

impl Verifier<'_> {
    pub(super) fn check_goods(&mut self) {
        let Some(own) = self.slots.first().and_then(|slot| slot.name) else { return };
        let reach = self.reach(own);
        self.check_sources(own, &reach);
        // A batch that nothing here came from, named by a recall or as a label, says nothing of this one by forking.
        let states = &self.states;
        self.findings.retain(|finding| {
            let forked = matches!(&finding.subject, Subject::Fault(Fault::ForkedChain));
            let elsewhere = finding.at.filter(|at| forked && !reach.has(&at.chain));
            let state = elsewhere.and_then(|at| states.index.get(&at.chain)).map(|at| &states.all[at]);
            state.is_none_or(|state| state.batch().is_none())
        });
        self.check_intervals(&reach);
        self.find_listed(&reach);
        self.find_recalls(own, &reach);
    }

    /// Walks from the batch to all it came from: sources, the batch it is a consignment of, growing areas, packing
    /// houses. A chain that is broken leads nowhere; its fault is told.
    fn reach(&self, own: ChainId) -> Reach {
        let mut reach = Reach { found: Vec::new(), index: Index::default() };
        let add = |reach: &mut Reach, chain: ChainId, from: usize| {
            if reach.index.insert(&chain, reach.found.len()) {
                reach.found.push((chain, from));
            }
        };
        add(&mut reach, own, 0);
        let mut at = 0;
        while let Some((chain, _)) = reach.found.get(at).copied() {
            if let Some(state) = self.states.index.get(&chain).map(|place| &self.states.all[place]) {
                let batch = state.batch();
                for flow in batch.map(|batch| batch.inputs.entries()).unwrap_or_default() {
                    add(&mut reach, flow.other, at);
                }
                for other in
                    batch.and_then(|batch| batch.label_of).into_iter().chain(state.place().and_then(|place| place.area))
                {
                    add(&mut reach, other, at);
                }
            }
            let slot = self.names.get(&chain).map(|at| &self.slots[at]);
            for record in slot.map(|slot| &*slot.records).unwrap_or_default() {
                let mut event = &record.record().event;
                // A place that was named once stays a way for recalls, whatever was corrected since.
                if let Event::Corrected(corrected) = event {
                    event = &corrected.event;
                }
                let place = match event {
                    Event::Packed(event) => event.place,
                    Event::Repacked(event) => event.place,
                    Event::Received(event) => event.place,
                    Event::Cooled(event) => event.place,
                    _ => None,
                };
                if let Some(place) = place {
                    add(&mut reach, place, at);
                }
            }
            at += 1;
        }
        reach
    }

    /// A source that took nothing in had nothing to give.
    fn check_sources(&mut self, own: ChainId, reach: &Reach) {
        let empty = |state: &&Arc<ChainState>| state.batch().is_some_and(|batch| batch.inputs.is_empty());
        let among = self.states.all.iter().filter(empty).map(|state| state.id);
        let sources: Vec<ChainId> = among.filter(|id| *id != own && reach.has(id)).collect();
        for chain in sources {
            self.find(Fault::NoInputs, Some(At { chain, sequence: 0 }));
        }
    }

    /// What was applied on a plot lies far enough before every harvest that the batch came from.
    fn check_intervals(&mut self, reach: &Reach) {
        let mut found = Vec::new();
        for state in &self.states.all {
            let Some(place) = state.place().filter(|_| reach.has(&state.id)) else { continue };
            for interval in FieldLog::late(&place.log) {
                // What a correction sent elsewhere is not in this batch.
                let draws = place.draws.entries().iter().filter(|flow| flow.origin == interval.harvest);
                if !draws.into_iter().any(|flow| reach.has(&flow.other) && place.draws.of(flow.origin, &flow.other) > 0)
                {
                    continue;
                }
                let at = |sequence| Some(At { chain: state.id, sequence });
                found.push(if interval.kept {
                    Finding::note(Note::LateApplication, at(interval.application))
                } else {
                    Finding::fault(Fault::HarvestTooEarly { earliest: interval.earliest }, at(interval.harvest))
                });
            }
        }
        self.findings.append(&mut found);
    }

    /// Recalls on an authority's list that came after what the bundle shows.
    fn find_listed(&mut self, reach: &Reach) {
        let mut found = Vec::new();
        let lists = self.options.recalls.iter().chain(&self.listed);
        for list in lists.filter(|list| self.as_of.is_none_or(|as_of| as_of < list.issued)) {
            for listed in &list.recalls {
                let at = At { chain: listed.chain, sequence: listed.sequence };
                let newer = |chain: usize| self.states.all[chain].sequence < at.sequence;
                if reach.has(&listed.chain) && self.states.index.get(&listed.chain).is_some_and(newer) {
                    found.push(Finding::recall(listed.reason, at, reach.path(&listed.chain)));
                }
            }
        }
        self.findings.append(&mut found);
    }

    /// A recall reaches all that came from what it names, until it is released.
    fn find_recalls(&mut self, own: ChainId, reach: &Reach) {
        for (at, event) in std::mem::take(&mut self.recalls) {
            let state = self.states.index.get(&at.chain).map(|place| self.states.all[place].clone());
            let same = |recall: &&Recall| recall.sequence == at.sequence;
            let path = match state.as_ref().and_then(|state| state.recalls().iter().find(same)) {
                // Of a chain that is broken nobody can say that the recall has ended, or what it does not reach.
                None => Some(reach.path(&at.chain)),
                Some(recall) if !recall.stands() || !reach.has(&at.chain) => continue,
                Some(recall) => self.path_of(recall, &at.chain, reach),
            };
            match path {
                Some(path) => self.findings.push(Finding::recall(event.reason, at, path)),
                None if event.consignment.is_some() && at.chain == own => {
                    self.findings.push(Finding::note(Note::PartRecalled(event.reason), Some(at)));
                }
                None => {}
            }
        }
    }

    /// How a recall reaches the batch, through what it names; `None` if it does not.
    fn path_of(&self, recall: &Recall, chain: &ChainId, reach: &Reach) -> Option<Vec<ChainId>> {
        let from = |way: &[ChainId], named: &ChainId| {
            let mut path = way.to_vec();
            path.extend(reach.path(named));
            path
        };
        if let Some(part) = &recall.consignment {
            return reach.has(part).then(|| from(&[*chain], part));
        }
        if recall.harvests.is_empty() {
            return Some(reach.path(chain));
        }
        // Nearest first; only what holds a harvest of this very place is meant.
        let named = reach.found.iter().map(|(batch, _)| batch).filter(|batch| recall.harvests.contains(batch));
        for batch in named {
            for plot in self.states.all.iter().filter(|plot| reach.has(&plot.id)) {
                let of_place = plot.id == *chain || plot.place().is_some_and(|place| place.area == Some(*chain));
                if of_place && plot.place().is_some_and(|place| place.draws.with(batch, |_| true) > 0) {
                    let way = if plot.id == *chain { vec![*chain] } else { vec![*chain, plot.id] };
                    return Some(from(&way, batch));
                }
            }
        }
        None
    }
}
