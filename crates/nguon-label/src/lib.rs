//! QR symbols for produce labels: a GS1 Digital Link drawn for the printer, the screen and the
//! terminal.
//!
//! The symbol is a QR Code (ISO/IEC 18004) that holds the link as plain text, which every phone
//! reads without an app. As GS1 General Specifications §5.12.3.1 asks of such symbols at a till:
//!
//! - error correction level M;
//! - a quiet zone of 4 modules on each side, part of every drawing;
//! - a module is at least 0.396 mm wide, and a whole number of the printer's dots ([`Dpi`]), so
//!   that all modules come out equally wide.
//!
//! ```
//! use nguon_label::{Caption, Dpi, Label, Scale, Terminal};
//!
//! let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw";
//! let label = Label::new(link.parse()?)?;
//!
//! // 37 modules and two quiet zones of 4; a 300 dpi printer draws each with 5 × 5 dots.
//! assert_eq!(label.modules(), 45);
//! assert_eq!(format!("{:.2} mm", label.size_mm(Dpi::D300)), "19.05 mm");
//!
//! let for_the_printer: String = label.to_svg(Dpi::D300, Caption::Shown);
//! let for_the_screen: Vec<u8> = label.to_png(Scale::new(8)?)?;
//! print!("{}", label.to_terminal(Terminal::Ansi));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`sheets`] puts many labels, each with a serial of its own, on pages of A4 for an office printer; a label printer takes
//! them one by one.
//!
//! Left out: other symbologies (the FNC1 form called GS1 QR Code too, which
//! phones do not open), logos inside the symbol, and colours.

mod error;
mod label;
mod png;
mod resolution;
mod sheet;
mod svg;
mod terminal;

pub use error::Error;
pub use label::Label;
pub use resolution::{Dpi, Scale};
pub use sheet::sheets;
pub use svg::Caption;
pub use terminal::Terminal;
