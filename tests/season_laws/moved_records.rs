//! Any removed, duplicated, reordered or spliced record is caught; every one of them is tried.

use nguon_core::bytes::ByteString;
use nguon_core::verify::Bundle;

use crate::{LOT, SEASON, outcome, passes};

/// Every position of the bundle.
fn positions() -> impl Iterator<Item = (usize, usize)> {
    LOT.chains.iter().enumerate().flat_map(|(chain, records)| (0..records.len()).map(move |record| (chain, record)))
}

fn refused(what: &str, change: impl FnOnce(&mut Bundle)) {
    let mut bundle = LOT.clone();
    change(&mut bundle);
    assert_ne!(bundle, *LOT, "{what} changes nothing");
    assert!(!passes(&bundle), "{what}: {:?}", outcome(&bundle));
}

/// The last record of a chain is a tail, the first of the two exceptions.
fn is_tail(chain: usize, record: usize) -> bool {
    record + 1 == LOT.chains[chain].len()
}

#[test]
fn removed() {
    for (chain, record) in positions() {
        if !is_tail(chain, record) || record == 0 {
            refused(&format!("without record {record} of chain {chain}"), |bundle| {
                bundle.chains[chain].remove(record);
            });
        }
    }
}

#[test]
fn whole_chains_removed() {
    for chain in 0..LOT.chains.len() {
        refused(&format!("without chain {chain}"), |bundle| {
            bundle.chains.remove(chain);
        });
    }
}

#[test]
fn duplicated() {
    for (chain, record) in positions() {
        for place in 0..=LOT.chains[chain].len() {
            refused(&format!("record {record} of chain {chain} again at {place}"), |bundle| {
                let again = bundle.chains[chain][record].clone();
                bundle.chains[chain].insert(place, again);
            });
        }
    }
}

#[test]
fn whole_chains_duplicated() {
    for chain in 0..LOT.chains.len() {
        for place in 0..=LOT.chains.len() {
            refused(&format!("chain {chain} again at {place}"), |bundle| {
                let again = bundle.chains[chain].clone();
                bundle.chains.insert(place, again);
            });
        }
    }
}

#[test]
fn reordered() {
    for (chain, record) in positions() {
        for other in record + 1..LOT.chains[chain].len() {
            refused(&format!("records {record} and {other} of chain {chain} exchanged"), |bundle| {
                bundle.chains[chain].swap(record, other);
            });
        }
    }
}

#[test]
fn whole_chains_reordered() {
    for chain in 0..LOT.chains.len() {
        for other in chain + 1..LOT.chains.len() {
            refused(&format!("chains {chain} and {other} exchanged"), |bundle| bundle.chains.swap(chain, other));
        }
    }
}

/// Records of every other chain of the season, in place of this one and before it.
#[test]
fn spliced() {
    let foreign: Vec<Vec<ByteString>> = SEASON
        .names()
        .map(|(_, id)| SEASON.ledger.records(&id))
        .map(|chain| chain.iter().map(|record| ByteString(record.as_bytes().to_vec())).collect())
        .collect();
    for (chain, record) in positions() {
        for (n, other) in foreign.iter().enumerate() {
            let Some(put) = other.get(record).filter(|put| **put != LOT.chains[chain][record]) else { continue };
            refused(&format!("record {record} of chain {chain} replaced from chain {n}"), |bundle| {
                bundle.chains[chain][record] = put.clone();
            });
        }
    }
    for chain in 0..LOT.chains.len() {
        for (n, other) in foreign.iter().enumerate() {
            let Some(put) = other.get(LOT.chains[chain].len()) else { continue };
            refused(&format!("chain {chain} goes on with a record of chain {n}"), |bundle| {
                bundle.chains[chain].push(put.clone());
            });
        }
    }
}

/// A tail of another chain on every stump of this one.
#[test]
fn tails_exchanged() {
    for chain in 0..LOT.chains.len() {
        for other in (0..LOT.chains.len()).filter(|other| *other != chain) {
            for from in 1..LOT.chains[chain].len().min(LOT.chains[other].len()) {
                refused(&format!("chain {chain} up to {from}, then chain {other}"), |bundle| {
                    let tail = bundle.chains[other][from..].to_vec();
                    bundle.chains[chain].truncate(from);
                    bundle.chains[chain].extend(tail);
                });
            }
        }
    }
}
