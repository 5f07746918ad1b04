//! One picture: everything is tried.

use crate::attempt::attempt;
use crate::luma::Luma;
use crate::step::{EFFORT, QUICK, THOROUGH, merge};
use crate::symbol::Symbol;

/// How many more attempts a picture gets, after something was read, for something else that looks like a symbol.
const MORE: usize = 3;

/// How many it gets at least: of several labels one may be too small for the first.
const LEAST: usize = 2;

/// All symbols of a picture, no payload twice.
///
/// Everything is tried until something is read, and a little more if something beside it looks like a symbol too. `go_on`
/// is asked before each further attempt whether there is time for it; the first attempt is always made.
pub fn read_picture(frame: Luma<'_>, mut go_on: impl FnMut() -> bool) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut more = MORE;
    for (tried, step) in QUICK.iter().chain(THOROUGH).enumerate() {
        if tried > 0 && !go_on() {
            break;
        }
        let found = attempt(&step.plane(frame), step.threshold, EFFORT, &mut go_on);
        merge(&mut symbols, found.symbols);
        let others = found.unread.is_some_and(|corners| {
            let middle = |at: fn(&crate::Point) -> f32| corners.iter().map(at).sum::<f32>() / 4.0;
            let middle = crate::Point { x: middle(|p| p.x), y: middle(|p| p.y) };
            !symbols.iter().any(|symbol| symbol.contains(middle))
        });
        if !symbols.is_empty() && tried + 1 >= LEAST {
            if !others || more == 0 {
                break;
            }
            more -= 1;
        }
    }
    symbols
}
