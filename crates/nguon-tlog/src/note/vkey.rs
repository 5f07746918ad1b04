//! Keys as the text that people exchange (signed-note, "Verifier keys").

use std::fmt;
use std::str::FromStr;

use super::{NoteError, NoteKey, SignatureType};
use crate::base64;

/// A key and the type of its signatures, written `<name>+<key id, 8 hexadecimal digits>+<base64(type ‖ public key)>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    /// The name and the public key.
    pub key: NoteKey,
    /// Whether it signs or cosigns.
    pub kind: SignatureType,
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.key.id(self.kind));
        let bytes = [&[self.kind as u8], self.key.public().as_slice()].concat();
        write!(f, "{}+{id:08x}+{}", self.key.name(), base64::encode(&bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    /// Reads exactly what [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, NoteError> {
        // Base64 has a plus sign too, so only the first two separate.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        let bytes = base64::decode(encoded).ok_or(NoteError::VerifierKey)?;
        let (kind, public) = match bytes.split_first() {
            Some((0x01, public)) => (SignatureType::Ed25519, public),
            Some((0x04, public)) => (SignatureType::Cosignature, public),
            _ => return Err(NoteError::VerifierKey),
        };
        let key = NoteKey::new(name, public.try_into().map_err(|_| NoteError::Key)?)?;
        let key = Self { key, kind };
        if key.to_string() != text {
            return Err(NoteError::VerifierKey);
        }
        Ok(key)
    }
}
