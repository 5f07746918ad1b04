//! Runs a vector file of `tests/vectors` against the core. The same code runs natively and, compiled to wasm, in a browser:
//! what it answers must be the same, but for each `message`, which is for people.
//!
//! A file is a JSON object `{kind, purpose, format, shared, cases}`; `purpose` and `format` are for people, `shared`, if it is
//! there, has fields that all inputs have. Each case is `{name, input, expect}`. The answer is `{kind, results}`, each result `{name, got, holds}`, where a case holds if what
//! the core gave has every field of `expect` with that very value.
//!
//! ```
//! let file = r#"{"kind": "canonical_cbor", "cases": [{
//!     "name": "one as two bytes",
//!     "input": {"bytes": "1801", "length": 64, "depth": 8},
//!     "expect": {"fault": "long_form", "offset": 0}
//! }]}"#;
//! assert!(nguon_vectors_wasm::run(file).contains(r#""holds":true"#));
//! ```
//!
//! An answer to a file or an input it cannot read is an `error`, which no case expects.

mod absence;
mod admission;
mod bundle;
mod cbor;
mod evidence;
mod field;
mod hex;
mod key;
mod log;
mod map;
mod note;
mod recalls;
mod record;
mod serial;
mod staged;
mod tree;
mod trust;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// A vector file, as far as the core's part goes.
#[derive(Deserialize)]
struct File {
    kind: Kind,
    #[serde(default)]
    shared: Map<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: Value,
    expect: Value,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    CanonicalCbor,
    Record,
    Envelope,
    Key,
    Signature,
    FieldDigest,
    TrustRoot,
    Bundle,
    StagedBundle,
    Admission,
    LogLeaf,
    LogEntry,
    MapKey,
    MapProof,
    Inclusion,
    Consistency,
    Checkpoint,
    Note,
    CosignedCheckpoint,
    Absence,
    RecallList,
    Evidence,
    SerialProof,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::CanonicalCbor => "canonical_cbor",
            Self::Record => "record",
            Self::Envelope => "envelope",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::FieldDigest => "field_digest",
            Self::TrustRoot => "trust_root",
            Self::Bundle => "bundle",
            Self::StagedBundle => "staged_bundle",
            Self::Admission => "admission",
            Self::LogLeaf => "log_leaf",
            Self::LogEntry => "log_entry",
            Self::MapKey => "map_key",
            Self::MapProof => "map_proof",
            Self::Inclusion => "inclusion",
            Self::Consistency => "consistency",
            Self::Checkpoint => "checkpoint",
            Self::Note => "note",
            Self::CosignedCheckpoint => "cosigned_checkpoint",
            Self::Absence => "absence",
            Self::RecallList => "recall_list",
            Self::Evidence => "evidence",
            Self::SerialProof => "serial_proof",
        }
    }

    fn ask(self, input: Value) -> Result<Value, serde_json::Error> {
        Ok(match self {
            Self::CanonicalCbor => cbor::ask(&serde_json::from_value(input)?),
            Self::Record => record::ask_payload(&serde_json::from_value(input)?),
            Self::Envelope => record::ask_envelope(serde_json::from_value(input)?),
            Self::Key => key::ask_key(&serde_json::from_value(input)?),
            Self::Signature => key::ask_signature(&serde_json::from_value(input)?),
            Self::FieldDigest => field::ask(serde_json::from_value(input)?),
            Self::TrustRoot => trust::ask(&serde_json::from_value(input)?),
            Self::Bundle => bundle::ask(serde_json::from_value(input)?),
            Self::StagedBundle => staged::ask(&serde_json::from_value(input)?),
            Self::Admission => admission::ask(serde_json::from_value(input)?),
            Self::LogLeaf => log::ask_leaf(&serde_json::from_value(input)?),
            Self::LogEntry => log::ask_entry(serde_json::from_value(input)?),
            Self::MapKey => log::ask_key(serde_json::from_value(input)?),
            Self::MapProof => map::ask(&serde_json::from_value(input)?),
            Self::Inclusion => tree::ask_inclusion(&serde_json::from_value(input)?),
            Self::Consistency => tree::ask_consistency(&serde_json::from_value(input)?),
            Self::Checkpoint => note::ask_checkpoint(&serde_json::from_value(input)?),
            Self::Note => note::ask_note(&serde_json::from_value(input)?),
            Self::CosignedCheckpoint => note::ask_cosigned(&serde_json::from_value(input)?),
            Self::Absence => absence::ask(&serde_json::from_value(input)?),
            Self::RecallList => recalls::ask(serde_json::from_value(input)?),
            Self::Evidence => evidence::ask(&serde_json::from_value(input)?),
            Self::SerialProof => serial::ask(&serde_json::from_value(input)?),
        })
    }
}

/// Runs one vector file and gives the answers, as JSON.
#[must_use]
#[wasm_bindgen]
pub fn run(file: &str) -> String {
    let answers = match serde_json::from_str::<File>(file) {
        Ok(file) => {
            let cases = file.cases.into_iter();
            let results: Vec<Value> = cases.map(|case| answer(file.kind, case, &file.shared)).collect();
            json!({"kind": file.kind.name(), "results": results})
        }
        Err(error) => json!({"error": error.to_string()}),
    };
    answers.to_string()
}

fn answer(kind: Kind, mut case: Case, shared: &Map<String, Value>) -> Value {
    if let Value::Object(input) = &mut case.input {
        input.extend(shared.iter().map(|(field, value)| (field.clone(), value.clone())));
    }
    let got = kind.ask(case.input).unwrap_or_else(|error| json!({"error": error.to_string()}));
    let holds = match &case.expect {
        Value::Object(expected) => expected.iter().all(|(field, value)| got.get(field) == Some(value)),
        _ => false,
    };
    json!({"name": case.name, "got": got, "holds": holds})
}
