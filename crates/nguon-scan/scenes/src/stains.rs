//! What gets onto a label on its way: water, dirt, tape, a thumb.

use crate::dice::{Dice, noise};

/// One thing on the surface.
#[derive(Debug, Clone)]
pub(crate) enum Stain {
    /// A drop: a lens that shows what is under it smaller and upside towards its rim, with a bright spot and a dark rim.
    Drop { at: (f32, f32), radius: f32, strength: f32 },
    /// Mud or pulp: darkens in blots.
    Dirt { at: (f32, f32), radius: f32, depth: f32, seed: u64 },
    /// A scratch or a crease that took the ink away.
    Scratch { from: (f32, f32), along: (f32, f32), width: f32 },
    /// A thumb, a leaf, tape: nothing of the label is seen there.
    Cover { at: (f32, f32), radii: (f32, f32), turned: f32, light: f32 },
}

impl Stain {
    /// Where to look for what is seen at a place.
    pub(crate) fn refracted(&self, s: f32, t: f32) -> (f32, f32) {
        let Self::Drop { at, radius, strength } = self else { return (s, t) };
        let (x, y) = ((s - at.0) / radius, (t - at.1) / radius);
        let square = x * x + y * y;
        if square >= 1.0 {
            return (s, t);
        }
        // A cap of water: rays are bent towards the middle, more so at the steep rim.
        let bent = 1.0 - strength * (1.0 - (1.0 - square).sqrt() * 0.5) * 0.5;
        (at.0 + x * radius * bent, at.1 + y * radius * bent)
    }

    /// What is left of the light of a place, and what is added to it.
    pub(crate) fn shade(&self, light: f32, s: f32, t: f32) -> f32 {
        match self {
            Self::Drop { at, radius, .. } => {
                let (x, y) = ((s - at.0) / radius, (t - at.1) / radius);
                let from_middle = x.hypot(y);
                if from_middle >= 1.0 {
                    return light;
                }
                let rim = if from_middle > 0.85 { 0.7 } else { 0.93 };
                let spot = (-((x + 0.35).powi(2) + (y + 0.4).powi(2)) * 40.0).exp() * 1.2;
                light * rim + spot
            }
            Self::Dirt { at, radius, depth, seed } => {
                let away = (s - at.0).hypot(t - at.1) / radius;
                let blot = noise(s * 0.9, t * 0.9, *seed) * 0.5 + noise(s * 2.5, t * 2.5, seed ^ 9) * 0.25;
                let cover = (1.2 - away + blot).clamp(0.0, 1.0) * depth;
                light * (1.0 - cover) + 0.12 * cover
            }
            Self::Scratch { from, along, width } => {
                let (x, y) = (s - from.0, t - from.1);
                let length = along.0.hypot(along.1);
                let (ahead, aside) = ((x * along.0 + y * along.1) / length, (x * along.1 - y * along.0) / length);
                let rough = width * (1.0 + 0.6 * noise(ahead * 2.0, 0.0, 5));
                if (0.0..length).contains(&ahead) && aside.abs() < rough { 0.7 } else { light }
            }
            Self::Cover { at, radii, turned, light: own } => {
                let (x, y) = (s - at.0, t - at.1);
                let (sin, cos) = turned.sin_cos();
                let (x, y) = ((x * cos + y * sin) / radii.0, (y * cos - x * sin) / radii.1);
                if x * x + y * y < 1.0 { own + 0.05 * noise(s, t, 3) } else { light }
            }
        }
    }
}

/// Drops all over a square of some half side.
pub(crate) fn rain(dice: &mut Dice, half: f32, drops: u64) -> Vec<Stain> {
    let drop = |dice: &mut Dice| Stain::Drop {
        at: (dice.either(0.0, half), dice.either(0.0, half)),
        // Many small ones, few large.
        radius: 0.3 + 1.8 * dice.unit().powi(3),
        strength: dice.between(0.5, 1.0),
    };
    (0..drops).map(|_| drop(dice)).collect()
}

/// Blots and scratches over a square of some half side.
pub(crate) fn soil(dice: &mut Dice, half: f32, blots: u64) -> Vec<Stain> {
    let mut stains: Vec<Stain> = (0..blots)
        .map(|_| Stain::Dirt {
            at: (dice.either(0.0, half), dice.either(0.0, half)),
            radius: dice.between(0.8, 2.6),
            depth: dice.between(0.4, 0.95),
            seed: dice.next(),
        })
        .collect();
    for _ in 0..1 + dice.below(3) {
        let (x, y) = (dice.either(0.0, half), dice.either(0.0, half));
        let along = (dice.either(2.0, half * 1.5), dice.either(2.0, half * 1.5));
        stains.push(Stain::Scratch { from: (x, y), along, width: dice.between(0.05, 0.22) });
    }
    stains
}
