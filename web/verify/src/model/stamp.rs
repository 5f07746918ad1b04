//! A moment as a record states it: Unix seconds and the signer's own offset from UTC.

/// A moment and the clock on the wall where it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Unix seconds
    pub unix: i64,
    /// Minutes east of UTC
    pub offset: i32,
}

/// A moment as a calendar and a clock show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year of the Gregorian calendar
    pub year: i64,
    /// 1 to 12
    pub month: u8,
    /// 1 to 31
    pub day: u8,
    /// 0 to 23
    pub hour: u8,
    /// 0 to 59
    pub minute: u8,
}

impl Stamp {
    /// Vietnam's offset, which goes without saying on this page.
    pub const VIETNAM: i32 = 7 * 60;

    /// A moment on Vietnam's clocks.
    #[must_use]
    pub const fn vietnam(unix: i64) -> Self {
        Self { unix, offset: Self::VIETNAM }
    }

    /// The date and time on the signer's wall.
    #[must_use]
    pub fn civil(self) -> Civil {
        let local = self.unix.saturating_add(i64::from(self.offset) * 60);
        let (days, seconds) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Days to date: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: small(month),
            day: small(day_of_year - (153 * shifted_month + 2) / 5 + 1),
            hour: small(seconds / 3_600),
            minute: small(seconds / 60 % 60),
        }
    }
}

fn small(value: i64) -> u8 {
    u8::try_from(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signers_wall_clock_is_shown() {
        let shown = |unix, offset| Stamp { unix, offset }.civil();
        assert_eq!(shown(0, 0), Civil { year: 1970, month: 1, day: 1, hour: 0, minute: 0 });
        assert_eq!(shown(1_780_644_600, 420), Civil { year: 2026, month: 6, day: 5, hour: 14, minute: 30 });
        assert_eq!(shown(1_780_644_600, -300), Civil { year: 2026, month: 6, day: 5, hour: 2, minute: 30 });
        assert_eq!(shown(1_709_164_800, 0), Civil { year: 2024, month: 2, day: 29, hour: 0, minute: 0 });
        assert_eq!(shown(-1, 0), Civil { year: 1969, month: 12, day: 31, hour: 23, minute: 59 });
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut before = Stamp { unix: -86_400, offset: 0 }.civil();
        for day in 0..146_097 {
            let today = Stamp { unix: day * 86_400, offset: 0 }.civil();
            let next = (today.year, today.month, today.day);
            let expected = [
                (before.year, before.month, before.day + 1),
                (before.year, before.month + 1, 1),
                (before.year + 1, 1, 1),
            ];
            assert!(expected.contains(&next), "{before:?} then {today:?}");
            before = today;
        }
    }

    #[test]
    fn no_claimed_time_breaks_the_page() {
        for unix in [i64::MIN / 2, -9_007_199_254_740_991, 9_007_199_254_740_991] {
            let civil = Stamp { unix, offset: 840 }.civil();
            assert!((1..=12).contains(&civil.month) && (1..=31).contains(&civil.day));
        }
    }
}
