//! What a trust root says.

use crate::cbor::decode_map;
use serde::{Deserialize, Serialize};

use super::{RootError, check_threshold, sound_keys};
use crate::ids::{AuthorityId, PublicKeyBytes};
use crate::values::{Code, List, Text, Time};

/// The payload of a trust root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RootPayload {
    /// From 1, one more for each new root.
    pub version: u64,
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
            name: authority.name.clone(),
            issued,
            expires,
            root_keys: List::of_one(root_key),
            threshold: 1,
            authorities: List::of_one(authority),
            log: None,
        }
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

/// A cosigner of checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verifier {
    /// Key name (C2SP signed-note).
    pub name: Code,
    /// Its Ed25519 public key.
    pub key: PublicKeyBytes,
}

/// The log and who must have seen its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogPolicy {
    /// Checkpoint origin (C2SP tlog-checkpoint).
    pub origin: Code,
    /// The log's Ed25519 public key.
    pub key: PublicKeyBytes,
    /// Witnesses.
    pub witnesses: List<Verifier, 1, 64>,
    /// How many witnesses must have cosigned.
    pub witness_threshold: u64,
    /// Map auditors, of whom at least one must have cosigned.
    pub auditors: List<Verifier, 1, 64>,
    /// Seconds a checkpoint is fresh for a reader who is online.
    pub fresh_online: u64,
    /// Seconds a checkpoint is fresh for a reader who is offline.
    pub fresh_offline: u64,
}

impl LogPolicy {
    pub(super) fn check(&self) -> Result<(), RootError> {
        let names = self.witnesses.iter().chain(&self.auditors).map(|verifier| verifier.key);
        let keys: Vec<PublicKeyBytes> = std::iter::once(self.key).chain(names).collect();
        sound_keys("log", &keys)?;
        check_threshold(self.witness_threshold, self.witnesses.len())
    }
}

decode_map!(RootPayload { optional log, required name, required issued, required expires, required version, required root_keys, required threshold, required authorities });
decode_map!(Authority { required id, required keys, required name, optional retired });
decode_map!(Verifier { required key, required name });
decode_map!(LogPolicy { required key, required origin, required auditors, required witnesses, required fresh_online, required fresh_offline, required witness_threshold });
