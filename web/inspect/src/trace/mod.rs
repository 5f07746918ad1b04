//! The trace graph: read from the server's lines, folded, laid out, walked by keyboard, and told again in tables.
//!
//! The graph is the server's word. What is proven is proven by a lot's own bundle ([`crate::check`]).

pub mod fold;
pub mod graph;
pub mod layout;
pub mod line;
pub mod reach;
pub mod steps;

pub use fold::{Cell, FoldId, Link, Shown, View};
pub use graph::{Graph, Holding, Standing};
pub use layout::{Picture, picture};
pub use line::{Edge, Node, Sort};
pub use steps::{Focus, Key, Side, step};

#[cfg(test)]
pub(crate) mod samples;
