//! Files for importers, customs and inspectors, made on the inspector's own device: a bundle in, a file out. A program of its own,
//! fetched when the first file is wanted, since fonts, PDF and workbook are larger than the page itself.
//!
//! It verifies the bundle once more before it makes anything: the verdict in a file is this device's, not a server's. What the
//! files say is [`nguon_export`]'s.
//!
//! ```
//! use nguon_examples::season::{Season, Seed};
//! use nguon_inspect_export::{Wanted, make};
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! let root = season.ledger.trust().signed().to_bytes()?;
//! let wanted = Wanted { file: "passport.html", now: season.now().get(), despite: false, page: "https://nguon.example" };
//! let made = make(&wanted, &bundle, &root)?;
//! assert!(made.bytes.starts_with(b"<!doctype html>"));
//! assert!(!made.missing.is_empty(), "what is missing, in Vietnamese: one line a field");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Options, OutcomeKind, verify};
use nguon_export::facts::{Language, MissingGroup};
use nguon_export::files::{self, Kind};
use nguon_export::{Facts, Personal, Source, SourceError};
use nguon_import::commune;

/// Which file, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// By the name it is given: one of [`Kind::NAMES`].
    pub file: &'a str,
    /// Unix seconds by this device's clock.
    pub now: u64,
    /// Whatever the verdict.
    pub despite: bool,
    /// Where the shopper's page is, for the link and QR code in the file; empty: nowhere.
    pub page: &'a str,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// What is missing and where to enter it, a line each, in Vietnamese.
    pub missing: Vec<String>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A bad verdict, and nobody asked for the file despite that.
    #[error("the verdict is {0}")]
    BadVerdict(OutcomeKind),
    /// No such file, no trust root, or no time.
    #[error("the page asks for what this program does not know")]
    Page,
    /// It could not be made.
    #[error(transparent)]
    File(#[from] files::FileError),
}

impl Error {
    /// What the inspector is told.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        match self {
            Self::BadVerdict(_) => {
                "Hồ sơ lô này có vấn đề nên chưa xuất tệp. Bấm lại nếu vẫn cần: tệp sẽ ghi rõ trên mặt.".to_owned()
            }
            Self::Page => "Trang này cũ hơn phần xuất tệp. Hãy tải lại trang.".to_owned(),
            Self::File(error) => format!("Không tạo được tệp {}: {}. Hãy báo người vận hành.", error.file, error.why),
        }
    }
}

/// Verifies a bundle against a trust root, and makes a file of it.
///
/// # Errors
/// A bad verdict without `despite`, a file that there is not, or one that cannot be made.
pub fn make(wanted: &Wanted<'_>, bundle: &[u8], root: &[u8]) -> Result<Made, Error> {
    let kind = Kind::of(wanted.file).ok_or(Error::Page)?;
    let trust = TrustRoot::from_bytes(root).map_err(|_| Error::Page)?;
    let now = Time::new(wanted.now).map_err(|_| Error::Page)?;
    let verification = verify(bundle, &trust, &Options { online: true, ..Options::at(now) });
    let source = if wanted.despite { Source::despite(verification, now) } else { Source::new(verification, now) };
    let source = source.map_err(|error| match error {
        SourceError::BadVerdict { outcome } | SourceError::NoHistory { outcome } => Error::BadVerdict(outcome),
        _ => Error::Page,
    })?;
    let facts = Facts::new(&source, Personal::Withheld).with_communes(commune::in_province);
    let link = wanted.page.parse().ok().and_then(|page| facts.link(page));
    let made = files::make(kind, &facts, bundle, link.as_ref())?;
    let missing = MissingGroup::of(&made.missing).iter().map(|group| group.line(Language::Vi)).collect();
    Ok(Made { bytes: made.bytes, media_type: kind.media_type(), missing })
}
