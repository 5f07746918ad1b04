//! Keys of places and of logistic units.

use std::str::FromStr;

use crate::digits::{Digits, number};
use crate::error::{Error, Part};
use crate::prefix::Gs1Prefix;

/// A Global Location Number: a place or a party
/// (GS1 General Specifications §2.4 and §3.7; AI (410) to (417)).
///
/// ```
/// use nguon_gs1::Gln;
///
/// // The GLN of the examples in the Digital Link standard.
/// let packing_house: Gln = "9520123456788".parse()?;
/// assert_eq!(packing_house, Gln::from_payload("952012345678")?);
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gln(Digits<13>);

number!(Gln);

impl Gln {
    /// Adds the check digit to the 12 digits before it.
    pub fn from_payload(payload: &str) -> Result<Self, Error> {
        Digits::from_payload(Part::Gln, payload, "12").map(Self)
    }

    /// All 13 digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether this number was formed from a company prefix, with which it begins.
    pub fn has_prefix(&self, prefix: &Gs1Prefix) -> bool {
        self.as_str().starts_with(prefix.as_str())
    }
}

impl FromStr for Gln {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Digits::parse(Part::Gln, text, &[13], "13").map(Self)
    }
}

/// A Serial Shipping Container Code, AI (00): one pallet or crate on its way
/// (GS1 General Specifications §3.3.1).
///
/// ```
/// use nguon_gs1::Sscc;
///
/// // The example of General Specifications §7.9.1.
/// let pallet = Sscc::from_payload("37610425002123456")?;
/// assert_eq!(pallet.as_str(), "376104250021234569");
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sscc(Digits<18>);

number!(Sscc);

impl Sscc {
    /// Adds the check digit to the 17 digits before it.
    pub fn from_payload(payload: &str) -> Result<Self, Error> {
        Digits::from_payload(Part::Sscc, payload, "17").map(Self)
    }

    /// All 18 digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether this number was formed from a company prefix, which follows the extension digit.
    pub fn has_prefix(&self, prefix: &Gs1Prefix) -> bool {
        self.as_str()[1..].starts_with(prefix.as_str())
    }
}

impl FromStr for Sscc {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Digits::parse(Part::Sscc, text, &[18], "18").map(Self)
    }
}
