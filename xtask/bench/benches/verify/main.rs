//! The group `verify`: what verifying a bundle with a chain of 1,000 records costs, against `verify_strict` over the same
//! signatures. `native` and `wasm` are without a log, `logged_native` and `logged_wasm` with its proof, whose checkpoint
//! adds the log's signature and five cosignatures to both sides.
//!
//! One thread, the two in turn, the best of each piece.

mod wasm;

use nguon_bench_wasm::Subject;
use xtask_bench::bundle::{Sample, sample};
use xtask_bench::figures::{AtMost, Wanted, report};
use xtask_bench::native::{self, Times};

fn main() {
    let wanted = Wanted::from_arguments();
    for (name, logged, ratio) in [("verify.native", false, 1.10), ("verify.logged_native", true, 1.10)] {
        measure(&wanted, name, logged, ratio, |sample| {
            native::times(&mut Subject::new(&sample.root, sample.bundle.clone()))
        });
    }
    let wasm = [("verify.wasm", false, 1.15), ("verify.logged_wasm", true, 1.20)];
    if wasm.iter().any(|(name, ..)| wanted.has(name)) {
        let page = wasm::Page::compile();
        for (name, logged, ratio) in wasm {
            measure(&wanted, name, logged, ratio, |sample| page.times(sample));
        }
    }
}

fn measure(wanted: &Wanted, name: &str, logged: bool, ratio: f64, times: impl Fn(&Sample) -> Times) {
    if wanted.has(name) {
        let times = times(&sample(logged).expect("records that are accepted"));
        report(name, times.whole, "ms", Some(AtMost { ratio, of: times.signatures }));
    }
}
