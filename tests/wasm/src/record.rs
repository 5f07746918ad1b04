//! `record`: `{payload}` → `{record}` in the JSON view, or `{code, field, message}`.
//!
//! `envelope`: `{bytes, root_payload}` → `{key_id, payload, signature, to_be_signed, statement_id}`, or
//! `{code, message}` and, where it differs from the one form, `offset`.

use nguon_core::bytes::to_hex;
use nguon_core::envelope::{Deployment, EnvelopeError, SignedRecord};
use nguon_core::fault::Fault;
use nguon_core::record::Record;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    payload: Hex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    bytes: Hex,
    root_payload: Hex,
}

pub fn ask_payload(input: &Payload) -> Value {
    match Record::from_payload(&input.payload.0) {
        Ok(record) => {
            let same = record.to_payload().is_ok_and(|again| again == input.payload.0);
            json!({"record": record, "encodes_to_the_same": same})
        }
        Err(error) => refusal(&error.into()),
    }
}

pub fn ask_envelope(input: Envelope) -> Value {
    let deployment = Deployment::of_first_root(&input.root_payload.0);
    match SignedRecord::from_bytes(input.bytes.0) {
        Ok(signed) => json!({
            "key_id": signed.key_id().to_string(),
            "payload": to_hex(signed.payload()),
            "signature": signed.signature().to_string(),
            "to_be_signed": to_hex(&signed.to_be_signed(&deployment)),
            "statement_id": signed.statement_id(&deployment).to_string(),
        }),
        Err(error) => {
            let mut refused = refusal(&error.into());
            if let EnvelopeError::Shape(offset) | EnvelopeError::Truncated(offset) = error {
                refused["offset"] = offset.into();
            }
            refused
        }
    }
}

/// What a machine and a person are told.
pub fn refusal(fault: &Fault) -> Value {
    let mut refused = json!({"code": fault.code(), "message": fault.to_string()});
    if let Some(field) = fault.field() {
        refused["field"] = field.into();
    }
    refused
}
