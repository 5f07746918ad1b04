//! How many of something may be done, whoever asks: a bucket that fills by the time that passes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A quiet time is saved up for a rush, up to this long.
const SAVED: Duration = Duration::from_secs(10);

/// So many a second in the long run. It knows nobody's address: one limit for all together.
#[derive(Debug)]
pub(crate) struct Pace {
    /// What one costs; `None` if there is none to be had.
    cost: Option<Duration>,
    state: Mutex<(Duration, Instant)>,
}

impl Pace {
    pub(crate) fn new(a_second: u32) -> Self {
        Self { cost: Duration::from_secs(1).checked_div(a_second), state: Mutex::new((SAVED, Instant::now())) }
    }

    /// Whether one more may be done now.
    pub(crate) fn take(&self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&self, now: Instant) -> bool {
        let Some(cost) = self.cost else { return false };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (saved, since) = *state;
        let saved = saved.saturating_add(now.saturating_duration_since(since)).min(SAVED);
        let left = saved.checked_sub(cost);
        *state = (left.unwrap_or(saved), now.max(since));
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rush_is_taken_and_then_so_many_a_second() {
        let pace = Pace::new(5);
        let begin = Instant::now();
        assert_eq!((0..100).filter(|_| pace.take_at(begin)).count(), 50);
        assert!(!pace.take_at(begin + Duration::from_millis(199)));
        assert!(pace.take_at(begin + Duration::from_millis(201)));
        let later = begin + Duration::from_secs(3_600);
        assert_eq!((0..100).filter(|_| pace.take_at(later)).count(), 50);
        // A clock that goes back gives nothing.
        assert!(!pace.take_at(begin));
    }

    #[test]
    fn none_a_second_is_none() {
        assert!(!Pace::new(0).take());
    }
}
