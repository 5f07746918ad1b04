//! The symbol as a square of modules.

use nguon_gs1::DigitalLink;
use qrcode::{Color, EcLevel, QrCode};

use crate::error::Error;
use crate::resolution::Dpi;

/// Modules left light on each side (ISO/IEC 18004 §9.1).
const QUIET_ZONE: u32 = 4;

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
    /// Modules a side, without quiet zone.
    side: u32,
    /// Row by row, without quiet zone.
    dark: Vec<bool>,
}

impl Label {
    /// Encodes `link` in the smallest symbol that holds it at error correction level M.
    pub fn new(link: DigitalLink) -> Result<Self, Error> {
        let text = link.to_string();
        // The text is ASCII, so length is all that can be wrong with it.
        let code =
            QrCode::with_error_correction_level(&text, EcLevel::M).map_err(|_| Error::LinkTooLong(text.len()))?;
        let side = u32::try_from(code.width()).map_err(|_| Error::LinkTooLong(text.len()))?;
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { link, side, dark })
    }

    /// The link that the symbol holds.
    pub fn link(&self) -> &DigitalLink {
        &self.link
    }

    /// How many modules wide and high a drawing is, quiet zone included.
    pub fn modules(&self) -> u32 {
        self.side + 2 * QUIET_ZONE
    }

    /// Whether the module in column `x` and row `y` is dark, quiet zone included. Everything
    /// outside is light.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        let inside = |i: u32| i.checked_sub(QUIET_ZONE).filter(|&i| i < self.side);
        let (Some(x), Some(y)) = (inside(x), inside(y)) else {
            return false;
        };
        usize::try_from(y * self.side + x).ok().and_then(|i| self.dark.get(i)).is_some_and(|&dark| dark)
    }

    /// How wide and high the symbol is in print, quiet zone included.
    pub fn size_mm(&self, dpi: Dpi) -> f64 {
        f64::from(self.modules()) * dpi.module_mm()
    }
}
