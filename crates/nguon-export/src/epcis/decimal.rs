//! Decimal numbers, exactly: no quantity passes through a binary fraction.

use std::fmt;
use std::str::FromStr;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};

/// A decimal number of at most 18 significant digits and 18 places, without zeros at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    places: u8,
}

/// Text that is no decimal number, or one with too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most 18 digits")]
pub struct DecimalError;

impl Decimal {
    /// `units` divided by ten `places` times: `new(12_500, 3)` is 12.5.
    #[must_use]
    pub const fn new(mut units: i64, mut places: u8) -> Self {
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places -= 1;
        }
        Self { units, places }
    }

    /// A whole number, if it has at most 18 digits.
    pub fn whole(number: u64) -> Result<Self, DecimalError> {
        i64::try_from(number)
            .ok()
            .filter(|units| *units < POWERS[18])
            .map(|units| Self::new(units, 0))
            .ok_or(DecimalError)
    }

    /// Whether it is greater than zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.units > 0
    }

    /// Whether it has no places.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.places == 0
    }

    /// A thousand times this number, if that is a whole number that is not too large.
    #[must_use]
    pub fn thousandths(self) -> Option<i32> {
        let product = i128::from(self.units) * 1000;
        let divisor = 10_i128.checked_pow(u32::from(self.places))?;
        (product % divisor == 0).then(|| i32::try_from(product / divisor).ok())?
    }

    /// This number times `of` divided by ten `shift` times, if that is a whole number without a sign.
    #[must_use]
    pub fn scaled(self, of: u64, shift: u8) -> Option<u64> {
        let product = i128::from(self.units) * i128::from(of);
        let divisor = 10_i128.checked_pow(u32::from(self.places) + u32::from(shift))?;
        (product % divisor == 0).then(|| u64::try_from(product / divisor).ok())?
    }
}

const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < 19 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, rest) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        let exponent_at = rest.iter().position(|byte| matches!(byte, b'e' | b'E'));
        let (digits, exponent) = match exponent_at {
            Some(at) => (&rest[..at], exponent(&rest[at + 1..])?),
            None => (rest, 0),
        };
        let (mut units, mut places, mut seen, mut point) = (0_i128, 0_i32, false, false);
        for byte in digits {
            match byte {
                b'0'..=b'9' => {
                    seen = true;
                    units = units * 10 + i128::from(byte - b'0');
                    places += i32::from(point);
                    // Thirty digits leave room for zeros at both ends; more are no measurement.
                    if units >= 10_i128.pow(30) || places > 30 {
                        return Err(DecimalError);
                    }
                }
                b'.' if !point => point = true,
                _ => return Err(DecimalError),
            }
        }
        if !seen {
            return Err(DecimalError);
        }
        places -= exponent;
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places -= 1;
            if units == 0 {
                places = 0;
            }
        }
        while places < 0 && units != 0 && units < i128::from(POWERS[18]) {
            units *= 10;
            places += 1;
        }
        let places = if units == 0 { 0 } else { u8::try_from(places).map_err(|_| DecimalError)? };
        if places > 18 || units >= i128::from(POWERS[18]) {
            return Err(DecimalError);
        }
        let units = i64::try_from(units).map_err(|_| DecimalError)?;
        Ok(Self { units: if negative { -units } else { units }, places })
    }
}

fn exponent(text: &[u8]) -> Result<i32, DecimalError> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 4 || !digits.iter().all(u8::is_ascii_digit) {
        return Err(DecimalError);
    }
    let value = digits.iter().fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0'));
    Ok(if negative { -value } else { value })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divisor = POWERS[usize::from(self.places.min(18))].unsigned_abs();
        let units = self.units.unsigned_abs();
        if self.units < 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", units / divisor)?;
        match usize::from(self.places) {
            0 => Ok(()),
            places => write!(f, ".{:0places$}", units % divisor),
        }
    }
}

/// A number of JSON. serde_json writes a whole number as it is, and another by its nearest binary fraction's shortest
/// decimal form, which for up to 15 digits is the decimal it came from; one with more is refused.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() {
            return serializer.serialize_i64(self.units);
        }
        if self.units.unsigned_abs() >= POWERS[15].unsigned_abs() {
            return Err(S::Error::custom("a decimal number of more than 15 digits"));
        }
        let number: f64 = self.to_string().parse().map_err(S::Error::custom)?;
        serializer.serialize_f64(number)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_one_form() {
        for (text, form) in
            [("12.500", "12.5"), ("1.0", "1"), ("-0.050", "-0.05"), ("1e3", "1000"), ("12E-2", "0.12"), ("0.00", "0")]
        {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), form);
        }
        for text in ["", ".", "-", "1.2.3", "1e", "NaN", "1_000", "1e9999", "1234567890123456789"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(units in -999_999_999_999_999_i64..=999_999_999_999_999, places in 0_u8..=12) {
            let number = Decimal::new(units, places);
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            let json = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(json.parse(), Ok(number));
        }

        #[test]
        fn no_text_panics(text in "[-+0-9.eE]{0,60}") {
            let _ = text.parse::<Decimal>();
        }
    }
}
