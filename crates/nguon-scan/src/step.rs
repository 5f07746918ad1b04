//! What is tried, and in which order.

use crate::attempt::Effort;
use crate::find::Threshold;
use crate::luma::Luma;
use crate::plane::{Plane, Region, float, whole};
use crate::symbol::Symbol;

/// One thing to try: a scale, a threshold, dark on light or light on dark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// The longer side that the plane is to have, about, in pixels.
    longest: usize,
    enlarged: bool,
    pub(crate) threshold: Threshold,
    inverted: bool,
}

const fn step(longest: usize, share: f32) -> Step {
    Step { longest, enlarged: false, threshold: Threshold::Around(share), inverted: false }
}

const fn inverted(longest: usize, share: f32) -> Step {
    Step { inverted: true, ..step(longest, share) }
}

impl Default for Step {
    fn default() -> Self {
        step(700, 0.04)
    }
}

/// What a frame is tried with, what helps most often first, as measured on the bench's two sets.
pub(crate) const QUICK: &[Step] = &[
    step(700, 0.04),
    step(1_400, 0.02),
    inverted(700, 0.04),
    step(700, 0.015),
    step(1_400, 0.05),
    inverted(1_400, 0.02),
    step(1_400, 0.008),
    step(350, 0.04),
];

/// What a picture is tried with besides: it costs more and helps less often.
pub(crate) const THOROUGH: &[Step] = &[
    Step { threshold: Threshold::Global, ..step(1_400, 0.0) },
    Step { enlarged: true, ..step(1_400, 0.012) },
    step(3_000, 0.01),
];

pub(crate) const EFFORT: Effort =
    Effort { finders: 40, triples: 40, sure: 8, guesses: 168, candidates: 16, misses: 6, bends: 2 };

impl Step {
    /// A close look at one place, another each turn.
    pub(crate) const fn close_up(turn: usize) -> Self {
        let share = match turn % 3 {
            0 => 0.1,
            1 => 0.05,
            _ => 0.2,
        };
        Self { inverted: turn % 5 == 4, ..step(500, share) }
    }

    /// The whole frame, made smaller.
    pub(crate) fn plane(self, frame: Luma<'_>) -> Plane {
        let longest = frame.width().max(frame.height());
        let plane = Plane::shrunk(frame, Region::whole(frame), self.shrink(longest), self.inverted);
        // A frame that is large as it is is not made larger still.
        if self.enlarged && plane.width() * plane.height() <= 2_000_000 { plane.enlarged() } else { plane }
    }

    /// A part of the frame, made larger if it is small.
    pub(crate) fn close_plane(self, frame: Luma<'_>, region: Region) -> Plane {
        let longest = region.width.max(region.height);
        let plane = Plane::shrunk(frame, region, self.shrink(longest), self.inverted);
        if longest < 250 { plane.enlarged() } else { plane }
    }

    fn shrink(self, longest: usize) -> usize {
        whole(float(longest) / float(self.longest) + 0.5).max(1)
    }
}

/// Adds what was not known yet.
pub(crate) fn merge(symbols: &mut Vec<Symbol>, found: Vec<Symbol>) {
    for symbol in found {
        if !symbols.iter().any(|known| known.bytes == symbol.bytes) {
            symbols.push(symbol);
        }
    }
}
