//! Labels with their text, laid out on sheets and rolls.
//!
//! All that is laid out is counted in the printer's dots, from the top left corner of the page: so modules and their places
//! are whole dots by construction, and one arithmetic serves PDF, SVG and PNG.

mod arrange;
mod block;
mod choose;
mod date;
pub mod font;
mod formats;
mod geometry;
mod lang;
mod outline;
mod page;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
mod raster;
mod run;
mod svg;
mod test_page;
mod text;

pub use date::{Date, DateKind};
pub use formats::{FORMATS, Format};
pub use geometry::Rect;
pub use lang::Lang;
pub use page::{Page, Placed};
pub use paper::{Grid, Paper};
#[cfg(feature = "pdf")]
pub use pdf::to_pdf;
pub use run::PrintRun;
pub use test_page::test_page;
pub use text::{LabelText, PlaceKind, PrintLabel};
