//! The GS1 check digit and fixed-length numbers that end with one.

use crate::error::{Error, Fault, Part};

/// The standard GS1 check digit for `payload`, the digits before it
/// (GS1 General Specifications §7.9.1).
///
/// From the right, digits weigh 3, 1, 3, 1, …; the check digit fills their sum up to a multiple of
/// 10. It catches every single wrong digit, and every swap of two neighbours except those that
/// differ by 5 (such as `27` for `72`).
///
/// ```
/// // The example on GS1's own check digit page.
/// assert_eq!(nguon_gs1::check_digit("629104150021")?, '3');
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
pub fn check_digit(payload: &str) -> Result<char, Error> {
    if payload.is_empty() {
        return Err(Error::new(Part::Number, 0, Fault::Empty));
    }
    only_digits(Part::Number, payload)?;
    Ok(char::from(sum_up(payload.as_bytes())))
}

/// The check digit of ASCII digits, as ASCII.
fn sum_up(digits: &[u8]) -> u8 {
    let (mut sum, mut weight) = (0, 3);
    for digit in digits.iter().rev() {
        sum = (sum + weight * (digit - b'0')) % 10;
        weight = 4 - weight;
    }
    b'0' + (10 - sum) % 10
}

pub(crate) fn only_digits(part: Part, text: &str) -> Result<(), Error> {
    match text.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
        Some((at, c)) => Err(Error::new(part, at, Fault::NotADigit(c))),
        None => Ok(()),
    }
}

/// `N` ASCII digits, the last of which is the check digit of the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Digits<const N: usize>([u8; N]);

impl<const N: usize> Digits<N> {
    /// Reads a number of one of the `lengths`, filling shorter ones with zeros on the left.
    pub(crate) fn parse(part: Part, text: &str, lengths: &[usize], allowed: &'static str) -> Result<Self, Error> {
        let bytes = padded(part, text, lengths, allowed)?;
        if bytes.iter().all(|&digit| digit == b'0') {
            return Err(Error::new(part, 0, Fault::AllZeros));
        }
        let [expected, found] = [sum_up(&bytes[..N - 1]), bytes[N - 1]].map(char::from);
        if expected != found {
            return Err(Error::new(part, text.len() - 1, Fault::CheckDigit { expected, found }));
        }
        Ok(Self(bytes))
    }

    /// Adds the check digit to the `N - 1` digits before it.
    pub(crate) fn from_payload(part: Part, payload: &str, allowed: &'static str) -> Result<Self, Error> {
        let mut bytes: [u8; N] = padded(part, payload, &[N - 1], allowed)?;
        if bytes.iter().all(|&digit| digit == b'0') {
            return Err(Error::new(part, 0, Fault::AllZeros));
        }
        // The padding zero moves to the end, where the check digit takes its place.
        bytes.rotate_left(1);
        bytes[N - 1] = sum_up(&bytes[..N - 1]);
        Ok(Self(bytes))
    }

    pub(crate) fn as_str(&self) -> &str {
        // Only ASCII digits ever get in, so the default never shows.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn padded<const N: usize>(part: Part, text: &str, lengths: &[usize], allowed: &'static str) -> Result<[u8; N], Error> {
    if text.is_empty() {
        return Err(Error::new(part, 0, Fault::Empty));
    }
    only_digits(part, text)?;
    let found = text.len();
    if !lengths.contains(&found) || found > N {
        return Err(Error::new(part, 0, Fault::Length { found, allowed }));
    }
    let mut bytes = [b'0'; N];
    bytes[N - found..].copy_from_slice(text.as_bytes());
    Ok(bytes)
}

/// The trait implementations that every number built on [`Digits`] shares.
macro_rules! number {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}
pub(crate) use number;
