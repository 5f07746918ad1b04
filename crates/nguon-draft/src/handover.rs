//! From hand to hand without a network: what a phone shows another one, as text for QR symbols.
//!
//! The receiver shows an [`Offer`]: the batch that is to receive. The giver writes a draw into it and shows a
//! [`Parcel`](crate::Parcel): the draw, and everything before it that the server does not have yet, as a row of numbered
//! frames. The receiver gathers them in any order. A new phone shows an [`EnrolCode`] to its registrar.
//!
//! All of them are upper-case letters and digits, which QR symbols hold in their denser alphanumeric mode, in Crockford's
//! base 32: it can be read out and typed, and has a check at its end.

mod base32;
mod code;
mod frames;
mod parcel;

pub use code::{EnrolCode, Offer, WantedRole};
pub use frames::{Gather, Gathered, MOST_FRAMES, frames};
pub use parcel::parcel_of;

/// Why a text is none of these codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// It does not begin like one.
    #[error("this is no code of ours")]
    Other,
    /// A character that no code has, or the check at the end does not agree.
    #[error("the code is not whole, or was typed wrong")]
    Mistyped,
    /// A code of a newer app.
    #[error("the code needs a newer app")]
    Newer,
    /// More than so many frames would show.
    #[error("too much to be handed over at once")]
    TooLong,
}
