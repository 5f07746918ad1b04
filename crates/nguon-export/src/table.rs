//! Tables as files: sheets of a workbook (xlsx, with the feature `sheets`) and comma-separated values (RFC 4180).

mod csv;
#[cfg(feature = "sheets")]
mod xlsx;

pub use self::csv::CsvTables;
#[cfg(feature = "sheets")]
pub use self::xlsx::Workbook;

use crate::facts::{When, decimal};

/// A table of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Its name: a sheet's tab, or the last part of a file's name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: &'static str,
    /// The section of the standard that asks for it; empty: none does.
    pub cite: &'static str,
    /// How many characters wide it is shown.
    pub width: u8,
}

impl Column {
    /// A column of this heading, section and width.
    #[must_use]
    pub const fn new(heading: &'static str, cite: &'static str, width: u8) -> Self {
        Self { heading, cite, width }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words. Never a formula, whatever they begin with.
    Text(String),
    /// A whole number of parts of ten to the power of the second number: 1,234,500 and 3 is 1234.5.
    Number(u64, u32),
    /// A day, at which place whoever signed it was.
    Day(When),
}

impl Cell {
    /// Grams, shown as kilograms.
    #[must_use]
    pub const fn kilograms(grams: u64) -> Self {
        Self::Number(grams, 3)
    }

    /// A number of things.
    #[must_use]
    pub const fn count(count: u64) -> Self {
        Self::Number(count, 0)
    }

    /// Words, or nothing.
    #[must_use]
    pub fn words(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// As plain text: decimals with a point, days as `2026-06-12`.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(value, places) => decimal(*value, *places),
            Self::Day(when) => when.date(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Takes tables row by row; rows of different sheets may come in any order.
pub trait Tables {
    /// Adds a row to the sheet of this number.
    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<(), TableError>;
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A sheet of xlsx holds no more rows; csv has no such limit.
    #[error(
        "the sheet {sheet:?} would need more than {most} rows, which xlsx does not have: ask for fewer days, or for csv"
    )]
    TooManyRows {
        /// Its name.
        sheet: &'static str,
        /// The most rows there can be.
        most: u32,
    },
    /// Writing failed.
    #[error("a table could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The workbook refused something.
    #[error("a workbook could not be written: {0}")]
    Workbook(String),
}
