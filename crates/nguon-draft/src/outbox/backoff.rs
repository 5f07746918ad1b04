//! How long to wait after the network or the server failed.

use nguon_core::values::Time;
use serde::{Deserialize, Serialize};

/// Doubling from two seconds to five minutes, each somewhere between half of it and all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backoff {
    pub(crate) failures: u32,
    pub(crate) until: u64,
}

/// The first wait, seconds.
const FIRST: u64 = 2;
/// The longest, seconds.
const LONGEST: u64 = 300;

impl Backoff {
    /// Until when to wait, Unix seconds, if longer than now.
    #[must_use]
    pub const fn until(&self, now: Time) -> Option<u64> {
        // A clock that was set back must not make it wait for a year.
        if self.until > now.get() && self.until - now.get() <= LONGEST { Some(self.until) } else { None }
    }

    /// How often in a row it failed.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// It failed once more. `random` is any number.
    pub(crate) fn fail(&mut self, now: Time, random: u32) {
        let whole = FIRST.checked_shl(self.failures.min(16)).unwrap_or(LONGEST).min(LONGEST);
        let half = whole / 2;
        self.failures = self.failures.saturating_add(1);
        self.until = now.get() + half + u64::from(random) % (whole - half + 1);
    }

    /// It worked, or somebody asks to try now.
    pub(crate) const fn reset(&mut self) {
        self.failures = 0;
        self.until = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_from_two_seconds_to_five_minutes_with_jitter() {
        let now = Time::new(1_000_000).unwrap();
        let waits = |random: u32| {
            let mut backoff = Backoff::default();
            let mut one = move || {
                backoff.fail(now, random);
                backoff.until(now).unwrap_or(now.get()) - now.get()
            };
            (0..10).map(|_| one()).collect::<Vec<u64>>()
        };
        assert_eq!(waits(0), [1, 2, 4, 8, 16, 32, 64, 128, 150, 150]);
        let most = waits(u32::MAX);
        for (n, (least, most)) in waits(0).iter().zip(&most).enumerate() {
            assert!(least <= most && *most <= (2_u64 << n).min(300), "{n}: {least} {most}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_is_not_waited_for() {
        let mut backoff = Backoff::default();
        backoff.fail(Time::new(2_000_000_000).unwrap(), 7);
        assert_eq!(backoff.until(Time::new(1_900_000_000).unwrap()), None);
    }
}
