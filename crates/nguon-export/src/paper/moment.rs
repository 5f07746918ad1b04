//! A moment in a zone, as documents write it.

use nguon_label::Lang;

/// The years that are written: of Unix time 0 to the end of 9999.
const LAST: i64 = 253_402_300_799;
const DAY: i64 = 86_400;

/// Unix seconds, and the minutes by which the place's clock is ahead of UTC.
///
/// ```
/// use nguon_export::paper::Moment;
/// use nguon_label::Lang;
///
/// let picked = Moment::new(1_781_226_000, 420);
/// assert_eq!(picked.day(Lang::Vi), "12/06/2026");
/// assert_eq!(picked.to_minute(Lang::En), "2026-06-12 08:00 (UTC+7)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment {
    seconds: i64,
    offset_minutes: i16,
}

/// What a calendar and a clock show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
}

impl Moment {
    /// Before 1970 and after 9999 count as the nearest moment between.
    #[must_use]
    pub fn new(seconds: i64, offset_minutes: i16) -> Self {
        Self { seconds: seconds.clamp(0, LAST), offset_minutes }
    }

    /// The day there: `12/06/2026` or `2026-06-12`.
    #[must_use]
    pub fn day(self, lang: Lang) -> String {
        let Parts { year, month, day, .. } = self.parts();
        match lang {
            Lang::Vi => format!("{day:02}/{month:02}/{year:04}"),
            Lang::En => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// Day, hour and minute there, and its zone.
    #[must_use]
    pub fn to_minute(self, lang: Lang) -> String {
        let Parts { hour, minute, .. } = self.parts();
        let (hours, minutes) = (self.offset_minutes / 60, self.offset_minutes % 60);
        let zone = match (hours, minutes.abs()) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{hours:+}"),
            (hours, minutes) if self.offset_minutes < 0 => format!("UTC−{}:{minutes:02}", hours.abs()),
            (hours, minutes) => format!("UTC+{hours}:{minutes:02}"),
        };
        format!("{} {hour:02}:{minute:02} ({zone})", self.day(lang)).replace("UTC-", "UTC−")
    }

    /// Minutes ahead of UTC.
    pub(super) fn offset(self) -> i16 {
        self.offset_minutes
    }

    /// The Gregorian calendar, by Howard Hinnant's `civil_from_days`: years begin in March, so that leap days come last.
    pub(super) fn parts(self) -> Parts {
        let local = self.seconds + i64::from(self.offset_minutes) * 60;
        let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Parts { year, month, day, hour: time / 3_600, minute: time / 60 % 60, second: time % 60 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_and_the_turn_of_years_are_the_calendars() {
        for (seconds, offset, day) in [
            (0, 0, "1970-01-01"),
            (951_782_400, 0, "2000-02-29"),
            (951_868_800, 0, "2000-03-01"),
            (4_107_542_399, 0, "2100-02-28"),
            (4_107_542_400, 0, "2100-03-01"),
            (1_798_736_399, 420, "2026-12-31"),
            (1_798_736_400, 420, "2027-01-01"),
            (i64::MAX, 0, "9999-12-31"),
            (i64::MIN, 0, "1970-01-01"),
        ] {
            assert_eq!(Moment::new(seconds, offset).day(Lang::En), day);
        }
        assert_eq!(Moment::new(0, -210).to_minute(Lang::En), "1969-12-31 20:30 (UTC−3:30)");
        assert_eq!(Moment::new(0, -120).to_minute(Lang::Vi), "31/12/1969 22:00 (UTC−2)");
    }
}
