//! Why a file gave no table at all. What is wrong with single cells is a [`Finding`](crate::Finding).

/// A file that cannot be read as a list of households. It is the file's fault, or that of whoever saved it; the words for
/// people are in [`crate::words`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// An Excel file of before 2007, or one under a password: both begin alike.
    #[error("an old or password-protected Excel file: save it as .xlsx without a password")]
    OldExcel,
    /// Some other kind of file.
    #[error("neither an .xlsx workbook nor a table as text")]
    NotATable,
    /// A damaged workbook, and what part of it.
    #[error("the workbook is damaged: {part}")]
    Damaged {
        /// Which part.
        part: &'static str,
    },
    /// More than this reads.
    #[error("the file is too large: at most {most} {what}")]
    TooLarge {
        /// Of what.
        what: Measure,
        /// How much is read.
        most: usize,
    },
    /// No row in the first rows of any sheet is a heading row.
    #[error("no heading row: none of the first {rows} rows names a household and two further columns")]
    NoHeading {
        /// How many rows were looked at.
        rows: usize,
    },
    /// Rows under the heading row, but none of a household.
    #[error("no rows under the headings")]
    NoRows,
}

/// What there can be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Bytes of the file.
    Bytes,
    /// Bytes of the file once unpacked.
    UnpackedBytes,
    /// Rows.
    Rows,
    /// Filled cells.
    Cells,
    /// Sheets.
    Sheets,
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::UnpackedBytes => "bytes unpacked",
            Self::Rows => "rows",
            Self::Cells => "cells",
            Self::Sheets => "sheets",
        })
    }
}
