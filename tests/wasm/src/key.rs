//! `key`: `{public_key}` → `{key_id}`, or `{refused}` with the reason.
//!
//! `signature`: `{public_key, message, signature}` → `{holds}`; a signature of another length than 64 bytes does not.

use nguon_core::ids::{PublicKeyBytes, SignatureBytes};
use nguon_core::key::{KeyError, PublicKey};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    public_key: Hex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    public_key: Hex,
    message: Hex,
    signature: Hex,
}

pub fn ask_key(input: &Key) -> Value {
    match PublicKeyBytes::try_from(&*input.public_key.0).map(|key| PublicKey::from_bytes(&key)) {
        Ok(Ok(key)) => json!({"key_id": key.id().to_string()}),
        Ok(Err(error)) => json!({"refused": reason(error)}),
        Err(_) => json!({"refused": "length"}),
    }
}

pub fn ask_signature(input: &Signature) -> Value {
    let key = PublicKeyBytes::try_from(&*input.public_key.0).ok().and_then(|key| PublicKey::from_bytes(&key).ok());
    let signature = SignatureBytes::try_from(&*input.signature.0).ok();
    let holds = key.zip(signature).is_some_and(|(key, signature)| key.verifies(&input.message.0, &signature));
    json!({"holds": holds})
}

const fn reason(error: KeyError) -> &'static str {
    match error {
        KeyError::NotAPoint => "not_a_point",
        KeyError::NotCanonical => "not_canonical",
        KeyError::Weak => "weak",
        KeyError::Torsion => "torsion",
        _ => "other",
    }
}
