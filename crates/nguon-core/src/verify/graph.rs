//! Which chains a batch needs, and whether its history runs in a circle. Bundle builder and verifier ask the same code.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::ids::ChainId;
use crate::record::Record;

/// The chains a batch needs: its own, and all that a record of one of them refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The chains found, the own one among them.
    pub chains: BTreeSet<ChainId>,
    /// Chains referred to and not at hand.
    pub missing: BTreeSet<ChainId>,
}

/// Walks from a batch to all it needs. `references` gives the chains that a chain's records refer to, or `None` if the
/// chain is not at hand.
pub fn closure<E>(
    own: ChainId,
    mut references: impl FnMut(&ChainId) -> Result<Option<Vec<ChainId>>, E>,
) -> Result<Closure, E> {
    let mut found = Closure { chains: BTreeSet::new(), missing: BTreeSet::new() };
    let mut queue = VecDeque::from([own]);
    while let Some(chain) = queue.pop_front() {
        if found.chains.contains(&chain) || found.missing.contains(&chain) {
            continue;
        }
        match references(&chain)? {
            None => {
                found.missing.insert(chain);
            }
            Some(next) => {
                found.chains.insert(chain);
                queue.extend(next);
            }
        }
    }
    Ok(found)
}

/// A chain that came from itself by way of others, if one did.
pub(super) fn find_cycle(inputs: &BTreeMap<ChainId, Vec<ChainId>>) -> Option<ChainId> {
    let mut waiting: BTreeMap<ChainId, usize> = inputs.keys().map(|chain| (*chain, 0)).collect();
    for source in inputs.values().flatten() {
        if let Some(count) = waiting.get_mut(source) {
            *count += 1;
        }
    }
    // Repeatedly take away what nothing left comes from (Kahn); a cycle stays.
    let mut free: Vec<ChainId> = waiting.iter().filter(|(_, count)| **count == 0).map(|(chain, _)| *chain).collect();
    while let Some(chain) = free.pop() {
        waiting.remove(&chain);
        for source in inputs.get(&chain).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(source) {
                *count -= 1;
                if *count == 0 {
                    free.push(*source);
                }
            }
        }
    }
    waiting.into_keys().next()
}

/// The chains that these records refer to.
pub(super) fn references<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<ChainId> {
    records.into_iter().flat_map(Record::references).collect()
}
