//! A frame: one byte a pixel, 0 for black.

use crate::error::Error;

/// A frame's brightness, row by row from the top, one byte a pixel: 0 is black, 255 white.
///
/// A camera's Y plane is one; of RGBA take (77 R + 150 G + 29 B) / 256.
#[derive(Debug, Clone, Copy)]
pub struct Luma<'a> {
    width: usize,
    height: usize,
    stride: usize,
    pixels: &'a [u8],
}

impl<'a> Luma<'a> {
    /// The longest side of a frame: 8,192 pixels hold any phone's picture, and bound what a picture can cost.
    pub const LONGEST: usize = 8_192;

    /// A frame whose rows follow one another without a gap.
    ///
    /// # Errors
    /// The sides and the bytes do not go together. More bytes than needed are none.
    pub fn new(width: usize, height: usize, pixels: &'a [u8]) -> Result<Self, Error> {
        Self::with_stride(width, height, width, pixels)
    }

    /// A frame whose rows begin `stride` bytes after one another.
    ///
    /// # Errors
    /// As [`Luma::new`], or rows overlap.
    pub fn with_stride(width: usize, height: usize, stride: usize, pixels: &'a [u8]) -> Result<Self, Error> {
        if width == 0 || height == 0 {
            return Err(Error::Empty { width, height });
        }
        if width > Self::LONGEST || height > Self::LONGEST {
            return Err(Error::TooLarge { width, height });
        }
        if stride < width {
            return Err(Error::Stride { width, stride });
        }
        let needed = (height - 1).saturating_mul(stride).saturating_add(width);
        if pixels.len() < needed {
            return Err(Error::TooShort { needed, given: pixels.len() });
        }
        Ok(Self { width, height, stride, pixels })
    }

    /// Pixels of a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// A row's pixels; none below the last.
    #[must_use]
    pub fn row(&self, y: usize) -> &'a [u8] {
        let from = y.saturating_mul(self.stride);
        self.pixels.get(from..from.saturating_add(self.width)).filter(|_| y < self.height).unwrap_or_default()
    }
}
