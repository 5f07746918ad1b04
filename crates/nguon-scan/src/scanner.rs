//! One frame after another, or one picture.

use crate::attempt::{Effort, Found, attempt};
use crate::find::Threshold;
use crate::luma::Luma;
use crate::plane::{Plane, Region, float, whole};
use crate::symbol::{Point, Symbol};

/// Reads a video frame by frame: each frame is given another attempt, and where something was seen is looked at first.
#[derive(Debug, Clone, Default)]
pub struct Scanner {
    frames: usize,
    /// The corners of what was last seen, read or not, and in how many frames it was not seen again.
    seen: Option<([Point; 4], u32)>,
}

/// One thing to try.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// The longer side in pixels that the plane is to have, about.
    longest: usize,
    /// Whether to enlarge it afterwards.
    enlarged: bool,
    threshold: Threshold,
    inverted: bool,
}

const fn step(longest: usize, threshold: Threshold) -> Step {
    Step { longest, enlarged: false, threshold, inverted: false }
}

/// Everything, the likeliest to help first.
const PICTURE: &[Step] = &[
    step(700, Threshold::Around(0.04)),
    step(1_400, Threshold::Around(0.02)),
    step(700, Threshold::Around(0.015)),
    step(1_400, Threshold::Around(0.05)),
    step(1_400, Threshold::Around(0.008)),
    step(350, Threshold::Around(0.04)),
    step(1_400, Threshold::Global),
    Step { longest: 1_400, enlarged: true, threshold: Threshold::Around(0.012), inverted: false },
    Step { longest: 1_400, enlarged: false, threshold: Threshold::Around(0.03), inverted: true },
    Step { longest: 700, enlarged: false, threshold: Threshold::Around(0.03), inverted: true },
    step(3_000, Threshold::Around(0.01)),
];

const EFFORT: Effort = Effort { finders: 40, triples: 24, bends: 3 };

impl Scanner {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All symbols seen in this frame, no payload twice. `go_on` is asked before each attempt whether there is time for it;
    /// the first attempt is always made.
    pub fn read(&mut self, frame: Luma<'_>, mut go_on: impl FnMut() -> bool) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        let first = self.frames;
        for tried in 0..PICTURE.len() {
            if tried > 0 && !go_on() {
                break;
            }
            let Some(step) = PICTURE.get((first + tried) % PICTURE.len()) else { break };
            self.frames = self.frames.wrapping_add(1);
            let found = try_step(frame, *step, &mut go_on);
            merge(&mut symbols, found.symbols);
            if !symbols.is_empty() {
                self.frames = first;
                break;
            }
        }
        symbols
    }
}

/// All symbols of a picture, no payload twice: everything is tried for as long as `go_on` says so.
pub fn read_picture(frame: Luma<'_>, mut go_on: impl FnMut() -> bool) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    for (tried, step) in PICTURE.iter().enumerate() {
        if tried > 0 && !go_on() {
            break;
        }
        merge(&mut symbols, try_step(frame, *step, &mut go_on).symbols);
        if !symbols.is_empty() {
            break;
        }
    }
    symbols
}

fn try_step(frame: Luma<'_>, step: Step, go_on: &mut dyn FnMut() -> bool) -> Found {
    let longest = frame.width().max(frame.height());
    let shrink = whole(float(longest) / float(step.longest) + 0.5).max(1);
    let mut plane = Plane::shrunk(frame, Region::whole(frame), shrink, step.inverted);
    if step.enlarged {
        plane = plane.enlarged();
    }
    attempt(&plane, step.threshold, EFFORT, go_on)
}

/// Adds what was not known yet.
fn merge(symbols: &mut Vec<Symbol>, found: Vec<Symbol>) {
    for symbol in found {
        if !symbols.iter().any(|known| known.bytes == symbol.bytes) {
            symbols.push(symbol);
        }
    }
}
