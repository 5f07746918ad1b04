//! Sheets and rolls that are sold everywhere, by name.

use super::paper::{Grid, Paper};
use crate::error::Error;
use crate::length::Length;

/// A paper that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Such as `a4-21-63.5x38.1` or `roll-50x30`.
    pub name: &'static str,
    /// Side by side.
    pub columns: u16,
    /// One below the other; 1 on a roll.
    pub rows: u16,
    /// A label's width.
    pub width: Length,
    /// A label's height.
    pub height: Length,
    /// Between labels side by side. Rows of these sheets touch.
    pub gap: Length,
    /// Whether it is a roll.
    pub is_roll: bool,
}

/// Sheets of A4 by the sizes that Avery, Herma, Tomy and others sell, then rolls. Their labels are laid out around the middle of
/// the page, as such sheets are cut; makers differ by tenths of a millimetre, which the test page shows and a shift mends.
pub const FORMATS: &[Format] = &[
    a4("a4-65-38.1x21.2", 5, 13, 38_100, 21_200, 2_500),
    a4("a4-44-48.5x25.4", 4, 11, 48_500, 25_400, 0),
    a4("a4-40-52.5x29.7", 4, 10, 52_500, 29_700, 0),
    a4("a4-24-63.5x33.9", 3, 8, 63_500, 33_900, 2_500),
    a4("a4-24-64.6x33.8", 3, 8, 64_600, 33_800, 0),
    a4("a4-24-70x37", 3, 8, 70_000, 37_000, 0),
    a4("a4-21-63.5x38.1", 3, 7, 63_500, 38_100, 2_500),
    a4("a4-18-63.5x46.6", 3, 6, 63_500, 46_600, 2_500),
    a4("a4-16-99.1x33.9", 2, 8, 99_100, 33_900, 2_500),
    a4("a4-14-99.1x38.1", 2, 7, 99_100, 38_100, 2_500),
    a4("a4-12-63.5x72", 3, 4, 63_500, 72_000, 2_500),
    a4("a4-12-105x48", 2, 6, 105_000, 48_000, 0),
    a4("a4-10-99.1x57", 2, 5, 99_100, 57_000, 2_500),
    a4("a4-8-99.1x67.7", 2, 4, 99_100, 67_700, 2_500),
    a4("a4-8-105x74", 2, 4, 105_000, 74_000, 0),
    a4("a4-6-99.1x93.1", 2, 3, 99_100, 93_100, 2_500),
    a4("a4-4-99.1x139", 2, 2, 99_100, 139_000, 2_500),
    a4("a4-2-199.6x143.5", 1, 2, 199_600, 143_500, 0),
    roll("roll-40x30", 40, 30),
    roll("roll-50x30", 50, 30),
    roll("roll-60x40", 60, 40),
    roll("roll-70x50", 70, 50),
    roll("roll-100x50", 100, 50),
    roll("roll-100x70", 100, 70),
    roll("roll-100x100", 100, 100),
    roll("roll-100x150", 100, 150),
];

const fn a4(name: &'static str, columns: u16, rows: u16, width: u32, height: u32, gap: u32) -> Format {
    let (width, height) = (Length::from_um(width), Length::from_um(height));
    Format { name, columns, rows, width, height, gap: Length::from_um(gap), is_roll: false }
}

const fn roll(name: &'static str, width: u16, height: u16) -> Format {
    let (width, height) = (Length::mm(width), Length::mm(height));
    Format { name, columns: 1, rows: 1, width, height, gap: Length::ZERO, is_roll: true }
}

impl Format {
    /// The paper itself.
    pub fn paper(&self) -> Result<Paper, Error> {
        if self.is_roll {
            return Paper::roll(self.width, self.height);
        }
        Paper::a4(Grid {
            columns: self.columns,
            rows: self.rows,
            label: (self.width, self.height),
            gap: (self.gap, Length::ZERO),
            margin: None,
        })
    }
}

impl Paper {
    /// One of [`FORMATS`].
    ///
    /// ```
    /// use nguon_label::{FORMATS, Paper};
    ///
    /// assert_eq!(Paper::named("a4-65-38.1x21.2")?.labels(), 65);
    /// assert_eq!(Paper::named("roll-50x30")?.labels(), 1);
    /// for format in FORMATS {
    ///     assert_eq!(Paper::named(format.name)?, format.paper()?);
    /// }
    /// # Ok::<(), nguon_label::Error>(())
    /// ```
    pub fn named(name: &str) -> Result<Self, Error> {
        let format = FORMATS.iter().find(|format| format.name == name);
        format.ok_or_else(|| Error::UnknownPaper(name.chars().take(40).collect()))?.paper()
    }
}
