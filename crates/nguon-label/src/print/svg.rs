//! A page as SVG, in millimetres; its letters are drawn, so that it looks alike wherever it is opened.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::font::UNITS;
use super::outline::svg_path;
use super::page::{Mark, Page, TextMark};
use crate::resolution::INCH_UM;
use crate::svg::escape;

impl Page {
    /// An SVG document. One unit of its coordinates is one dot of the printer; print it at 100 %.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let (width, height) = self.size();
        let dots = |um: u32| {
            // Ten-thousandths of a dot: what a page has beyond whole ones.
            let parts = u64::from(um) * u64::from(self.dpi.get()) * 10_000 / u64::from(INCH_UM);
            format!("{}.{:04}", parts / 10_000, parts % 10_000)
        };
        let mm = |um: u32| format!("{}.{:03}mm", um / 1_000, um % 1_000);
        let mut glyphs = Glyphs::default();
        let (mut path, mut text) = (String::new(), String::new());
        for mark in &self.marks {
            // Writing to a String cannot fail.
            let mut area = |x: u32, y: u32, w: u32, h: u32| {
                let _ = write!(path, "M{x} {y}h{w}v{h}h-{w}z");
            };
            match mark {
                Mark::Symbol(symbol) => symbol.areas().for_each(|at| area(at.x, at.y, at.width, at.height)),
                Mark::Area(at) => area(at.x, at.y, at.width, at.height),
                Mark::Text(mark) => glyphs.write(mark, mark.em(self.dpi), &mut text),
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" lang=\"{}\">\n\
             <title>{}</title>\n<defs>{}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <path d=\"{path}\" fill=\"#000\" shape-rendering=\"crispEdges\"/>\n{text}</svg>\n",
            mm(width.um()),
            mm(height.um()),
            dots(width.um()),
            dots(height.um()),
            self.lang.tag(),
            escape(&self.title),
            glyphs.defined,
        )
    }
}

/// Each glyph is defined once.
#[derive(Default)]
struct Glyphs {
    /// By weight and glyph number.
    known: BTreeSet<(bool, u32)>,
    defined: String,
}

impl Glyphs {
    #[allow(clippy::cast_precision_loss)] // font units
    fn write(&mut self, mark: &TextMark, em: f32, out: &mut String) {
        let bold = mark.face == super::font::Face::Bold;
        let _ = write!(
            out,
            "<g role=\"img\" aria-label=\"{}\" transform=\"translate({} {}) scale({:.6})\">",
            escape(&mark.text),
            mark.x,
            mark.baseline,
            em / UNITS as f32
        );
        let mut at = 0;
        for glyph in mark.text.chars().filter_map(|character| mark.face.glyph(character)) {
            let weight = if bold { 'b' } else { 'r' };
            if self.known.insert((bold, glyph.id)) {
                let path = svg_path(mark.face, glyph);
                let _ = write!(self.defined, "<path id=\"{weight}{}\" d=\"{path}\"/>", glyph.id);
            }
            let _ = write!(out, "<use href=\"#{weight}{}\" x=\"{at}\"/>", glyph.id);
            at += glyph.advance;
        }
        out.push_str("</g>\n");
    }
}
