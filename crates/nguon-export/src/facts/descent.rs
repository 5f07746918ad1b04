//! Which lot code a batch carries, and what came before and after it.

use std::collections::BTreeSet;

use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;

use super::{Entry, Facts};

impl<'a> Facts<'a> {
    /// What a batch takes in, by the records that count.
    #[must_use]
    pub fn inputs(&self, batch: &ChainId) -> Vec<(Entry<'a>, &'a Input)> {
        let of_entry = |entry: Entry<'a>| entry.event.inputs().iter().map(move |input| (entry, input));
        self.entries_of(batch).flat_map(of_entry).collect()
    }

    /// Whether a batch was packed here, whatever it was before.
    #[must_use]
    pub fn is_packing(&self, batch: &ChainId) -> bool {
        self.entries_of(batch).any(|entry| matches!(entry.event, Event::Packed(_) | Event::Repacked(_)))
    }

    /// The batch in which this batch's fruit was last packed: itself, or where what it received comes from. `None`: it was not
    /// packed yet, or of several packed lots none can be told.
    #[must_use]
    pub fn packed_in(&self, batch: &ChainId) -> Option<ChainId> {
        let (mut at, mut seen) = (*batch, BTreeSet::new());
        loop {
            if self.is_packing(&at) {
                return Some(at);
            }
            if !seen.insert(at) {
                return None;
            }
            let sources: BTreeSet<ChainId> = self.inputs(&at).iter().map(|(_, input)| input.from).collect();
            let mut sources = sources
                .into_iter()
                .filter(|source| self.chain(source).is_some_and(|chain| chain.state().batch().is_some()));
            match (sources.next(), sources.next()) {
                (Some(only), None) => at = only,
                _ => return None,
            }
        }
    }

    /// Whether any of a batch's fruit was packed before it came here or is packed here.
    #[must_use]
    pub fn is_packed(&self, batch: &ChainId) -> bool {
        self.upstream(batch).iter().any(|batch| self.is_packing(batch))
    }

    /// The traceability lot code (§1.1310) that a batch's fruit carries: that of the packing it comes from, since receiving
    /// assigns no other (§1.1320).
    #[must_use]
    pub fn lot_code(&self, batch: &ChainId) -> String {
        self.lot(&self.packed_in(batch).unwrap_or(*batch)).code()
    }

    /// A batch and all batches it came from.
    #[must_use]
    pub fn upstream(&self, batch: &ChainId) -> BTreeSet<ChainId> {
        let (mut found, mut next) = (BTreeSet::new(), vec![*batch]);
        while let Some(at) = next.pop() {
            if self.chain(&at).is_some_and(|chain| chain.state().batch().is_some()) && found.insert(at) {
                next.extend(self.inputs(&at).into_iter().map(|(_, input)| input.from));
            }
        }
        found
    }

    /// The harvests that a batch's fruit comes from: each draw on a plot into it, or into what it came from.
    #[must_use]
    pub fn harvests(&self, batch: &ChainId) -> Vec<Entry<'a>> {
        let batches = self.upstream(batch);
        let mut plots = BTreeSet::new();
        for at in &batches {
            plots.extend(
                self.inputs(at).into_iter().map(|(_, input)| input.from).filter(|from| !batches.contains(from)),
            );
        }
        let into = |entry: &Entry<'_>| matches!(entry.event, Event::HarvestDrawn(draw) if batches.contains(&draw.to));
        plots.iter().flat_map(|plot| self.entries_of(plot)).filter(into).collect()
    }

    /// The first owners after this one on the ways from a batch, as far as the history goes.
    #[must_use]
    pub fn recipients(&self, batch: &ChainId, owner: &ChainId) -> BTreeSet<ChainId> {
        let (mut found, mut seen, mut next) = (BTreeSet::new(), BTreeSet::new(), vec![*batch]);
        while let Some(at) = next.pop() {
            if !seen.insert(at) {
                continue;
            }
            let Some(state) = self.chain(&at).and_then(|chain| chain.state().batch()) else { continue };
            if state.owner == *owner {
                next.extend(state.draws.others());
            } else {
                found.insert(state.owner);
            }
        }
        found
    }
}
