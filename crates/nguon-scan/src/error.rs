//! What can be wrong with a frame.

use thiserror::Error;

/// A frame that cannot be one. The caller is at fault, never the picture: a picture without a symbol is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// A side is 0.
    #[error("the frame has no pixels: it is {width} × {height}")]
    Empty {
        /// As the caller gave it.
        width: usize,
        /// As the caller gave it.
        height: usize,
    },
    /// A side is longer than [`Luma::LONGEST`](crate::Luma::LONGEST).
    #[error("the frame is {width} × {height}: a side has at most {longest} pixels; make it smaller first", longest = crate::Luma::LONGEST)]
    TooLarge {
        /// As the caller gave it.
        width: usize,
        /// As the caller gave it.
        height: usize,
    },
    /// Rows overlap.
    #[error("a row of {width} pixels does not fit into a stride of {stride}")]
    Stride {
        /// Pixels of a row.
        width: usize,
        /// Bytes from one row to the next.
        stride: usize,
    },
    /// There are fewer bytes than the sides say.
    #[error("the frame needs {needed} bytes, and has {given}")]
    TooShort {
        /// Bytes from the first pixel to the last.
        needed: usize,
        /// Bytes given.
        given: usize,
    },
}
