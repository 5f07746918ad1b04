//! The symbol as a square of modules.

use nguon_gs1::DigitalLink;
use qrcode::{Color, QrCode};

use crate::error::Error;
use crate::level::Level;
use crate::resolution::Dpi;

/// Modules left light on each side (ISO/IEC 18004 §9.1).
pub(crate) const QUIET_ZONE: u32 = 4;

/// A label's QR symbol: a link, ready to be drawn.
///
/// ```
/// use nguon_label::{Dpi, Label};
///
/// let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612";
/// let label = Label::new(link.parse()?)?;
/// assert_eq!(label.link().to_string(), link);
/// assert!(label.size_mm(Dpi::D203) > label.size_mm(Dpi::D300));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Label {
    link: DigitalLink,
    symbol: Symbol,
}

impl Label {
    /// Encodes `link` in the smallest symbol that holds it at error correction level M.
    pub fn new(link: DigitalLink) -> Result<Self, Error> {
        Self::with_level(link, Level::M)
    }

    /// The same at another level.
    pub fn with_level(link: DigitalLink, level: Level) -> Result<Self, Error> {
        let symbol = Symbol::of(&link.to_string(), level)?;
        Ok(Self { link, symbol })
    }

    /// The link that the symbol holds.
    pub fn link(&self) -> &DigitalLink {
        &self.link
    }

    /// How many modules wide and high a drawing is, quiet zone included.
    pub fn modules(&self) -> u32 {
        self.symbol.modules()
    }

    /// Whether the module in column `x` and row `y` is dark, quiet zone included. Everything
    /// outside is light.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        self.symbol.is_dark(x, y)
    }

    /// Its dark modules, with the quiet zone counted: each run of them in a row as column, row and length.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        self.symbol.runs()
    }

    pub(crate) fn symbol(&self) -> &Symbol {
        &self.symbol
    }

    /// How wide and high the symbol is in print, quiet zone included.
    pub fn size_mm(&self, dpi: Dpi) -> f64 {
        f64::from(self.modules()) * dpi.module_mm()
    }
}

/// The modules alone.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    /// Modules a side, without quiet zone.
    side: u32,
    /// Row by row, without quiet zone.
    dark: Vec<bool>,
}

impl Symbol {
    /// Encodes ASCII text.
    pub fn of(text: &str, level: Level) -> Result<Self, Error> {
        let too_long = || Error::LinkTooLong(text.len());
        // The text is ASCII, so length is all that can be wrong with it.
        let code = QrCode::with_error_correction_level(text, level.of_encoder()).map_err(|_| too_long())?;
        let side = u32::try_from(code.width()).map_err(|_| too_long())?;
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { side, dark })
    }

    /// A side with its quiet zones.
    pub fn modules(&self) -> u32 {
        self.side + 2 * QUIET_ZONE
    }

    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        let inside = |i: u32| i.checked_sub(QUIET_ZONE).filter(|&i| i < self.side);
        let (Some(x), Some(y)) = (inside(x), inside(y)) else {
            return false;
        };
        usize::try_from(y * self.side + x).ok().and_then(|i| self.dark.get(i)).is_some_and(|&dark| dark)
    }

    /// Its dark modules: each run of them in a row as column, row and length.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        let sides = 0..self.modules();
        sides.flat_map(move |y| {
            let mut x = 0;
            std::iter::from_fn(move || {
                x += (x..self.modules()).take_while(|&x| !self.is_dark(x, y)).fold(0, |n, _| n + 1);
                let start = x;
                x += (x..self.modules()).take_while(|&x| self.is_dark(x, y)).fold(0, |n, _| n + 1);
                (x > start).then_some((start, y, x - start))
            })
        })
    }
}
