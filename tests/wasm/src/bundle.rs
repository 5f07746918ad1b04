//! `bundle`: `{trust_root, bundle, now}` and, if they were given, `link` (scanned) and `batch` (asked for) → `{outcome}`;
//! with it `code`, `chain` and `sequence` of the finding that decided, and all `findings` in the verifier's order.

use nguon_core::gs1::DigitalLink;
use nguon_core::ids::ChainId;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Finding, Options, ScannedLabel, verify};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    bundle: Hex,
    now: Time,
    link: Option<String>,
    batch: Option<ChainId>,
}

pub fn ask(input: &Input) -> Value {
    let trust = match TrustRoot::from_bytes(&input.trust_root.0) {
        Ok(trust) => trust,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let label = match input.link.as_ref().map(|link| link.parse::<DigitalLink>()).transpose() {
        Ok(link) => link.map(|link| ScannedLabel::from(link.code())),
        Err(error) => return json!({"error": error.to_string()}),
    };
    let options = Options { now: input.now, label, batch: input.batch };
    let verdict = verify(&input.bundle.0, &trust, &options).verdict;
    let kind = verdict.outcome.kind();
    let findings: Vec<Value> = verdict.findings.iter().map(shown).collect();
    let deciding = verdict.findings.iter().find(|finding| finding.outcome == Some(kind));
    let mut got = deciding.map_or_else(|| json!({}), shown);
    got["outcome"] = kind.as_str().into();
    got["findings"] = findings.into();
    got
}

fn shown(finding: &Finding) -> Value {
    let mut shown = json!({"code": finding.code()});
    if let Some(at) = finding.at {
        shown["chain"] = at.chain.to_string().into();
        shown["sequence"] = at.sequence.into();
    }
    shown
}
