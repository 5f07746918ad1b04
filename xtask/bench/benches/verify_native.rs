//! `verify.native`: verifying a bundle with a chain of 1,000 records, against `verify_strict` over the same signatures.
//! One thread, the two in turn, the best of each.

use std::time::{Duration, Instant};

use nguon_bench_wasm::Subject;
use xtask_bench::{ROUNDS, report, sample};

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn main() {
    let sample = sample().expect("records that are accepted");
    let subject = Subject::new(&sample.root, sample.bundle);
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best.0 = best.0.min(timed(|| subject.whole()));
        best.1 = best.1.min(timed(|| subject.signatures()));
    }
    report("verify.native", best.0.as_secs_f64() * 1e3, "ms", best.1.as_secs_f64() * 1e3, 1.10);
}
