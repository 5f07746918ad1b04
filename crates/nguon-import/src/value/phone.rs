//! Telephone numbers of Việt Nam, however they were typed: E.164, with the mobile prefixes of 2018.

use std::fmt;

/// A number in E.164: `+84912345678`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a cell is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    /// Too few digits, or too many.
    Length(usize),
    /// No network of Việt Nam begins so.
    Prefix,
    /// Not digits.
    Characters,
    /// Excel rounded it away: `9.12E+08`.
    Rounded,
}

/// What was done to a number to make it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mended {
    /// It had lost its 0 (or had no country code either).
    pub zero: bool,
    /// An eleven-digit number of before September 2018.
    pub old_prefix: bool,
    /// There were two; the first was taken.
    pub first_of_several: bool,
}

impl Phone {
    /// Reads a number.
    pub fn read(text: &str) -> Result<(Self, Mended), PhoneFault> {
        let mut mended = Mended::default();
        let text = text.trim().trim_start_matches(['\'', '’']);
        let lower = text.to_ascii_lowercase();
        if lower.contains("e+") {
            return Err(PhoneFault::Rounded);
        }
        // "0912345678/0987654321", "0912345678; 0987…", "0912345678 (con trai)".
        let mut parts = text.split(['/', ';', ',', '\n', '|']).map(str::trim).filter(|part| count_digits(part) >= 8);
        let part = parts.next().unwrap_or(text);
        mended.first_of_several = parts.next().is_some();
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let plus = part.trim_start_matches('(').starts_with('+');
        if part.chars().any(|c| c.is_alphabetic()) || part.chars().any(|c| !is_permitted(c)) {
            return Err(PhoneFault::Characters);
        }
        let national = national(&digits, plus, &mut mended)?;
        let national = renumbered(national, &mut mended);
        match (national.as_bytes(), national.len()) {
            // Mobile: nine digits; fixed lines: area code and number, ten.
            ([b'3' | b'5' | b'7' | b'8' | b'9', ..], 9) | ([b'2', ..], 10) => {
                Ok((Self(format!("+84{national}")), mended))
            }
            ([b'3' | b'5' | b'7' | b'8' | b'9' | b'2', ..], _) => Err(PhoneFault::Length(digits.len())),
            _ => Err(PhoneFault::Prefix),
        }
    }

    /// `+84912345678`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `0912 345 678`, as people say it.
    #[must_use]
    pub fn spoken(&self) -> String {
        let national = self.0.get(3..).unwrap_or_default();
        let (first, rest) = national.split_at(national.len().min(national.len().saturating_sub(6)));
        let (middle, last) = rest.split_at(rest.len().min(3));
        format!("0{first} {middle} {last}")
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn count_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn is_permitted(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '.' | '(' | ')' | '–' | '\u{2011}' | '_')
}

/// Without country code and leading zeros.
fn national<'a>(digits: &'a str, plus: bool, mended: &mut Mended) -> Result<&'a str, PhoneFault> {
    if digits.is_empty() {
        return Err(PhoneFault::Characters);
    }
    let abroad = |rest: &'a str| rest.strip_prefix("84").map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    if plus {
        return abroad(digits).ok_or(PhoneFault::Prefix);
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return abroad(rest).ok_or(PhoneFault::Prefix);
    }
    if let Some(rest) = digits.strip_prefix('0') {
        return Ok(rest);
    }
    // 84 can begin a country code or a number that lost its 0: by its length.
    if digits.len() >= 11
        && let Some(rest) = abroad(digits)
    {
        return Ok(rest);
    }
    mended.zero = true;
    Ok(digits)
}

/// Eleven-digit mobile numbers became ten-digit ones from September 2018 on (Ministry of Information and Communications).
fn renumbered(national: &str, mended: &mut Mended) -> String {
    const PREFIXES: [(&str, &str); 18] = [
        ("162", "32"),
        ("163", "33"),
        ("164", "34"),
        ("165", "35"),
        ("166", "36"),
        ("167", "37"),
        ("168", "38"),
        ("169", "39"),
        ("120", "70"),
        ("121", "79"),
        ("122", "77"),
        ("126", "76"),
        ("128", "78"),
        ("123", "83"),
        ("124", "84"),
        ("125", "85"),
        ("127", "81"),
        ("129", "82"),
    ];
    const LATE: [(&str, &str); 3] = [("186", "56"), ("188", "58"), ("199", "59")];
    if national.len() == 10 {
        for (old, new) in PREFIXES.iter().chain(&LATE) {
            if let Some(rest) = national.strip_prefix(old) {
                mended.old_prefix = true;
                return format!("{new}{rest}");
            }
        }
    }
    national.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, PhoneFault> {
        Phone::read(text).map(|(phone, _)| phone.0)
    }

    #[test]
    fn one_number_typed_in_many_ways() {
        for typed in [
            "0912345678",
            "912345678",
            "+84912345678",
            "84912345678",
            "0084912345678",
            "+84 (0)912 345 678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "'0912345678",
            "(+84) 912345678",
            "0912\u{a0}345\u{a0}678",
            "0912345678/0987654321",
        ] {
            assert_eq!(read(typed).as_deref(), Ok("+84912345678"), "{typed}");
        }
        assert_eq!(read("02043855123").as_deref(), Ok("+842043855123"));
        assert_eq!(Phone::read("912345678").unwrap().0.spoken(), "0912 345 678");
    }

    #[test]
    fn old_mobile_numbers_become_new_ones() {
        for (old, new) in
            [("01681234567", "+84381234567"), ("1231234567", "+84831234567"), ("01991234567", "+84591234567")]
        {
            let (phone, mended) = Phone::read(old).unwrap();
            assert_eq!((phone.as_str(), mended.old_prefix), (new, true));
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (typed, fault) in [
            ("091234567", PhoneFault::Length(9)),
            ("09123456789", PhoneFault::Length(11)),
            ("0112345678", PhoneFault::Prefix),
            ("+8613800138000", PhoneFault::Prefix),
            ("9.12E+08", PhoneFault::Rounded),
            ("chưa có số", PhoneFault::Characters),
            ("0912345678a", PhoneFault::Characters),
            ("", PhoneFault::Characters),
        ] {
            assert_eq!(read(typed), Err(fault), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_mobile_number_survives_losing_its_zero(number in "[35789][0-9]{8}") {
            let expected = Ok(format!("+84{number}"));
            prop_assert_eq!(read(&number), expected.clone());
            prop_assert_eq!(read(&format!("0{number}")), expected.clone());
            prop_assert_eq!(read(&format!("+84{number}")), expected);
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,40}") {
            if let Ok((phone, _)) = Phone::read(&text) {
                let _ = phone.spoken();
            }
        }
    }
}
