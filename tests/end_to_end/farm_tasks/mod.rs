//! The farmer's tasks, each from today's page to the record at the server, with what a finger does counted.

pub mod field_log;
pub mod ground;
mod hand_over;
mod harvest;
pub mod looks;
mod station;
