//! Dots, and boxes of them.

use crate::length::Length;
use crate::resolution::{Dpi, INCH_UM};

/// A box on a page, in the printer's dots from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// From the left edge.
    pub x: u32,
    /// From the upper edge.
    pub y: u32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

impl Rect {
    /// The first column to the right of it.
    #[must_use]
    pub const fn right(self) -> u32 {
        self.x + self.width
    }

    /// The first row below it.
    #[must_use]
    pub const fn bottom(self) -> u32 {
        self.y + self.height
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.x <= other.x && self.y <= other.y && self.right() >= other.right() && self.bottom() >= other.bottom()
    }

    /// Whether they have a dot in common.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The same without `edge` dots on each side; nothing if nothing remains.
    pub(crate) fn without_edge(self, edge: u32) -> Option<Self> {
        let width = self.width.checked_sub(2 * edge).filter(|&width| width > 0)?;
        let height = self.height.checked_sub(2 * edge).filter(|&height| height > 0)?;
        Some(Self { x: self.x + edge, y: self.y + edge, width, height })
    }

    /// The same elsewhere; nothing left of the page or above it.
    pub(crate) fn moved(self, right: i32, down: i32) -> Option<Self> {
        Some(Self { x: self.x.checked_add_signed(right)?, y: self.y.checked_add_signed(down)?, ..self })
    }
}

/// Whole dots within a length.
pub(crate) fn dots_within(length: Length, dpi: Dpi) -> u32 {
    // At most ten metres of 2400 dpi: within 32 bits.
    u32::try_from(u64::from(length.um()) * u64::from(dpi.get()) / u64::from(INCH_UM)).unwrap_or(u32::MAX)
}

/// The fewest dots that reach a length.
pub(crate) fn dots_reaching(length: Length, dpi: Dpi) -> u32 {
    let product = u64::from(length.um()) * u64::from(dpi.get());
    u32::try_from(product.div_ceil(u64::from(INCH_UM))).unwrap_or(u32::MAX)
}

/// What dots measure, rounded up to a hundredth of a millimetre, for people.
pub(crate) fn length_of(dots: u32, dpi: Dpi) -> Length {
    let hundredths = (u64::from(dots) * u64::from(INCH_UM)).div_ceil(u64::from(dpi.get()) * 10);
    Length::from_um(u32::try_from(hundredths * 10).unwrap_or(u32::MAX))
}
