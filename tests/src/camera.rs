//! What a camera sees: QR symbols in a video that Chromium takes for a camera, and in pictures.
//!
//! A drawing, not a photograph: what makes reading hard is `nguon-scenes`'s; here it matters what the page does with what was read.

// Sides are a thousand pixels and brightness lies between the two of a module: nothing here is too large for its type.
#![allow(clippy::cast_possible_truncation)]

use std::f64::consts::TAU;
use std::io::{BufWriter, Write as _};

use nguon_gs1::DigitalLink;
use nguon_label::Label;
use qrcode::{Color, EcLevel, QrCode};
use tempfile::NamedTempFile;

const WIDTH: usize = 1280;
const HEIGHT: usize = 720;
/// Modules left light on each side.
const QUIET_ZONE: usize = 4;
/// How far the camera is, in widths of a symbol.
const DISTANCE: f64 = 2.5;

/// A symbol before the camera.
#[derive(Debug, Clone)]
pub struct Symbol {
    /// Modules a side, without quiet zone.
    pub side: usize,
    /// Whether each is dark, row by row.
    pub dark: Vec<bool>,
    /// Its middle, from the frame's upper left corner, in pixels.
    pub middle: (f64, f64),
    /// Pixels a side, quiet zone included, where it is as far as its middle.
    pub size: f64,
    /// Turned in its own plane, in full turns.
    pub turned: f64,
    /// Tilted away from the camera, in full turns.
    pub tilted: f64,
}

impl Symbol {
    /// A symbol that says anything at all, in the middle of the frame.
    ///
    /// # Panics
    /// It is too much for a symbol.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        let code = QrCode::with_error_correction_level(payload, EcLevel::L).expect("a symbol");
        let side = code.width();
        Self::new(side, code.into_colors().into_iter().map(|color| color == Color::Dark).collect())
    }

    /// A label as it is printed.
    ///
    /// # Panics
    /// It is no link of a lot.
    #[must_use]
    pub fn label(link: &str) -> Self {
        let label = Label::new(link.parse::<DigitalLink>().expect("a link")).expect("a label");
        let side = label.modules() - 8;
        let dark = (0..side * side).map(|at| label.is_dark(at % side + 4, at / side + 4)).collect();
        Self::new(side as usize, dark)
    }

    fn new(side: usize, dark: Vec<bool>) -> Self {
        let middle = (WIDTH as f64 / 2.0, HEIGHT as f64 / 2.0);
        Self { side, dark, middle, size: 420.0, turned: 0.0, tilted: 0.0 }
    }

    /// What is at a place of the frame: nothing, or whether it is dark.
    fn at(&self, x: f64, y: f64) -> Option<bool> {
        let (x, y) = ((x - self.middle.0) / self.size, (y - self.middle.1) / self.size);
        let (sine, cosine) = (self.tilted * TAU).sin_cos();
        let u = x * DISTANCE / (DISTANCE * cosine - x * sine);
        let v = y * (DISTANCE + u * sine) / DISTANCE;
        let (sine, cosine) = (self.turned * TAU).sin_cos();
        let whole = (self.side + 2 * QUIET_ZONE) as f64;
        let module = |part: f64| ((part + 0.5) * whole).floor();
        let (column, row) = (module(u * cosine + v * sine), module(v * cosine - u * sine));
        if column < 0.0 || row < 0.0 || column >= whole || row >= whole {
            return None;
        }
        let inside = |at: f64| (at as usize).checked_sub(QUIET_ZONE).filter(|&at| at < self.side);
        let dark = inside(column).zip(inside(row)).and_then(|(column, row)| self.dark.get(row * self.side + column));
        Some(dark == Some(&true))
    }
}

/// A camera that sees these frames over and over, ten a second.
///
/// # Panics
/// There is no room on the disk.
#[must_use]
pub fn video(frames: impl IntoIterator<Item = Vec<Symbol>>) -> NamedTempFile {
    let file = tempfile::Builder::new().suffix(".y4m").tempfile().expect("a file for the video");
    let mut output = BufWriter::new(file.as_file());
    writeln!(output, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420mpeg2").expect("a video");
    for symbols in frames {
        output.write_all(b"FRAME\n").and_then(|()| output.write_all(&luma(&symbols))).expect("a frame");
        // No colour.
        output.write_all(&vec![128; WIDTH * HEIGHT / 2]).expect("a frame");
    }
    output.flush().expect("a video");
    drop(output);
    file
}

/// A picture as PNG.
///
/// # Panics
/// It cannot be written.
#[must_use]
pub fn picture(symbols: &[Symbol]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a picture");
    writer.write_image_data(&luma(symbols)).expect("a picture");
    writer.finish().expect("a picture");
    bytes
}

/// A table top of wood, and what lies on it.
fn luma(symbols: &[Symbol]) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let (x, y) = (x as f64, y as f64);
            let wood = 96.0 + 18.0 * (y / 23.0 + (x / 190.0).sin() * 2.0).sin() + 14.0 * (x / WIDTH as f64);
            // Four looks a pixel: edges of modules are grey.
            let sum: f64 = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
                .iter()
                .map(|(right, down)| match symbols.iter().find_map(|symbol| symbol.at(x + right, y + down)) {
                    None => wood,
                    Some(true) => 38.0,
                    Some(false) => 222.0,
                })
                .sum();
            pixels.push((sum / 4.0) as u8);
        }
    }
    pixels
}
