//! "How this was checked", line by line.

use nguon_core::fault::Fault;
use nguon_core::verify::{Note, Subject, VerifiedChain};
use sha2::{Digest as _, Sha256};

use super::{Found, answer};
use crate::model::{Cause, Check, CheckKind, Exhibit, ExhibitKind, Status};

/// Every check that was made, in the order it was made. What the bundle gave no occasion to check is left out.
pub fn lines(found: Found<'_>) -> Vec<Check> {
    let mut lines = vec![root(found)];
    if found.has(|fault| matches!(fault, Fault::Bundle(_) | Fault::Newer(_))) {
        return lines;
    }
    let Some(history) = found.history else { return lines };
    lines.insert(0, label(found));
    lines.extend(broken(found));
    let (signatures, parties) = history.signature_count();
    lines.push(line(
        CheckKind::Signatures { signatures, parties },
        found.status(&[Cause::Signature, Cause::Format]),
        bundle(found),
    ));
    let chains = history.chains().count();
    lines.push(line(
        CheckKind::Chains { chains },
        found.status(&[Cause::Sequence, Cause::Unrelated]),
        heads(history.chains()),
    ));
    lines.push(line(
        CheckKind::Permissions,
        found.status(&[Cause::Permission, Cause::Value, Cause::Suspended]),
        Vec::new(),
    ));
    lines.push(line(CheckKind::Custody, found.status(&[Cause::Custody]), Vec::new()));
    let sums = [Cause::Quantity, Cause::Interval, Cause::Season, Cause::LateLog];
    lines.push(line(CheckKind::Sums, found.status(&sums), Vec::new()));
    lines.push(openings(found));
    let complete = match found.verdict.as_of {
        Some(_) if found.has(|fault| answer::cause(fault) == Cause::Log) => Status::Failed,
        Some(_) => Status::Held,
        None => Status::Unproven,
    };
    lines.push(line(CheckKind::Completeness, complete, Vec::new()));
    lines
}

fn line(kind: CheckKind, status: Status, exhibits: Vec<Exhibit>) -> Check {
    Check { kind, status, exhibits: exhibits.into() }
}

fn label(found: Found<'_>) -> Check {
    let commitment = found.checker.options.label.as_ref().and_then(|label| label.commitment);
    let wrong = answer::is_wrong_label(found.verdict);
    let kind = if commitment.is_some() || wrong { CheckKind::Label } else { CheckKind::LabelAbsent };
    let status = match (wrong, commitment) {
        (true, _) => Status::Failed,
        (false, Some(_)) => Status::Held,
        (false, None) => Status::Unproven,
    };
    let mut exhibits: Vec<Exhibit> =
        commitment.iter().map(|commitment| Exhibit::new(ExhibitKind::Commitment, *commitment.as_bytes())).collect();
    exhibits.extend(found.history.map(|history| Exhibit::new(ExhibitKind::Chain, *history.batch().as_bytes())));
    line(kind, status, exhibits)
}

fn root(found: Found<'_>) -> Check {
    let expired =
        found.verdict.findings.iter().any(|finding| matches!(finding.subject, Subject::Note(Note::RootExpired)));
    let status = if found.has(|fault| matches!(fault, Fault::OtherRoot)) {
        Status::Failed
    } else if expired {
        Status::Doubted
    } else {
        Status::Held
    };
    let hash = Sha256::digest(&found.checker.trust.signed().payload.0);
    line(CheckKind::Root, status, vec![Exhibit::new(ExhibitKind::Root, hash.to_vec())])
}

/// The record that the verdict names, as it came.
fn broken(found: Found<'_>) -> Option<Check> {
    let first = found.verdict.findings.first()?;
    let at = first.at.filter(|at| found.history.is_none_or(|history| history.chain(&at.chain).is_none()))?;
    let mut exhibits = vec![Exhibit::new(ExhibitKind::Chain, *at.chain.as_bytes())];
    exhibits.extend(found.raw(&at).map(|raw| Exhibit::new(ExhibitKind::Record, raw)));
    Some(line(CheckKind::Broken, Status::Failed, exhibits))
}

fn bundle(found: Found<'_>) -> Vec<Exhibit> {
    vec![Exhibit::new(ExhibitKind::Bundle, Sha256::digest(found.bundle).to_vec())]
}

fn heads<'a>(chains: impl Iterator<Item = &'a VerifiedChain>) -> Vec<Exhibit> {
    chains.map(|chain| Exhibit::new(ExhibitKind::Head, *chain.state().head.as_bytes())).collect()
}

fn openings(found: Found<'_>) -> Check {
    let withheld = found
        .verdict
        .findings
        .iter()
        .filter(|finding| matches!(finding.subject, Subject::Note(Note::Withheld(_))))
        .count();
    let records = found.history.into_iter().flat_map(|history| history.chains()).flat_map(VerifiedChain::records);
    let fields: usize = records.map(|record| nguon_core::opening::digests(record.record()).len()).sum();
    let kind = CheckKind::Openings { shown: fields.saturating_sub(withheld), withheld };
    line(kind, found.status(&[Cause::Opening]), Vec::new())
}

impl Found<'_> {
    fn has(self, matches: impl Fn(&Fault) -> bool) -> bool {
        self.verdict.findings.iter().any(|finding| matches!(&finding.subject, Subject::Fault(fault) if matches(fault)))
    }

    /// Failed if a rule of one of these kinds is broken, doubted if a key was revoked where signatures are looked at. Where
    /// another rule is broken, the records behind it were not judged: nothing is claimed of them.
    fn status(self, causes: &[Cause]) -> Status {
        let revoked = |fault: &Fault| matches!(fault, Fault::RevokedKey(_));
        let breaks = |fault: &Fault| {
            !revoked(fault)
                && !matches!(fault, Fault::WrongLabel | Fault::NoInputs | Fault::NoProof)
                && answer::cause(fault) != Cause::Log
        };
        if self.has(|fault| breaks(fault) && causes.contains(&answer::cause(fault))) {
            Status::Failed
        } else if self.has(breaks) {
            Status::Unproven
        } else if causes.contains(&Cause::Signature) && self.has(revoked) {
            Status::Doubted
        } else {
            Status::Held
        }
    }
}
