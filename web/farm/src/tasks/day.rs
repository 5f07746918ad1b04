//! Days on Vietnam's calendar, as a farmer names them and as a date field writes them (`2026-06-05`).

use super::field::Fault;

/// Seconds.
pub const DAY: u64 = 86_400;

/// A day, counted from 1970-01-01, of a clock so many minutes east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(unix: u64, offset_minutes: i16) -> Self {
        let local = i64::try_from(unix).unwrap_or(i64::MAX / 2) + i64::from(offset_minutes) * 60;
        Self(local.div_euclid(86_400))
    }

    /// So many days earlier.
    #[must_use]
    pub const fn earlier(self, days: i64) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The first whole day at or after a moment: when an interval ends within a day, fruit is picked on the next.
    #[must_use]
    pub fn from_moment_on(unix: u64, offset_minutes: i16) -> Self {
        let day = Self::of(unix, offset_minutes);
        if day.begins(offset_minutes) == unix { day } else { Self(day.0.saturating_add(1)) }
    }

    /// Its first second.
    #[must_use]
    pub fn begins(self, offset_minutes: i16) -> u64 {
        u64::try_from(self.0.saturating_mul(86_400) - i64::from(offset_minutes) * 60).unwrap_or(0)
    }

    /// Year, month and day (proleptic Gregorian calendar).
    #[must_use]
    pub const fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        (year_of_era + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
    }

    /// As a date field has it: `2026-06-05`.
    #[must_use]
    pub fn to_field(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Of a date field's value.
    ///
    /// # Errors
    /// There is no such day.
    pub fn of_field(text: &str) -> Result<Self, Fault> {
        let mut parts = text.trim().splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
            return Err(if text.trim().is_empty() { Fault::Empty } else { Fault::NoSuchDay });
        };
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(Fault::NoSuchDay);
        }
        let found = Self(days_of(year, month, day));
        if found.civil() == (year, month, day) { Ok(found) } else { Err(Fault::NoSuchDay) }
    }
}

const fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month + 9) % 12;
    let of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

/// When something happened that a form dates by its day: now if that is today, otherwise noon of that day.
///
/// # Errors
/// The day is still to come.
pub fn moment(day: Day, now: u64, offset_minutes: i16) -> Result<Option<u64>, Fault> {
    let today = Day::of(now, offset_minutes);
    if day > today {
        return Err(Fault::Future);
    }
    Ok((day < today).then(|| day.begins(offset_minutes) + DAY / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIETNAM: i16 = 420;

    #[test]
    fn a_day_begins_at_vietnams_midnight() {
        // 2026-06-05 00:00 in Vietnam.
        let midnight = 1_780_592_400;
        assert_eq!(Day::of(midnight, VIETNAM).to_field(), "2026-06-05");
        assert_eq!(Day::of(midnight - 1, VIETNAM).to_field(), "2026-06-04");
        assert_eq!(Day::of(midnight, VIETNAM).begins(VIETNAM), midnight);
    }

    #[test]
    fn every_day_is_written_and_read_back_the_same() {
        for day in (0..60_000).step_by(7) {
            assert_eq!(Day::of_field(&Day(day).to_field()), Ok(Day(day)));
        }
    }

    #[test]
    fn there_is_no_thirtieth_of_february() {
        for text in ["2026-02-30", "2026-13-01", "05/06/2026", "2026-06", "nay", "-1-1-1"] {
            assert_eq!(Day::of_field(text), Err(Fault::NoSuchDay), "{text}");
        }
        assert_eq!(Day::of_field(""), Err(Fault::Empty));
    }

    #[test]
    fn today_needs_no_time_of_its_own_and_tomorrow_has_not_happened() {
        let now = 1_780_644_600;
        let today = Day::of(now, VIETNAM);
        assert_eq!(moment(today, now, VIETNAM), Ok(None));
        assert_eq!(moment(today.earlier(1), now, VIETNAM), Ok(Some(today.begins(VIETNAM) - DAY / 2)));
        assert_eq!(moment(today.earlier(-1), now, VIETNAM), Err(Fault::Future));
    }

    #[test]
    fn an_interval_that_ends_within_a_day_lets_pick_on_the_next() {
        let midnight = 1_780_592_400;
        assert_eq!(Day::from_moment_on(midnight, VIETNAM).to_field(), "2026-06-05");
        assert_eq!(Day::from_moment_on(midnight + 1, VIETNAM).to_field(), "2026-06-06");
    }
}
