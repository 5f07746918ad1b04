//! Days on Vietnam's calendar, wherever the phone is set to, as a farmer names them and types them: `5/6/2026`.

use super::field::Fault;

/// Seconds.
pub const DAY: u64 = 86_400;
/// Seconds by which every plot's clock is ahead of UTC.
const AHEAD: i64 = 7 * 3600;

/// A day of Vietnam's calendar, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(unix: u64) -> Self {
        Self((i64::try_from(unix).unwrap_or(i64::MAX / 2) + AHEAD).div_euclid(86_400))
    }

    /// So many days earlier.
    #[must_use]
    pub const fn earlier(self, days: i64) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The first whole day at or after a moment: when an interval ends within a day, fruit is picked on the next.
    #[must_use]
    pub fn from_moment_on(unix: u64) -> Self {
        let day = Self::of(unix);
        if day.begins() == unix { day } else { Self(day.0.saturating_add(1)) }
    }

    /// Its first second.
    #[must_use]
    pub fn begins(self) -> u64 {
        u64::try_from(self.0.saturating_mul(86_400) - AHEAD).unwrap_or(0)
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

    /// As it stands in a field: `05/06/2026`.
    #[must_use]
    pub fn to_field(self) -> String {
        let (year, month, day) = self.civil();
        format!("{day:02}/{month:02}/{year:04}")
    }

    /// As it was typed: day, month, year with anything between them or nothing (`5/6/2026`, `5-6-26`, `05062026`), the year left
    /// away where it is the newest such day up to `today`; or year first where it has four figures, as other languages write it.
    ///
    /// # Errors
    /// There is no such day.
    pub fn typed(text: &str, today: Self) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Empty);
        }
        let parts = parts(text).ok_or(Fault::NoSuchDay)?;
        let (this_year, ..) = today.civil();
        match parts[..] {
            [day, month] => {
                let found = [this_year, this_year - 1].map(|year| Self::of_civil(year, month, day));
                // A day to come is told as that, not taken for one of last year, unless it lies far ahead.
                let near = |found: &Self| *found <= today.earlier(-180);
                found.into_iter().flatten().find(near).ok_or(Fault::NoSuchDay)
            }
            [year, month, day] if year >= 1000 => Self::of_civil(year, month, day).ok_or(Fault::NoSuchDay),
            [day, month, year] => {
                let year = if year < 100 { 2000 + year } else { year };
                Self::of_civil(year, month, day).ok_or(Fault::NoSuchDay)
            }
            _ => Err(Fault::NoSuchDay),
        }
    }

    fn of_civil(year: i64, month: i64, day: i64) -> Option<Self> {
        let bounds = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        let found = bounds.then(|| Self(days_of(year, month, day)))?;
        (found.civil() == (year, month, day)).then_some(found)
    }
}

/// The numbers of a typed day.
fn parts(text: &str) -> Option<Vec<i64>> {
    let number = |part: &str| if part.len() <= 4 { part.parse::<i64>().ok() } else { None };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let split = text.split(|letter: char| !letter.is_ascii_digit());
        return split.filter(|part| !part.is_empty()).map(number).collect();
    }
    // Figures alone, as a keyboard without anything else has them: two for the day, two for the month, the rest the year.
    let (day, rest) = text.split_at_checked(2)?;
    let (month, year) = rest.split_at_checked(2)?;
    [day, month, year].into_iter().filter(|part| !part.is_empty()).map(number).collect()
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
pub fn moment(day: Day, now: u64) -> Result<Option<u64>, Fault> {
    let today = Day::of(now);
    if day > today {
        return Err(Fault::Future);
    }
    Ok((day < today).then(|| day.begins() + DAY / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-06-05 14:30 in Vietnam.
    const NOW: u64 = 1_780_644_600;

    fn read(text: &str) -> Result<String, Fault> {
        Day::typed(text, Day::of(NOW)).map(Day::to_field)
    }

    #[test]
    fn a_day_begins_at_vietnams_midnight() {
        let midnight = 1_780_592_400;
        assert_eq!(Day::of(midnight).to_field(), "05/06/2026");
        assert_eq!(Day::of(midnight - 1).to_field(), "04/06/2026");
        assert_eq!(Day::of(midnight).begins(), midnight);
    }

    #[test]
    fn every_day_is_written_and_read_back_the_same() {
        for day in (0..60_000).step_by(7) {
            assert_eq!(Day::typed(&Day(day).to_field(), Day::of(NOW)), Ok(Day(day)));
        }
    }

    #[test]
    fn a_day_is_read_however_it_is_typed() {
        for text in [
            "5/6/2026",
            "05/06/2026",
            "5-6-26",
            "5.6.2026",
            " 5 6 2026 ",
            "05062026",
            "050626",
            "0506",
            "5/6",
            "2026-06-05",
        ] {
            assert_eq!(read(text).as_deref(), Ok("05/06/2026"), "{text}");
        }
        // Without a year it is the one that was, and one that is to come soon is told as that.
        assert_eq!(read("25/12").as_deref(), Ok("25/12/2025"));
        assert_eq!(read("6/6").as_deref(), Ok("06/06/2026"));
    }

    #[test]
    fn there_is_no_thirtieth_of_february() {
        for text in ["30/2/2026", "1/13/2026", "2026-06", "nay", "5", "5/6/2026/1", "99999999999999999999/1/1", "é1"] {
            assert_eq!(read(text), Err(Fault::NoSuchDay), "{text}");
        }
        assert_eq!(read(""), Err(Fault::Empty));
    }

    #[test]
    fn today_needs_no_time_of_its_own_and_tomorrow_has_not_happened() {
        let today = Day::of(NOW);
        assert_eq!(moment(today, NOW), Ok(None));
        assert_eq!(moment(today.earlier(1), NOW), Ok(Some(today.begins() - DAY / 2)));
        assert_eq!(moment(today.earlier(-1), NOW), Err(Fault::Future));
    }

    #[test]
    fn an_interval_that_ends_within_a_day_lets_pick_on_the_next() {
        let midnight = 1_780_592_400;
        assert_eq!(Day::from_moment_on(midnight).to_field(), "05/06/2026");
        assert_eq!(Day::from_moment_on(midnight + 1).to_field(), "06/06/2026");
    }
}
