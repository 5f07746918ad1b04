//! `farm.sync_500`: a week of a farmer offline, 500 entries in the outbox, until the log has all of them and the server all
//! words: from the first request, by the outbox's own steps, over HTTP to a real server with a log and witnesses, each
//! step's changes on disk before the next. A half of the entries are sprays with a sealed name, a half harvests of three
//! records (batch, draw, harvest): 1,000 records and 250 openings. The bytes of the farmer's app, `farm.first_load`, are weighed
//! by `xtask` itself.

#[path = "../served/mod.rs"]
mod served;
mod sync;
mod week;

use std::hint::black_box;

use ed25519_dalek::{Signer as _, SigningKey};
use xtask_bench::best::{Best, number};
use xtask_bench::figures::{AtMost, Wanted, report};

use served::{Scribe, Served};

/// How often; the best counts.
const ROUNDS: usize = 5;
/// Milliseconds: "in seconds".
const LIMIT: f64 = 5_000.0;

fn main() {
    if !Wanted::from_arguments().has("farm.sync_500") {
        return;
    }
    let served = Served::start();
    let mut scribe = Scribe::new(served.trust.clone());
    let weeks: Vec<week::Week> = week::farms(&mut scribe, ROUNDS);
    served.register(&scribe.written);
    let mut times = Vec::new();
    for week in weeks {
        let (mut book, mut outbox) = week.write(&scribe.ledger);
        times.push(sync::run(&served, &mut book, &mut outbox, week.signer()).as_secs_f64() * 1e3);
    }
    let all: Vec<String> = times.iter().map(|time| format!("{time:.0}")).collect();
    eprintln!("farm: 500 entries in {} ms", all.join(", "));
    let best = times.into_iter().fold(f64::MAX, f64::min);
    report("farm.sync_500", best, "ms", Some(AtMost { ratio: 1.0, of: LIMIT }));
    report("farm.sync_500.verify_strict", strict(), "ms", None);
}

/// Milliseconds that as many signatures of 300 bytes take to verify.
fn strict() -> f64 {
    let key = SigningKey::from_bytes(&[7; 32]);
    let message = [42; 300];
    let (public, signature) = (key.verifying_key(), key.sign(&message));
    let mut best = Best::of(1);
    for _ in 0..xtask_bench::best::ROUNDS {
        best.time(0, || black_box(&public).verify_strict(&message, &signature)).expect("a signature that holds");
    }
    best.seconds() * 1e3 * number(week::RECORDS)
}
