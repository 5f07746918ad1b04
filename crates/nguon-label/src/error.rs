//! Why a label cannot be drawn.

/// Why a label cannot be drawn. All but [`Error::Png`] lie with the caller's arguments.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The link does not fit the largest symbol.
    #[error("a link of {0} bytes does not fit a QR symbol")]
    LinkTooLong(usize),
    /// No printer has this resolution.
    #[error("{0} dpi is outside 72 to 2400 dpi")]
    Dpi(u16),
    /// Modules of no pixels, or of very many.
    #[error("{0} pixels a module are outside 1 to 64")]
    Scale(u8),
    /// The PNG encoder failed.
    #[error("cannot write PNG")]
    Png(#[from] png::EncodingError),
}
