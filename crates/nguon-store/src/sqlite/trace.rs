//! The trace graph: noted as records are taken, so that a walk reads no record.
//!
//! Chains have small numbers here, given in the order in which they are first heard of: what belongs together lies
//! together, and an edge costs two steps within pages already at hand. A draw may name a batch before that is opened: its
//! number then stands for a chain of which nothing more is known.

mod columns;
mod fill;
mod graph;
mod note;
mod origin;
mod walk;

pub(super) use columns::{choice, word};
pub(super) use fill::fill;
pub(super) use graph::names;
pub(super) use note::note;
pub(super) use walk::{as_of, begin, go_on, holdings};
