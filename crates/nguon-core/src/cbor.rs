//! Deterministic CBOR (RFC 8949 §4.2.1): the one-pass check of received bytes, and encoding into that form.

mod check;
mod decode;
mod encode;
mod read;
mod sequence;
mod sort;

pub use check::{CanonicalError, CanonicalFault, Limits, check};
pub use decode::{Decode, Decoder, Fields};
pub(crate) use decode::{decode_choice, decode_map, decode_words};
pub use encode::{Encode, put_array, put_bytes, put_number, put_text, to_bytes};
pub(crate) use encode::{begin_map, put_choice};
pub(crate) use read::{Major, head, map_entries, texts};
pub use sequence::{SequenceError, first_item, item_head, split_sequence};

use serde::Serialize;

/// The largest integer that JSON readers agree on, 2^53 − 1 (RFC 8259 §6).
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A value that cannot be written in our subset of CBOR, or bytes that are not what the type wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CborError {
    /// The bytes are CBOR, if at all, but not in the one permitted form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// The bytes are well formed and do not fit the type.
    #[error("{}{}{}", .0.path, if .0.path.is_empty() { "" } else { ": " }, .0.reason)]
    Mismatch(Box<Mismatch>),
}

/// What does not fit, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Names and array positions from the outermost value to the one at fault, joined by dots; may be empty.
    pub path: String,
    /// What was expected and what was found.
    pub reason: String,
}

impl CborError {
    /// Something about the value where the decoder stands.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn mismatch(reason: &str) -> Self {
        Self::Mismatch(Box::new(Mismatch { path: String::new(), reason: reason.to_owned() }))
    }

    /// The same error, seen from one level further out.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn within(self, place: &str) -> Self {
        match self {
            Self::Mismatch(mut error) => {
                let dot = if error.path.is_empty() { "" } else { "." };
                error.path = [place, dot, &error.path].concat();
                Self::Mismatch(error)
            }
            other @ Self::Canonical(_) => other,
        }
    }
}

/// Encodes a value as deterministic CBOR, refusing what [`check`] would refuse.
pub fn to_canonical<T: Serialize>(value: &T, limits: Limits) -> Result<Vec<u8>, CborError> {
    let loose = cbor4ii::serde::to_vec(Vec::with_capacity(512), value)
        .map_err(|error| CborError::mismatch(&error.to_string()))?;
    let sorted = sort::sorted(&loose)?;
    check(&sorted, limits)?;
    Ok(sorted)
}

/// Decodes bytes that [`check`] has passed; anything left over is an error.
pub(crate) fn from_checked<T: Decode>(bytes: &[u8]) -> Result<T, CborError> {
    let mut decoder = Decoder::new(bytes);
    let value = T::decode(&mut decoder);
    decoder.finish().map(|()| value)
}

/// Checks and decodes in one call.
pub fn from_canonical<T: Decode>(bytes: &[u8], limits: Limits) -> Result<T, CborError> {
    check(bytes, limits)?;
    from_checked(bytes)
}
