//! How fast and how large the map is: `cargo run --release -p nguon-tlog --example map_rate`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use nguon_tlog::map::{Entry, Key, Map, MapError, value_hash, verify};

const BATCH: usize = 128;
const ROUNDS: usize = 400;
const QUERIED: usize = 60;

fn main() -> Result<(), MapError> {
    for keys in [100_000, 1_000_000] {
        measure(keys)?;
    }
    Ok(())
}

fn measure(keys: usize) -> Result<(), MapError> {
    let entries: Vec<Entry> = (0..keys).map(|index| entry(index, 0)).collect();
    let mut map = Map::new();
    let built = cpu(|| map.set(&entries));
    built.0?;
    println!("{keys} keys");
    println!("  bulk build         {:>10.1} ms CPU", micros(built.1) / 1e3);
    println!("  memory             {:>10.1} bytes a key", share(map.memory(), keys));

    // Half of each batch changes what is there, half is new.
    let batches: Vec<Vec<Entry>> = (1..=ROUNDS)
        .map(|round| {
            let changed = (0..BATCH / 2).map(|index| entry((round * 7919 + index * 104_729) % keys, round));
            changed.chain((0..BATCH / 2).map(|index| entry(keys + round * BATCH + index, round))).collect()
        })
        .collect();
    let updated = cpu(|| batches.iter().try_for_each(|batch| map.set(batch)));
    updated.0?;
    println!(
        "  update             {:>10.2} us CPU a key in batches of {BATCH}",
        micros(updated.1) / share(BATCH * ROUNDS, 1)
    );
    println!("  memory after it    {:>10.1} bytes a key", share(map.memory(), map.len()));

    // One key in ten is absent.
    let queries: Vec<Vec<Key>> = (0..ROUNDS)
        .map(|round| {
            (0..QUERIED)
                .map(|index| key(if index % 10 == 0 { usize::MAX - index } else { round * 613 + index * 1021 }))
                .collect()
        })
        .collect();
    let (proofs, proved) = cpu(|| queries.iter().map(|keys| black_box(map.prove(keys))).collect::<Vec<_>>());
    let largest = proofs.iter().map(Vec::len).max().unwrap_or_default();
    let claims: Vec<_> = queries.iter().map(|keys| map.claims(keys)).collect();
    let root = map.root();
    let verified = cpu(|| claims.iter().zip(&proofs).try_for_each(|(claims, proof)| verify(&root, claims, proof)));
    verified.0?;
    println!("  proof of {QUERIED} keys   {:>10.1} us CPU", micros(proved) / share(ROUNDS, 1));
    println!("  its verification   {:>10.1} us CPU", micros(verified.1) / share(ROUNDS, 1));
    println!("  its size           {largest:>10} bytes at most, {:.1} a key", share(largest, QUERIED));
    Ok(())
}

fn key(index: usize) -> Key {
    value_hash(&(index as u64).to_be_bytes())
}

fn entry(index: usize, round: usize) -> Entry {
    (key(index), value_hash(&[(index as u64).to_be_bytes(), (round as u64).to_be_bytes()].concat()))
}

#[expect(clippy::cast_precision_loss, reason = "figures to read")]
fn share(whole: usize, parts: usize) -> f64 {
    whole as f64 / parts as f64
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// What the work gives and its CPU time: Linux's own count, elsewhere the clock.
fn cpu<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (clock, before) = (Instant::now(), cpu_so_far());
    let done = work();
    let spent = before.and_then(|before| Some(cpu_so_far()?.saturating_sub(before)));
    (done, spent.unwrap_or_else(|| clock.elapsed()))
}

fn cpu_so_far() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
