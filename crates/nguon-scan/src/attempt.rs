//! One attempt: one plane, one threshold, everything that is found with them.

use crate::code::Payload;
use crate::find::{Binary, Threshold, finders, guesses, triples};
use crate::grid::{Brightness, First, Fit, equalised, plain};
use crate::plane::Plane;
use crate::symbol::{Point, Symbol};

/// How much an attempt may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Finder patterns looked at.
    pub(crate) finders: usize,
    /// Threes of them looked at.
    pub(crate) triples: usize,
    /// Finder patterns of which two may be a symbol's whose third is covered.
    pub(crate) sure: usize,
    /// Such symbols looked at.
    pub(crate) guesses: usize,
    /// Of all these, how many are looked at closely.
    pub(crate) candidates: usize,
    /// What looks like a symbol and cannot be read, after which no more is looked at.
    pub(crate) misses: usize,
    /// Symbols that are bent when they cannot be read flat.
    pub(crate) bends: usize,
}

/// What an attempt found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) symbols: Vec<Symbol>,
    /// The corners, in the frame, of what looked most like a symbol and could not be read.
    pub(crate) unread: Option<[Point; 4]>,
}

/// Known modules that agree less than this are no symbol's.
const LIKELY: f32 = 0.35;

/// The same before corners are moved to where they agree best.
const POSSIBLE: f32 = 0.2;

/// They agree so well that reading comes first.
const SURE: f32 = 0.85;

pub(crate) fn attempt(plane: &Plane, threshold: Threshold, effort: Effort, go_on: &mut dyn FnMut() -> bool) -> Found {
    let mut found = Found::default();
    let mut best = LIKELY;
    let (mut misses, mut bends) = (effort.misses, effort.bends);
    for (first, least) in candidates(plane, threshold, effort) {
        if misses == 0 {
            break;
        }
        let centres = first.triple.centres().map(|centre| plane.in_frame(centre));
        if found.symbols.iter().any(|symbol| centres.iter().any(|&centre| symbol.contains(centre))) {
            continue;
        }
        // The likeliest size, and the next if it is nearly as likely.
        for mut fit in first.fits(plane).into_iter().take(2).filter(|fit| fit.agreement > least) {
            let mut payload = if fit.agreement > SURE { read(plane, &fit) } else { None };
            if payload.is_none() {
                fit.settle(plane);
                if fit.agreement >= LIKELY {
                    payload = read(plane, &fit);
                }
            }
            if payload.is_none() && fit.agreement >= LIKELY && bends > 0 && go_on() {
                bends -= 1;
                fit.bend(plane);
                payload = read(plane, &fit);
            }
            let corners = fit.place.corners.map(|corner| plane.in_frame(corner));
            if let Some(payload) = payload {
                found.symbols.push(Symbol { bytes: payload.bytes, charset: payload.charset, corners });
                break;
            }
            misses = misses.saturating_sub(1);
            if fit.agreement > best {
                best = fit.agreement;
                found.unread = Some(corners);
            }
        }
    }
    found
}

/// What may be symbols, the likeliest first: with three finder patterns seen, or with two where one may be covered. With each
/// goes how well it must agree when all of its known modules are looked at.
fn candidates(plane: &Plane, threshold: Threshold, effort: Effort) -> Vec<(First, f32)> {
    let binary = Binary::new(plane, threshold);
    let finders = finders(&binary, effort.finders);
    let seen = triples(&finders, effort.triples).into_iter().map(|triple| (triple, POSSIBLE));
    let sure = finders.get(..effort.sure).unwrap_or(&finders);
    let guessed = guesses(sure, effort.guesses).into_iter().map(|triple| (triple, LIKELY));
    let mut candidates: Vec<(First, f32)> =
        seen.chain(guessed).filter_map(|(triple, least)| Some((First::of(plane, &binary, triple)?, least))).collect();
    candidates.sort_by(|(a, _), (b, _)| b.agreement.total_cmp(&a.agreement));
    candidates.truncate(effort.candidates);
    candidates
}

fn read(plane: &Plane, fit: &Fit) -> Option<Payload> {
    let brightness = Brightness::new(plane, fit);
    plain(&brightness, fit)
        .decode(fit.version)
        .or_else(|| equalised(&brightness, fit).and_then(|modules| modules.decode(fit.version)))
}
