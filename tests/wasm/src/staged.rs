//! `staged_bundle`: `{trust_root, sequence, now}` → what a `bundle` gives, `first` (`{chains, recalled, forked}`, what is proven
//! once the first item has come, or null) and, where it can be put together, the `bundle` itself.

use nguon_core::bytes::to_hex;
use nguon_core::cbor::split_sequence;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Options, Verifier, assemble};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bundle::told;
use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    sequence: Hex,
    now: Time,
}

pub fn ask(input: &Input) -> Value {
    let trust = match TrustRoot::from_bytes(&input.trust_root.0) {
        Ok(trust) => trust,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let items = match split_sequence(&input.sequence.0) {
        Ok(items) => items,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let options = Options::at(input.now);
    let (first, rest) = items.split_first().map_or((&[][..], &[][..]), |(first, rest)| (*first, rest));
    let mut verifier = Verifier::staged(first, &trust, &options);
    let proven = verifier
        .stage()
        .map(|stage| json!({"chains": stage.chains, "recalled": stage.recalled, "forked": stage.forked}));
    for item in rest {
        verifier.feed(item);
    }
    let mut got = told(verifier.finish());
    got["first"] = proven.unwrap_or(Value::Null);
    if let Some(bytes) = assemble(&items).ok().and_then(|bundle| bundle.to_bytes().ok()) {
        got["bundle"] = to_hex(&bytes).into();
    }
    got
}
