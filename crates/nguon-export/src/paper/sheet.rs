//! Paper and its margins.

/// Thousandths of a point, of 1/72 inch.
pub(super) type Milli = u32;

/// From millimetres, to the nearest.
pub(super) const fn mm(millimetres: u32) -> Milli {
    (millimetres * 720_000 + 127) / 254
}

/// Between the columns of two languages.
pub(super) const GUTTER: Milli = mm(8);

/// How pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// 210 × 297 mm.
    Upright,
    /// 297 × 210 mm, for tables of many columns.
    Sideways,
}

/// A page's measures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub width: Milli,
    pub height: Milli,
    pub left: Milli,
    pub top: Milli,
    /// What is between the margins.
    pub measure: Milli,
    /// Where the content ends.
    pub bottom: Milli,
    /// Where the foot begins.
    pub foot: Milli,
}

impl Sheet {
    pub fn of(turn: Turn) -> Self {
        let (width, height) = match turn {
            Turn::Upright => (mm(210), mm(297)),
            Turn::Sideways => (mm(297), mm(210)),
        };
        let side = match turn {
            Turn::Upright => mm(20),
            Turn::Sideways => mm(14),
        };
        Self {
            width,
            height,
            left: side,
            top: mm(18),
            measure: width - 2 * side,
            bottom: height - mm(23),
            foot: height - mm(18),
        }
    }
}
