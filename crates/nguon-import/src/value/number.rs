//! Numbers as people write them in Việt Nam, and as Excel does elsewhere: `1.234,5`, `1,234.5`, `1 234,5`.

/// A number that is not negative, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(u64);

/// Digits after the decimal mark that are kept.
const PLACES: usize = 6;

impl Decimal {
    /// From millionths.
    #[must_use]
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// From a spreadsheet's binary number, rounded to what it shows; not from a negative one, or one that is too large.
    #[must_use]
    pub fn from_f64(number: f64) -> Option<Self> {
        if !(0.0..1e9).contains(&number) {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the range above
        let millionths = (number * 1e6).round() as u64;
        Some(Self(millionths))
    }

    fn from_digits(whole: &str, part: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut millionths = 0;
        for place in 0..PLACES {
            let digit = part.as_bytes().get(place).map_or(0, |byte| u64::from(byte - b'0'));
            millionths = millionths * 10 + digit;
        }
        whole.checked_mul(1_000_000)?.checked_add(millionths).map(Self)
    }
}

/// `2500`, `0,25`: with a comma, and no mark between thousands.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / 1_000_000, self.0 % 1_000_000);
        write!(f, "{whole}")?;
        if part > 0 {
            let part = format!("{part:06}");
            write!(f, ",{}", part.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// What a number may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One thing only.
    One(Decimal),
    /// `2.500`: two and a half, or two thousand five hundred.
    Either(Decimal, Decimal),
}

/// Reads a number; `None` if it is none.
#[must_use]
pub fn read_number(text: &str) -> Option<Reading> {
    let text = text.trim();
    let grouped_by_space = text.contains([' ', '\'']);
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    if bare.is_empty() || bare.len() > 24 || (grouped_by_space && !spaces_are_between_thousands(text)) {
        return None;
    }
    let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
    let mark = match (points, commas) {
        (0, 0) => return Decimal::from_digits(&bare, "").map(Reading::One),
        // Both: the one that comes last is the decimal mark.
        (_, 1) if points > 0 && bare.rfind(',') > bare.rfind('.') => return both(&bare, '.', ','),
        (1, _) if commas > 0 && bare.rfind('.') > bare.rfind(',') => return both(&bare, ',', '.'),
        (0, _) => ',',
        (_, 0) => '.',
        _ => return None,
    };
    if points + commas > 1 {
        return ungrouped(&bare, mark).and_then(|whole| Decimal::from_digits(&whole, "")).map(Reading::One);
    }
    let (whole, part) = bare.split_once(mark)?;
    let decimal = Decimal::from_digits(whole, part).filter(|_| !part.is_empty())?;
    // Three digits behind one mark, and a number before it that thousands could begin with.
    let may_group = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !grouped_by_space;
    match may_group.then(|| Decimal::from_digits(&format!("{whole}{part}"), "")).flatten() {
        Some(thousands) => Some(Reading::Either(decimal, thousands)),
        None => Some(Reading::One(decimal)),
    }
}

fn both(text: &str, thousands: char, decimal: char) -> Option<Reading> {
    let (whole, part) = text.split_once(decimal)?;
    let whole = ungrouped(whole, thousands)?;
    Decimal::from_digits(&whole, part).filter(|_| !part.is_empty()).map(Reading::One)
}

/// Takes marks between thousands out, if they stand between thousands.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut whole = first.to_owned();
    for group in groups {
        whole.push_str(Some(group).filter(|group| group.len() == 3)?);
    }
    Some(whole)
}

fn spaces_are_between_thousands(text: &str) -> bool {
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    let rest_is_plain = !text[whole.len()..].contains([' ', '\'']);
    let mut groups = whole.split([' ', '\'']);
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    rest_is_plain && first && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_are_understood_both_ways() {
        let one = |millionths| Some(Reading::One(Decimal(millionths)));
        for (text, read) in [
            ("2500", one(2_500_000_000)),
            ("0,25", one(250_000)),
            ("0.250", one(250_000)),
            (",5", one(500_000)),
            ("1.234,5", one(1_234_500_000)),
            ("1,234.5", one(1_234_500_000)),
            ("1 234,5", one(1_234_500_000)),
            ("1.234.567", one(1_234_567_000_000)),
            ("12,50", one(12_500_000)),
            ("2.500", Some(Reading::Either(Decimal(2_500_000), Decimal(2_500_000_000)))),
            ("12,345", Some(Reading::Either(Decimal(12_345_000), Decimal(12_345_000_000)))),
        ] {
            assert_eq!(read_number(text), read, "{text}");
        }
        for wrong in
            ["", ".", "1,", "1.2.3", "1,23,456.7", "12 34", "-5", "1e3", "1..2", "1.234,5,6", "٣", "0x1", "1 2345"]
        {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_decimal_written_is_read_back(millionths in 0_u64..1 << 50) {
            let shown = Decimal(millionths).to_string();
            let found = match read_number(&shown) {
                Some(Reading::One(one) | Reading::Either(one, _)) => one,
                None => panic!("{shown}"),
            };
            prop_assert_eq!(found, Decimal(millionths));
        }

        #[test]
        fn binary_numbers_are_what_they_show(hundredths in 0_u32..100_000_000) {
            let number = f64::from(hundredths) / 100.0;
            prop_assert_eq!(Decimal::from_f64(number), Some(Decimal(u64::from(hundredths) * 10_000)));
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,30}", number: f64) {
            let _ = (read_number(&text), Decimal::from_f64(number));
        }
    }
}
