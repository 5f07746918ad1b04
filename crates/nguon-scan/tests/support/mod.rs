//! Symbols drawn without a camera.

#![allow(dead_code, reason = "each test draws what it needs")]
#![allow(clippy::cast_possible_truncation, reason = "casts of floats saturate")]

use nguon_scan::{Luma, Symbol, read_picture};
use qrcode::{Color, EcLevel, QrCode, Version};

/// A frame of one's own.
#[derive(Clone)]
pub struct Frame {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Frame {
    /// A light one.
    pub fn light(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![230; width * height] }
    }

    pub fn luma(&self) -> Luma<'_> {
        Luma::new(self.width, self.height, &self.pixels).unwrap()
    }

    /// Draws modules, turned about their middle: each pixel has the mean of 3 × 3 places in it.
    pub fn draw(&mut self, modules: &Modules, middle: (f32, f32), module: f32, turned: f32) {
        let (sin, cos) = turned.sin_cos();
        let half = modules.side as f32 / 2.0;
        let reach = (half + 4.0) * module * 1.5;
        for y in 0..self.height {
            for x in 0..self.width {
                let (dx, dy) = (x as f32 - middle.0, y as f32 - middle.1);
                if dx.abs() > reach || dy.abs() > reach {
                    continue;
                }
                let mut sum = 0.0;
                for i in 0..9 {
                    let (dx, dy) = (dx + (i % 3) as f32 / 3.0 + 1.0 / 6.0, dy + (i / 3) as f32 / 3.0 + 1.0 / 6.0);
                    let (u, v) = ((dx * cos + dy * sin) / module + half, (dy * cos - dx * sin) / module + half);
                    sum += if modules.is_dark(u, v) { 25.0 } else { 230.0 };
                }
                let value = (sum / 9.0) as u8;
                let pixel = &mut self.pixels[y * self.width + x];
                *pixel = (*pixel).min(value);
            }
        }
    }

    pub fn inverted(mut self) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = !*pixel);
        self
    }

    /// Everything that is read.
    pub fn read(&self) -> Vec<Symbol> {
        read_picture(self.luma(), || true)
    }
}

pub struct Modules {
    pub side: usize,
    dark: Vec<bool>,
}

impl Modules {
    pub fn of(code: &QrCode) -> Self {
        Self { side: code.width(), dark: code.to_colors().iter().map(|color| *color == Color::Dark).collect() }
    }

    pub fn encode(data: &[u8], level: EcLevel) -> Self {
        Self::of(&QrCode::with_error_correction_level(data, level).unwrap())
    }

    pub fn of_version(data: &[u8], version: i16, level: EcLevel) -> Self {
        Self::of(&QrCode::with_version(data, Version::Normal(version), level).unwrap())
    }

    fn is_dark(&self, u: f32, v: f32) -> bool {
        let inside = |c: f32| (0.0..self.side as f32).contains(&c);
        inside(u) && inside(v) && self.dark[v as usize * self.side + u as usize]
    }

    /// Upright in a frame that it fills.
    pub fn framed(&self, module: f32) -> Frame {
        let side = ((self.side + 8) as f32 * module).ceil() as usize;
        let mut frame = Frame::light(side, side);
        frame.draw(self, (side as f32 / 2.0, side as f32 / 2.0), module, 0.0);
        frame
    }
}
