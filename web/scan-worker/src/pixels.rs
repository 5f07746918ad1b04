//! What a browser gives as a picture, as a frame of luma.

use nguon_scan::{Error, Luma};

/// How a picture's bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A camera's Y plane: one byte a pixel
    Luma,
    /// Four bytes a pixel: red, green, blue, and one that says nothing
    Rgba,
    /// Four bytes a pixel: blue, green, red, and one that says nothing
    Bgra,
}

impl Layout {
    /// By the name that WebCodecs gives a frame's format (§9.4, `VideoPixelFormat`); `None` if its first plane is not what
    /// this program reads.
    #[must_use]
    pub fn of_format(format: &str) -> Option<Self> {
        match format {
            "I420" | "I420A" | "I422" | "I422A" | "I444" | "I444A" | "NV12" => Some(Self::Luma),
            "RGBA" | "RGBX" => Some(Self::Rgba),
            "BGRA" | "BGRX" => Some(Self::Bgra),
            _ => None,
        }
    }
}

/// A picture with its bytes, its own or a browser's.
#[derive(Debug)]
pub struct Picture {
    width: usize,
    height: usize,
    stride: usize,
    luma: Vec<u8>,
}

impl Picture {
    /// A picture whose rows begin `stride` bytes after one another. Colours become luma (ITU-R BT.601), and what is there twice
    /// is left out.
    #[must_use]
    pub fn new(layout: Layout, width: usize, height: usize, stride: usize, bytes: Vec<u8>) -> Self {
        let weights = match layout {
            Layout::Luma => return Self { width, height, stride, luma: bytes },
            Layout::Rgba => [77, 150, 29],
            Layout::Bgra => [29, 150, 77],
        };
        let row = width.saturating_mul(4);
        let rows = bytes.chunks(stride.max(1)).take(height);
        let luma = rows.flat_map(|bytes| bytes.get(..row).unwrap_or_default().chunks_exact(4)).map(|pixel| {
            let sum: u32 = pixel.iter().zip(weights).map(|(&value, weight)| u32::from(value) * weight).sum();
            // The weights sum to 256.
            u8::try_from(sum >> 8).unwrap_or(u8::MAX)
        });
        Self { width, height, stride: width, luma: luma.collect() }
    }

    /// As the scanner takes it.
    ///
    /// # Errors
    /// The sides do not go with the bytes.
    pub fn frame(&self) -> Result<Luma<'_>, Error> {
        Luma::with_stride(self.width, self.height, self.stride, &self.luma)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn grey_stays_as_it_is_in_every_layout() {
        for value in [0, 1, 128, 255] {
            for layout in [Layout::Rgba, Layout::Bgra] {
                let picture = Picture::new(layout, 2, 1, 8, vec![value; 8]);
                assert_eq!(picture.frame().map(|frame| frame.row(0).to_vec()), Ok(vec![value; 2]));
            }
        }
    }

    #[test]
    fn red_and_blue_are_told_apart() {
        let luma = |layout| Picture::new(layout, 1, 1, 4, vec![255, 0, 0, 255]).luma;
        assert_eq!((luma(Layout::Rgba), luma(Layout::Bgra)), (vec![76], vec![28]));
    }

    #[test]
    fn formats_without_a_plane_of_luma_are_left_to_the_browser() {
        assert_eq!(Layout::of_format("NV12"), Some(Layout::Luma));
        assert_eq!(Layout::of_format("BGRX"), Some(Layout::Bgra));
        for unknown in ["", "P010", "I420P10", "null"] {
            assert_eq!(Layout::of_format(unknown), None, "{unknown}");
        }
    }

    proptest! {
        /// Sides that lie are an error, never a picture of something else.
        #[test]
        fn any_bytes_are_a_frame_or_an_error(
            layout in prop_oneof![Just(Layout::Luma), Just(Layout::Rgba), Just(Layout::Bgra)],
            (width, height, stride) in (0_usize..40, 0_usize..40, 0_usize..200),
            bytes in proptest::collection::vec(any::<u8>(), 0..4000),
        ) {
            let each = if layout == Layout::Luma { 1 } else { 4 };
            let whole = width > 0 && height > 0 && stride >= width * each
                && bytes.len() >= (height - 1) * stride + width * each;
            prop_assert_eq!(Picture::new(layout, width, height, stride, bytes).frame().is_ok(), whole);
        }
    }
}
