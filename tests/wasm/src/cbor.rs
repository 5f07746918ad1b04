//! `canonical_cbor`: `{bytes, length, depth}` → `{accepted: true}`, or `{fault, offset}`.

use nguon_core::cbor::{CanonicalFault, Limits, check};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    bytes: Hex,
    length: usize,
    depth: usize,
}

pub fn ask(input: &Input) -> Value {
    match check(&input.bytes.0, Limits { length: input.length, depth: input.depth }) {
        Ok(()) => json!({"accepted": true}),
        Err(error) => json!({"fault": name(error.fault), "offset": error.offset}),
    }
}

pub const fn name(fault: CanonicalFault) -> &'static str {
    match fault {
        CanonicalFault::Truncated => "truncated",
        CanonicalFault::Trailing => "trailing",
        CanonicalFault::LongForm => "long_form",
        CanonicalFault::Indefinite => "indefinite",
        CanonicalFault::Tag => "tag",
        CanonicalFault::Float => "float",
        CanonicalFault::Null => "null",
        CanonicalFault::Reserved => "reserved",
        CanonicalFault::IntegerRange => "integer_range",
        CanonicalFault::TooDeep => "too_deep",
        CanonicalFault::TooLong => "too_long",
        CanonicalFault::KeyType => "key_type",
        CanonicalFault::KeyOrder => "key_order",
        CanonicalFault::KeyTwice => "key_twice",
        CanonicalFault::Utf8 => "utf8",
        _ => "other",
    }
}
