//! Orders: what buyers asked for, what was given for it, and what is on its way.
//!
//! An order is a note of this computer's until something is given for it; a hand-over is signed. Who buys and uses Nguồn shows
//! the code of a batch of theirs; for anybody else the co-op splits a consignment off the lot, which a later recall can name.

mod consign;
mod day;
mod form;
mod kept;
mod shipped;

pub use consign::{Arrived, Consign};
pub use day::Day;
pub use form::{GiveForm, OrderForm, Way};
pub use kept::{Order, Orders, Sent};
pub use shipped::{Shipment, State, shipments};
