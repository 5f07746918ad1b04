//! `serial_proof`: `{batch, issued, serial, proof}`, `issued` being `{count, root}` of each `labels_issued` → `{answer}`:
//! `issued`, `never_issued` or `not_proven`, the last with `why`.

use nguon_core::event::LabelsIssued;
use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;
use nguon_core::serial::{Answer, Why, check};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::{Hex, Hex32};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    batch: Hex32,
    issued: Vec<LabelsIssued>,
    serial: String,
    proof: Hex,
}

pub fn ask(input: &Input) -> Value {
    let Ok(serial) = input.serial.parse::<Serial>() else { return json!({"error": "no serial"}) };
    let why = match check(&ChainId::from_bytes(input.batch.0), &input.issued, &serial, &input.proof.0) {
        Answer::Issued => return json!({"answer": "issued"}),
        Answer::NeverIssued => return json!({"answer": "never_issued"}),
        Answer::NotProven(why) => why,
    };
    let why = match why {
        Why::NoLabels => "no_labels",
        Why::NoList => "no_list",
        Why::OtherLabels => "other_labels",
        Why::Newer => "newer",
        Why::Broken => "broken",
        other => return json!({"error": format!("{other:?}")}),
    };
    json!({"answer": "not_proven", "why": why})
}
