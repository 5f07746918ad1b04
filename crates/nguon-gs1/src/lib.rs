//! GS1 keys, their check digits, and the GS1 Digital Link URIs that a produce label carries.
//!
//! Implements, from the [GS1 General Specifications](https://ref.gs1.org/standards/genspecs/):
//!
//! | what | section | here |
//! |---|---|---|
//! | check digit | 7.9.1 | [`check_digit`] |
//! | GTIN-8, -12, -13, -14, AI (01) | 3.3.2 | [`Gtin`], always held in 14 digits |
//! | GLN | 3.7 | [`Gln`] |
//! | SSCC, AI (00) | 3.3.1 | [`Sscc`] |
//! | GS1 Company Prefix | 1.4 | [`Gs1Prefix`] |
//! | batch or lot, AI (10) | 3.4.1 | [`Lot`] |
//! | serial number, AI (21) | 3.5.2 | [`Serial`] |
//! | consumer product variant, AI (22) | 3.5.3 | [`Variant`] |
//! | AI encodable character set 82 | 7.11 | of the last three |
//!
//! and from the [GS1 Digital Link standard: URI syntax](https://ref.gs1.org/standards/digital-link/uri-syntax/)
//! 1.x, the grammar rules `gtin-path` and `customURIstem`, as [`DigitalLink`]. To the standard's
//! URI a link adds a fragment of its own, the batch [`Commitment`].
//!
//! ```
//! use nguon_gs1::DigitalLink;
//!
//! let scanned = "https://nguon.example/01/09521234543213/10/ABC123/21/0042#AAECAwQFBgcICQoLDA0ODw";
//! let link: DigitalLink = scanned.parse()?;
//! assert_eq!(link.stem().host(), "nguon.example");
//! assert_eq!(link.code().to_string(), "(01)09521234543213(10)ABC123(21)0042");
//! assert_eq!(link.to_string(), scanned);
//!
//! let wrong = scanned.replace("/21/", "/10/").parse::<DigitalLink>().unwrap_err();
//! assert_eq!(wrong.to_string(), "application identifier: (10) stands twice (byte 50)");
//! # Ok::<(), nguon_gs1::Error>(())
//! ```
//!
//! # Where it differs from the standards
//!
//! - A link must hold a lot. One with a GTIN only is good GS1, but names no batch.
//! - The standard wants AI (01) in 14 digits; the shorter forms that releases before it allowed
//!   are read too, and written in 14.
//! - Query parameters are skipped, data attributes such as `17=261231` too: nobody signed them, and
//!   messengers add their own. A key or qualifier in the query is refused, as the standard has it.
//! - The first path segment `01` is the key, and so a path prefix cannot hold one. The standard
//!   would take the last.
//! - A lot of `.` or `..` is refused, for browsers remove it from a path.
//!
//! # What it leaves out
//!
//! Other keys in links (an SSCC or GLN has no batch page), AI (235), compressed links, alphabetic
//! names such as `/gtin/`, IP addresses in brackets as host, and the question which prefixes GS1
//! has issued to whom.

mod code;
mod commitment;
mod digits;
mod error;
mod gtin;
mod link;
mod percent;
mod places;
mod prefix;
mod stem;
mod text;
mod typed;

pub use code::{Ai, LabelCode};
pub use commitment::Commitment;
pub use digits::check_digit;
pub use error::{Error, Fault, Part};
pub use gtin::{Gtin, GtinKind};
pub use link::DigitalLink;
pub use places::{Gln, Sscc};
pub use prefix::Gs1Prefix;
pub use stem::UriStem;
pub use text::{Lot, Serial, Variant};
pub use typed::TypedCode;
