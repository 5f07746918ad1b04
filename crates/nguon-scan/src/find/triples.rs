//! Three finder patterns that may be one symbol's.

use crate::find::finder::Finder;
use crate::symbol::Point;

/// Three finder patterns: upper left, upper right and lower left of a symbol (or of its mirror image).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Triple {
    pub(crate) corner: Finder,
    pub(crate) right: Finder,
    pub(crate) below: Finder,
}

impl Triple {
    pub(crate) const fn centres(&self) -> [Point; 3] {
        [self.corner.centre, self.right.centre, self.below.centre]
    }
}

/// The likeliest first, at most `most`.
pub(crate) fn triples(finders: &[Finder], most: usize) -> Vec<Triple> {
    let mut scored = Vec::new();
    for (i, &a) in finders.iter().enumerate() {
        for (j, &b) in finders.iter().enumerate().skip(i + 1) {
            if unlike(a, b) > 2.6 {
                continue;
            }
            for &c in finders.iter().skip(j + 1) {
                if unlike(a, c) <= 2.6 && unlike(b, c) <= 2.6 {
                    // Seen from the side, the longest line need not be the one across: each may be the corner.
                    scored.extend([(a, b, c), (b, c, a), (c, a, b)].into_iter().filter_map(|(a, b, c)| score(a, b, c)));
                }
            }
        }
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    scored.into_iter().take(most).map(|(_, triple)| triple).collect()
}

/// Two finder patterns and where the third should be, for a symbol that has one of them covered: it is looked for nowhere,
/// the rest of the symbol must show it. At most `most`.
pub(crate) fn guesses(finders: &[Finder], most: usize) -> Vec<Triple> {
    let mut guesses = Vec::new();
    for (i, &a) in finders.iter().enumerate() {
        for &b in finders.iter().skip(i + 1) {
            let module = (a.module + b.module) / 2.0;
            let modules = distance(a, b) / module;
            if unlike(a, b) > 1.5 || !(12.0..=110.0).contains(&modules) {
                continue;
            }
            let along = between(a.centre, b.centre);
            let at = |from: Finder, x: f32, y: f32| Finder {
                centre: Point { x: from.centre.x + x, y: from.centre.y + y },
                module,
                hits: 0,
            };
            // Along an edge, with the symbol on either side; or across, with the corner on either side.
            guesses.extend([
                Triple { corner: a, right: b, below: at(a, -along.y, along.x) },
                Triple { corner: b, right: at(b, -along.y, along.x), below: a },
                Triple { corner: a, right: at(a, along.y, -along.x), below: b },
                Triple { corner: b, right: a, below: at(b, along.y, -along.x) },
            ]);
            let (x, y) = (along.x / 2.0, along.y / 2.0);
            guesses.extend([
                Triple { corner: at(a, x + y, y - x), right: b, below: a },
                Triple { corner: at(a, x - y, y + x), right: a, below: b },
            ]);
        }
    }
    guesses.truncate(most);
    guesses
}

fn unlike(a: Finder, b: Finder) -> f32 {
    (a.module / b.module).max(b.module / a.module)
}

/// How far three are from the corner of a square, the first of them in the corner.
fn score(corner: Finder, one: Finder, other: Finder) -> Option<(f32, Triple)> {
    let (to_one, to_other) = (between(corner.centre, one.centre), between(corner.centre, other.centre));
    // Clockwise from right to below, as pictures have y downwards.
    let turn = to_one.x * to_other.y - to_one.y * to_other.x;
    let (right, below) = if turn > 0.0 { (one, other) } else { (other, one) };
    let (width, height) = (distance(corner, right), distance(corner, below));
    let module = (corner.module + right.module + below.module) / 3.0;
    let modules = (width + height) / (2.0 * module);
    let cosine = (to_one.x * to_other.x + to_one.y * to_other.y) / (width * height).max(1e-6);
    let ratio = (width / height).max(height / width);
    // 14 and 170 modules lie between the centres of the smallest and the largest symbol's.
    if !(8.0..=230.0).contains(&modules) || cosine.abs() > 0.8 || ratio > 3.2 {
        return None;
    }
    let modules_alike = unlike(corner, right).max(unlike(corner, below)).max(unlike(right, below));
    let seen = f32::from(corner.hits.min(right.hits).min(below.hits)) / module.max(1.0);
    let score = cosine.abs() * 1.5 + (ratio - 1.0) + (modules_alike - 1.0) * 2.0 + 0.5 / (seen + 0.2) + modules / 300.0;
    Some((score, Triple { corner, right, below }))
}

fn distance(a: Finder, b: Finder) -> f32 {
    (a.centre.x - b.centre.x).hypot(a.centre.y - b.centre.y)
}

fn between(from: Point, to: Point) -> Point {
    Point { x: to.x - from.x, y: to.y - from.y }
}
