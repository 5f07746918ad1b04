//! Pictures of our labels as a phone takes them: the scanner's own image set, made and not stored.
//!
//! A label is printed, stuck onto a box (flat, round or over its edge), wetted, soiled or half covered, lit, and seen by a
//! pinhole camera of 1280 × 720 pixels with a lens that blurs, a hand that shakes and a sensor that counts photons. All
//! brightness is linear until the sensor's last step, its gamma. The same category and number always give the same picture.
//!
//! ```
//! use nguon_scenes::{Category, picture};
//!
//! let picture = picture(Category::Wet, 3);
//! assert_eq!(picture.pixels.len(), picture.width * picture.height);
//! assert_eq!(picture.payloads.len(), 1);
//! ```
//!
//! Left out: colour, lens distortion, rolling shutter, and what a phone's own processing adds (sharpening, JPEG).

mod camera;
mod category;
mod dice;
mod film;
mod lens;
mod print;
mod stains;
mod surface;

pub use category::{Category, picture};
pub use film::{FRAMES_A_SECOND, Film};

/// A picture and what is to be read in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels of a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Brightness, row by row.
    pub pixels: Vec<u8>,
    /// What the symbols in it hold.
    pub payloads: Vec<String>,
}
