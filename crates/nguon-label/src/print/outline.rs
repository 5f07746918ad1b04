//! Glyphs as lines, for those formats that carry no font.

use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use super::font::{Face, Glyph};

/// Draws a glyph with a pen, in font units, upwards from the baseline.
fn draw(face: Face, glyph: Glyph, pen: &mut impl OutlinePen) {
    let Ok(font) = FontRef::new(face.bytes()) else { return };
    if let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph.id)) {
        // The fonts are whole, which a test rules out otherwise; half a glyph is drawn as far as it goes.
        let _ = outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), pen);
    }
}

/// A glyph's outline as an SVG path, downwards.
pub(crate) fn svg_path(face: Face, glyph: Glyph) -> String {
    let mut pen = SvgPen(String::new());
    draw(face, glyph, &mut pen);
    pen.0
}

struct SvgPen(String);

impl OutlinePen for SvgPen {
    // Writing to a String cannot fail.
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x} {}", -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x} {}", -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{cx} {} {x} {}", -cy, -y);
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{cx} {} {dx} {} {x} {}", -cy, -dy, -y);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// A side of a shape, as two points.
pub(crate) type Edge = [(f32, f32); 2];

/// A glyph's outline as straight edges, in font units, upwards.
pub(crate) fn edges(face: Face, glyph: Glyph) -> Vec<Edge> {
    let mut pen = EdgePen { edges: Vec::new(), start: (0.0, 0.0), at: (0.0, 0.0) };
    draw(face, glyph, &mut pen);
    pen.edges
}

/// Pieces a curve is broken into: fine enough for letters of some centimetres.
const PIECES: u8 = 8;

struct EdgePen {
    edges: Vec<Edge>,
    start: (f32, f32),
    at: (f32, f32),
}

impl EdgePen {
    fn to(&mut self, point: (f32, f32)) {
        self.edges.push([self.at, point]);
        self.at = point;
    }

    fn curve(&mut self, point: impl Fn(f32) -> (f32, f32)) {
        for piece in 1..=PIECES {
            self.to(point(f32::from(piece) / f32::from(PIECES)));
        }
    }
}

impl OutlinePen for EdgePen {
    fn move_to(&mut self, x: f32, y: f32) {
        (self.start, self.at) = ((x, y), (x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to((x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (ax, ay) = self.at;
        let mix = |t: f32, a: f32, c: f32, b: f32| (1.0 - t) * ((1.0 - t) * a + 2.0 * t * c) + t * t * b;
        self.curve(|t| (mix(t, ax, cx, x), mix(t, ay, cy, y)));
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let (ax, ay) = self.at;
        let mix = |t: f32, a: f32, c: f32, d: f32, b: f32| {
            let s = 1.0 - t;
            s * s * s * a + 3.0 * s * t * (s * c + t * d) + t * t * t * b
        };
        self.curve(|t| (mix(t, ax, cx, dx, x), mix(t, ay, cy, dy, y)));
    }

    fn close(&mut self) {
        if self.at != self.start {
            self.to(self.start);
        }
    }
}
