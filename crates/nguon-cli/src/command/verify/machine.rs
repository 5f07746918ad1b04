//! A verification for machines.

use nguon_core::event::Event;
use nguon_core::verify::{Finding, Outcome, Subject};
use serde_json::{Value, json};

use super::Told;
use super::tell::sentence;
use crate::command::root::deployment_id;

/// `{outcome, as_of, checkpoint, message, findings, …}`; fields that do not apply are null.
pub fn view(told: &Told<'_>) -> Value {
    let verdict = &told.verification.verdict;
    let (code, at, reason) = match &verdict.outcome {
        Outcome::Invalid { code, at } => (Some(*code), *at, None),
        Outcome::Recalled { reason, at } => (None, Some(*at), Some(*reason)),
        Outcome::UntrustedKey { at } | Outcome::OverAllocated { at } | Outcome::Suspect { at } => (None, *at, None),
        _ => (None, None, None),
    };
    let history = told.verification.history.as_ref();
    let own = history.and_then(|history| history.chain(&history.batch()));
    let opened = own.and_then(|chain| chain.records().first()).and_then(|first| match &first.record().event {
        Event::Opened(event) => Some(event),
        _ => None,
    });
    let (signatures, parties) = history.map_or((0, 0), |history| history.signature_count());
    json!({
        "outcome": verdict.outcome.kind().as_str(),
        "as_of": verdict.as_of,
        "checkpoint": told.verification.checkpoint.map(|seen| json!({ "size": seen.size, "root": seen.root })),
        "asked": told.others.map(|others| json!({
            "online": others.online,
            "witnesses": others.witnesses.asked,
            "answered": others.witnesses.seen.len(),
            "seen_before": others.remembered.map(|seen| seen.size),
        })),
        "code": code,
        "at": at,
        "reason": reason,
        "message": sentence(told),
        "batch": history.map(|history| history.batch()),
        "product": opened.map(|event| &event.product),
        "label": opened.and_then(|event| event.label.as_ref()),
        "serial": told.serial.as_ref().map(super::serial::Asked::view),
        "signatures": signatures,
        "parties": parties,
        "deployment": deployment_id(told.trust),
        "from": told.from,
        "findings": verdict.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let message = match &finding.subject {
        Subject::Fault(fault) => Some(fault.to_string()),
        _ => None,
    };
    let remaining = match &finding.subject {
        Subject::Fault(fault) => fault.remaining(),
        _ => None,
    };
    let field = match &finding.subject {
        Subject::Fault(fault) => fault.field(),
        Subject::Note(nguon_core::verify::Note::Withheld(path)) => Some(path.clone()),
        _ => None,
    };
    json!({
        "code": finding.code(), "outcome": finding.outcome, "chain": finding.at.map(|at| at.chain),
        "sequence": finding.at.map(|at| at.sequence), "field": field, "message": message, "path": finding.path,
        "remaining": remaining,
    })
}
