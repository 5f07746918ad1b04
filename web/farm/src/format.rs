//! Days, times and weights as people write them.

use crate::lang::Lang;

/// Minutes east of UTC in Việt Nam, where every plot is: days are that country's, wherever the phone is set to.
const VIETNAM: u64 = 7 * 3600;
const DAY: u64 = 86_400;

/// Year, month, day of a Unix second, in Việt Nam (days since 1970 in the Gregorian calendar, after Howard Hinnant).
#[must_use]
pub const fn date(seconds: u64) -> (u64, u64, u64) {
    let days = (seconds + VIETNAM) / DAY + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + (month <= 2) as u64, month, day)
}

/// A day.
#[must_use]
pub fn day(lang: Lang, seconds: u64) -> String {
    let (year, month, day) = date(seconds);
    match lang {
        Lang::Vi => format!("{day}/{month}/{year}"),
        Lang::En => format!("{year}-{month:02}-{day:02}"),
        Lang::Zh => format!("{year}年{month}月{day}日"),
    }
}

/// A day and a time.
#[must_use]
pub fn moment(lang: Lang, seconds: u64) -> String {
    format!("{}, {}", clock(seconds), day(lang, seconds))
}

/// A time of a day: `14:30`.
#[must_use]
pub fn clock(seconds: u64) -> String {
    let of_day = (seconds + VIETNAM) % DAY;
    format!("{:02}:{:02}", of_day / 3600, of_day % 3600 / 60)
}

/// The first day that begins at or after a second: from when on something is allowed that is allowed within a day.
#[must_use]
pub fn first_whole_day(lang: Lang, seconds: u64) -> String {
    day(lang, whole_day(seconds) * DAY)
}

const fn whole_day(seconds: u64) -> u64 {
    day_number(seconds.saturating_sub(1)) + 1
}

/// How many days it is until then.
#[must_use]
pub const fn days_until(seconds: u64, now: u64) -> u64 {
    whole_day(seconds).saturating_sub(day_number(now))
}

/// Which day of the calendar it is: two seconds of one day have the same.
#[must_use]
pub const fn day_number(seconds: u64) -> u64 {
    (seconds + VIETNAM) / DAY
}

/// Kilograms, with as many digits as there are grams for.
#[must_use]
pub fn kilograms(lang: Lang, grams: u64) -> String {
    let (point, group) = if lang == Lang::Vi { (',', '.') } else { ('.', ',') };
    let whole = (grams / 1000).to_string();
    let mut text = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    let rest = format!("{:03}", grams % 1000);
    let rest = rest.trim_end_matches('0');
    if !rest.is_empty() {
        text.push(point);
        text.push_str(rest);
    }
    text.push_str("\u{a0}kg");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_vietnams() {
        assert_eq!(date(0), (1970, 1, 1));
        // Seven in the evening of the last day of 2025 in Greenwich is past midnight in Bắc Ninh.
        assert_eq!(date(1_767_208_000), (2026, 1, 1));
        assert_eq!(date(1_772_323_199), (2026, 3, 1));
        assert_eq!(date(1_709_200_000), (2024, 2, 29));
        assert_eq!(moment(Lang::Vi, 1_780_640_000), "13:13, 5/6/2026");
    }

    #[test]
    fn what_is_allowed_within_a_day_is_said_of_the_next_and_counted_by_the_calendar() {
        // Half past two in the afternoon of 5 June; an interval of seven days ends on the 12th at that time.
        let (now, end) = (1_780_644_600, 1_780_644_600 + 7 * DAY);
        assert_eq!((first_whole_day(Lang::Vi, end).as_str(), days_until(end, now)), ("13/6/2026", 8));
        let midnight = 1_780_592_400;
        assert_eq!((first_whole_day(Lang::Vi, midnight).as_str(), days_until(midnight, midnight - 1)), ("5/6/2026", 1));
        assert_eq!(days_until(midnight, now), 0);
    }

    #[test]
    fn weights_are_written_as_the_language_writes_them() {
        assert_eq!(kilograms(Lang::Vi, 1_234_500), "1.234,5\u{a0}kg");
        assert_eq!(kilograms(Lang::En, 1_234_500), "1,234.5\u{a0}kg");
        assert_eq!(kilograms(Lang::Vi, 25_000), "25\u{a0}kg");
        assert_eq!(kilograms(Lang::Zh, 5), "0.005\u{a0}kg");
    }
}
