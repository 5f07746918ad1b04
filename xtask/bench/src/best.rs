//! Times of short pieces, of which the best counts: a piece is shorter than a turn of the scheduler, so that its best
//! time is CPU time, and a round in which the machine did something else is seen.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each piece is timed.
pub const ROUNDS: usize = 40;

/// The best time of each piece of some work.
#[derive(Debug, Clone)]
pub struct Best(Vec<Duration>);

impl Best {
    /// Of so many pieces, none of them timed.
    #[must_use]
    pub fn of(pieces: usize) -> Self {
        Self(vec![Duration::MAX; pieces])
    }

    /// Does a piece of the work.
    pub fn time<T>(&mut self, piece: usize, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let time = started.elapsed();
        self.0[piece] = self.0[piece].min(time);
        done
    }

    /// Does a piece of the work that is longer than a turn of the scheduler: what counts is the time that this program's
    /// threads had a core.
    pub fn time_on_core<T>(&mut self, piece: usize, work: impl FnOnce() -> T) -> T {
        let (done, time) = on_core(work);
        self.0[piece] = self.0[piece].min(time);
        done
    }

    /// The best times of all pieces together.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.0.iter().sum::<Duration>().as_secs_f64()
    }

    /// The best times of all pieces together, shared out among so many.
    #[must_use]
    pub fn microseconds_each(&self, parts: usize) -> f64 {
        self.seconds() * 1e6 / number(parts)
    }
}

/// Does some work; how long all threads of this program were on a core meanwhile, as Linux counts it.
///
/// # Panics
/// There is no `/proc`.
pub fn on_core<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = core_time();
    let done = work();
    (done, core_time().saturating_sub(started))
}

fn core_time() -> Duration {
    // So that this thread's turn is counted up to now.
    std::thread::yield_now();
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let nanoseconds = |task: std::io::Result<std::fs::DirEntry>| {
        let counts = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        counts.split_whitespace().next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(tasks.filter_map(nanoseconds).sum())
}

/// Does work with the stack so many frames deeper, each longer than a page. Vector code runs up to a fifth slower where
/// its stack happens to lie badly, and where it lies stays the same for as long as a process lives: rounds at several
/// depths measure the code and not the place.
pub fn deeper(frames: usize, work: &mut dyn FnMut()) {
    let room = black_box([0_u8; 5_000]);
    match frames.checked_sub(1) {
        Some(fewer) => deeper(fewer, work),
        None => work(),
    }
    black_box(room);
}

/// A count as a number to calculate with.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no count here has 53 bits")]
pub const fn number(count: usize) -> f64 {
    count as f64
}
