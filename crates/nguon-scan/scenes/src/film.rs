//! A few seconds of a label held before a phone by hand.

use crate::Picture;
use crate::camera::Pose;
use crate::camera::Scene;
use crate::category::usual;
use crate::dice::{Dice, noise};
use crate::stains;

/// Frames a second.
pub const FRAMES_A_SECOND: u16 = 30;

/// A film: the hand comes nearer, shakes, and the lens hunts for focus, in a shop that is not bright.
#[derive(Debug, Clone)]
pub struct Film {
    scene: Scene,
    seed: u64,
    module: f32,
    /// Pixels a module at the beginning and at the end.
    near: (f32, f32),
}

impl Film {
    /// One of many.
    #[must_use]
    pub fn new(number: u32) -> Self {
        let mut dice = Dice::new(0xf11a << 24 ^ u64::from(number));
        let mut scene = usual(&mut dice);
        let half = scene.stickers.first().map_or(10.0, |sticker| sticker.half());
        let module = scene.stickers.first().map_or(0.4, |sticker| sticker.module);
        if dice.below(2) == 0 {
            scene.stains = stains::rain(&mut dice, half, 15);
        }
        scene.pose.turned = dice.between(0.0, 6.3);
        scene.pose.tilted = (dice.either(0.0, 0.6), dice.either(0.0, 0.6));
        scene.lens.electrons = dice.between(150.0, 600.0);
        scene.lens.exposure = dice.between(0.15, 0.5);
        let near = (dice.between(1.0, 1.8), dice.between(3.0, 5.0));
        Self { scene, seed: dice.next(), module, near }
    }

    /// A frame of it.
    #[must_use]
    pub fn frame(&self, number: u16) -> Picture {
        let time = f32::from(number) / f32::from(FRAMES_A_SECOND);
        let sway = |seed: u64, rate: f32| noise(time * rate, 0.5, self.seed ^ seed);
        let mut scene = self.scene.clone();
        let come = (time / 2.0).min(1.0);
        let pixels = self.near.0 + (self.near.1 - self.near.0) * come;
        scene.pose.distance = Pose::distance(self.module, pixels) * (1.0 + 0.05 * sway(1, 3.0));
        scene.pose.shift.0 += 60.0 * sway(2, 2.0);
        scene.pose.shift.1 += 40.0 * sway(3, 2.0);
        scene.pose.turned += 0.1 * sway(4, 2.0);
        scene.pose.tilted.0 += 0.1 * sway(5, 2.0);
        // A 1/50 s of shaking, more while the hand still comes.
        let shake = 7.0 * (1.2 - come);
        scene.lens.motion = (shake * sway(6, 9.0), shake * sway(7, 9.0));
        scene.lens.defocus = pixels * (1.1 * (1.0 - time / 1.5) + 0.5 * sway(8, 4.0)).max(0.0);
        scene.seed ^= u64::from(number) << 32;
        scene.picture()
    }
}
