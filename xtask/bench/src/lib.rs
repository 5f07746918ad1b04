//! What the benches share: times, the lines that report figures, and what is measured.

pub mod best;
pub mod bundle;
pub mod deployment;
pub mod figures;
pub mod native;
pub mod province;
pub mod root;
