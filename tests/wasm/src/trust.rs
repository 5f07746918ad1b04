//! `trust_root`: `{signed_root}` → `{deployment, payload}`, or `{refused}` with the reason and `message`.

use nguon_core::bytes::to_hex;
use nguon_core::cbor::CborError;
use nguon_core::trust::{RootError, TrustRoot};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    signed_root: Hex,
}

pub fn ask(input: &Input) -> Value {
    match TrustRoot::from_bytes(&input.signed_root.0) {
        Ok(root) => json!({"deployment": to_hex(root.deployment().as_bytes()), "payload": root.payload()}),
        Err(error) => json!({"refused": reason(&error), "message": error.to_string()}),
    }
}

const fn reason(error: &RootError) -> &'static str {
    match error {
        RootError::Cbor(CborError::Canonical(_)) => "not_canonical",
        RootError::Cbor(_) => "shape",
        RootError::Newer(_) => "newer",
        RootError::Key { .. } => "key",
        RootError::Twice(_) => "twice",
        RootError::Threshold { .. } => "threshold",
        RootError::Signatures { .. } => "signatures",
        RootError::Dates => "dates",
        _ => "other",
    }
}
