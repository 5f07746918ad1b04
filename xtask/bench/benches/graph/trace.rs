//! `graph.trace_p99`, `graph.trace_edge`, `graph.trace_memory`: walks both ways through the store, warm.

use std::time::Duration;

use nguon_core::ids::ChainId;
use nguon_core::trace::{Direction, MOST};
use nguon_store::sqlite::{Location, SqliteStore};
use nguon_store::{OpeningPolicy, Origin, Store as _};
use rusqlite::{Connection, OpenFlags};
use xtask_bench::best::{number, on_core};
use xtask_bench::figures::{AtMost, Wanted, report};

use crate::made::Made;
use crate::process;
use crate::wait;

/// Batches and places at which walks begin; all places with a code are among them.
const BATCHES: usize = 8_000;
const PLACES: usize = 2_000;

/// The best of so many walks from each counts; the first makes the rest warm. The slowest, of which the figures are, are
/// walked again.
const ROUNDS: usize = 2;
const SLOWEST: usize = 300;
const MORE_ROUNDS: usize = 3;

/// Edges up to which a walk has so many milliseconds, and microseconds for each edge of a longer one.
const SHORT: u64 = 5_000;
const WAIT: f64 = 50.0;
const EDGE: f64 = 10.0;

/// Lines that the store is asked for at a time, as the server asks.
const FIRST: usize = 256;
const FURTHER: usize = 2_048;

/// One walk: how many edges, and how long this program's threads were on a core for it.
#[derive(Clone, Copy)]
struct Walked {
    edges: u64,
    time: Duration,
}

pub fn measure(wanted: &Wanted, made: &Made, store: &SqliteStore) {
    let names = ["graph.trace_p99", "graph.trace_edge", "graph.trace_memory"];
    if !names.iter().any(|name| wanted.has(name)) {
        return;
    }
    let records = Connection::open_with_flags(Location::of(&made.folder).records, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let records = records.expect("the store's file");
    let starts = starts(&records).expect("chains");
    walk(store, &starts[0]);
    let before = process::resident();
    process::forget_peak();
    let walks = walks(store, &starts);
    let added = process::peak().saturating_sub(before);
    let lookup = lookup(&records).expect("a lookup");
    let (short, long): (Vec<Walked>, Vec<Walked>) = walks.into_iter().partition(|walk| walk.edges <= SHORT);
    tell(&short, &long);
    if wanted.has(names[0]) {
        let mut times: Vec<Duration> = short.iter().map(|walk| walk.time).collect();
        let limit = AtMost { ratio: 1.0, of: WAIT };
        report(names[0], percentile(&mut times, 99).as_secs_f64() * 1e3, "ms", Some(limit));
        report("graph.trace_p99.median", percentile(&mut times, 50).as_secs_f64() * 1e3, "ms", None);
        report("graph.trace_p99.lookup", lookup.as_secs_f64() * 1e6, "µs", None);
    }
    if wanted.has(names[1]) {
        let each = |walk: &Walked| walk.time.div_f64(number(usize::try_from(walk.edges).unwrap_or(usize::MAX)));
        let mut times: Vec<Duration> = long.iter().map(each).collect();
        report(
            names[1],
            percentile(&mut times, 99).as_secs_f64() * 1e6,
            "µs/edge",
            Some(AtMost { ratio: 1.0, of: EDGE }),
        );
    }
    if wanted.has(names[2]) {
        report(names[2], number(added), "bytes", None);
        report("graph.trace_memory.before", number(before), "bytes", None);
    }
}

/// Chain ids are hashes, so that the first ones in their order are a sample that nobody chose.
fn starts(records: &Connection) -> rusqlite::Result<Vec<Origin>> {
    let chains = |query: &str, most: usize| -> rusqlite::Result<Vec<ChainId>> {
        let mut query = records.prepare(query)?;
        let rows = query.query_map([most], |row| row.get(0).map(ChainId::from_bytes))?;
        rows.collect()
    };
    let batches = chains("SELECT chain_id FROM chain WHERE kind = 'batch' ORDER BY chain_id LIMIT ?1", BATCHES)?;
    let mut places = chains("SELECT chain_id FROM code ORDER BY chain_id LIMIT ?1", PLACES)?;
    let plots = "SELECT chain_id FROM chain WHERE kind = 'place' AND chain_id NOT IN (SELECT chain_id FROM code)
        ORDER BY chain_id LIMIT ?1";
    places.extend(chains(plots, PLACES - places.len())?);
    Ok(batches.into_iter().map(Origin::Batch).chain(places.into_iter().map(Origin::Place)).collect())
}

/// The best walk from each start.
fn walks(store: &SqliteStore, starts: &[Origin]) -> Vec<Walked> {
    let mut best: Vec<Walked> = Vec::new();
    for round in 0..ROUNDS {
        eprintln!("graph: walks from {} starts, round {} of {ROUNDS}", starts.len(), round + 1);
        for (at, start) in starts.iter().enumerate() {
            let walked = walk(store, start);
            match best.get_mut(at) {
                Some(known) => known.time = known.time.min(walked.time),
                None => best.push(walked),
            }
        }
    }
    for _ in 0..MORE_ROUNDS {
        for lengths in [0..=SHORT, SHORT + 1..=u64::MAX] {
            let mut slowest: Vec<usize> = (0..best.len()).filter(|at| lengths.contains(&best[*at].edges)).collect();
            slowest.sort_by_key(|at| std::cmp::Reverse(best[*at].time));
            for at in slowest.into_iter().take(SLOWEST) {
                best[at].time = best[at].time.min(walk(store, &starts[at]).time);
            }
        }
    }
    best
}

/// All lines of one walk, piece by piece.
fn walk(store: &SqliteStore, start: &Origin) -> Walked {
    let policy = OpeningPolicy::default();
    let (end, time) = on_core(|| {
        let piece = wait(store.begin_trace(start.clone(), Direction::Both, MOST, policy.clone(), FIRST));
        let mut piece = piece.expect("a store that works").expect("a chain");
        while !piece.walk.is_over() {
            piece = wait(store.go_on_trace(piece.walk, policy.clone(), FURTHER)).expect("a store that works");
        }
        piece.walk.end()
    });
    assert!(!end.cut && end.nodes > 0, "{start:?}: {end:?}");
    Walked { edges: end.edges, time }
}

/// What a row costs that SQLite finds by its primary key in the same file, the least that any line of a walk costs.
fn lookup(records: &Connection) -> rusqlite::Result<Duration> {
    let count: i64 = records.query_row("SELECT max(node) FROM node", [], |row| row.get(0))?;
    let mut query = records.prepare("SELECT chain_id FROM node WHERE node = ?1")?;
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let keys = (0..100_000_i64).map(|at| 1 + at * 7919 % count);
        let (found, time) =
            on_core(|| keys.into_iter().try_for_each(|key| query.query_row([key], |row| row.get_ref(0).map(|_| ()))));
        found?;
        best = best.min(time);
    }
    Ok(best / 100_000)
}

fn percentile(times: &mut [Duration], of: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * of / 100).min(times.len() - 1)]
}

/// How far the walks went, for whoever reads along.
fn tell(short: &[Walked], long: &[Walked]) {
    let mut edges: Vec<u64> = short.iter().chain(long).map(|walk| walk.edges).collect();
    edges.sort_unstable();
    let at = |of: usize| edges[(edges.len() * of / 100).min(edges.len() - 1)];
    let time: Duration = short.iter().chain(long).map(|walk| walk.time).sum();
    let each = time.as_secs_f64() * 1e6 / number(usize::try_from(edges.iter().sum::<u64>()).unwrap_or(1));
    eprintln!(
        "graph: {} walks, {} of them beyond {SHORT} edges; edges: median {}, p90 {}, p99 {}, most {}; {each:.2} µs an edge",
        edges.len(),
        long.len(),
        at(50),
        at(90),
        at(99),
        at(100)
    );
}
