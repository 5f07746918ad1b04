//! QR symbols for produce labels: a GS1 Digital Link drawn for the printer, the screen and the
//! terminal, and whole labels laid out on sheets and rolls.
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
//! [`sheets`] puts many symbols, each with a serial of its own, on pages of A4 for an office printer and a pair of scissors; a
//! label printer takes them one by one.
//!
//! # Labels with their text
//!
//! With the feature `sheets` (SVG, PNG) or `pdf` (those and PDF), [`PrintRun`] lays whole labels out: on sheets of A4 as they are
//! sold ([`FORMATS`], or any [`Grid`]; a partly used one from label *k* on) and on rolls. A label has its symbol, the product, lot,
//! place codes, dates, weight, lines of one's own, and below them GTIN, lot and serial, each after its identifier in brackets. The
//! layout keeps these promises, or refuses the label and names a paper that would do:
//!
//! - nothing lies on anything else, in a quiet zone, or nearer to a label's edge than the margin;
//! - modules are at least 0.396 mm, whole dots of the printer, on its grid;
//! - no print is below 6 points; a long name wraps, then all print shrinks, then the field is named;
//! - all labels of a run look alike.
//!
//! Letters are from an embedded subset of Noto Sans (`fonts/`, SIL Open Font License) with all of Vietnamese; PDFs carry the letters
//! that they use, so that text is found and copied. [`test_page`] shows whether a printer keeps its measures.
//!
#![cfg_attr(feature = "pdf", doc = "```")]
#![cfg_attr(not(feature = "pdf"), doc = "```ignore")]
//! use nguon_label::{Date, DateKind, Dpi, Label, LabelText, Paper, PlaceKind, PrintLabel, PrintRun, to_pdf};
//!
//! let text = LabelText::new("Vải thiều Lục Ngạn")?
//!     .with_place(PlaceKind::GrowingArea, "VN-BGOR-0127")?
//!     .with_date(DateKind::Harvested, Date::new(2026, 6, 12)?)?;
//! let mut labels = Vec::new();
//! for serial in 1..=30 {
//!     let link = format!("https://nguon.example/01/09521234543213/10/VT-0612/21/{serial:016}#AAECAwQFBgcICQoLDA0ODw");
//!     labels.push(PrintLabel::new(Label::new(link.parse()?)?, text.clone())?);
//! }
//!
//! // The first three labels of the sheet are used up: 21 remain, and 9 come on a second one.
//! let run = PrintRun::on(Paper::named("a4-24-70x37")?, Dpi::D600).starting_at(4)?;
//! let pages = run.lay_out(&labels)?;
//! assert_eq!(pages.len(), 2);
//! let pdf: Vec<u8> = to_pdf(&pages, "Tem lô VT-0612")?;
//! assert!(pdf.starts_with(b"%PDF"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it leaves out
//!
//! Other symbologies (the FNC1 form called GS1 QR Code too, which phones do not open), logos inside the symbol, and colours; printer
//! languages such as ZPL (a label printer's driver takes the PDF or PNG); paper other than A4 and rolls; letters beyond Latin ones,
//! which are refused; kerning and hyphenation; grading of printed symbols (ISO/IEC 15415): that a symbol is laid out right does not
//! prove that a worn print head prints it right, so scan one.

mod error;
mod label;
mod length;
mod level;
mod png;
#[cfg(feature = "sheets")]
mod print;
mod resolution;
mod sheet;
mod svg;
mod terminal;

pub use error::{Error, Field};
pub use label::Label;
pub use length::Length;
pub use level::Level;
#[cfg(feature = "sheets")]
pub use print::font;
#[cfg(feature = "pdf")]
pub use print::to_pdf;
#[cfg(feature = "sheets")]
pub use print::{
    Date, DateKind, FORMATS, Format, Grid, LabelText, Lang, Page, Paper, PlaceKind, Placed, PrintLabel, PrintRun, Rect,
    test_page,
};
pub use resolution::{Dpi, Scale};
pub use sheet::sheets;
pub use svg::Caption;
pub use terminal::{Terminal, text_to_terminal};
