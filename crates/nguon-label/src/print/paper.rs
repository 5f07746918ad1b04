//! Where labels are on the paper.

use super::geometry::{Rect, dots_reaching, dots_within};
use crate::error::Error;
use crate::length::Length;
use crate::resolution::Dpi;

/// A4 (ISO 216).
const A4: (Length, Length) = (Length::mm(210), Length::mm(297));

/// Labels side by side, and rows of them, at most.
const MOST_LABELS: u16 = 50;

/// The label's sides.
const SMALLEST_LABEL: Length = Length::mm(10);
const LARGEST_LABEL: Length = Length::mm(420);

/// Columns and rows of labels on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grid {
    /// Side by side.
    pub columns: u16,
    /// One below the other.
    pub rows: u16,
    /// A label's width and height.
    pub label: (Length, Length),
    /// Between labels: side by side, one below the other.
    pub gap: (Length, Length),
    /// From the page's left and upper edge to the first label; without it the labels stand in the middle of the page.
    pub margin: Option<(Length, Length)>,
}

/// A sheet or roll of labels: all of them on the page, none over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paper {
    page: (Length, Length),
    grid: Grid,
    margin: (Length, Length),
    is_roll: bool,
}

impl Paper {
    /// A4, in portrait.
    pub fn a4(grid: Grid) -> Result<Self, Error> {
        Self::new(A4, grid, false)
    }

    /// A roll with one label after another. A page is one label; the gap to the next is the printer's to know.
    pub fn roll(width: Length, height: Length) -> Result<Self, Error> {
        Self::roll_across(1, width, height, Length::ZERO)
    }

    /// A roll with several labels side by side, and a gap between them. A page is one row.
    pub fn roll_across(columns: u16, width: Length, height: Length, gap: Length) -> Result<Self, Error> {
        let grid = Grid {
            columns,
            rows: 1,
            label: (width, height),
            gap: (gap, Length::ZERO),
            margin: Some((Length::ZERO, Length::ZERO)),
        };
        let page = Length::from_um(extent(columns, width, gap));
        Self::new((page, height), grid, true)
    }

    fn new(page: (Length, Length), grid: Grid, is_roll: bool) -> Result<Self, Error> {
        let Grid { columns, rows, label: (width, height), gap, margin } = grid;
        if !(1..=MOST_LABELS).contains(&columns) || !(1..=MOST_LABELS).contains(&rows) {
            return Err(Error::Grid { columns, rows });
        }
        if [width, height].iter().any(|side| !(SMALLEST_LABEL..=LARGEST_LABEL).contains(side)) {
            return Err(Error::LabelSize { width, height });
        }
        let across = place(page.0, extent(columns, width, gap.0), margin.map(|margin| margin.0))?;
        let down = place(page.1, extent(rows, height, gap.1), margin.map(|margin| margin.1))?;
        Ok(Self { page, grid, margin: (across, down), is_roll })
    }

    /// The page's width and height.
    #[must_use]
    pub const fn page(&self) -> (Length, Length) {
        self.page
    }

    /// A label's width and height.
    #[must_use]
    pub const fn label(&self) -> (Length, Length) {
        self.grid.label
    }

    /// How many labels a page has.
    #[must_use]
    pub fn labels(&self) -> u32 {
        u32::from(self.grid.columns) * u32::from(self.grid.rows)
    }

    /// Whether it is a roll.
    #[must_use]
    pub const fn is_roll(&self) -> bool {
        self.is_roll
    }

    /// The dots of a page that lie wholly on it.
    pub(crate) fn page_dots(&self, dpi: Dpi) -> Rect {
        Rect { x: 0, y: 0, width: dots_within(self.page.0, dpi), height: dots_within(self.page.1, dpi) }
    }

    /// The dots that lie wholly on a label; labels count from 0, row by row.
    pub(crate) fn label_dots(&self, at: u32, dpi: Dpi) -> Rect {
        self.label_dots_within(at, Length::ZERO, dpi).unwrap_or_default()
    }

    /// Those of them that are so far from its edge, if there are any.
    pub(crate) fn label_dots_within(&self, at: u32, edge: Length, dpi: Dpi) -> Option<Rect> {
        let columns = u32::from(self.grid.columns).max(1);
        let side = |n: u32, margin: Length, side: Length, gap: Length| {
            let start = margin.um() + n * (side.um() + gap.um());
            let first = dots_reaching(Length::from_um(start + edge.um()), dpi);
            let end = dots_within(Length::from_um((start + side.um()).checked_sub(edge.um())?), dpi);
            Some((first, end.checked_sub(first).filter(|&dots| dots > 0)?))
        };
        let Grid { label, gap, .. } = self.grid;
        let (x, width) = side(at % columns, self.margin.0, label.0, gap.0)?;
        let (y, height) = side(at / columns, self.margin.1, label.1, gap.1)?;
        Some(Rect { x, y, width, height })
    }
}

/// What labels and the gaps between them take: at most 50 of them, each side and gap at most ten metres, in 32 bits.
fn extent(count: u16, side: Length, gap: Length) -> u32 {
    let count = u32::from(count.min(MOST_LABELS));
    count * side.um() + count.saturating_sub(1) * gap.um()
}

/// Where the first label is.
fn place(page: Length, extent: u32, margin: Option<Length>) -> Result<Length, Error> {
    let over = |needed: u32| Error::OffThePage { needed: Length::from_um(needed), page };
    match margin {
        Some(margin) if margin.um() + extent > page.um() => Err(over(margin.um() + extent)),
        Some(margin) => Ok(margin),
        None => page.um().checked_sub(extent).map(|free| Length::from_um(free / 2)).ok_or_else(|| over(extent)),
    }
}
