//! A page as a picture of the printer's dots.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

use super::outline::{Edge, edges};
use super::page::{Mark, Page, TextMark};
use crate::error::Error;
use crate::png::pixels_per_metre;
use crate::print::font::UNITS;
use crate::print::geometry::Rect;

impl Page {
    /// A black and white PNG with one pixel a dot, which says its own size: what the printer prints.
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let Rect { width, height, .. } = self.paper.page_dots(self.dpi);
        let mut dots = Dots::new(width, height);
        for mark in &self.marks {
            match mark {
                Mark::Symbol(symbol) => symbol.areas().for_each(|area| dots.fill(area)),
                Mark::Area(area) => dots.fill(*area),
                Mark::Text(text) => dots.write(text, text.em(self.dpi)),
            }
        }
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        let per_metre = pixels_per_metre(self.dpi);
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&dots.bytes)?;
        writer.finish()?;
        Ok(file)
    }
}

/// A picture, one bit a dot from the highest down, 1 for white.
struct Dots {
    width: u32,
    height: u32,
    /// Bytes a row.
    stride: usize,
    bytes: Vec<u8>,
}

impl Dots {
    fn new(width: u32, height: u32) -> Self {
        let size = |n: u32| usize::try_from(n).unwrap_or(0);
        let stride = size(width.div_ceil(8));
        Self { width, height, stride, bytes: vec![0xFF; stride * size(height)] }
    }

    /// Blackens the dots of row `y` from `from` to before `to`.
    fn blacken(&mut self, y: u32, from: u32, to: u32) {
        if y >= self.height {
            return;
        }
        let Ok(row) = usize::try_from(y).map(|y| y * self.stride) else { return };
        for x in from..to.min(self.width) {
            let byte = usize::try_from(x / 8).ok().and_then(|at| self.bytes.get_mut(row + at));
            if let Some(byte) = byte {
                *byte &= !(0x80 >> (x % 8));
            }
        }
    }

    fn fill(&mut self, area: Rect) {
        for y in area.y..area.bottom().min(self.height) {
            self.blacken(y, area.x, area.right());
        }
    }

    #[allow(clippy::cast_precision_loss)] // places on a page, and font units
    fn write(&mut self, text: &TextMark, em: f32) {
        let scale = em / UNITS as f32;
        let (mut x, baseline) = (text.x, text.baseline as f32);
        for glyph in text.text.chars().filter_map(|character| text.face.glyph(character)) {
            let place = |(gx, gy): (f32, f32)| (x + gx * scale, baseline - gy * scale);
            let edges: Vec<Edge> = edges(text.face, glyph).into_iter().map(|edge| edge.map(place)).collect();
            self.fill_shape(&edges);
            x += glyph.advance as f32 * scale;
        }
    }

    /// Blackens the dots whose middle is in the shape, as far as its edges go around it (the non-zero rule).
    #[allow(clippy::cast_precision_loss)] // rows of a page
    fn fill_shape(&mut self, edges: &[Edge]) {
        let heights = || edges.iter().flatten().map(|(_, y)| *y);
        let (top, bottom) = (heights().fold(f32::MAX, f32::min), heights().fold(f32::MIN, f32::max));
        for y in dot(top)..dot(bottom).min(self.height) {
            let middle = y as f32 + 0.5;
            let mut crossings: Vec<(f32, i32)> = edges.iter().filter_map(|edge| crossing(edge, middle)).collect();
            crossings.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let mut around = 0;
            for pair in crossings.windows(2) {
                let [(from, turn), (to, _)] = pair else { continue };
                around += turn;
                if around != 0 {
                    self.blacken(y, dot(*from), dot(*to));
                }
            }
        }
    }
}

/// Where an edge crosses a height, and which way.
fn crossing([(ax, ay), (bx, by)]: &Edge, y: f32) -> Option<(f32, i32)> {
    let way = match (*ay <= y, *by <= y) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    Some((ax + (y - ay) / (by - ay) * (bx - ax), way))
}

/// The first dot whose middle is at or after a place.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // places on a page
fn dot(place: f32) -> u32 {
    (place - 0.5).ceil().clamp(0.0, 1e6) as u32
}
