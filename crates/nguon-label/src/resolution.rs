//! How finely a symbol is drawn.

use crate::error::Error;

/// The smallest module width, in micrometres (GS1 General Specifications §5.12.3.1).
pub(crate) const SMALLEST_MODULE_UM: u32 = 396;

pub(crate) const INCH_UM: u32 = 25_400;

/// A printer's resolution in dots per inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dpi(u16);

impl Dpi {
    /// The common label printer: 8 dots a millimetre.
    pub const D203: Self = Self(203);
    /// The finer label printer: 12 dots a millimetre.
    pub const D300: Self = Self(300);
    /// Office printers and fine label printers.
    pub const D600: Self = Self(600);

    /// Another resolution, from 72 to 2400 dpi.
    pub fn new(dpi: u16) -> Result<Self, Error> {
        match dpi {
            72..=2400 => Ok(Self(dpi)),
            _ => Err(Error::Dpi(dpi)),
        }
    }

    /// Dots per inch.
    pub fn get(self) -> u16 {
        self.0
    }

    /// How many dots wide a module is: the fewest that reach 0.396 mm.
    ///
    /// ```
    /// use nguon_label::Dpi;
    ///
    /// assert_eq!(Dpi::D203.dots_per_module(), 4);
    /// assert_eq!(Dpi::D300.dots_per_module(), 5);
    /// assert_eq!(Dpi::D600.dots_per_module(), 10);
    /// ```
    pub fn dots_per_module(self) -> u32 {
        (SMALLEST_MODULE_UM * u32::from(self.0)).div_ceil(INCH_UM)
    }

    /// How wide a module is, in millimetres.
    pub fn module_mm(self) -> f64 {
        f64::from(self.dots_per_module()) * 25.4 / f64::from(self.0)
    }
}

/// How many pixels wide and high a module is on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(u8);

impl Scale {
    /// From 1 to 64 pixels.
    pub fn new(pixels: u8) -> Result<Self, Error> {
        match pixels {
            1..=64 => Ok(Self(pixels)),
            _ => Err(Error::Scale(pixels)),
        }
    }

    /// Pixels a module.
    pub fn get(self) -> u8 {
        self.0
    }
}
