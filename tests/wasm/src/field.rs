//! `field_digest`: `{salt, path, value}` → `{digest}` and, unless it is an attachment's bytes, `value` as it is hashed.
//! The value is `{text}`, `{coordinates: [latitude, longitude]}` in 1e-7 degrees, or `{bytes}`.

use nguon_core::bytes::to_hex;
use nguon_core::ids::Salt;
use nguon_core::opening::{FieldValue, digest};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    salt: Salt,
    path: String,
    value: Written,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Text(String),
    Coordinates(i64, i64),
    Bytes(Hex),
}

pub fn ask(input: Input) -> Value {
    let Input { salt, path, value } = input;
    let field = match value {
        Written::Text(text) => FieldValue::Text(text),
        Written::Coordinates(latitude, longitude) => FieldValue::Coordinates(latitude, longitude),
        Written::Bytes(bytes) => return json!({"digest": digest(&salt, &path, &bytes.0).to_string()}),
    };
    json!({"digest": field.seal(&salt, &path).to_string(), "value": to_hex(&field.to_bytes())})
}
