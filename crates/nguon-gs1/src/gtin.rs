//! Global Trade Item Number.

use std::str::FromStr;

use crate::digits::{Digits, number};
use crate::error::{Error, Part};
use crate::prefix::Gs1Prefix;

/// A Global Trade Item Number, AI (01), held in its 14-digit form
/// (GS1 General Specifications §3.3.2).
///
/// GTIN-8, GTIN-12 and GTIN-13 are read too and filled up with zeros, so that one product has one
/// value however its number was written.
///
/// ```
/// use nguon_gs1::{Gtin, GtinKind};
///
/// let gtin: Gtin = "9521234543213".parse()?;
/// assert_eq!(gtin.as_str(), "09521234543213");
/// assert_eq!(gtin.kind(), GtinKind::Gtin13);
/// assert_eq!(gtin, Gtin::from_payload("0952123454321")?);
///
/// let mistyped = "9521234543214".parse::<Gtin>().unwrap_err();
/// assert_eq!(
///     mistyped.to_string(),
///     "GTIN: the check digit is 4 where the digits before it give 3 (byte 12)"
/// );
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Digits<14>);

number!(Gtin);

/// Which of the four data structures a [`Gtin`] is, told by its leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GtinKind {
    /// Eight digits, from a GS1-8 Prefix: no company prefix in it.
    Gtin8,
    /// Twelve digits, printed as UPC-A.
    Gtin12,
    /// Thirteen digits, printed as EAN-13.
    Gtin13,
    /// Fourteen digits: a grouping (indicator 1 to 8) or a variable measure item (indicator 9).
    Gtin14,
}

impl GtinKind {
    /// How many digits the number has when written without filler zeros.
    pub fn digits(self) -> usize {
        match self {
            Self::Gtin8 => 8,
            Self::Gtin12 => 12,
            Self::Gtin13 => 13,
            Self::Gtin14 => 14,
        }
    }
}

impl Gtin {
    /// Adds the check digit to the 13 digits before it.
    pub fn from_payload(payload: &str) -> Result<Self, Error> {
        Digits::from_payload(Part::Gtin, payload, "13").map(Self)
    }

    /// All 14 digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The digits without filler zeros, as a bar code beside the QR symbol shows them.
    pub fn unpadded(&self) -> &str {
        &self.as_str()[14 - self.kind().digits()..]
    }

    /// Which data structure this is. It follows from the digits: a GTIN-13 that begins with 0 *is*
    /// a GTIN-12, and the prefixes that would make a GTIN-12 look like a GTIN-8 are never issued.
    pub fn kind(&self) -> GtinKind {
        match self.as_str().bytes().take_while(|&digit| digit == b'0').count() {
            0 => GtinKind::Gtin14,
            1 => GtinKind::Gtin13,
            2..=5 => GtinKind::Gtin12,
            _ => GtinKind::Gtin8,
        }
    }

    /// Whether this number was formed from a company prefix, which follows the indicator digit.
    /// Never so for a GTIN-8.
    pub fn has_prefix(&self, prefix: &Gs1Prefix) -> bool {
        self.kind() != GtinKind::Gtin8 && self.as_str()[1..].starts_with(prefix.as_str())
    }
}

impl FromStr for Gtin {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Digits::parse(Part::Gtin, text, &[8, 12, 13, 14], "8, 12, 13 or 14").map(Self)
    }
}
