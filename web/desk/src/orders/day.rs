//! A day as the desk keeps it: Vietnam's, typed and shown as everywhere in the farm app.

use nguon_draft::kept::{Decoder, Kept};
use nguon_farm_app::tasks::day;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(day::Day);

impl Day {
    /// The day of a moment, in Việt Nam.
    #[must_use]
    pub fn of(seconds: u64) -> Self {
        Self(day::Day::of(seconds))
    }

    /// As it was typed, day first (`5/6/2026`); `None` if there is no such day.
    #[must_use]
    pub fn typed(text: &str, today: Self) -> Option<Self> {
        day::Day::typed(text, today.0).ok().map(Self)
    }

    /// The Unix second in which it begins in Việt Nam, wherever this computer's clock is set to.
    #[must_use]
    pub fn begins(self) -> u64 {
        self.0.begins()
    }
}

/// As the second in which it begins.
impl Kept for Day {
    fn put(&self, to: &mut Vec<u8>) {
        self.begins().put(to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Self::of(u64::take(from))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_field())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As somebody types it on 5 June 2026.
    pub(in super::super) fn read_day(text: &str) -> Option<Day> {
        Day::typed(text, Day::of(1_780_644_600))
    }

    #[test]
    fn a_day_begins_at_vietnams_midnight_and_is_shown_as_it_is_typed() {
        for text in ["5/6/2026", "05-06-2026", " 5.6.2026 ", "05/06/2026", "5/6"] {
            let day = read_day(text).unwrap();
            assert_eq!((day.begins(), day.to_string()), (1_780_592_400, "05/06/2026".to_owned()), "{text}");
        }
        for bad in ["", "31/4/2026", "29/2/2026", "0/1/2026", "1/13/2026", "1/1/2026/1", "x/y/z"] {
            assert_eq!(read_day(bad), None, "{bad}");
        }
    }
}
