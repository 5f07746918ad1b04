//! Where in a plane symbols may be.

mod binary;
mod finder;
mod triples;

pub(crate) use binary::{Binary, Threshold};
pub(crate) use finder::{Finder, finders};
pub(crate) use triples::{Triple, guesses, triples};
