//! On this machine itself.

use nguon_bench_wasm::Subject;
use xtask_bench::best::{Best, ROUNDS, deeper};
use xtask_bench::bundle::Sample;

use crate::Times;

pub fn times(sample: &Sample) -> Times {
    let mut subject = Subject::new(&sample.root, sample.bundle.clone());
    let pieces = subject.pieces();
    let (mut whole, mut signatures) = (Best::of(pieces + 2), Best::of(pieces));
    for round in 0..ROUNDS {
        deeper(round, &mut || {
            whole.time(pieces, || subject.begin());
            for piece in 0..pieces {
                whole.time(piece, || subject.step());
                signatures.time(piece, || subject.signatures(piece));
            }
            whole.time(pieces + 1, || subject.finish());
        });
    }
    Times { whole: whole.seconds() * 1e3, signatures: signatures.seconds() * 1e3 }
}
