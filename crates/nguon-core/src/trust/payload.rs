//! What a trust root says.

use crate::cbor::decode_map;
use serde::{Deserialize, Serialize};

use super::{LogPolicy, RootError, TrustRoot, check_threshold, sound_keys};
use crate::bytes::ByteString;
use crate::ids::{AuthorityId, PublicKeyBytes};
use crate::index::Index;
use crate::key::PublicKey;
use crate::values::{List, Text, Time};

/// The payload of a trust root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootPayload {
    /// From 1, one more for each new root.
    pub version: u64,
    /// SHA-256 of the payload of the version before; absent in version 1. It ties a version to its deployment: root keys
    /// that serve two deployments sign for one of them at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<ByteString>,
    /// Name of the deployment, for people.
    pub name: Text,
    /// Unix seconds.
    pub issued: Time,
    /// Unix seconds; from then on verdicts are `Stale`, never refused for it.
    pub expires: Time,
    /// The offline keys that sign trust roots.
    pub root_keys: List<PublicKeyBytes, 1, 32>,
    /// How many of them must.
    pub threshold: u64,
    /// Cơ quan quản lý.
    pub authorities: List<Authority, 1, 64>,
    /// The log; absent: this deployment has none, and never gains one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogPolicy>,
}

impl RootPayload {
    /// Version 1 without a log: one root key, one authority with one key.
    pub fn of_one_authority(authority: Authority, root_key: PublicKeyBytes, issued: Time, expires: Time) -> Self {
        Self {
            version: 1,
            previous: None,
            name: authority.name.clone(),
            issued,
            expires,
            root_keys: List::of_one(root_key),
            threshold: 1,
            authorities: List::of_one(authority),
            log: None,
        }
    }

    /// The version after this one, saying the same, to be changed and then signed by the thresholds of both.
    #[must_use]
    pub fn after(before: &TrustRoot, issued: Time, expires: Time) -> Self {
        let previous = Some(ByteString(before.signed().payload_hash().to_vec()));
        let payload = before.payload().clone();
        Self { version: payload.version + 1, previous, issued, expires, ..payload }
    }
}

impl Authority {
    /// An authority with one key.
    pub fn new(id: AuthorityId, name: Text, key: PublicKeyBytes) -> Self {
        Self { id, name, keys: List::of_one(key), retired: None }
    }
}

/// An authority: the top of every enrolment. It has no chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// 32 random bytes.
    pub id: AuthorityId,
    /// Its name in public.
    pub name: Text,
    /// Its keys; any of them signs.
    pub keys: List<PublicKeyBytes, 1, 32>,
    /// Keys that counted under an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<List<PublicKeyBytes, 1, 64>>,
}

impl RootPayload {
    /// What a version must keep by itself. Its sound root keys, and authorities' keys with their owners.
    pub(super) fn check(&self) -> Result<(Vec<PublicKey>, OwnedKeys), RootError> {
        if self.expires <= self.issued {
            return Err(RootError::Dates);
        }
        let root_keys = sound_keys("root", &self.root_keys)?;
        check_threshold(self.threshold, root_keys.len())?;
        if let Some(log) = &self.log {
            log.check()?;
        }
        Ok((root_keys, self.authority_keys()?))
    }

    fn authority_keys(&self) -> Result<OwnedKeys, RootError> {
        let mut ids = Index::default();
        let mut all: Vec<PublicKeyBytes> = Vec::new();
        let mut owners = Vec::new();
        for authority in &self.authorities {
            if !ids.insert(&authority.id, 0) {
                return Err(RootError::Twice(format!("authority {}", authority.id)));
            }
            all.extend(authority.keys.iter());
            owners.extend(authority.keys.iter().map(|_| authority.id));
        }
        let mut retired = self.authorities.iter().flat_map(|authority| authority.retired.iter().flatten());
        if let Some(key) = retired.find(|key| all.contains(key)) {
            return Err(RootError::Twice(format!("authority key {key}")));
        }
        Ok(owners.into_iter().zip(sound_keys("authority", &all)?).collect())
    }
}

type OwnedKeys = Vec<(AuthorityId, PublicKey)>;

decode_map!(RootPayload { optional log, required name, required issued, required expires, required version, optional previous, required root_keys, required threshold, required authorities });
decode_map!(Authority { required id, required keys, required name, optional retired });
