//! The bundle inside a PDF.
//!
//! A dossier carries the bundle that it was made from as an associated file (ISO 19005-3 §6.8), so that whoever holds the one
//! holds the other: `nguon verify dossier.pdf` reads it back out and checks it, and believes nothing of the pages. Any PDF with
//! such a file will do, also one that another program has saved again, with its objects in compressed streams.
//!
//! Which file it is says its name, [`NAME`]; where nothing is so named, its media type, [`MEDIA_TYPE`], if one file alone has it.
//! Nothing is taken for the bundle where it could be another: then the error names all there are.
//!
//! What is attached tells no more than the pages do: see [`disclosed`].
//!
//! Reading needs the feature `attached`. Files go through lopdf, with limits: a file of [`MOST_PDF`] bytes, a bundle of
//! [`MOST_BUNDLE`], and no stream of objects above 16 MiB, so that no small file fills the memory. Encrypted PDFs are refused.

mod disclosed;
#[cfg(feature = "attached")]
mod read;
#[cfg(feature = "attached")]
mod specs;

pub use disclosed::disclosed;
#[cfg(feature = "attached")]
pub use read::{Error, bundle};

/// What the bundle is named inside a PDF.
pub const NAME: &str = "bundle.nguon.cbor";

/// Its media type, as the server gives bundles.
pub const MEDIA_TYPE: &str = "application/cbor";

/// The longest PDF that is read, in bytes.
pub const MOST_PDF: usize = 256 * 1024 * 1024;

/// The longest bundle that is taken out of one, in bytes.
pub const MOST_BUNDLE: usize = 128 * 1024 * 1024;

/// Whether bytes are a PDF: its header stands in the first 1,024 (ISO 32000-1 annex H.3, note 13).
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1_024).unwrap_or(bytes);
    head.windows(5).any(|five| five == b"%PDF-")
}
