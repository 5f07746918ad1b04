//! `map_proof`: `{root, claims: [{key, value}], proof}`, where a `value` that is not there says that the key is absent →
//! `{holds: true}`, or `{refused}` with the reason.

use nguon_tlog::map::{Claim, MapError, verify};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::{Hex, Hex32};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    root: Hex32,
    claims: Vec<Said>,
    proof: Hex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    key: Hex32,
    value: Option<Hex32>,
}

pub fn ask(input: &Input) -> Value {
    let claims: Vec<Claim> = input.claims.iter().map(|said| (said.key.0, said.value.map(|value| value.0))).collect();
    match verify(&input.root.into(), &claims, &input.proof.0) {
        Ok(()) => json!({"holds": true}),
        Err(error) => json!({"refused": reason(error), "message": error.to_string()}),
    }
}

const fn reason(error: MapError) -> &'static str {
    match error {
        MapError::Claims => "claims",
        MapError::Proof => "proof",
        MapError::Root => "root",
        _ => "other",
    }
}
