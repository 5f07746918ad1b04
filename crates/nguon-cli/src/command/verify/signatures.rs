//! Signatures on all cores. Which core checks which changes no verdict.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use nguon_core::verify::Verifier;

/// How many signatures a core takes at a time.
const PART: usize = 64;

/// Checks a bundle's signatures ahead of the verifier's own steps, if there are enough of them to share.
pub fn check_signatures(verifier: &mut Verifier<'_>) {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    if cores < 2 {
        return;
    }
    verifier.check_signatures(|jobs| {
        let next = AtomicUsize::new(0);
        let work = || loop {
            let from = next.fetch_add(PART, Ordering::Relaxed);
            let Some(rest) = jobs.get(from..).filter(|rest| !rest.is_empty()) else { return };
            rest.iter().take(PART).for_each(|job| job.check());
        };
        let helpers = cores.min(jobs.len().div_ceil(PART)).saturating_sub(1);
        thread::scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(work);
            }
            work();
        });
    });
}
