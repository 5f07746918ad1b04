//! Which batches a recall will reach.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::ids::ChainId;

use super::plan::{Case, Limit};
use crate::command::trace::Drawing;

/// A batch that is reached, with the grams that came into it from what is called back, as far as edges say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The batch.
    pub batch: ChainId,
    /// Steps from the plot.
    pub steps: u32,
    /// Grams that were taken in from what is called back; after mixing, more of it is affected than this.
    pub grams: u64,
}

/// All that comes from what these cases call back, or would, nearest first.
pub fn reached(drawing: &Drawing, cases: &[Case]) -> Vec<Reached> {
    let mut steps: BTreeMap<ChainId, u32> = BTreeMap::new();
    let mut front: BTreeSet<ChainId> = BTreeSet::new();
    for case in cases {
        match &case.limit {
            Limit::All => front.extend(drawing.destinations(&case.plot).iter().map(|edge| edge.to)),
            Limit::Harvests(batches) => front.extend(batches),
        }
    }
    let mut step = 1;
    while !front.is_empty() {
        let fresh: Vec<ChainId> = front.into_iter().filter(|chain| !steps.contains_key(chain)).collect();
        steps.extend(fresh.iter().map(|chain| (*chain, step)));
        front = fresh.iter().flat_map(|chain| drawing.destinations(chain)).map(|edge| edge.to).collect();
        step += 1;
    }
    let plots: BTreeSet<ChainId> = cases.iter().map(|case| case.plot).collect();
    let grams = |batch: &ChainId| {
        let from = |edge: &&&nguon_core::trace::Edge| plots.contains(&edge.from) || steps.contains_key(&edge.from);
        drawing.sources(batch).iter().filter(from).filter_map(|edge| edge.received_g).sum()
    };
    let mut reached: Vec<Reached> =
        steps.iter().map(|(batch, steps)| Reached { batch: *batch, steps: *steps, grams: grams(batch) }).collect();
    reached.sort_by_key(|one| (one.steps, one.batch));
    reached
}
