//! The symbol as PNG, for screens and for printers that take images.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

use crate::error::Error;
use crate::label::Label;
use crate::resolution::{Dpi, Scale};

impl Label {
    /// A black and white PNG with `scale` × `scale` pixels a module.
    pub fn to_png(&self, scale: Scale) -> Result<Vec<u8>, Error> {
        self.draw_png(u32::from(scale.get()), None)
    }

    /// A black and white PNG with one pixel a dot, which says its own size, so that a printer of
    /// this resolution gives it its right one.
    pub fn to_print_png(&self, dpi: Dpi) -> Result<Vec<u8>, Error> {
        let per_metre = pixels_per_metre(dpi);
        let size = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
        self.draw_png(dpi.dots_per_module(), Some(size))
    }

    fn draw_png(&self, scale: u32, size: Option<PixelDimensions>) -> Result<Vec<u8>, Error> {
        let side = self.modules() * scale;
        let mut pixels = Vec::new();
        for y in 0..self.modules() {
            let row = self.packed_row(y, scale);
            for _ in 0..scale {
                pixels.extend_from_slice(&row);
            }
        }
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, side, side);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        encoder.set_pixel_dims(size);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(file)
    }

    /// One row of pixels, eight a byte from the highest bit down, 1 for light.
    fn packed_row(&self, y: u32, scale: u32) -> Vec<u8> {
        let pixels: Vec<bool> = (0..self.modules() * scale).map(|x| !self.is_dark(x / scale, y)).collect();
        pixels
            .chunks(8)
            .map(|eight| {
                let bits = eight.iter().fold(0, |bits, &light| bits << 1 | u8::from(light));
                // A last byte that is not full has its pixels at the upper end.
                (0..8 - eight.len()).fold(bits, |bits, _| bits << 1)
            })
            .collect()
    }
}

/// The nearest whole number: PNG knows no inches.
pub(crate) fn pixels_per_metre(dpi: Dpi) -> u32 {
    (u32::from(dpi.get()) * 10_000 + 127) / 254
}
