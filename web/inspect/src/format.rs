//! Numbers, weights and times as each language writes them.

use crate::lang::Lang;

/// From here on weights are told in tonnes: on an edge there is little room.
const TONNES_FROM: u64 = 100_000_000;
/// Vietnam's clock: seven hours east.
const VIETNAM: i64 = 7 * 3600;

/// A whole number in groups of three: `12.400` or `12,400`.
#[must_use]
pub fn count(lang: Lang, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(if lang == Lang::Vi { '.' } else { ',' });
        }
        grouped.push(digit);
    }
    grouped
}

/// A weight: `12.400 kg`, `0,5 kg`; from a hundred tonnes on `140,25 tấn`. Nothing is rounded away.
#[must_use]
pub fn mass(lang: Lang, grams: u64) -> String {
    let tonne = if lang == Lang::Vi { "tấn" } else { "t" };
    let (whole, fraction, digits, unit) = if grams >= TONNES_FROM {
        (grams / 1_000_000, grams % 1_000_000, 6, tonne)
    } else {
        (grams / 1000, grams % 1000, 3, "kg")
    };
    let mut text = count(lang, whole);
    let fraction = format!("{fraction:0digits$}");
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push(if lang == Lang::Vi { ',' } else { '.' });
        text.push_str(fraction);
    }
    text + "\u{a0}" + unit
}

/// A weight as a spreadsheet reads it: kilograms, a point, no groups.
#[must_use]
pub fn plain_kilograms(grams: u64) -> String {
    let fraction = format!("{:03}", grams % 1000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", grams / 1000)
}

/// A time on Vietnam's clock: `22/11/2026 12:30`.
#[must_use]
pub fn moment(lang: Lang, unix: u64) -> String {
    let local = i64::try_from(unix).unwrap_or(i64::MAX - VIETNAM) + VIETNAM;
    let (year, month, day) = civil(local.div_euclid(86_400));
    let minute = local.rem_euclid(86_400) / 60;
    let (hour, minute) = (minute / 60, minute % 60);
    match lang {
        Lang::Vi => format!("{day:02}/{month:02}/{year}\u{a0}{hour:02}:{minute:02}"),
        Lang::En => format!("{year}-{month:02}-{day:02}\u{a0}{hour:02}:{minute:02}"),
    }
}

/// Year, month and day of a number of days since 1970-01-01 (proleptic Gregorian calendar).
const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
}

/// Text of at most so many letters, the last of them `…` if there was more.
#[must_use]
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// The beginning of an id, enough to tell it from its neighbours.
#[must_use]
pub fn short_id(id: &impl ToString) -> String {
    id.to_string().chars().take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NB: char = '\u{a0}';

    #[test]
    fn weights_are_written_as_the_language_writes_them() {
        assert_eq!(mass(Lang::Vi, 12_400_000), format!("12.400{NB}kg"));
        assert_eq!(mass(Lang::En, 12_400_500), format!("12,400.5{NB}kg"));
        assert_eq!(mass(Lang::Vi, 140_250_000), format!("140,25{NB}tấn"));
        assert_eq!(mass(Lang::En, 1_000_000_001), format!("1,000.000001{NB}t"));
        assert_eq!(mass(Lang::Vi, 0), format!("0{NB}kg"));
        assert_eq!(plain_kilograms(12_400_500), "12400.5");
        assert_eq!(plain_kilograms(7_000), "7");
    }

    #[test]
    fn times_are_vietnams() {
        assert_eq!(moment(Lang::Vi, 1_780_644_600), format!("05/06/2026{NB}14:30"));
        assert_eq!(moment(Lang::En, 951_782_400), format!("2000-02-29{NB}07:00"));
        assert_eq!(moment(Lang::Vi, 0), format!("01/01/1970{NB}07:00"));
    }

    #[test]
    fn long_text_says_that_it_goes_on() {
        assert_eq!(short("Phường Chũ", 10), "Phường Chũ");
        assert_eq!(short("Phường Chũ", 6), "Phườn…");
    }
}
