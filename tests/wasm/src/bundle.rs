//! `bundle`: `{trust_root, bundle, now}` and, if they were given, `link` (scanned), `batch` (asked for), `online`, `recalls`
//! (a signed list), `seen` (`{size, root, consistency}`, a checkpoint that the reader remembers or a witness shows) →
//! `{outcome}`; with it `code`, `chain`, `sequence`, `remaining` and (of a recall) `path` of the finding that decided, all `findings`
//! in the verifier's order, the codes of its `notes` (each once, but for fields that are withheld) and, where there is a log, `as_of` and
//! the `checkpoint` to be remembered.

use std::collections::BTreeSet;

use nguon_core::gs1::DigitalLink;
use nguon_core::ids::{ChainId, RootHash};
use nguon_core::recalls::RecallList;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Finding, Options, ScannedLabel, Seen, Subject, Verification, Verifier};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::{Hex, Hex32, hashes};
use crate::trust::roots;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    bundle: Hex,
    now: Time,
    link: Option<String>,
    batch: Option<ChainId>,
    #[serde(default)]
    online: bool,
    recalls: Option<Hex>,
    seen: Option<Remembered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    size: u64,
    root: RootHash,
    consistency: Option<Vec<Hex32>>,
}

pub fn ask(input: Input) -> Value {
    answer(input).unwrap_or_else(|error| json!({"error": error}))
}

fn answer(input: Input) -> Result<Value, String> {
    let trust = TrustRoot::from_bytes(&input.trust_root.0).map_err(said)?;
    let label = input.link.as_ref().map(|link| link.parse::<DigitalLink>()).transpose().map_err(said)?;
    let label = label.map(|link| ScannedLabel::from(link.code()));
    let recalls = match input.recalls {
        Some(list) => Some(RecallList::verify(list.0, &roots(&input.trust_root, &[]).map_err(said)?).map_err(said)?),
        None => None,
    };
    let options = Options { now: input.now, label, batch: input.batch, online: input.online, recalls };
    let mut verifier = Verifier::new(&input.bundle.0, &trust, &options);
    if let Some(Remembered { size, root, consistency }) = input.seen {
        let proof = consistency.map(|proof| hashes(&proof));
        verifier.hold_against(&Seen { size, root }, proof.as_deref());
    }
    Ok(told(verifier.finish()))
}

/// What a verification comes to.
pub fn told(verification: Verification) -> Value {
    let verdict = verification.verdict;
    let kind = verdict.outcome.kind();
    let findings: Vec<Value> = verdict.findings.iter().map(shown).collect();
    let deciding = verdict.findings.iter().find(|finding| finding.outcome == Some(kind));
    let mut got = deciding.map_or_else(|| json!({}), shown);
    got["outcome"] = kind.as_str().into();
    got["findings"] = findings.into();
    let notes = verdict.findings.iter().filter(|finding| finding.outcome.is_none()).map(Finding::code);
    let notes: BTreeSet<&str> = notes.filter(|code| *code != "withheld").collect();
    got["notes"] = notes.into_iter().collect();
    if let Some(as_of) = verdict.as_of {
        got["as_of"] = as_of.get().into();
    }
    if let Some(seen) = verification.checkpoint {
        got["checkpoint"] = json!({"size": seen.size, "root": seen.root.to_string()});
    }
    got
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn shown(finding: &Finding) -> Value {
    let mut shown = json!({"code": finding.code()});
    if let Some(at) = finding.at {
        shown["chain"] = at.chain.to_string().into();
        shown["sequence"] = at.sequence.into();
    }
    if let Subject::Fault(fault) = &finding.subject
        && let Some(remaining) = fault.remaining()
    {
        shown["remaining"] = remaining.into();
    }
    if !finding.path.is_empty() {
        shown["path"] = finding.path.iter().map(ToString::to_string).collect();
    }
    shown
}
