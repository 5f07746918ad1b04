//! `trust_root`: `{signed_root}` and, if others follow it, `later` → `{deployment, payload}` of the newest; or `{refused}` with
//! the reason, `message`, and the `version` that it is about, counted as they come.

use nguon_core::bytes::to_hex;
use nguon_core::cbor::CborError;
use nguon_core::trust::{RootError, Roots, SignedRoot, TrustRoot};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    signed_root: Hex,
    #[serde(default)]
    later: Vec<Hex>,
}

/// A later version with the index of its leaf in the log.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    signed_root: Hex,
    index: u64,
}

pub fn ask(input: &Input) -> Value {
    let mut newest = match TrustRoot::from_bytes(&input.signed_root.0) {
        Ok(root) => root,
        Err(error) => return refused(&error, 1),
    };
    for (version, next) in (2..).zip(&input.later) {
        newest = match SignedRoot::from_bytes(&next.0).and_then(|next| newest.verify_next(next)) {
            Ok(next) => next,
            Err(error) => return refused(&error, version),
        };
    }
    json!({"deployment": to_hex(newest.deployment().as_bytes()), "payload": newest.payload()})
}

fn refused(error: &RootError, version: u64) -> Value {
    json!({"refused": reason(error), "version": version, "message": error.to_string()})
}

/// All versions of the trust root of a deployment with a log.
pub fn roots(first: &Hex, later: &[Later]) -> Result<Roots, RootError> {
    let mut roots = Roots::logged(TrustRoot::from_bytes(&first.0)?);
    for next in later {
        roots.add(SignedRoot::from_bytes(&next.signed_root.0)?, Some(next.index))?;
    }
    Ok(roots)
}

const fn reason(error: &RootError) -> &'static str {
    match error {
        RootError::Cbor(CborError::Canonical(_)) => "not_canonical",
        RootError::Cbor(_) => "shape",
        RootError::Newer(_) => "newer",
        RootError::Version { .. } => "version",
        RootError::Previous => "previous",
        RootError::Key { .. } => "key",
        RootError::Twice(_) => "twice",
        RootError::Threshold { .. } => "threshold",
        RootError::Signatures { .. } => "signatures",
        RootError::SignaturesBefore { .. } => "signatures_before",
        RootError::Dates => "dates",
        RootError::Backwards => "backwards",
        RootError::Log(_) => "log",
        RootError::KeyName(_) => "key_name",
        RootError::Address(_) => "address",
        RootError::Retired(_) => "retired",
        _ => "other",
    }
}
