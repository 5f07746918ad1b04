//! A version that is being made: what a ceremony's file says, and the version it follows.

use std::path::{Path, PathBuf};

use nguon_core::trust::{RootError, RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::UtcOffset;
use serde_json::{Value, json};

use super::tally::Tally;
use super::words::describe_payload;
use super::{changes, deployment_id, read_unverified, versions};
use crate::error::Error;
use crate::home::Home;

/// What a file of a ceremony says, beside the version before it.
#[derive(Debug)]
pub struct Case {
    /// The file's bytes.
    pub signed: SignedRoot,
    /// What they say.
    pub payload: RootPayload,
    /// The version it says it follows, if that one is known here.
    pub before: Option<TrustRoot>,
    /// Whether versions of some trust root are known here at all.
    pub knows_versions: bool,
}

impl Case {
    /// Reads a file, and finds the version before it in the files named or in the home.
    pub fn load(home: &Home, path: &Path, previous: &[PathBuf]) -> Result<Self, Error> {
        let signed = read_unverified(path)?;
        let payload = signed.read_unverified().map_err(Error::caller)?;
        let roots = versions::if_any(home, previous)?;
        let follows =
            |root: &&TrustRoot| payload.previous.as_ref().is_some_and(|hash| hash.0 == root.signed().payload_hash());
        let before = roots.as_ref().and_then(|roots| roots.versions().iter().find(follows).cloned());
        Ok(Self { signed, payload, before, knows_versions: roots.is_some() })
    }

    /// Whether it may become the next version, signatures aside.
    pub fn check(&self) -> Result<(), RootError> {
        self.before.as_ref().map_or(Ok(()), |before| before.check_next(&self.payload))
    }

    /// It as a checked version.
    pub fn verify(&self) -> Result<TrustRoot, RootError> {
        match &self.before {
            Some(before) => before.verify_next(self.signed.clone()),
            None => TrustRoot::verify_first(self.signed.clone()),
        }
    }

    /// Whether the version it follows must be known and is not.
    pub fn lacks_before(&self) -> bool {
        self.payload.version > 1 && self.before.is_none()
    }

    /// What to do about that.
    pub fn no_before(&self) -> Error {
        let number = self.payload.version.saturating_sub(1);
        let next = "name all versions before it, version 1 first: --previous root.nguon --previous root-2.nguon";
        let what = if self.knows_versions {
            format!(
                "it follows a version {number} that is not among those known here: another deployment's, or a newer one"
            )
        } else {
            format!("version {number}, which it follows, is not here")
        };
        Error::caller(what).next(next).code("no_previous")
    }

    /// The thresholds it must reach: that of the version before, and its own.
    pub fn tallies(&self) -> Vec<Tally> {
        let before = self.before.as_ref().map(TrustRoot::payload);
        before.into_iter().chain([&self.payload]).map(|root| Tally::of(&self.signed, root)).collect()
    }

    /// All of it in words: what it says and what it changes.
    pub fn describe(&self, offset: UtcOffset) -> String {
        let id = self.before.as_ref().map(deployment_id);
        let id =
            id.or_else(|| (self.payload.version == 1).then(|| nguon_core::bytes::to_hex(&self.signed.payload_hash())));
        let text = describe_payload(&self.payload, id.as_deref(), offset);
        match &self.before {
            Some(before) => {
                let number = before.payload().version;
                format!("{text}\n{}", changes::tell(&changes::between(before.payload(), &self.payload, offset), number))
            }
            None => text,
        }
    }

    /// For machines.
    pub fn json(&self, offset: UtcOffset) -> Result<Value, Error> {
        let changed = self.before.as_ref().map(|before| changes::between(before.payload(), &self.payload, offset));
        let tallies: Vec<Value> = self.tallies().iter().map(Tally::json).collect();
        let root = serde_json::to_value(&self.payload).map_err(Error::system)?;
        Ok(json!({
            "version": self.payload.version, "deployment": self.before.as_ref().map(deployment_id),
            "root": root, "changes": changed, "signatures": tallies,
        }))
    }
}
