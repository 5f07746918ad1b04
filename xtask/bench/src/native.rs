//! What verifying a bundle takes on this machine itself, beside its signatures alone.

use nguon_bench_wasm::Subject;

use crate::best::{Best, ROUNDS, deeper};

/// What a side took, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// From bytes to verdict.
    pub whole: f64,
    /// `verify_strict` of the same signatures.
    pub signatures: f64,
}

/// Both sides in turn, piece by piece, the best of each piece; one thread. Beginning and end of a large bundle are long
/// pieces. Which side goes first changes from round to round: the second one has its branches foretold, since it checks the
/// same signatures, and is 2 % faster for it.
pub fn times(subject: &mut Subject) -> Times {
    let pieces = subject.pieces();
    let (mut whole, mut signatures) = (Best::of(pieces + 2), Best::of(pieces));
    for round in 0..ROUNDS {
        deeper(round, &mut || {
            whole.time_on_core(pieces, || subject.begin());
            for piece in 0..pieces {
                if round % 2 == 0 {
                    signatures.time(piece, || subject.signatures(piece));
                }
                whole.time(piece, || subject.step());
                if round % 2 == 1 {
                    signatures.time(piece, || subject.signatures(piece));
                }
            }
            whole.time_on_core(pieces + 1, || subject.finish());
        });
    }
    Times { whole: whole.seconds() * 1e3, signatures: signatures.seconds() * 1e3 }
}
