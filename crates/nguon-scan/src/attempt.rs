//! One attempt: one plane, one threshold, everything that is found with them.

use crate::code::Payload;
use crate::find::{Binary, Threshold, finders, triples};
use crate::grid::{Brightness, Fit, equalised, fits, plain};
use crate::plane::Plane;
use crate::symbol::{Point, Symbol};

/// How much an attempt may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Finder patterns looked at.
    pub(crate) finders: usize,
    /// Threes of them looked at.
    pub(crate) triples: usize,
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

pub(crate) fn attempt(plane: &Plane, threshold: Threshold, effort: Effort, go_on: &mut dyn FnMut() -> bool) -> Found {
    let binary = Binary::new(plane, threshold);
    let finders = finders(&binary, effort.finders);
    let mut found = Found::default();
    let mut best = LIKELY;
    let mut bends = effort.bends;
    for triple in triples(&finders, effort.triples) {
        let centres = [triple.corner.centre, triple.right.centre, triple.below.centre].map(|point| plane.in_frame(point));
        if found.symbols.iter().any(|symbol| centres.iter().any(|&centre| symbol.contains(centre))) {
            continue;
        }
        // The likeliest size, and the next if it is nearly as likely.
        let mut fits = fits(plane, &binary, triple);
        fits.truncate(2);
        for mut fit in fits {
            if fit.agreement < LIKELY * 0.6 {
                continue;
            }
            fit.settle(plane);
            if fit.agreement < LIKELY {
                continue;
            }
            let payload = read(plane, &fit).or_else(|| {
                bends = bends.checked_sub(1)?;
                if !go_on() {
                    return None;
                }
                fit.bend(plane);
                read(plane, &fit)
            });
            let corners = fit.place.corners.map(|corner| plane.in_frame(corner));
            if let Some(payload) = payload {
                found.symbols.push(Symbol { bytes: payload.bytes, charset: payload.charset, corners });
                break;
            }
            if fit.agreement > best {
                best = fit.agreement;
                found.unread = Some(corners);
            }
        }
    }
    found
}

fn read(plane: &Plane, fit: &Fit) -> Option<Payload> {
    let brightness = Brightness::new(plane, fit);
    plain(&brightness, fit)
        .decode(fit.version)
        .or_else(|| equalised(&brightness, fit).and_then(|modules| modules.decode(fit.version)))
}
