//! Why there is no document.

/// What is wrong with what was to be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More pages than anybody reads.
    #[error("the document would have more than {most} pages: export a part of it, such as one plot or one season")]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// A row with other cells than its table has columns: the caller's fault.
    #[error("row {row} of the table of {columns} columns has {cells} cells")]
    Cells {
        /// Counted from 1.
        row: usize,
        /// What it has.
        cells: usize,
        /// What it should have.
        columns: usize,
    },
    /// Two attachments of one name.
    #[error("two attachments are named {0}: give one of them another name")]
    SameName(String),
    /// An attachment's media type is none (RFC 6838).
    #[error("{0} is no media type such as application/cbor")]
    MediaType(String),
    /// The writer's own rules (PDF/A-3a, PDF/UA-1) are broken, or its fonts are damaged.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}
