//! What can happen on the page of a task.

use std::rc::Rc;

use nguon_core::ids::ChainId;

use crate::bench::{NotWritten, Written};
use crate::photos::Photo;
use crate::products::Product;
use crate::tasks::sheet::Action;

/// What happens on it.
pub enum Message {
    /// The form changes
    Act(Action),
    /// What is kept of the form of this opening, and of its photos
    Found(u32, Option<(Vec<u8>, Vec<u8>)>),
    /// The form is to be kept, unless it was changed since
    Keep(u32),
    /// Nothing of what was typed is wanted
    Afresh,
    /// A product was chosen
    Product(Product),
    /// The amount was told
    Amount,
    /// Photos were taken
    Photos(Rc<Vec<Photo>>),
    /// Sign and keep
    Sign,
    /// It was kept, or not
    Written(Box<Result<Written, NotWritten>>),
    /// Its other half was kept, or not
    Second(Box<Result<Written, NotWritten>>),
    /// Another one of the same
    Again,
    /// Something of it was wrong: to its correction
    Correct(ChainId, u64),
    /// The household signs on its own phone
    Phone,
    /// Show a code for what is received
    Offer,
    /// It was kept, or not
    Offered(Box<Result<Written, NotWritten>>),
    /// A code was scanned
    Heard(Vec<u8>),
    /// The typed code is to be used
    Typed,
    /// The next code, by itself or by a press
    Turn(Option<u32>),
    /// The code stays, or no more
    Hold,
    /// The codes as text
    Copy,
    /// Scan the other's code
    Scan,
    /// Back
    Back,
}
