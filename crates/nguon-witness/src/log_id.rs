//! A log as it is named in addresses.

use std::fmt;
use std::str::FromStr;

use nguon_core::bytes::to_hex;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::LogPolicy;
use nguon_tlog::note::{NoteError, NoteKey, SignatureType, VerifierKey};
use sha2::{Digest as _, Sha256};

/// SHA-256 of a log's origin: 64 hexadecimal digits in `/{id}/checkpoint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogId([u8; 32]);

/// A log to be watched: its origin and the key that signs its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey(NoteKey);

impl LogId {
    /// The id of the log of this origin.
    #[must_use]
    pub fn of(origin: &str) -> Self {
        Self(Sha256::digest(origin.as_bytes()).into())
    }
}

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl LogKey {
    /// A log's key; its name is the log's origin.
    pub fn new(origin: &str, key: &PublicKeyBytes) -> Result<Self, NoteError> {
        NoteKey::new(origin, key.as_bytes()).map(Self)
    }

    /// The log that a trust root names.
    pub fn of_policy(policy: &LogPolicy) -> Result<Self, NoteError> {
        Self::new(policy.origin.as_str(), &policy.key)
    }

    /// The origin of its checkpoints.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.0.name()
    }

    /// What it is called in addresses.
    #[must_use]
    pub fn id(&self) -> LogId {
        LogId::of(self.origin())
    }

    /// The key that checks its signatures.
    #[must_use]
    pub const fn note_key(&self) -> &NoteKey {
        &self.0
    }
}

impl FromStr for LogKey {
    type Err = NoteError;

    /// Reads a verifier key, `<name>+<id>+<base64>`, of a key that signs.
    fn from_str(text: &str) -> Result<Self, NoteError> {
        let VerifierKey { key, kind } = text.parse()?;
        if kind == SignatureType::Ed25519 { Ok(Self(key)) } else { Err(NoteError::VerifierKey) }
    }
}
