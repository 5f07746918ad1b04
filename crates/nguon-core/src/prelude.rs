//! Everything a program that builds, signs and verifies batches needs by name.

pub use crate::SigningKey;
pub use crate::event::*;
pub use crate::ids::*;
pub use crate::ledger::{Ledger, Pen};
pub use crate::opening::FieldValue;
pub use crate::trust::{Authority, RootPayload, SignedRoot, TrustRoot};
pub use crate::values::*;
pub use crate::verify::{Options, Outcome, verify};
