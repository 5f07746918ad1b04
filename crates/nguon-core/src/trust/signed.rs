//! A trust root as it is passed on.

use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use super::{LIMITS, RootError, RootPayload};
use crate::bytes::ByteString;
use crate::cbor::{self, CborError, Major, decode_map};
use crate::ids::{KeyId, PublicKeyBytes, SignatureBytes, hash};
use crate::key::PublicKey;

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
    /// At least the threshold of them; fewer while signatures are being collected.
    pub signatures: Vec<RootSignature>,
}

impl SignedRoot {
    /// Reads what [`Self::to_bytes`] writes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RootError> {
        Ok(cbor::from_canonical(bytes, LIMITS)?)
    }

    /// Deterministic CBOR.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RootError> {
        Ok(cbor::to_bytes(self, LIMITS)?)
    }

    /// Encodes a payload and signs it with the keys given.
    pub fn sign(payload: &RootPayload, keys: &[&SigningKey]) -> Result<Self, RootError> {
        let mut signed = Self { payload: ByteString(cbor::to_bytes(payload, LIMITS)?), signatures: Vec::new() };
        for key in keys {
            signed.add_signature(key);
        }
        Ok(signed)
    }

    /// Adds one more key's signature over the bytes as they are.
    pub fn add_signature(&mut self, key: &SigningKey) {
        let signature = SignatureBytes::from_bytes(key.sign(&self.to_be_signed()).to_bytes());
        self.signatures.push(RootSignature { key: KeyId::of(&PublicKeyBytes::from(key)), signature });
    }

    /// What it says, whoever signed it: to be shown, not to be trusted.
    pub fn read_unverified(&self) -> Result<RootPayload, RootError> {
        Ok(cbor::from_canonical(&self.payload.0, LIMITS)?)
    }

    /// SHA-256 of the payload: what the version after names as the one before, and what the log's leaf says.
    #[must_use]
    pub fn payload_hash(&self) -> [u8; 32] {
        hash(&[&self.payload.0])
    }

    /// Whether a signature by this key is there and holds.
    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.count_signers(std::slice::from_ref(key)) == 1
    }

    /// How many of these keys, which are distinct, signed.
    #[inline(never)]
    pub(super) fn count_signers(&self, keys: &[PublicKey]) -> usize {
        let message = self.to_be_signed();
        let signed = |key: &&PublicKey| {
            self.signatures.iter().any(|made| made.key == key.id() && key.verifies(&message, &made.signature))
        };
        keys.iter().filter(signed).count()
    }

    /// The payload is in its one permitted form and says that it is this version. What says no version is left to decoding.
    pub(super) fn expect_version(&self, expected: u64) -> Result<(), RootError> {
        let payload = &self.payload.0;
        cbor::check(payload, LIMITS).map_err(CborError::from)?;
        let version = cbor::map_entries(payload).into_iter().find(|(key, _)| *key == "version");
        match version.and_then(|(_, value)| cbor::head(value, 0).ok()) {
            Some(head) if head.major == Major::Unsigned && head.argument != expected => {
                Err(RootError::Version { expected, found: head.argument })
            }
            _ => Ok(()),
        }
    }

    fn to_be_signed(&self) -> Vec<u8> {
        [b"nguon/root-sig/v1\n", &*self.payload.0].concat()
    }
}

decode_map!(RootSignature { required key, required signature });
decode_map!(SignedRoot { required payload, required signatures });
