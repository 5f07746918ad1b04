//! A frame of our own at some scale, with what is asked of it again and again: means over squares.

use crate::luma::Luma;
use crate::symbol::Point;

/// Pixels of a frame, or of a part of it, at some scale.
#[derive(Debug, Clone)]
pub(crate) struct Plane {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    /// One more row and column than pixels: the sum of all above and to the left. It wraps around at 2³²; differences do not.
    sums: Vec<u32>,
    /// Where its upper left corner is in the frame.
    origin: Point,
    /// Pixels of the frame for one of ours.
    scale: f32,
}

/// A part of a frame, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Region {
    pub(crate) fn whole(frame: Luma<'_>) -> Self {
        Self { left: 0, top: 0, width: frame.width(), height: frame.height() }
    }
}

impl Plane {
    /// A region of a frame, every `shrink` × `shrink` pixels averaged into one; `inverted` swaps dark and light.
    pub(crate) fn shrunk(frame: Luma<'_>, region: Region, shrink: usize, inverted: bool) -> Self {
        let shrink = shrink.max(1);
        let (width, height) = ((region.width / shrink).max(1), (region.height / shrink).max(1));
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        for y in 0..height {
            sums.fill(0);
            let mut rows = 0;
            for row in 0..shrink {
                let row = frame.row(region.top + y * shrink + row);
                let Some(row) = row.get(region.left..) else { continue };
                if row.is_empty() {
                    continue;
                }
                rows += 1;
                for (sum, group) in sums.iter_mut().zip(row.chunks(shrink)) {
                    // A group cut short by the edge stands for a whole one.
                    let part: u32 = group.iter().map(|&pixel| u32::from(pixel)).sum();
                    *sum += if group.len() == shrink { part } else { part * small(shrink) / small(group.len()) };
                }
            }
            let area = (small(shrink) * rows).max(1);
            pixels.extend(sums.iter().map(|&sum| {
                let mean = u8::try_from(sum / area).unwrap_or(u8::MAX);
                if inverted { !mean } else { mean }
            }));
        }
        let origin = Point { x: float(region.left), y: float(region.top) };
        Self::of(width, height, pixels, origin, float(shrink))
    }

    /// Twice as large, each new pixel between its four neighbours.
    pub(crate) fn enlarged(&self) -> Self {
        let (width, height) = (self.width * 2, self.height * 2);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                pixels.push(byte(self.at((float(x) + 0.5) / 2.0, (float(y) + 0.5) / 2.0)));
            }
        }
        Self::of(width, height, pixels, self.origin, self.scale / 2.0)
    }

    fn of(width: usize, height: usize, pixels: Vec<u8>, origin: Point, scale: f32) -> Self {
        let mut sums = vec![0_u32; (width + 1) * (height + 1)];
        for (y, row) in pixels.chunks(width.max(1)).enumerate() {
            let mut sum = 0_u32;
            let (above, below) = sums.split_at_mut((y + 1) * (width + 1));
            let above = above.get(y * (width + 1)..).unwrap_or_default();
            for ((pixel, above), below) in row.iter().zip(above.iter().skip(1)).zip(below.iter_mut().skip(1)) {
                sum = sum.wrapping_add(u32::from(*pixel));
                *below = above.wrapping_add(sum);
            }
        }
        Self { width, height, pixels, sums, origin, scale }
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    pub(crate) const fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn rows(&self) -> std::slice::Chunks<'_, u8> {
        self.pixels.chunks(self.width.max(1))
    }

    /// One of our places in the frame.
    pub(crate) fn in_frame(&self, point: Point) -> Point {
        Point { x: self.origin.x + point.x * self.scale, y: self.origin.y + point.y * self.scale }
    }

    /// Brightness at a place, between the four pixels around it; beyond the edge it stays what it is at the edge.
    #[inline]
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = ((x - 0.5).clamp(0.0, float(self.width - 1)), (y - 0.5).clamp(0.0, float(self.height - 1)));
        let (left, top) = (whole(x), whole(y));
        let (dx, dy) = (x - float(left), y - float(top));
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let pixel = |x: usize, y: usize| f32::from(self.pixels.get(y * self.width + x).copied().unwrap_or(0));
        let upper = pixel(left, top) * (1.0 - dx) + pixel(right, top) * dx;
        let lower = pixel(left, bottom) * (1.0 - dx) + pixel(right, bottom) * dx;
        upper * (1.0 - dy) + lower * dy
    }

    /// The mean of the pixels in columns `left..right` and rows `top..bottom`, which are made to fit.
    pub(crate) fn mean(&self, left: usize, top: usize, right: usize, bottom: usize) -> f32 {
        let (right, bottom) = (right.min(self.width), bottom.min(self.height));
        let (left, top) = (left.min(right.saturating_sub(1)), top.min(bottom.saturating_sub(1)));
        let sum = |x: usize, y: usize| self.sums.get(y * (self.width + 1) + x).copied().unwrap_or(0);
        let inside = sum(right, bottom)
            .wrapping_sub(sum(left, bottom))
            .wrapping_sub(sum(right, top))
            .wrapping_add(sum(left, top));
        let area = (right - left) * (bottom - top);
        #[expect(clippy::cast_precision_loss, reason = "a mean of bytes needs no more than a float's 24 bits")]
        let mean = inside as f32 / area.max(1) as f32;
        mean
    }

    /// The mean of a square around a place.
    pub(crate) fn mean_around(&self, x: f32, y: f32, radius: f32) -> f32 {
        self.mean(whole(x - radius), whole(y - radius), whole(x + radius + 1.0), whole(y + radius + 1.0))
    }
}

/// A length as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "no length here has 24 bits")]
pub(crate) const fn float(length: usize) -> f32 {
    length as f32
}

/// A coordinate's pixel: what is below 0 is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
pub(crate) const fn whole(coordinate: f32) -> usize {
    coordinate as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
const fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
