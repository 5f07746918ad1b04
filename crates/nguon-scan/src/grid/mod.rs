//! Where a symbol's modules lie in a plane: first as on a flat label seen at an angle, then bent.

mod equaliser;
mod fit;
mod looks;
mod place;
mod solve;
mod template;

pub(crate) use fit::{First, Fit};
pub(crate) use looks::{Brightness, equalised, plain};
