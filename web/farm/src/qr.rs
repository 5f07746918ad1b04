//! A public key as a QR symbol, for whoever enrols it.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the symbol (ISO/IEC 18004).
const QUIET: usize = 4;

/// A symbol as one SVG path on a grid of modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Width and height in modules, the white around it included
    pub side: usize,
    /// The black modules
    pub path: String,
}

/// Draws text as a symbol; `None` if there is too much of it.
#[must_use]
pub fn symbol(text: &str) -> Option<Symbol> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET));
        }
    }
    Some(Symbol { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_fits_a_small_symbol() {
        let symbol = symbol(&"ab".repeat(32)).unwrap();
        assert!(symbol.side <= 45, "{}", symbol.side);
        assert!(symbol.path.starts_with("M4 4h1v1h-1z"), "the corner's finder pattern");
    }
}
