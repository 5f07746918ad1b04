//! Whose signatures a version has, and whose it still needs.

use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::key::PublicKey;
use nguon_core::trust::{RootPayload, SignedRoot};
use serde_json::{Value, json};

/// One of the two thresholds: that of the version before, or the version's own.
#[derive(Debug)]
pub struct Tally {
    version: u64,
    threshold: usize,
    signed: Vec<KeyId>,
    missing: Vec<KeyId>,
}

impl Tally {
    /// Counts the root keys that `root` names.
    pub fn of(signed: &SignedRoot, root: &RootPayload) -> Self {
        let holds = |key: &&PublicKeyBytes| PublicKey::from_bytes(key).is_ok_and(|key| signed.is_signed_by(&key));
        let (have, lack): (Vec<_>, Vec<_>) = root.root_keys.iter().partition(holds);
        Self {
            version: root.version,
            threshold: usize::try_from(root.threshold).unwrap_or(usize::MAX),
            signed: have.into_iter().map(KeyId::of).collect(),
            missing: lack.into_iter().map(KeyId::of).collect(),
        }
    }

    /// How many must still sign.
    pub fn lacking(&self) -> usize {
        self.threshold.saturating_sub(self.signed.len())
    }

    /// In words: the count, then each key.
    pub fn tell(&self) -> String {
        let lacking = match self.lacking() {
            0 => "enough".to_owned(),
            number => format!("{number} more needed"),
        };
        let (signed, threshold) = (self.signed.len(), self.threshold);
        let mut text = format!("Root keys of version {}: {signed} of {threshold} have signed, {lacking}", self.version);
        for (word, keys) in [("signed   ", &self.signed), ("not yet  ", &self.missing)] {
            for key in keys {
                text.push_str(&format!("\n  {word} {key}"));
            }
        }
        text
    }

    /// For machines.
    pub fn json(&self) -> Value {
        json!({
            "version": self.version, "threshold": self.threshold, "signed": self.signed, "not_signed": self.missing,
            "lacking": self.lacking(),
        })
    }
}
