//! Many codes at once: what each pasted line names, and what its bundle proves, on this device.

pub mod conclusion;
pub mod list;

pub use conclusion::{Conclusion, Kind, conclude};
pub use list::{Row, State, Summary, csv, read, worst_first};
