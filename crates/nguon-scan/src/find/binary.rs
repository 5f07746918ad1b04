//! Dark or light, each pixel compared with its surroundings.

use crate::plane::{Plane, float, whole};

/// What a pixel is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Threshold {
    /// The mean of a square around it, whose half side is this share of the plane's longer side.
    Around(f32),
    /// One value for the whole plane that parts its histogram best (Otsu, 1979).
    Global,
}

/// A plane's pixels, dark or light.
#[derive(Debug)]
pub(crate) struct Binary {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Binary {
    pub(crate) fn new(plane: &Plane, threshold: Threshold) -> Self {
        let (width, height) = (plane.width(), plane.height());
        let mut dark = Vec::with_capacity(width * height);
        match threshold {
            Threshold::Global => {
                let level = otsu(plane);
                dark.extend(plane.rows().flatten().map(|&pixel| pixel < level));
            }
            Threshold::Around(share) => {
                let radius = whole(share * float(width.max(height))).max(3);
                for (y, row) in plane.rows().enumerate() {
                    let (top, bottom) = (y.saturating_sub(radius), y + radius + 1);
                    // The mean changes little from pixel to pixel: of four neighbours one asks.
                    for (group, pixels) in row.chunks(4).enumerate() {
                        let x = group * 4 + 2;
                        let mean = plane.mean(x.saturating_sub(radius), top, x + radius + 1, bottom);
                        // A plain surface is light in spite of its noise.
                        let level = mean - 1.0 - mean * 0.02;
                        dark.extend(pixels.iter().map(|&pixel| f32::from(pixel) < level));
                    }
                }
            }
        }
        Self { width, height, dark }
    }

    pub(crate) const fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn row(&self, y: usize) -> &[bool] {
        self.dark.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// Whether a place is dark; none outside.
    #[inline]
    pub(crate) fn is_dark(&self, x: f32, y: f32) -> Option<bool> {
        if x < 0.0 || y < 0.0 || x >= float(self.width) || y >= float(self.height) {
            return None;
        }
        self.dark.get(whole(y) * self.width + whole(x)).copied()
    }
}

fn otsu(plane: &Plane) -> u8 {
    let mut counts = [0.0_f64; 256];
    plane.rows().flatten().for_each(|&pixel| counts[usize::from(pixel)] += 1.0);
    let total: f64 = counts.iter().sum();
    let moment: f64 = (0..=255_u8).zip(&counts).map(|(level, count)| f64::from(level) * count).sum();
    let (mut below, mut moment_below, mut best) = (0.0, 0.0, (0.0, 128));
    for (level, count) in (0..=255_u8).zip(&counts) {
        let parted = below * (total - below);
        if parted > 0.0 {
            let apart = moment_below * total - moment * below;
            let score = apart * apart / parted;
            if score > best.0 {
                best = (score, level);
            }
        }
        below += count;
        moment_below += f64::from(level) * count;
    }
    best.1
}
