//! The trust root: who the authorities are, and (where there is one) which log, witnesses and map auditors count.
//!
//! TUF's rules in our format: a deterministic CBOR payload, signed by a threshold of offline keys with Ed25519 over
//! `"nguon/root-sig/v1\n" ‖ payload`. This version knows version 1 of a root; later versions come with the log.

mod payload;

pub use payload::{Authority, LogPolicy, RootPayload, Verifier as LogVerifier};

use crate::cbor::decode_map;
use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use crate::bytes::ByteString;
use crate::cbor::{self, CborError, Limits};
use crate::envelope::Deployment;
use crate::ids::{AuthorityId, KeyId, PublicKeyBytes, SignatureBytes};
use crate::index::Index;
use crate::key::{KeyError, PublicKey};

const LIMITS: Limits = Limits { length: 256 * 1024, depth: 6 };

/// Why a trust root is not to be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RootError {
    /// Not the one permitted encoding, or not a trust root.
    #[error("the trust root cannot be read: {0}")]
    Cbor(#[from] CborError),
    /// A version or format that needs newer software.
    #[error("trust root version {0} needs newer software")]
    Newer(u64),
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
    /// The same key or authority twice.
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
    /// It expires before it is issued.
    #[error("the trust root expires before it is issued")]
    Dates,
}

/// One root key's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootSignature {
    /// Which root key.
    pub key: KeyId,
    /// Over `"nguon/root-sig/v1\n" ‖ payload`.
    pub signature: SignatureBytes,
}

/// A trust root as it is passed on: the payload's bytes and signatures, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedRoot {
    /// Deterministic CBOR of a [`RootPayload`].
    pub payload: ByteString,
    /// At least the threshold of them.
    pub signatures: Vec<RootSignature>,
}

impl SignedRoot {
    /// Reads what [`Self::to_bytes`] writes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RootError> {
        Ok(cbor::from_canonical(bytes, LIMITS)?)
    }

    /// Deterministic CBOR.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RootError> {
        Ok(cbor::to_canonical(self, LIMITS)?)
    }

    /// Encodes a payload and signs it with the keys given.
    pub fn sign(payload: &RootPayload, keys: &[&SigningKey]) -> Result<Self, RootError> {
        let payload = cbor::to_canonical(payload, LIMITS)?;
        let message = to_be_signed(&payload);
        let sign = |key: &&SigningKey| RootSignature {
            key: KeyId::of(&PublicKeyBytes::from(*key)),
            signature: SignatureBytes::from_bytes(key.sign(&message).to_bytes()),
        };
        Ok(Self { signatures: keys.iter().map(sign).collect(), payload: ByteString(payload) })
    }
}

fn to_be_signed(payload: &[u8]) -> Vec<u8> {
    [b"nguon/root-sig/v1\n", payload].concat()
}

/// A trust root whose keys and threshold of signatures have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRoot {
    signed: SignedRoot,
    payload: RootPayload,
    deployment: Deployment,
    authority_keys: Vec<(AuthorityId, PublicKey)>,
}

impl TrustRoot {
    /// Checks the first version of a deployment's root. Whether it is the right deployment is the caller's to know: it pins it.
    pub fn verify_first(signed: SignedRoot) -> Result<Self, RootError> {
        refuse_newer(&signed.payload.0)?;
        let payload: RootPayload = cbor::from_canonical(&signed.payload.0, LIMITS)?;
        if payload.version != 1 {
            return Err(RootError::Newer(payload.version));
        }
        if payload.expires <= payload.issued {
            return Err(RootError::Dates);
        }
        let root_keys = sound_keys("root", &payload.root_keys)?;
        check_threshold(payload.threshold, root_keys.len())?;
        let authority_keys = authority_keys(&payload)?;
        if let Some(log) = &payload.log {
            log.check()?;
        }
        let message = to_be_signed(&signed.payload.0);
        let mut valid = Index::default();
        for made in &signed.signatures {
            if let Some(key) = root_keys.iter().find(|key| key.id() == made.key)
                && key.verifies(&message, &made.signature)
            {
                valid.insert(&made.key, 0);
            }
        }
        if u64::try_from(valid.len()).is_ok_and(|valid| valid < payload.threshold) {
            return Err(RootError::Signatures { valid: valid.len(), threshold: payload.threshold });
        }
        let deployment = Deployment::of_first_root(&signed.payload.0);
        Ok(Self { signed, payload, deployment, authority_keys })
    }

    /// Reads and checks in one call.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RootError> {
        Self::verify_first(SignedRoot::from_bytes(bytes)?)
    }

    /// As it is passed on.
    #[must_use]
    pub const fn signed(&self) -> &SignedRoot {
        &self.signed
    }

    /// What it says.
    #[must_use]
    pub const fn payload(&self) -> &RootPayload {
        &self.payload
    }

    /// What every signature of this deployment covers.
    #[must_use]
    pub const fn deployment(&self) -> &Deployment {
        &self.deployment
    }

    /// The authority's name, if the root lists it.
    #[must_use]
    pub fn authority(&self, id: &AuthorityId) -> Option<&Authority> {
        self.payload.authorities.iter().find(|authority| authority.id == *id)
    }

    /// An authority's key.
    #[must_use]
    pub fn authority_key(&self, id: &AuthorityId, key: &KeyId) -> Option<&PublicKey> {
        self.authority_keys.iter().find(|(owner, found)| owner == id && found.id() == *key).map(|(_, key)| key)
    }
}

fn refuse_newer(payload: &[u8]) -> Result<(), RootError> {
    cbor::check(payload, LIMITS).map_err(CborError::from)?;
    let version = cbor::map_entries(payload).into_iter().find(|(key, _)| *key == "version");
    match version.and_then(|(_, value)| cbor::head(value, 0).ok()) {
        Some(head) if head.major == cbor::Major::Unsigned && head.argument > 1 => Err(RootError::Newer(head.argument)),
        _ => Ok(()),
    }
}

fn sound_keys(role: &'static str, keys: &[PublicKeyBytes]) -> Result<Vec<PublicKey>, RootError> {
    let mut seen = Index::default();
    let check = |key: &PublicKeyBytes| {
        if !seen.insert(key, 0) {
            return Err(RootError::Twice(format!("{role} key {key}")));
        }
        PublicKey::from_bytes(key).map_err(|source| RootError::Key { role, key: *key, source })
    };
    keys.iter().map(check).collect()
}

fn authority_keys(payload: &RootPayload) -> Result<Vec<(AuthorityId, PublicKey)>, RootError> {
    let mut ids = Index::default();
    let mut all: Vec<PublicKeyBytes> = Vec::new();
    let mut owners = Vec::new();
    for authority in &payload.authorities {
        if !ids.insert(&authority.id, 0) {
            return Err(RootError::Twice(format!("authority {}", authority.id)));
        }
        all.extend(authority.keys.iter());
        owners.extend(authority.keys.iter().map(|_| authority.id));
    }
    Ok(owners.into_iter().zip(sound_keys("authority", &all)?).collect())
}

fn check_threshold(threshold: u64, keys: usize) -> Result<(), RootError> {
    if threshold >= 1 && usize::try_from(threshold).is_ok_and(|threshold| threshold <= keys) {
        Ok(())
    } else {
        Err(RootError::Threshold { threshold, keys })
    }
}

decode_map!(RootSignature { required key, required signature });
decode_map!(SignedRoot { required payload, required signatures });
