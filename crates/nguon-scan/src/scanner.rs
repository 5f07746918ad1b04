//! A video, frame by frame: each frame another attempt.

use crate::attempt::attempt;
use crate::luma::Luma;
use crate::plane::Region;
use crate::step::{EFFORT, QUICK, Step, merge};
use crate::symbol::{Point, Symbol};

/// Reads a video frame by frame.
///
/// A frame has time for an attempt or two, the next frame comes at once: so each frame tries something else, and where
/// something was seen, read or not, is looked at first and closely.
#[derive(Debug, Clone, Default)]
pub struct Scanner {
    turn: usize,
    seen: Option<Seen>,
}

/// What looked like a symbol.
#[derive(Debug, Clone, Copy)]
struct Seen {
    corners: [Point; 4],
    /// Frames since.
    age: u32,
}

/// Frames after which a place is forgotten: a third of a second.
const FORGOTTEN: u32 = 10;

impl Scanner {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All symbols seen in this frame, no payload twice. `go_on` is asked before each further attempt whether there is time
    /// for it; the first attempt is always made.
    pub fn read(&mut self, frame: Luma<'_>, mut go_on: impl FnMut() -> bool) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        self.seen = self.seen.filter(|seen| seen.age < FORGOTTEN);
        if let Some(seen) = &mut self.seen {
            seen.age += 1;
        }
        let mut close = self.seen;
        // Now and then the whole frame comes first: what is wanted may be elsewhere.
        let wide_first = self.turn % 4 == 3;
        for tried in 0..=QUICK.len() {
            if tried > 0 && !go_on() {
                break;
            }
            let close_up = if tried > 0 || !wide_first { close.take() } else { None };
            let found = match close_up {
                Some(seen) => {
                    let step = Step::close_up(self.turn);
                    let plane = step.close_plane(frame, around(frame, seen.corners));
                    self.turn = self.turn.wrapping_add(1);
                    attempt(&plane, step.threshold, EFFORT, &mut go_on)
                }
                None => {
                    let step = QUICK.get(self.turn % QUICK.len()).copied().unwrap_or_default();
                    self.turn = self.turn.wrapping_add(1);
                    attempt(&step.plane(frame), step.threshold, EFFORT, &mut go_on)
                }
            };
            if let Some(corners) = found.symbols.first().map(|symbol| symbol.corners).or(found.unread) {
                self.seen = Some(Seen { corners, age: 0 });
            }
            merge(&mut symbols, found.symbols);
            if !symbols.is_empty() {
                // Another label may be beside what was looked at, or too small for it.
                if go_on() {
                    let wide = QUICK.get(1).copied().unwrap_or_default();
                    merge(&mut symbols, attempt(&wide.plane(frame), wide.threshold, EFFORT, &mut go_on).symbols);
                }
                break;
            }
        }
        symbols
    }
}

/// The part of a frame around some corners, half of their size wider on each side.
fn around(frame: Luma<'_>, corners: [Point; 4]) -> Region {
    let bounds = |along: fn(&Point) -> f32, side: usize| {
        let (low, high) = corners
            .iter()
            .map(along)
            .fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let more = (high - low).max(16.0) * 0.5;
        let low = crate::plane::whole(low - more).min(side.saturating_sub(1));
        let high = crate::plane::whole(high + more).clamp(low + 1, side.max(low + 1));
        (low, high - low)
    };
    let (left, width) = bounds(|point| point.x, frame.width());
    let (top, height) = bounds(|point| point.y, frame.height());
    Region { left, top, width, height }
}
