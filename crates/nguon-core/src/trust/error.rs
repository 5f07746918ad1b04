//! Why a trust root is refused.

use crate::cbor::CborError;
use crate::ids::PublicKeyBytes;
use crate::key::KeyError;

/// Why a trust root is not to be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RootError {
    /// Not the one permitted encoding, or not a trust root.
    #[error("the trust root cannot be read: {0}")]
    Cbor(#[from] CborError),
    /// What the version before signed, in a form this software does not know.
    #[error("trust root version {0} needs newer software")]
    Newer(u64),
    /// Another version than the one that must come here: none is skipped, and none comes back.
    #[error("the trust root is version {found}; version {expected} must come here")]
    Version {
        /// The version that must come.
        expected: u64,
        /// The version that came.
        found: u64,
    },
    /// A key that must not be used.
    #[error("{role} key {key}: {source}")]
    Key {
        /// Whose key.
        role: &'static str,
        /// Which.
        key: PublicKeyBytes,
        /// Why.
        source: KeyError,
    },
    /// The same key, key name or authority twice.
    #[error("{0} stands in the trust root twice")]
    Twice(String),
    /// A threshold nobody can reach, or of zero.
    #[error("a threshold of {threshold} over {keys} keys")]
    Threshold {
        /// How many must sign.
        threshold: u64,
        /// How many can.
        keys: usize,
    },
    /// Too few distinct root keys signed.
    #[error("{valid} of the {threshold} root signatures needed are valid")]
    Signatures {
        /// Distinct root keys whose signatures hold.
        valid: usize,
        /// How many must.
        threshold: u64,
    },
    /// Too few distinct root keys of the version before signed.
    #[error("{valid} of the {threshold} signatures needed by root keys of the version before are valid")]
    SignaturesBefore {
        /// Distinct root keys of the version before whose signatures hold.
        valid: usize,
        /// How many must.
        threshold: u64,
    },
    /// It does not name the hash of the version before, or is a first version that names one.
    #[error("the trust root follows another version than the one before it")]
    Previous,
    /// It expires before it is issued.
    #[error("the trust root expires before it is issued")]
    Dates,
    /// It is issued before the version it follows.
    #[error("the trust root is issued before the version it follows")]
    Backwards,
    /// What may not change about a log.
    #[error("{0}")]
    Log(&'static str),
    /// A name that cannot stand in a checkpoint's signature lines (C2SP signed-note).
    #[error("key name {0}: a space or '+' cannot stand in it")]
    KeyName(String),
    /// Where a witness or auditor answers is no address.
    #[error("address {0}: it must begin with https:// or http:// and hold no space")]
    Address(String),
    /// An authority's key that the version before lists or names as retired, and this one forgets or brings back.
    #[error("authority key {0} must be retired by name, and stay retired")]
    Retired(PublicKeyBytes),
    /// Versions do not stand in the log one above the other, or only some have a place in it.
    #[error("the trust roots' places in the log do not rise")]
    Leaf,
}
