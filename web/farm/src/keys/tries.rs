//! Wrong PINs cost time: what a thief can try by hand in a night is few enough.

use nguon_draft::kept_fields;

/// How many wrong PINs are free.
const FREE: u32 = 3;
/// Seconds of the first wait; each further one is twice as long.
const FIRST: u64 = 30;
/// The longest wait.
const LONGEST: u64 = 3600;

/// What was tried since a PIN was right. Written down before a try is made, so that closing the app in time does not help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// How many were wrong
    pub wrong: u32,
    /// When the last one was made, Unix seconds
    pub at: u64,
}

kept_fields! { Tries { wrong, at } }

impl Tries {
    /// Seconds to wait before the next try.
    #[must_use]
    pub fn wait(&self, now: u64) -> u64 {
        let Some(over) = self.wrong.checked_sub(FREE) else { return 0 };
        let whole = FIRST.saturating_mul(1_u64.checked_shl(over).unwrap_or(u64::MAX)).min(LONGEST);
        // A clock that was set back does not make it longer than it is.
        let passed = now.saturating_sub(self.at);
        whole.saturating_sub(passed)
    }

    /// One more, taken for wrong until it proved right.
    #[must_use]
    pub fn one_more(self, now: u64) -> Self {
        Self { wrong: self.wrong.saturating_add(1), at: now }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_wrong_ones_are_free_and_then_it_grows() {
        let waits: Vec<u64> = (0..14).map(|wrong| Tries { wrong, at: 100 }.wait(100)).collect();
        assert_eq!(waits, [0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
        assert_eq!(Tries { wrong: 4, at: 100 }.wait(130), 30);
        assert_eq!(Tries { wrong: 4, at: 100 }.wait(160), 0);
    }

    proptest! {
        #[test]
        fn never_shorter_for_more_and_never_longer_than_an_hour(wrong in any::<u32>(), at in 0..u64::MAX / 2, now in 0..u64::MAX / 2) {
            let one = Tries { wrong, at };
            prop_assert!(one.wait(now) <= LONGEST);
            prop_assert!(one.one_more(at).wait(now.max(at)) >= one.wait(now.max(at)));
        }
    }
}
