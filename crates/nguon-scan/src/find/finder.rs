//! Finder patterns: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1 on every line through their centre.

use crate::find::binary::Binary;
use crate::plane::float;
use crate::symbol::Point;

/// What looks like a finder pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finder {
    pub(crate) centre: Point,
    /// Pixels a module, in the mean of the two axes.
    pub(crate) module: f32,
    /// On how many rows it was seen.
    pub(crate) hits: u16,
}

/// Of noise there is no end: what is compared with each new one is bounded.
const MOST: usize = 1_500;

/// All of a picture, those seen most often first, at most `most`.
pub(crate) fn finders(binary: &Binary, most: usize) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    let mut edges = Vec::new();
    for y in 0..binary.height() {
        edges.clear();
        let row = binary.row(y);
        let mut before = false;
        for (x, &dark) in row.iter().enumerate() {
            if dark != before {
                edges.push(x);
                before = dark;
            }
        }
        if before {
            edges.push(row.len());
        }
        // Edges alternate, the first is to dark: five runs that begin and end dark lie between six edges from an even one on.
        for edges in edges.windows(6).step_by(2) {
            let [a, b, c, d, e, f] = *edges else { continue };
            let runs = [b - a, c - b, d - c, e - d, f - e].map(float);
            if !is_finder(runs, 0.5) {
                continue;
            }
            let x = (float(c) + float(d)) / 2.0;
            add(&mut found, binary, Point { x, y: float(y) + 0.5 }, runs.iter().sum());
        }
    }
    found.sort_by_key(|finder| std::cmp::Reverse(finder.hits));
    found.truncate(most);
    found
}

/// Whether runs are as 1 : 1 : 3 : 1 : 1. From edge to edge of one kind, so that it does not matter whether dark has spread.
fn is_finder(runs: [f32; 5], tolerance: f32) -> bool {
    let [a, b, c, d, e] = runs;
    let module = (a + e + 2.0 * (b + c + d)) / 12.0;
    let slack = tolerance * module + 0.6;
    let near = |pair: f32, modules: f32| (pair - modules * module).abs() <= slack * modules.sqrt();
    near(a + b, 2.0)
        && near(b + c, 4.0)
        && near(c + d, 4.0)
        && near(d + e, 2.0)
        && c > 1.2 * a.max(e) - 0.5
        && c > b.max(d)
}

fn add(found: &mut Vec<Finder>, binary: &Binary, at: Point, across: f32) {
    let near = |finder: &&mut Finder| {
        let reach = finder.module * 1.5;
        (finder.centre.x - at.x).abs() < reach && (finder.centre.y - at.y).abs() < reach
    };
    if let Some(finder) = found.iter_mut().find(near) {
        finder.hits = finder.hits.saturating_add(1);
        return;
    }
    let Some(finder) = checked(binary, at, across) else { return };
    let near = |known: &&mut Finder| {
        let reach = known.module * 1.5;
        (known.centre.x - finder.centre.x).abs() < reach && (known.centre.y - finder.centre.y).abs() < reach
    };
    let full = found.len() >= MOST;
    match found.iter_mut().find(near) {
        Some(known) => known.hits = known.hits.saturating_add(1),
        None if full => {}
        None => found.push(finder),
    }
}

/// Checks a place upwards, sideways and along both diagonals, and centres it.
fn checked(binary: &Binary, at: Point, across: f32) -> Option<Finder> {
    let mut centre = at;
    let (shift, height) = line(binary, centre, (0.0, 1.0), across * 3.0, 0.6)?;
    centre.y += shift;
    let (shift, width) = line(binary, centre, (1.0, 0.0), across * 2.0, 0.6)?;
    centre.x += shift;
    if height > 3.5 * width || width > 3.5 * height {
        return None;
    }
    // Of a strongly tilted pattern one diagonal may be too short to tell.
    let longest = width.max(height) * 2.0;
    let diagonals = [(0.5, 0.5), (0.5, -0.5)].map(|step| line(binary, centre, step, longest, 0.8).is_some());
    if !diagonals.contains(&true) {
        return None;
    }
    Some(Finder { centre, module: (width + height) / 14.0, hits: 1 })
}

/// The five runs on a line through a place, if they are a finder's: how far the middle is off in steps, and how long all are.
fn line(binary: &Binary, from: Point, step: (f32, f32), longest: f32, tolerance: f32) -> Option<(f32, f32)> {
    let there = half(binary, from, step, longest)?;
    let back = half(binary, from, (-step.0, -step.1), longest)?;
    // The place itself is counted by both.
    let runs = [back[2], back[1], back[0] + there[0] - 1.0, there[1], there[2]];
    is_finder(runs, tolerance).then(|| ((there[0] - back[0]) / 2.0, runs.iter().sum()))
}

/// Steps through dark, light and dark again, from a dark place on.
fn half(binary: &Binary, from: Point, step: (f32, f32), longest: f32) -> Option<[f32; 3]> {
    let mut runs = [0.0_f32; 3];
    let (mut x, mut y) = (from.x, from.y);
    for (run, wanted) in runs.iter_mut().zip([true, false, true]) {
        while *run < longest {
            // A pattern may touch the edge with its last run.
            let Some(dark) = binary.is_dark(x, y) else { break };
            if dark != wanted {
                break;
            }
            *run += 1.0;
            x += step.0;
            y += step.1;
        }
        if *run == 0.0 || *run >= longest {
            return None;
        }
    }
    Some(runs)
}
