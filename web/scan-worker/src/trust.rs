//! How long the browser's own `BarcodeDetector` is believed.
//!
//! Where it works it is quicker than this program and reads worse pictures. But some browsers have one that knows no QR symbols,
//! reads nothing, or never answers. So it first has to read a symbol that is known ([`probe`](crate::probe)), and whenever it
//! sees nothing in a frame this program looks as well: a reader never waits for a detector that stays silent.

/// Frames that the detector may miss before it is no longer asked. One is chance: a hand that moved between two looks.
const MISSES: u8 = 3;

/// Whether the browser's detector is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trust {
    misses: u8,
}

impl Trust {
    /// One that has read the probe right, or not.
    #[must_use]
    pub fn after_probe(read: &[String]) -> Self {
        let right = matches!(read, [text] if text == crate::probe::TEXT);
        Self { misses: if right { 0 } else { MISSES } }
    }

    /// Whether to ask it.
    #[must_use]
    pub const fn holds(self) -> bool {
        self.misses < MISSES
    }

    /// After a frame in which it saw `theirs` symbols, and this program `ours` where it looked.
    #[must_use]
    pub const fn after(self, theirs: usize, ours: usize) -> Self {
        if theirs == 0 && ours > 0 { Self { misses: self.misses.saturating_add(1) } } else { self }
    }

    /// After a frame for which it gave no answer in time, or an error.
    #[must_use]
    pub const fn broken(self) -> Self {
        Self { misses: MISSES }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proven() -> Trust {
        Trust::after_probe(&[crate::probe::TEXT.to_owned()])
    }

    #[test]
    fn only_who_reads_the_probe_right_is_asked() {
        assert!(proven().holds());
        for lie in [vec![], vec!["nguon".to_owned()], vec![crate::probe::TEXT.to_owned(); 2]] {
            assert!(!Trust::after_probe(&lie).holds(), "{lie:?}");
        }
    }

    #[test]
    fn who_stays_silent_while_ours_reads_is_not_asked_any_longer() {
        let mut trust = proven();
        for _ in 0..MISSES {
            assert!(trust.holds());
            trust = trust.after(0, 1);
        }
        assert!(!trust.holds());
    }

    #[test]
    fn empty_frames_and_good_reads_cost_no_trust() {
        let mut trust = proven();
        for _ in 0..1000 {
            trust = trust.after(0, 0).after(2, 0);
        }
        assert!(trust.holds());
    }

    #[test]
    fn who_does_not_answer_is_not_asked_again() {
        assert!(!proven().broken().holds());
    }
}
