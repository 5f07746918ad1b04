//! Units of measure (UN/ECE Recommendation 20), as far as goods are counted in them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::decimal::Decimal;

/// A unit's code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(&'static str);

/// A code that is not among those known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a unit of measure for goods known here (UN/ECE Recommendation 20), such as KGM")]
pub struct UnknownUnit;

/// Units of mass: how many grams, divided by ten so many times. A pound is 453.592 37 g by definition (1959).
const MASSES: &[(&str, u64, u8)] = &[
    ("KGM", 1000, 0),
    ("GRM", 1, 0),
    ("TNE", 1_000_000, 0),
    ("DTN", 100_000, 0),
    ("HGM", 100, 0),
    ("MGM", 1, 3),
    ("LBR", 45_359_237, 5),
    ("ONZ", 28_349_523_125, 9),
];

/// Units of other kinds: volumes, lengths, areas, and things that are counted.
const OTHERS: &[&str] = &[
    "LTR", "MLT", "CLT", "DLT", "HLT", "MTQ", "CMQ", "DMQ", "GLL", "GLI", "OZA", "PTL", "QTL", "MTR", "CMT", "MMT",
    "INH", "FOT", "YRD", "MTK", "CMK", "HAR", "FTK", "YDK", "C62", "EA", "H87", "NAR", "NMP", "PR", "DZN", "XBX",
    "XCT", "XCR", "XPX", "XBG", "XPK", "XSA", "XCS", "XBE", "XPC", "CT", "BX", "CS", "CR", "BG", "PK", "PF",
];

impl Unit {
    /// Kilograms.
    pub const KILOGRAM: Self = Self("KGM");

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, UnknownUnit> {
        let masses = MASSES.iter().map(|(code, ..)| *code);
        masses.chain(OTHERS.iter().copied()).find(|code| *code == text).map(Self).ok_or(UnknownUnit)
    }

    /// The code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether masses are measured in it.
    #[must_use]
    pub fn is_mass(self) -> bool {
        MASSES.iter().any(|(code, ..)| *code == self.0)
    }

    /// So many of these in grams, if that is a whole number of grams; `None` for other than masses too.
    #[must_use]
    pub fn grams(self, amount: Decimal) -> Option<u64> {
        let (_, of, shift) = MASSES.iter().find(|(code, ..)| *code == self.0)?;
        amount.scaled(*of, *shift)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({})", self.0)
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn masses_are_converted_exactly_or_not_at_all() {
        let grams = |unit: &str, amount: &str| Unit::parse(unit).unwrap().grams(amount.parse().unwrap());
        assert_eq!(grams("KGM", "12.345"), Some(12_345));
        assert_eq!(grams("KGM", "12.3456"), None);
        assert_eq!(grams("TNE", "1.25"), Some(1_250_000));
        assert_eq!(grams("LBR", "100000"), Some(45_359_237));
        assert_eq!(grams("LBR", "10"), None);
        assert_eq!(grams("MGM", "3000"), Some(3));
        assert_eq!(grams("LTR", "1"), None);
        assert_eq!(grams("KGM", "-1"), None);
        assert!(Unit::parse("KG").is_err());
    }
}
