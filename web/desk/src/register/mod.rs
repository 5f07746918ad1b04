//! Households below this registrar: as the server lists them, with the names that this desk knows.

pub mod imported;
mod listing;
mod people;
mod rows;

pub use listing::{Area, AreaSeason, Household, Listing, Plot, PlotSeason, read};
pub use people::{Known, People};
pub use rows::{Counts, Filter, Query, Row, WEEK, counts, rows, select};
