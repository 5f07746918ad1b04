//! Deterministic CBOR (RFC 8949 §4.2.1): the one-pass check of received bytes, and encoding into that form.

mod check;
mod decode;
mod read;
mod sort;

pub use check::{CanonicalError, CanonicalFault, Limits, check};
pub(crate) use read::{Major, head, map_entries, texts};

use serde::{Serialize, de::DeserializeOwned};

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
    #[error("{path}{}{reason}", if path.is_empty() { "" } else { ": " })]
    Mismatch {
        /// Names and array positions from the outermost value to the one at fault, joined by dots; may be empty.
        path: String,
        /// What was expected and what was found.
        reason: String,
    },
}

/// Encodes a value as deterministic CBOR, refusing what [`check`] would refuse.
pub fn to_canonical<T: Serialize>(value: &T, limits: Limits) -> Result<Vec<u8>, CborError> {
    let loose = cbor4ii::serde::to_vec(Vec::with_capacity(512), value)
        .map_err(|error| CborError::Mismatch { path: String::new(), reason: error.to_string() })?;
    let sorted = sort::sorted(&loose)?;
    check(&sorted, limits)?;
    Ok(sorted)
}

/// Decodes bytes that [`check`] has passed; anything left over is an error.
pub(crate) fn from_checked<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CborError> {
    let mut decoder = decode::Decoder::new(bytes);
    let value = T::deserialize(&mut decoder)?;
    if decoder.is_at_end() { Ok(value) } else { Err(serde::de::Error::custom("bytes follow the value")) }
}

/// Checks and decodes in one call.
pub fn from_canonical<T: DeserializeOwned>(bytes: &[u8], limits: Limits) -> Result<T, CborError> {
    check(bytes, limits)?;
    from_checked(bytes)
}
