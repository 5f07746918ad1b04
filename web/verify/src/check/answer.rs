//! From the core's verdict to the page's words for it.

use nguon_core::fault::Fault;
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;
use nguon_core::verify::{At, Finding, History, Note as Found, Outcome, OutcomeKind, Subject, Verdict};

use super::order::in_order;
use super::people::People;
use crate::model::{Answer, Cause, Excess, Limit, Mass, Note, Stamp, StepRef, Waypoint, WaypointKind};

/// After so many notes further broken rules are not told one by one: one is enough not to rely on the records.
const MOST_NOTES: usize = 5;

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
        Outcome::Invalid { at, .. } => {
            Answer::Invalid { step: step(at), cause: headline(verdict).map_or(Cause::Value, cause) }
        }
        Outcome::Forked => Answer::Forked,
        Outcome::UntrustedKey { at } => Answer::UntrustedKey { step: step(at).unwrap_or_default() },
        Outcome::Incomplete => Answer::Incomplete,
        Outcome::Recalled { reason, .. } => Answer::Recalled { reason: *reason },
        Outcome::OverAllocated { at } => Answer::OverAllocated {
            excess: headline(verdict).and_then(|fault| excess(fault, step(at).unwrap_or_default())),
        },
        Outcome::Suspect { at } => Answer::Suspect { step: step(at).unwrap_or_default() },
        Outcome::Stale => {
            Answer::Stale { as_of: verdict.as_of.map(|time| Stamp::vietnam(super::details::seconds(time))) }
        }
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
    let mut revoked = Vec::new();
    let mut claimed = Vec::new();
    let mut late = Vec::new();
    // The headline tells its own finding, but "incomplete" does not say what is missing.
    let told = |kind| kind != OutcomeKind::Incomplete;
    let skipped = usize::from(verdict.findings.first().is_some_and(|finding| finding.outcome.is_some_and(told)));
    // Of an old or forked log the sentence does not say what tells it.
    notes.extend(verdict.findings.iter().find_map(|finding| match &finding.subject {
        Subject::Note(Found::Behind) => Some(Note::Behind),
        Subject::Fault(Fault::SplitLog) => Some(Note::SplitLog),
        _ => None,
    }));
    for finding in verdict.findings.iter().skip(skipped) {
        // Asked for only where it is told: to name a record that did not hold, the bundle is read again.
        let step = || finding.at.as_ref().map(refer).unwrap_or_default();
        let note = match &finding.subject {
            Subject::Recall(reason) => Some(Note::Recalled { step: step(), reason: *reason }),
            Subject::Fault(Fault::RevokedKey(_)) => {
                revoked.push(step());
                None
            }
            Subject::Fault(_) if notes.len() >= MOST_NOTES => None,
            Subject::Fault(fault) => broken(fault, finding.at.as_ref().map(|_| step())),
            Subject::Note(Found::PartRecalled(reason)) => Some(Note::PartRecalled(*reason)),
            Subject::Note(Found::Corrected) => Some(Note::Corrected(step())),
            Subject::Note(Found::RootExpired) => Some(Note::RootExpired),
            Subject::Note(Found::ClaimedTime) => {
                claimed.push(step());
                None
            }
            Subject::Note(Found::LateApplication) => {
                late.push(step());
                None
            }
            // Told at the verdict, below in one line, or among the checks.
            _ => None,
        };
        notes.extend(note.filter(|note| !notes.contains(note)));
    }
    if !revoked.is_empty() {
        notes.push(Note::RevokedKey(revoked));
    }
    if !claimed.is_empty() {
        notes.push(Note::ClaimedTime(claimed));
    }
    if !late.is_empty() {
        notes.push(Note::LateLog(late));
    }
    let households = households_written_for(history);
    if households > 0 {
        notes.push(Note::WrittenFor { households });
    }
    notes
}

fn broken(fault: &Fault, step: Option<StepRef>) -> Option<Note> {
    match fault.outcome() {
        OutcomeKind::OverAllocated => excess(fault, step.unwrap_or_default()).map(Note::Excess),
        OutcomeKind::UntrustedKey => Some(Note::UnknownSigner(step.unwrap_or_default())),
        OutcomeKind::Incomplete if matches!(fault, Fault::NoInputs) => Some(Note::Empty),
        OutcomeKind::Incomplete if matches!(fault, Fault::NotInMap) => Some(Note::NotInMap),
        OutcomeKind::Incomplete if !matches!(fault, Fault::MissingChain(_)) => Some(Note::Unconfirmed),
        OutcomeKind::Incomplete => Some(Note::Missing),
        OutcomeKind::Invalid => Some(Note::Broken { step, cause: cause(fault) }),
        _ => None,
    }
}

/// What a record takes or gives more of than there is.
fn excess(fault: &Fault, step: StepRef) -> Option<Excess> {
    let limit = match fault {
        Fault::UndrawnInput(_) => Limit::Undrawn,
        Fault::InputsAboveDraws { drawn, taken, .. } => Limit::Drawn { drawn: Mass(*drawn), taken: Mass(*taken) },
        Fault::OverDrawn { remaining } => Limit::Batch(Mass(*remaining)),
        Fault::AboveAllotment { remaining } => Limit::Allotment(Mass(*remaining)),
        Fault::AboveCeiling { remaining } => Limit::Ceiling(Mass(*remaining)),
        Fault::AboveArea { remaining } => Limit::Area(*remaining),
        Fault::AboveBoxes { remaining, .. } => Limit::Boxes(*remaining),
        Fault::BoxesAboveInputs { remaining } => Limit::Filled(*remaining),
        Fault::BelowTaken { taken, .. } => Limit::Taken(Mass(*taken)),
        _ => return None,
    };
    Some(Excess { step, limit })
}

/// How the recall that the verdict is about reaches the batch.
pub fn path(verdict: &Verdict, people: Option<People<'_>>) -> Vec<Waypoint> {
    let recall = |finding: &&Finding| matches!(finding.subject, Subject::Recall(_));
    let path = verdict.findings.iter().find(recall).map(|finding| &*finding.path).unwrap_or_default();
    let point = |people: People<'_>, chain: &ChainId| {
        let state = people.history.chain(chain)?.state();
        let (kind, code) = match state.sort() {
            ChainSort::GrowingArea => (WaypointKind::Area, people.place_of(chain)?.code),
            ChainSort::PackingHouse => (WaypointKind::House, people.place_of(chain)?.code),
            ChainSort::Plot => (WaypointKind::Plot, None),
            ChainSort::Batch => (WaypointKind::Lot, state.batch()?.label.as_ref().map(|label| label.lot.to_string())),
            ChainSort::Actor => return None,
        };
        let party = state.custodian().and_then(|keeper| people.actor(&keeper));
        Some(Waypoint { kind, code, party })
    };
    let Some(people) = people else { return Vec::new() };
    path.iter().filter_map(|chain| point(people, chain)).collect()
}

fn households_written_for(history: Option<&History>) -> usize {
    let records = history.into_iter().flat_map(History::chains).flat_map(|chain| chain.records());
    in_order(records.filter_map(|record| record.record().on_behalf_of)).len()
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
        | Fault::KeyNotThen(_)
        | Fault::UnknownAuthority(_)
        | Fault::RevokedKey(_) => Cause::Permission,
        Fault::UndrawnInput(_) | Fault::Cycle => Cause::Custody,
        Fault::InputsAboveDraws { .. }
        | Fault::OverDrawn { .. }
        | Fault::AboveAllotment { .. }
        | Fault::AboveCeiling { .. }
        | Fault::AboveArea { .. }
        | Fault::AboveBoxes { .. }
        | Fault::BoxesAboveInputs { .. }
        | Fault::BelowTaken { .. }
        | Fault::TooMuch => Cause::Quantity,
        Fault::HarvestTooEarly { .. } => Cause::Interval,
        Fault::OutsideSeason { .. } => Cause::Season,
        Fault::LateHarvest { .. } => Cause::LateLog,
        Fault::Suspended(_) => Cause::Suspended,
        Fault::Opening(_) => Cause::Opening,
        Fault::Unreachable | Fault::StrayOpening => Cause::Unrelated,
        Fault::Bundle(_) => Cause::File,
        Fault::OtherRoot => Cause::OtherRoot,
        Fault::BadProof(_)
        | Fault::BadCheckpoint(_)
        | Fault::BadInclusion
        | Fault::BadPosition(_)
        | Fault::BadAnchor
        | Fault::LaterChain(_)
        | Fault::SplitLog
        | Fault::ForkedChain
        | Fault::NotInMap
        | Fault::NotCosigned { .. }
        | Fault::NotConsistent => Cause::Log,
        _ => Cause::Value,
    }
}
