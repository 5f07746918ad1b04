//! From light to bytes: blur, photons, gamma.

use crate::dice::Dice;

/// What lens, hand and sensor do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lens {
    /// Radius of the disc into which a point is spread, in pixels.
    pub(crate) defocus: f32,
    /// How far the picture moves while it is taken, in pixels.
    pub(crate) motion: (f32, f32),
    /// How much of white a scene's white is: above 1 it is blown out.
    pub(crate) exposure: f32,
    /// Electrons at white: few in the dark.
    pub(crate) electrons: f32,
    /// Electrons of noise at black.
    pub(crate) read_noise: f32,
    /// Stray light, as a share of white.
    pub(crate) flare: f32,
}

impl Lens {
    /// A phone by day.
    pub(crate) const GOOD: Self =
        Self { defocus: 0.0, motion: (0.0, 0.0), exposure: 0.9, electrons: 5_000.0, read_noise: 4.0, flare: 0.01 };

    /// The bytes a sensor gives for linear light.
    pub(crate) fn develop(&self, light: &[f32], width: usize, dice: &mut Dice) -> Vec<u8> {
        // No lens is perfect: a point is never less than this.
        let mut light = spread(light, width, &disc(self.defocus.max(0.75)));
        if self.motion.0.hypot(self.motion.1) > 0.3 {
            light = spread(&light, width, &streak(self.motion));
        }
        light
            .into_iter()
            .map(|light| {
                let electrons = (light * self.exposure + self.flare) * self.electrons;
                let noise = (electrons.max(0.0) + self.read_noise * self.read_noise).sqrt() * dice.normal();
                let value = ((electrons + noise) / self.electrons).clamp(0.0, 1.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
                let byte = (value.powf(1.0 / 2.2) * 255.0 + 0.5) as u8;
                byte
            })
            .collect()
    }
}

/// A kernel: offsets and their weights.
type Kernel = Vec<(isize, isize, f32)>;

/// An even disc with a soft rim.
fn disc(radius: f32) -> Kernel {
    normalised(radius + 1.0, |x, y| (radius + 0.5 - x.hypot(y)).clamp(0.0, 1.0))
}

/// A line through the middle, drawn with a soft pen.
fn streak((dx, dy): (f32, f32)) -> Kernel {
    let length = dx.hypot(dy);
    let (ux, uy) = (dx / length, dy / length);
    normalised(length / 2.0 + 1.5, |x, y| {
        let (along, aside) = (x * ux + y * uy, x * uy - y * ux);
        (length / 2.0 + 0.5 - along.abs()).clamp(0.0, 1.0) * (1.0 - aside.abs()).clamp(0.0, 1.0)
    })
}

fn normalised(reach: f32, weight: impl Fn(f32, f32) -> f32) -> Kernel {
    #[expect(clippy::cast_possible_truncation, reason = "some pixels")]
    let reach = reach.ceil() as i16;
    let mut kernel = Vec::new();
    for y in -reach..=reach {
        for x in -reach..=reach {
            let weight = weight(f32::from(x), f32::from(y));
            if weight > 0.0 {
                kernel.push((isize::from(x), isize::from(y), weight));
            }
        }
    }
    let sum: f32 = kernel.iter().map(|(_, _, weight)| weight).sum();
    kernel.iter_mut().for_each(|(_, _, weight)| *weight /= sum);
    kernel
}

/// Every pixel gets its share of those around it; beyond the edge it is as at the edge.
fn spread(light: &[f32], width: usize, kernel: &Kernel) -> Vec<f32> {
    let height = light.len() / width;
    let mut spread = vec![0.0_f32; light.len()];
    for (y, row) in spread.chunks_mut(width).enumerate() {
        for &(dx, dy, weight) in kernel {
            let from = y.saturating_add_signed(dy).min(height - 1) * width;
            let source = &light[from..from + width];
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel += weight * source[x.saturating_add_signed(dx).min(width - 1)];
            }
        }
    }
    spread
}
