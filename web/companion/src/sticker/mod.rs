//! The label in the hand: whether its serial number is one that the lot's owner issued, which is proven here, and how often
//! it was scanned, which is the server's word and shown as that.

mod ask;
mod view;

pub use ask::{Found, is_new_today};
pub use view::{Sticker, told_of};
