//! How far a long audit is, on standard error.

use std::time::{Duration, Instant};

use nguon_witness::audit::Progress;

use crate::report::remark;

/// Short audits say nothing.
const EVERY: Duration = Duration::from_secs(2);

/// Says how far it is, now and then.
pub struct Watch {
    last: Instant,
}

impl Watch {
    pub fn new() -> Self {
        Self { last: Instant::now() }
    }

    pub fn tell(&mut self, progress: Progress) {
        if self.last.elapsed() < EVERY {
            return;
        }
        self.last = Instant::now();
        match progress {
            Progress::Resumed(done) => remark(format_args!("Taking up the copy: {done} leaves")),
            Progress::Fetched(done, all) => remark(format_args!("Fetched {done} of {all} leaves")),
            Progress::Replayed(done, all) => remark(format_args!("Replayed {done} of {all} leaves")),
            _ => {}
        }
    }
}
