//! The keys whose signatures a reader looks for.

use ed25519_dalek::{Signature, VerifyingKey};

use super::NoteError;
use crate::hash;

/// A type of signature, by the byte that enters the key id (signed-note, "Signature types").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureType {
    /// Ed25519 over the text: what a log does.
    Ed25519 = 0x01,
    /// Ed25519 over a time and the text: what a witness or a map auditor does.
    Cosignature = 0x04,
}

/// A key and the name it signs under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    key: VerifyingKey,
}

impl NoteKey {
    /// Checks the name and the key once.
    pub fn new(name: &str, public: &[u8; 32]) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Name);
        }
        match VerifyingKey::from_bytes(public) {
            Ok(key) if !key.is_weak() => Ok(Self { name: name.to_owned(), key }),
            _ => Err(NoteError::Key),
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key's 32 bytes.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The id of this key for signatures of one type.
    #[must_use]
    pub fn id(&self, kind: SignatureType) -> [u8; 4] {
        id(&self.name, kind, self.public())
    }

    /// Whether the bytes are this key's signature over the message: `verify_strict`, here and nowhere else.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match signature.try_into() {
            Ok(bytes) => self.key.verify_strict(message, &Signature::from_bytes(bytes)).is_ok(),
            Err(_) => false,
        }
    }
}

/// `SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]`.
pub(super) fn id(name: &str, kind: SignatureType, public: &[u8; 32]) -> [u8; 4] {
    let hash = hash::of(&[name.as_bytes(), b"\n", &[kind as u8], public]);
    let [a, b, c, d, ..] = *hash.as_bytes();
    [a, b, c, d]
}

/// Whether keys may have this name: not empty, neither Unicode spaces nor plus. Control characters would break the
/// line, so they are refused with the spaces.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c == '+' || c < ' ' || c.is_whitespace())
}
