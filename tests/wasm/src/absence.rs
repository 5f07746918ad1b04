//! `absence`: `{trust_root, gtin, lot, absence, now}` → `{size, root, as_of, stale}`, or `{code, outcome}`.

use nguon_core::gs1::{Gtin, Lot};
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::verify_absence;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;
use crate::record::refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    gtin: String,
    lot: String,
    absence: Hex,
    now: Time,
}

pub fn ask(input: &Input) -> Value {
    let trust = match TrustRoot::from_bytes(&input.trust_root.0) {
        Ok(trust) => trust,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let Some((gtin, lot)) = input.gtin.parse::<Gtin>().ok().zip(input.lot.parse::<Lot>().ok()) else {
        return json!({"error": "no label"});
    };
    match verify_absence(&input.absence.0, &trust, &gtin, &lot, input.now) {
        Ok(absent) => json!({
            "size": absent.checkpoint.size,
            "root": absent.checkpoint.root.to_string(),
            "as_of": absent.as_of.get(),
            "stale": absent.stale,
        }),
        Err(fault) => {
            let mut refused = refusal(&fault);
            refused["outcome"] = fault.outcome().as_str().into();
            refused
        }
    }
}
