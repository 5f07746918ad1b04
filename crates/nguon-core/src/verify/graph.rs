//! Which chains a batch needs, and whether its history runs in a circle. Bundle builder and verifier ask the same code.

use std::collections::VecDeque;

use crate::ids::ChainId;
use crate::index::Index;
use crate::record::Record;

/// How far back a chain that is named again is looked for, before it is walked to again.
const NEAR: usize = 4;

/// The chains a batch needs: its own, and all that a record of one of them refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The chains found, the own one among them, ascending.
    pub chains: Vec<ChainId>,
    /// Chains referred to and not at hand, ascending.
    pub missing: Vec<ChainId>,
}

/// Walks from a batch to all it needs. `references` gives the chains that a chain's records refer to, or `None` if the
/// chain is not at hand.
pub fn closure<E>(
    own: ChainId,
    mut references: impl FnMut(&ChainId) -> Result<Option<Vec<ChainId>>, E>,
) -> Result<Closure, E> {
    let (mut found, mut missing) = (Index::default(), Index::default());
    let mut queue = VecDeque::from([own]);
    while let Some(chain) = queue.pop_front() {
        if found.has(&chain) || missing.has(&chain) {
            continue;
        }
        match references(&chain)? {
            None => {
                missing.insert(&chain, 0);
            }
            Some(next) => {
                found.insert(&chain, 0);
                queue.extend(next);
            }
        }
    }
    let ascending = |index: &Index| index.chains().map(|(chain, _)| chain).collect();
    Ok(Closure { chains: ascending(&found), missing: ascending(&missing) })
}

/// A chain that came from itself by way of others, if one did. `inputs` are the sources of each chain.
pub(super) fn find_cycle(inputs: &[(ChainId, Vec<ChainId>)]) -> Option<ChainId> {
    let mut places = Index::default();
    for (at, (chain, _)) in inputs.iter().enumerate() {
        places.insert(chain, at);
    }
    let mut waiting = vec![0_usize; inputs.len()];
    for source in inputs.iter().flat_map(|(_, sources)| sources) {
        if let Some(at) = places.get(source) {
            waiting[at] += 1;
        }
    }
    // Repeatedly take away what nothing left comes from (Kahn); a cycle stays.
    let mut free: Vec<usize> = (0..inputs.len()).filter(|at| waiting[*at] == 0).collect();
    let mut left = inputs.len();
    while let Some(at) = free.pop() {
        left -= 1;
        for source in &inputs[at].1 {
            if let Some(at) = places.get(source) {
                waiting[at] -= 1;
                if waiting[at] == 0 {
                    free.push(at);
                }
            }
        }
    }
    if left == 0 { None } else { (0..inputs.len()).find(|at| waiting[*at] > 0).map(|at| inputs[at].0) }
}

/// The chains that these records refer to.
pub(super) fn references<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<ChainId> {
    let mut chains: Vec<ChainId> = Vec::new();
    for chain in records.into_iter().flat_map(Record::references) {
        // Most records of a chain name what the one before named.
        if !chains.iter().rev().take(NEAR).any(|near| *near == chain) {
            chains.push(chain);
        }
    }
    chains
}
