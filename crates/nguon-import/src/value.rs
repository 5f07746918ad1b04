//! What single cells say: numbers, areas, masses, telephone numbers, names, keys.

mod name;
mod number;
mod phone;
mod quantity;

pub use name::{NameFault, PersonName};
pub use number::{Decimal, Reading, read_number};
pub use phone::{Mended, Phone, PhoneFault};
pub use quantity::{AreaUnit, MassUnit, QuantityFault, Read, Unit, quantity_of_number, read_quantity};
