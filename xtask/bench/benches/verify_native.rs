//! `verify.native`: verifying a bundle with a chain of 1,000 records, against `verify_strict` over the same signatures.
//! One thread, the two in turn, the best of each piece.

use std::time::{Duration, Instant};

use nguon_bench_wasm::Subject;
use xtask_bench::{ROUNDS, report, sample};

/// The best time of each piece.
struct Best(Vec<Duration>);

impl Best {
    fn time(&mut self, piece: usize, work: impl FnOnce()) {
        let started = Instant::now();
        work();
        let time = started.elapsed();
        self.0[piece] = self.0[piece].min(time);
    }

    fn milliseconds(&self) -> f64 {
        self.0.iter().sum::<Duration>().as_secs_f64() * 1e3
    }
}

fn main() {
    let sample = sample().expect("records that are accepted");
    let mut subject = Subject::new(&sample.root, sample.bundle);
    let pieces = subject.pieces();
    let mut whole = Best(vec![Duration::MAX; pieces + 2]);
    let mut signatures = Best(vec![Duration::MAX; pieces]);
    for _ in 0..ROUNDS {
        whole.time(pieces, || subject.begin());
        for piece in 0..pieces {
            whole.time(piece, || subject.step());
            signatures.time(piece, || subject.signatures(piece));
        }
        whole.time(pieces + 1, || subject.finish());
    }
    report("verify.native", whole.milliseconds(), "ms", signatures.milliseconds(), 1.10);
}
