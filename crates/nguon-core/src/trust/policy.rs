//! The log of a deployment, and who must have seen its checkpoints.

use serde::{Deserialize, Serialize};

use super::{RootError, check_threshold, sound_keys};
use crate::cbor::decode_map;
use crate::ids::PublicKeyBytes;
use crate::values::{Code, List, Text};

/// A cosigner of checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verifier {
    /// Key name (C2SP signed-note).
    pub name: Code,
    /// Its Ed25519 public key.
    pub key: PublicKeyBytes,
    /// Where it answers, such as `https://witness.example`: readers who are online ask it for its newest checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
}

/// The log and who must have seen its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogPolicy {
    /// Checkpoint origin (C2SP tlog-checkpoint), which is the log's key name too. It never changes.
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
        let mut names = vec![self.origin.as_str()];
        let mut keys = vec![self.key];
        for cosigner in self.witnesses.iter().chain(&self.auditors) {
            names.push(cosigner.name.as_str());
            keys.push(cosigner.key);
            if let Some(url) = cosigner.url.as_ref().filter(|url| !is_address(url.as_str())) {
                return Err(RootError::Address(url.as_str().to_owned()));
            }
        }
        for (at, name) in names.iter().enumerate() {
            if name.contains([' ', '+']) {
                return Err(RootError::KeyName((*name).to_owned()));
            }
            if names[..at].contains(name) {
                return Err(RootError::Twice(format!("key name {name}")));
            }
        }
        sound_keys("log", &keys)?;
        check_threshold(self.witness_threshold, self.witnesses.len())
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

decode_map!(Verifier { required key, optional url, required name });
decode_map!(LogPolicy { required key, required origin, required auditors, required witnesses, required fresh_online, required fresh_offline, required witness_threshold });
