//! The link as a QR symbol: on the picture and on paper, the way back to the page.

use nguon_verify_app::components::el::{El, el};
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the symbol (ISO/IEC 18004).
const QUIET: usize = 4;

/// A symbol as one path on a grid of modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Width and height in modules, the white around it included
    pub side: usize,
    /// The black modules
    pub path: String,
}

impl Symbol {
    /// Of a text; `None` if there is too much of it.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, colors) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            // A run of black modules is one bar: thinner seams, and a third of the letters.
            for run in colors.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                    path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
                }
                column += run.len();
            }
        }
        Some(Self { side: width + 2 * QUIET, path })
    }

    /// As a drawing.
    #[must_use]
    pub fn draw(&self) -> El {
        let side = self.side.to_string();
        let view = ["0 0 ", &side, " ", &side].concat();
        let path = el("path").at(&["d"], &[&self.path]);
        el("svg")
            .at(&["class", "viewBox", "shape-rendering", "aria-hidden"], &["symbol", &view, "crispEdges", "true"])
            .with(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_s_link_fits_a_small_symbol() {
        let link = "https://nguon.example/01/09521234543213/10/VT-0605/21/K7Q2M9XA4B#paWlpaWlpaWlpaWlpaWlpQ";
        let symbol = Symbol::of(link).unwrap();
        assert!(symbol.side <= 53, "{}", symbol.side);
        assert!(symbol.path.starts_with("M4 4h7v1h-7z"), "the corner's finder pattern");
        assert_eq!(Symbol::of(&"a".repeat(3000)), None);
    }
}
