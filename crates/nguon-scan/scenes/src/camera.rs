//! A box before a camera, and the picture of it.

use crate::Picture;
use crate::dice::{Dice, noise};
use crate::lens::Lens;
use crate::print::{self, Sticker};
use crate::stains::Stain;
use crate::surface::{Ray, Surface};

/// Pixels of a row of a picture, and rows.
pub(crate) const WIDTH: u16 = 1_280;
pub(crate) const HEIGHT: u16 = 720;

/// The focal length in pixels: about 65° from left to right, as phones have.
const FOCAL: f32 = 1_000.0;

/// How the box is held before the camera: turned about the line of sight, tilted about y and about x, and moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pose {
    pub(crate) turned: f32,
    pub(crate) tilted: (f32, f32),
    /// Where the middle of the surface is seen, in pixels from the middle of the picture.
    pub(crate) shift: (f32, f32),
    /// Millimetres from the camera.
    pub(crate) distance: f32,
}

/// A lamp's reflection on a glossy label: an ellipse on the surface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glare {
    pub(crate) at: (f32, f32),
    pub(crate) radii: (f32, f32),
    pub(crate) turned: f32,
    /// In units of a white label's light.
    pub(crate) strength: f32,
}

/// Everything that makes a picture.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) surface: Surface,
    pub(crate) stickers: Vec<Sticker>,
    pub(crate) stains: Vec<Stain>,
    pub(crate) glare: Vec<Glare>,
    pub(crate) pose: Pose,
    pub(crate) lens: Lens,
    /// How much light falls off from one side to the other, and in which direction.
    pub(crate) shadow: (f32, f32),
    pub(crate) seed: u64,
}

impl Pose {
    /// The distance at which a module of some width has so many pixels.
    pub(crate) fn distance(module: f32, pixels: f32) -> f32 {
        FOCAL * module / pixels
    }

    /// The ray of a pixel, in the coordinates of the surface: x along its profile, y along it, z away from the camera.
    fn ray(&self, x: f32, y: f32) -> Ray {
        let view = [(x - f32::from(WIDTH) / 2.0) / FOCAL, (y - f32::from(HEIGHT) / 2.0) / FOCAL, 1.0];
        // The middle of the surface in the camera's coordinates.
        let middle = [self.shift.0 / FOCAL * self.distance, self.shift.1 / FOCAL * self.distance, self.distance];
        Ray { from: self.back(middle.map(|c| -c)), to: self.back(view) }
    }

    /// From the camera's directions to the surface's.
    fn back(&self, [x, y, z]: [f32; 3]) -> [f32; 3] {
        let (sin, cos) = self.turned.sin_cos();
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        let (sin, cos) = self.tilted.0.sin_cos();
        let (x, z) = (x * cos + z * sin, z * cos - x * sin);
        let (sin, cos) = self.tilted.1.sin_cos();
        let (y, z) = (y * cos + z * sin, z * cos - y * sin);
        [x, y, z]
    }
}

impl Scene {
    pub(crate) fn picture(&self) -> Picture {
        let (width, height) = (usize::from(WIDTH), usize::from(HEIGHT));
        let mut light = Vec::with_capacity(width * height);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let sum: f32 = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
                    .iter()
                    .map(|(dx, dy)| self.light(f32::from(x) + dx, f32::from(y) + dy))
                    .sum();
                light.push(sum / 4.0);
            }
        }
        let pixels = self.lens.develop(&light, width, &mut Dice::new(self.seed ^ 0x5e45));
        let payloads = self.stickers.iter().map(|sticker| sticker.label.link().to_string()).collect();
        Picture { width, height, pixels, payloads }
    }

    /// The light that comes from a place of the picture.
    fn light(&self, x: f32, y: f32) -> f32 {
        let Some(hit) = self.surface.hit(self.pose.ray(x, y)) else {
            // The shop behind: large, dim and out of focus.
            return 0.18 + 0.1 * noise(x / 160.0, y / 160.0, self.seed ^ 77);
        };
        let (s, t) = self.stains.iter().fold((hit.s, hit.t), |(s, t), stain| stain.refracted(s, t));
        let reflected = print::light(&self.stickers, s, t, self.seed);
        let stained = self.stains.iter().fold(reflected, |light, stain| stain.shade(light, hit.s, hit.t));
        let (sin, cos) = self.shadow.1.sin_cos();
        let across = (hit.s * cos + hit.t * sin) / 20.0;
        let lit = (1.0 + self.shadow.0 * across).clamp(0.15, 2.0) * (0.35 + 0.65 * hit.facing);
        stained * lit + self.glare.iter().map(|glare| glare.light(hit.s, hit.t)).sum::<f32>()
    }
}

impl Glare {
    fn light(&self, s: f32, t: f32) -> f32 {
        let (x, y) = (s - self.at.0, t - self.at.1);
        let (sin, cos) = self.turned.sin_cos();
        let (x, y) = ((x * cos + y * sin) / self.radii.0, (y * cos - x * sin) / self.radii.1);
        self.strength * (-(x * x + y * y)).exp()
    }
}
