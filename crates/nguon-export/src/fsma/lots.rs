//! Which lot code a batch carries, and what came before and after it.

use std::collections::BTreeSet;

use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;

use crate::facts::{Entry, Facts};

/// What a batch takes in, by the records that count.
pub(super) fn inputs<'a>(facts: &Facts<'a>, batch: &ChainId) -> Vec<(Entry<'a>, &'a Input)> {
    let of_entry = |entry: Entry<'a>| entry.event.inputs().iter().map(move |input| (entry, input));
    facts.entries_of(batch).flat_map(of_entry).collect()
}

/// Whether a batch was packed here, whatever it was before.
pub(super) fn is_packing(facts: &Facts<'_>, batch: &ChainId) -> bool {
    facts.entries_of(batch).any(|entry| matches!(entry.event, Event::Packed(_) | Event::Repacked(_)))
}

/// The batch in which this batch's fruit was last packed: itself, or where what it received comes from. `None`: it was not
/// packed yet, or of several packed lots none can be told.
pub(super) fn packed_in(facts: &Facts<'_>, batch: &ChainId) -> Option<ChainId> {
    let (mut at, mut seen) = (*batch, BTreeSet::new());
    loop {
        if is_packing(facts, &at) {
            return Some(at);
        }
        if !seen.insert(at) {
            return None;
        }
        let sources: BTreeSet<ChainId> = inputs(facts, &at).iter().map(|(_, input)| input.from).collect();
        let mut sources = sources
            .into_iter()
            .filter(|source| facts.chain(source).is_some_and(|chain| chain.state().batch().is_some()));
        match (sources.next(), sources.next()) {
            (Some(only), None) => at = only,
            _ => return None,
        }
    }
}

/// Whether any of a batch's fruit was packed before it came here or is packed here.
pub(super) fn is_packed(facts: &Facts<'_>, batch: &ChainId) -> bool {
    upstream(facts, batch).iter().any(|batch| is_packing(facts, batch))
}

/// The traceability lot code (§1.1310) that a batch's fruit carries: that of the packing it comes from, since receiving
/// assigns no other (§1.1320).
pub(super) fn code(facts: &Facts<'_>, batch: &ChainId) -> String {
    facts.lot(&packed_in(facts, batch).unwrap_or(*batch)).code()
}

/// A batch and all batches it came from.
pub(super) fn upstream(facts: &Facts<'_>, batch: &ChainId) -> BTreeSet<ChainId> {
    let (mut found, mut next) = (BTreeSet::new(), vec![*batch]);
    while let Some(at) = next.pop() {
        if facts.chain(&at).is_some_and(|chain| chain.state().batch().is_some()) && found.insert(at) {
            next.extend(inputs(facts, &at).into_iter().map(|(_, input)| input.from));
        }
    }
    found
}

/// The harvests that a batch's fruit comes from: each draw on a plot into it, or into what it came from.
pub(super) fn harvests<'a>(facts: &Facts<'a>, batch: &ChainId) -> Vec<Entry<'a>> {
    let batches = upstream(facts, batch);
    let mut plots = BTreeSet::new();
    for at in &batches {
        plots.extend(inputs(facts, at).into_iter().map(|(_, input)| input.from).filter(|from| !batches.contains(from)));
    }
    let into = |entry: &Entry<'_>| matches!(entry.event, Event::HarvestDrawn(draw) if batches.contains(&draw.to));
    plots.iter().flat_map(|plot| facts.entries_of(plot)).filter(into).collect()
}

/// The first owners after this one on the ways from a batch, as far as the history goes.
pub(super) fn recipients(facts: &Facts<'_>, batch: &ChainId, owner: &ChainId) -> BTreeSet<ChainId> {
    let (mut found, mut seen, mut next) = (BTreeSet::new(), BTreeSet::new(), vec![*batch]);
    while let Some(at) = next.pop() {
        if !seen.insert(at) {
            continue;
        }
        let Some(state) = facts.chain(&at).and_then(|chain| chain.state().batch()) else { continue };
        if state.owner == *owner {
            next.extend(state.draws.others());
        } else {
            found.insert(state.owner);
        }
    }
    found
}
