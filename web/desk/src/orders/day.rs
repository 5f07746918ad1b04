//! A day as it is written in Việt Nam: `5/6/2026`.

use serde::{Deserialize, Serialize};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(u16, u8, u8);

/// Reads `5/6/2026`, `05-06-2026` or `5.6.2026`: day, month, year.
#[must_use]
pub fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().split(['/', '-', '.']).map(|part| part.trim().parse::<u16>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let most = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let sound = parts.next().is_none() && (2000..=2999).contains(&year) && (1..=most).contains(&day);
    let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
    sound.then_some(Day(year, month, day))
}

impl Day {
    /// The day of a moment, in Việt Nam.
    #[must_use]
    pub fn of(seconds: u64) -> Self {
        let (year, month, day) = nguon_farm_app::format::date(seconds);
        let small = |part: u64| u8::try_from(part).unwrap_or(1);
        Self(u16::try_from(year).unwrap_or(u16::MAX), small(month), small(day))
    }

    /// As browsers and this crate's [`crate::page::day_begins`] write it: `2026-06-05`.
    #[must_use]
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.0, self.1, self.2)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.2, self.1, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_here() {
        for text in ["5/6/2026", "05-06-2026", " 5.6.2026 ", "05/06/2026"] {
            assert_eq!(read_day(text).map(Day::to_iso).as_deref(), Some("2026-06-05"), "{text}");
        }
        assert_eq!(read_day("29/2/2024").map(|day| day.to_string()).as_deref(), Some("29/2/2024"));
        for bad in ["", "5/6", "2026-06-05", "31/4/2026", "29/2/2026", "0/1/2026", "1/13/2026", "1/1/2026/1", "x/y/z"] {
            assert_eq!(read_day(bad), None, "{bad}");
        }
    }
}
