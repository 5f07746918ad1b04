//! Takes a blur back: what each module's neighbours have added to it is learnt from the modules whose colour is known.
//!
//! Whatever moved or defocused the picture, and in whichever direction, did the same to all modules: a linear filter of a
//! module and its neighbours that makes the known ones come out right makes the others come out right too.

use crate::grid::fit::Fit;
use crate::grid::looks::{Brightness, RING};
use crate::grid::solve::LeastSquares;
use crate::grid::template::square;
use crate::plane::{float, whole};

/// A module with two neighbours in each direction, and one.
const TAPS: usize = 26;

pub(crate) fn looks(brightness: &Brightness, fit: &Fit) -> Option<Vec<f32>> {
    let compared = brightness.compared();
    let side = brightness.side;
    let offset = float(RING);
    // Neighbours beyond the symbol are quiet zone: as light as light is.
    let look = |x: usize, y: usize| {
        let inside = |i: usize| i.checked_sub(RING).filter(|&i| i < side);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => compared.get(y * side + x).copied().unwrap_or(0.0),
            _ => -1.0,
        }
    };
    let row = |x: usize, y: usize| {
        let mut row = [1.0; TAPS];
        for (tap, (dx, dy)) in row.iter_mut().zip(square(5)) {
            *tap = f64::from(look(x + dx - 2, y + dy - 2).clamp(-2.0, 2.0));
        }
        row
    };
    let mut equations = LeastSquares::<TAPS>::new(4.0);
    for module in &fit.template.known {
        let (x, y) = (module.x + offset, module.y + offset);
        // The quiet zone teaches nothing that the separators do not.
        if module.weight < 1.0 {
            continue;
        }
        equations.add(row(whole(x), whole(y)), if module.dark { 1.0 } else { -1.0 }, 1.0);
    }
    let taps = equations.solve()?;
    let filtered = square(side).map(|(x, y)| {
        let sum: f64 = row(x + RING, y + RING).iter().zip(&taps).map(|(value, tap)| value * tap).sum();
        #[expect(clippy::cast_possible_truncation, reason = "a look needs no more than a float's 24 bits")]
        let look = sum as f32;
        look
    });
    Some(filtered.collect())
}
