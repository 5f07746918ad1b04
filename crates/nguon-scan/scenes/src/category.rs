//! What makes a label hard to read, one thing at a time, and a little of everything else.

use crate::Picture;
use crate::camera::{Glare, Pose, Scene};
use crate::dice::Dice;
use crate::lens::Lens;
use crate::print::{self, Sticker};
use crate::stains::{self, Stain};
use crate::surface::Surface;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// At any angle.
    Rotated,
    /// Seen from the side, up to 65°.
    Tilted,
    /// Around a bottle or a round basket.
    Curved,
    /// Over the edge of a box.
    Folded,
    /// Too near for the lens.
    Defocused,
    /// The hand or the box moves.
    Moved,
    /// A lamp mirrored in the label.
    Glare,
    /// A dark shop.
    LowLight,
    /// A cheap sensor at its highest gain.
    Noisy,
    /// Drops.
    Wet,
    /// Mud and scratches.
    Dirty,
    /// A thumb, a leaf or tape on it.
    Covered,
    /// A small print.
    Small,
    /// From farther away than one should.
    Far,
    /// Two to five labels.
    Several,
    /// Light on dark.
    Inverted,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Rotated,
        Self::Tilted,
        Self::Curved,
        Self::Folded,
        Self::Defocused,
        Self::Moved,
        Self::Glare,
        Self::LowLight,
        Self::Noisy,
        Self::Wet,
        Self::Dirty,
        Self::Covered,
        Self::Small,
        Self::Far,
        Self::Several,
        Self::Inverted,
    ];

    /// As figures are called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rotated => "rotated",
            Self::Tilted => "tilted",
            Self::Curved => "curved",
            Self::Folded => "folded",
            Self::Defocused => "defocused",
            Self::Moved => "moved",
            Self::Glare => "glare",
            Self::LowLight => "low_light",
            Self::Noisy => "noisy",
            Self::Wet => "wet",
            Self::Dirty => "dirty",
            Self::Covered => "covered",
            Self::Small => "small",
            Self::Far => "far",
            Self::Several => "several",
            Self::Inverted => "inverted",
        }
    }
}

/// A picture of a category.
#[must_use]
pub fn picture(category: Category, number: u32) -> Picture {
    let seed = category.name().bytes().fold(0x4e67_u64, |seed, byte| seed.wrapping_mul(257) ^ u64::from(byte));
    let mut dice = Dice::new(seed << 20 ^ u64::from(number));
    let mut scene = usual(&mut dice);
    make_hard(&mut scene, category, &mut dice);
    scene.picture()
}

/// A label held before the camera as people do: nearly upright, nearly straight on, three to six pixels a module.
pub(crate) fn usual(dice: &mut Dice) -> Scene {
    let module = [0.417, 0.5, 0.423][usize::try_from(dice.below(3)).unwrap_or(0)];
    let pixels = dice.between(2.8, 6.0);
    Scene {
        surface: Surface::flat(),
        stickers: vec![Sticker {
            label: print::label(dice),
            at: (0.0, 0.0),
            turned: dice.either(0.0, 0.1),
            module,
            inverted: false,
            seed: dice.next(),
        }],
        stains: Vec::new(),
        glare: Vec::new(),
        pose: Pose {
            turned: dice.either(0.0, 0.25),
            tilted: (dice.either(0.0, 0.25), dice.either(0.0, 0.25)),
            shift: (dice.either(0.0, 180.0), dice.either(0.0, 60.0)),
            distance: Pose::distance(module, pixels),
        },
        lens: Lens { exposure: dice.between(0.5, 1.05), ..Lens::GOOD },
        shadow: (dice.between(0.0, 0.3), dice.between(0.0, 6.3)),
        seed: dice.next(),
    }
}

/// Pixels a module.
fn closeness(scene: &mut Scene, pixels: f32) {
    let module = scene.stickers.first().map_or(0.4, |sticker| sticker.module);
    scene.pose.distance = Pose::distance(module, pixels);
}

fn make_hard(scene: &mut Scene, category: Category, dice: &mut Dice) {
    let half = scene.stickers.first().map_or(10.0, Sticker::half);
    let module = scene.stickers.first().map_or(0.4, |sticker| sticker.module);
    match category {
        Category::Rotated => {
            scene.pose.turned = dice.between(0.0, 6.3);
            closeness(scene, dice.between(2.0, 5.0));
        }
        Category::Tilted => {
            let (tilt, towards) = (dice.between(0.7, 1.15), dice.between(0.0, 6.3));
            scene.pose.tilted = (tilt * towards.cos(), tilt * towards.sin());
            scene.pose.turned = dice.between(0.0, 6.3);
            closeness(scene, dice.between(3.0, 6.0));
        }
        Category::Curved => {
            scene.surface = Surface::round(dice.between(half * 1.0, half * 2.2));
            if let Some(sticker) = scene.stickers.first_mut() {
                sticker.turned = dice.either(0.0, 0.6);
            }
            scene.pose.tilted.0 = dice.either(0.0, 0.3);
            closeness(scene, dice.between(3.0, 6.0));
        }
        Category::Folded => {
            let at = dice.either(0.1, 0.6) * half;
            scene.surface = Surface::edge(at, dice.between(0.5, 1.1), dice.between(0.5, 4.0));
            if let Some(sticker) = scene.stickers.first_mut() {
                sticker.turned = dice.either(0.0, 0.5);
            }
            // Both faces are turned towards the camera.
            scene.pose.tilted.0 = dice.between(0.1, 0.5);
            closeness(scene, dice.between(3.5, 6.0));
        }
        Category::Defocused => {
            let pixels = dice.between(2.8, 5.5);
            closeness(scene, pixels);
            scene.lens.defocus = pixels * dice.between(0.6, 1.25);
        }
        Category::Moved => {
            let pixels = dice.between(2.8, 5.5);
            closeness(scene, pixels);
            let (length, towards) = (pixels * dice.between(1.0, 2.4), dice.between(0.0, 6.3));
            scene.lens.motion = (length * towards.cos(), length * towards.sin());
        }
        Category::Glare => {
            for _ in 0..1 + dice.below(2) {
                scene.glare.push(Glare {
                    at: (dice.either(0.0, half * 0.8), dice.either(0.0, half * 0.8)),
                    radii: (half * dice.between(0.15, 0.4), half * dice.between(0.3, 1.0)),
                    turned: dice.between(0.0, 6.3),
                    strength: dice.between(0.8, 4.0),
                });
            }
        }
        Category::LowLight => {
            scene.lens.exposure = dice.between(0.04, 0.15);
            scene.lens.electrons = dice.between(250.0, 800.0);
            scene.lens.read_noise = dice.between(3.0, 6.0);
            scene.lens.flare = dice.between(0.0, 0.02);
            scene.shadow.0 = dice.between(0.2, 0.6);
        }
        Category::Noisy => {
            scene.lens.electrons = dice.between(15.0, 60.0);
            scene.lens.read_noise = dice.between(2.0, 5.0);
        }
        Category::Wet => {
            let drops = 10 + dice.below(70);
            scene.stains = stains::rain(dice, half, drops);
            closeness(scene, dice.between(3.0, 6.0));
        }
        Category::Dirty => {
            let blots = 3 + dice.below(9);
            scene.stains = stains::soil(dice, half, blots);
        }
        Category::Covered => {
            let (towards, away) = (dice.between(0.0, 6.3), half * dice.between(0.2, 0.75));
            scene.stains.push(Stain::Cover {
                at: (away * towards.cos(), away * towards.sin()),
                radii: (half * dice.between(0.15, 0.3), half * dice.between(0.15, 0.45)),
                turned: dice.between(0.0, 6.3),
                light: dice.between(0.1, 0.75),
            });
        }
        Category::Small => closeness(scene, dice.between(1.35, 2.2)),
        Category::Far => {
            closeness(scene, dice.between(1.15, 1.7));
            scene.lens.defocus = dice.between(0.7, 1.0);
            scene.lens.electrons = 900.0;
        }
        Category::Several => {
            let count = 2 + dice.below(4);
            let gap = half * 2.0 + 14.0;
            let places = [(0.0, 0.0), (1.0, 0.1), (-1.0, -0.1), (0.1, 1.0), (-0.1, -1.0)];
            let first = scene.stickers.first().cloned();
            scene.stickers.clear();
            for (_, (x, y)) in (0..count).zip(places) {
                let Some(sticker) = &first else { break };
                let mut sticker = sticker.clone();
                sticker.label = print::label(dice);
                sticker.at = (x * gap, y * gap);
                sticker.turned = dice.between(0.0, 6.3);
                scene.stickers.push(sticker);
            }
            scene.pose.shift = (0.0, 0.0);
            scene.pose.tilted = (dice.either(0.0, 0.3), dice.either(0.0, 0.2));
            closeness(scene, module / (gap * 3.1) * 720.0);
        }
        Category::Inverted => {
            if let Some(sticker) = scene.stickers.first_mut() {
                sticker.inverted = true;
            }
            scene.pose.turned = dice.between(0.0, 6.3);
        }
    }
}
