//! From the core's verdict to the page's words for it.

use std::collections::BTreeSet;

use nguon_core::fault::Fault;
use nguon_core::verify::{At, Finding, History, Note as Found, Outcome, OutcomeKind, Subject, Verdict};

use crate::model::{Answer, Cause, Note, Stamp, StepRef};

/// At most so many broken rules are told one by one: one is enough not to rely on the records.
const MOST_BROKEN: usize = 5;

/// Whether the label in the hand belongs to another lot.
pub fn is_wrong_label(verdict: &Verdict) -> bool {
    matches!(headline(verdict), Some(Fault::WrongLabel))
}

/// The broken rule that the verdict is about.
fn headline(verdict: &Verdict) -> Option<&Fault> {
    verdict.findings.first().filter(|finding| finding.outcome.is_some()).and_then(fault_of)
}

fn fault_of(finding: &Finding) -> Option<&Fault> {
    if let Subject::Fault(fault) = &finding.subject { Some(fault) } else { None }
}

/// The sentence at the top.
pub fn answer(verdict: &Verdict, history: Option<&History>, refer: &dyn Fn(&At) -> StepRef) -> Answer {
    let step = |at: &Option<At>| at.as_ref().map(refer);
    match &verdict.outcome {
        Outcome::NeedsNewerApp => Answer::NeedsNewerApp,
        Outcome::Invalid { .. } if is_wrong_label(verdict) => Answer::WrongLabel,
        Outcome::Invalid { at, .. } => Answer::Invalid { step: step(at), cause: headline(verdict).map_or(Cause::Value, cause) },
        Outcome::Forked => Answer::Forked,
        Outcome::UntrustedKey { at } => Answer::UntrustedKey { step: step(at).unwrap_or_default() },
        Outcome::Incomplete => Answer::Incomplete,
        Outcome::Recalled { reason, .. } => Answer::Recalled { reason: *reason },
        Outcome::OverAllocated { .. } => Answer::OverAllocated,
        Outcome::Suspect { at } => Answer::Suspect { step: step(at).unwrap_or_default() },
        Outcome::Stale => Answer::Stale { as_of: verdict.as_of.map(|time| Stamp::vietnam(super::details::seconds(time))) },
        Outcome::Unlogged => Answer::Unlogged,
        Outcome::Valid => {
            let (signatures, parties) = history.map_or((0, 0), History::signature_count);
            Answer::Valid { signatures, parties }
        }
        // An outcome this page was not written for is no reason to say anything good.
        _ => Answer::NeedsNewerApp,
    }
}

/// Everything found besides the headline, worst first, each thing once.
pub fn notes(verdict: &Verdict, history: Option<&History>, refer: &dyn Fn(&At) -> StepRef) -> Vec<Note> {
    let mut notes = Vec::new();
    let skipped = usize::from(verdict.findings.first().is_some_and(|finding| finding.outcome.is_some()));
    for finding in verdict.findings.iter().skip(skipped) {
        let step = finding.at.as_ref().map(refer);
        let note = match &finding.subject {
            Subject::Recall(reason) => Some(Note::Recalled { step: step.unwrap_or_default(), reason: *reason }),
            Subject::Fault(fault) => broken(fault, step),
            Subject::Note(Found::PartRecalled(reason)) => Some(Note::PartRecalled(*reason)),
            Subject::Note(Found::Corrected) => step.map(Note::Corrected),
            Subject::Note(Found::RootExpired) => Some(Note::RootExpired),
            // Told at the verdict, below in one line, or among the checks.
            _ => None,
        };
        notes.extend(note.filter(|note| !notes.contains(note)));
    }
    let mut told = 0;
    notes.retain(|note| {
        told += usize::from(matches!(note, Note::Broken { .. }));
        !matches!(note, Note::Broken { .. }) || told <= MOST_BROKEN
    });
    let households = households_written_for(history);
    if households > 0 {
        notes.push(Note::WrittenFor { households });
    }
    notes
}

fn broken(fault: &Fault, step: Option<StepRef>) -> Option<Note> {
    let named = || step.clone().unwrap_or_default();
    match fault.outcome() {
        OutcomeKind::Suspect => Some(Note::RevokedKey(named())),
        OutcomeKind::OverAllocated => Some(Note::Excess(named())),
        OutcomeKind::UntrustedKey => Some(Note::UnknownSigner(named())),
        OutcomeKind::Incomplete if matches!(fault, Fault::NoInputs) => Some(Note::Empty),
        OutcomeKind::Incomplete => Some(Note::Missing),
        OutcomeKind::Invalid => Some(Note::Broken { step, cause: cause(fault) }),
        _ => None,
    }
}

fn households_written_for(history: Option<&History>) -> usize {
    let records = history.into_iter().flat_map(History::chains).flat_map(|chain| chain.records());
    records.filter_map(|record| record.record().on_behalf_of).collect::<BTreeSet<_>>().len()
}

/// The cause in the few words a shopper has use for. The exact fault stands in the command line's report.
pub fn cause(fault: &Fault) -> Cause {
    match fault {
        Fault::BadSignature => Cause::Signature,
        Fault::WrongChain
        | Fault::WrongSequence { .. }
        | Fault::WrongPrevious
        | Fault::WrongFirst(_)
        | Fault::FirstAgain(_)
        | Fault::ChainTwice
        | Fault::ChainOrder
        | Fault::EmptyChain => Cause::Sequence,
        Fault::Envelope(_) | Fault::Record(_) => Cause::Format,
        Fault::NotPermitted { .. }
        | Fault::OutOfScope(_)
        | Fault::TooDeep
        | Fault::OnBehalf(_)
        | Fault::UnknownKey(_)
        | Fault::UnknownAuthority(_)
        | Fault::RevokedKey(_) => Cause::Permission,
        Fault::UndrawnInput(_) | Fault::Cycle => Cause::Custody,
        Fault::Opening(_) => Cause::Opening,
        Fault::Unreachable | Fault::StrayOpening => Cause::Unrelated,
        Fault::Bundle(_) => Cause::File,
        Fault::OtherRoot => Cause::OtherRoot,
        _ => Cause::Value,
    }
}
