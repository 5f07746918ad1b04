//! `log.map_update` and `log.map_memory`: the heads map, at a hundred thousand keys and at a million.

use nguon_tlog::map::{Entry, Map, value_hash};
use xtask_bench::best::{Best, number};
use xtask_bench::figures::{AtMost, Wanted, report};

use crate::strict::Strict;

/// Keys changed at a time.
const BATCH: usize = 128;
const BATCHES: usize = 200;

/// The map is copied for each.
const ROUNDS: usize = 9;

/// Microseconds a key may take.
const TARGET: f64 = 20.0;

pub fn measure(wanted: &Wanted) {
    let (updates, memory) = ("log.map_update", "log.map_memory");
    if !wanted.has(updates) && !wanted.has(memory) {
        return;
    }
    let mut strict = Strict::new();
    for (keys, under) in [(100_000, ""), (1_000_000, ".million_keys")] {
        let mut map = Map::new();
        map.set(&(0..keys).map(|index| entry(index, 0)).collect::<Vec<_>>()).expect("room");
        if wanted.has(updates) {
            let each = AtMost { ratio: 1.0, of: TARGET };
            report(&format!("{updates}{under}"), update(&map, keys, &mut strict), "µs/key", Some(each));
        }
        if wanted.has(memory) {
            report(&format!("{memory}{under}"), number(map.memory()), "bytes", None);
        }
    }
    if wanted.has(updates) {
        strict.report(updates);
    }
}

/// Microseconds a key, half of the keys new and half changed.
fn update(map: &Map, keys: usize, strict: &mut Strict) -> f64 {
    let batches: Vec<Vec<Entry>> = (1..=BATCHES)
        .map(|round| {
            let changed = (0..BATCH / 2).map(|index| entry((round * 7919 + index * 104_729) % keys, round));
            changed.chain((0..BATCH / 2).map(|index| entry(keys + round * BATCH + index, round))).collect()
        })
        .collect();
    let mut best = Best::of(BATCHES);
    for _ in 0..ROUNDS {
        let mut map = map.clone();
        for (at, batch) in batches.iter().enumerate() {
            best.time(at, || map.set(batch)).expect("room");
            strict.time();
        }
    }
    best.microseconds_each(BATCHES * BATCH)
}

fn entry(index: usize, round: usize) -> Entry {
    (value_hash(&index.to_be_bytes()), value_hash(&[index.to_be_bytes(), round.to_be_bytes()].concat()))
}
