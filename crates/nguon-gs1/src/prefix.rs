//! GS1 Company Prefix.

use std::fmt;
use std::str::FromStr;

use crate::digits::only_digits;
use crate::error::{Error, Fault, Part};

/// A GS1 Company Prefix: 4 to 12 digits licensed to one company, from which it forms its keys
/// (GS1 General Specifications §1.4).
///
/// GS1's prefix 952 is set aside for examples:
///
/// ```
/// use nguon_gs1::{Gs1Prefix, Gtin};
///
/// let coop: Gs1Prefix = "9521234".parse()?;
/// let box_of_lychee: Gtin = "09521234543213".parse()?;
/// assert!(box_of_lychee.has_prefix(&coop));
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gs1Prefix(String);

impl Gs1Prefix {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether every key under `other` is also under `self`: the scope of a registrar that hands
    /// part of its prefix on.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl FromStr for Gs1Prefix {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let part = Part::CompanyPrefix;
        if text.is_empty() {
            return Err(Error::new(part, 0, Fault::Empty));
        }
        only_digits(part, text)?;
        if !(4..=12).contains(&text.len()) {
            let fault = Fault::Length { found: text.len(), allowed: "4 to 12" };
            return Err(Error::new(part, 0, fault));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Gs1Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Gs1Prefix {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
