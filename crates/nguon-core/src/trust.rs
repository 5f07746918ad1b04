//! The trust root: who the authorities are, and (where there is one) which log, witnesses and map auditors count.
//!
//! TUF's rules in our format: a deterministic CBOR payload, signed by a threshold of offline keys with Ed25519 over
//! `"nguon/root-sig/v1\n" ‖ payload`. Version 1 is pinned by whoever verifies; version N+1 is signed by the thresholds of N
//! and of N+1, and names the hash of N's payload, so that it follows one version of one deployment only.

mod error;
mod payload;
mod policy;
mod roots;
mod signed;
mod succession;

pub use error::RootError;
pub use payload::{Authority, RootPayload};
pub use policy::{LogPolicy, Verifier as LogVerifier};
pub use roots::Roots;
pub use signed::{RootSignature, SignedRoot};

use crate::cbor::{self, Limits};
use crate::envelope::Deployment;
use crate::ids::{AuthorityId, KeyId, PublicKeyBytes};
use crate::index::Index;
use crate::key::PublicKey;

const LIMITS: Limits = Limits { length: 256 * 1024, depth: 6 };

/// One version of a trust root whose keys, thresholds of signatures and place after the version before have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRoot {
    signed: SignedRoot,
    payload: RootPayload,
    deployment: Deployment,
    root_keys: Vec<PublicKey>,
    authority_keys: Vec<(AuthorityId, PublicKey)>,
}

impl TrustRoot {
    /// Checks the first version of a deployment's root. Whether it is the right deployment is the caller's to know: it pins it.
    pub fn verify_first(signed: SignedRoot) -> Result<Self, RootError> {
        signed.expect_version(1)?;
        let payload: RootPayload = cbor::from_checked(&signed.payload.0)?;
        if payload.previous.is_some() {
            return Err(RootError::Previous);
        }
        let deployment = Deployment::of_first_root(&signed.payload.0);
        Self::of(signed, payload, deployment)
    }

    /// Checks the version that follows this one: signed by the thresholds of both, of the same deployment and the same
    /// log (or without one, as before).
    ///
    /// What this version's keys signed and this software cannot read is [`RootError::Newer`]; what they did not sign is
    /// not looked into.
    pub fn verify_next(&self, next: SignedRoot) -> Result<Self, RootError> {
        let version = self.payload.version + 1;
        next.expect_version(version)?;
        let (valid, threshold) = (next.count_signers(&self.root_keys), self.payload.threshold);
        if !reaches(valid, threshold) {
            return Err(RootError::SignaturesBefore { valid, threshold });
        }
        let payload = cbor::from_checked(&next.payload.0).map_err(|_| RootError::Newer(version))?;
        succession::check(self, &payload)?;
        Self::of(next, payload, self.deployment)
    }

    /// What [`Self::verify_next`] asks of a payload, its signatures aside: for whoever prepares the next version.
    pub fn check_next(&self, payload: &RootPayload) -> Result<(), RootError> {
        let expected = self.payload.version + 1;
        if payload.version != expected {
            return Err(RootError::Version { expected, found: payload.version });
        }
        succession::check(self, payload)?;
        payload.check().map(|_| ())
    }

    /// What every version must keep by itself.
    fn of(signed: SignedRoot, payload: RootPayload, deployment: Deployment) -> Result<Self, RootError> {
        let (root_keys, authority_keys) = payload.check()?;
        let (valid, threshold) = (signed.count_signers(&root_keys), payload.threshold);
        if !reaches(valid, threshold) {
            return Err(RootError::Signatures { valid, threshold });
        }
        Ok(Self { signed, payload, deployment, root_keys, authority_keys })
    }

    /// Reads and checks a first version in one call.
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

    /// What every signature of this deployment covers: all versions have the first one's.
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

fn reaches(valid: usize, threshold: u64) -> bool {
    u64::try_from(valid).is_ok_and(|valid| valid >= threshold)
}

/// A threshold that somebody can reach, and not by doing nothing.
fn check_threshold(threshold: u64, keys: usize) -> Result<(), RootError> {
    if threshold >= 1 && reaches(keys, threshold) { Ok(()) } else { Err(RootError::Threshold { threshold, keys }) }
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
