//! What a verifier says: an outcome, as of when, and every finding that led to it.

use std::fmt;

use serde::Serialize;

use crate::event::RecallReason;
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::values::Time;

/// Where in a bundle something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct At {
    /// The chain.
    pub chain: ChainId,
    /// Sequence of the record.
    pub sequence: u64,
}

/// What a reader may conclude. The order is the order of precedence: the first that applies is the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Something in the bundle is newer than this software; no conclusion.
    NeedsNewerApp,
    /// A rule is broken.
    Invalid {
        /// [`Fault::code`].
        code: &'static str,
        /// Where, if it is a record's fault.
        at: Option<At>,
    },
    /// The log holds two histories of one chain.
    Forked,
    /// A record is signed by a key that its signer does not have.
    UntrustedKey {
        /// Which record.
        at: Option<At>,
    },
    /// Something is missing; no conclusion.
    Incomplete,
    /// The produce is recalled.
    Recalled {
        /// Why.
        reason: RecallReason,
        /// By which record.
        at: At,
    },
    /// More left than came in.
    OverAllocated {
        /// By which record.
        at: Option<At>,
    },
    /// A record is signed by a key that was revoked.
    Suspect {
        /// Which record.
        at: Option<At>,
    },
    /// True as of an earlier time; nothing newer is confirmed.
    Stale,
    /// Signatures, chains and custody hold; completeness is not proven.
    Unlogged,
    /// All holds, and nothing is missing.
    Valid,
}

/// An [`Outcome`] without its details, in order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words are those of `Outcome`
pub enum OutcomeKind {
    NeedsNewerApp,
    Invalid,
    Forked,
    UntrustedKey,
    Incomplete,
    Recalled,
    OverAllocated,
    Suspect,
    Stale,
    Unlogged,
    Valid,
}

impl Outcome {
    /// Without the details.
    #[must_use]
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::NeedsNewerApp => OutcomeKind::NeedsNewerApp,
            Self::Invalid { .. } => OutcomeKind::Invalid,
            Self::Forked => OutcomeKind::Forked,
            Self::UntrustedKey { .. } => OutcomeKind::UntrustedKey,
            Self::Incomplete => OutcomeKind::Incomplete,
            Self::Recalled { .. } => OutcomeKind::Recalled,
            Self::OverAllocated { .. } => OutcomeKind::OverAllocated,
            Self::Suspect { .. } => OutcomeKind::Suspect,
            Self::Stale => OutcomeKind::Stale,
            Self::Unlogged => OutcomeKind::Unlogged,
            Self::Valid => OutcomeKind::Valid,
        }
    }
}

impl OutcomeKind {
    /// The name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeedsNewerApp => "needs_newer_app",
            Self::Invalid => "invalid",
            Self::Forked => "forked",
            Self::UntrustedKey => "untrusted_key",
            Self::Incomplete => "incomplete",
            Self::Recalled => "recalled",
            Self::OverAllocated => "over_allocated",
            Self::Suspect => "suspect",
            Self::Stale => "stale",
            Self::Unlogged => "unlogged",
            Self::Valid => "valid",
        }
    }
}

impl fmt::Display for OutcomeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something a reader should know that breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A registrar signed for a household.
    OnBehalf,
    /// The link had no commitment: a server could have put another history behind this label.
    LabelNotBound,
    /// The label names the lot only; this very box is not proven.
    LotOnly,
    /// A consignment that is part of this lot is recalled.
    PartRecalled(RecallReason),
    /// A record was corrected.
    Corrected,
    /// A field's opening is not in the bundle.
    Withheld(String),
    /// The trust root has expired.
    RootExpired,
    /// The checkpoint is older than the deployment's policy permits.
    Old,
    /// Something newer is known than this bundle is proven against.
    Behind,
    /// The times that the signer claims lie outside of what the log can vouch for.
    ClaimedTime,
    /// Something applied before a harvest was recorded only after it; its interval was kept.
    LateApplication,
}

impl Note {
    /// A name for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        if crate::CODELESS {
            return "";
        }
        match self {
            Self::OnBehalf => "signed_on_behalf",
            Self::LabelNotBound => "label_not_bound",
            Self::LotOnly => "lot_only",
            Self::PartRecalled(_) => "part_recalled",
            Self::Corrected => "corrected",
            Self::Withheld(_) => "withheld",
            Self::RootExpired => "root_expired",
            Self::Old => "old",
            Self::Behind => "behind",
            Self::ClaimedTime => "claimed_time",
            Self::LateApplication => "late_application",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// A broken rule.
    Fault(Fault),
    /// A recall that reaches this batch.
    Recall(RecallReason),
    /// Something to know.
    Note(Note),
}

/// One thing the verifier found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The outcome it leads to; `None` for a note.
    pub outcome: Option<OutcomeKind>,
    /// Where.
    pub at: Option<At>,
    /// What.
    pub subject: Subject,
    /// For a recall, how it reaches the batch: from what is recalled to the batch itself, each came from the one before.
    pub path: Vec<ChainId>,
}

impl Finding {
    pub(super) fn fault(fault: Fault, at: Option<At>) -> Self {
        Self { outcome: Some(fault.outcome()), at, subject: Subject::Fault(fault), path: Vec::new() }
    }

    pub(super) const fn note(note: Note, at: Option<At>) -> Self {
        Self { outcome: None, at, subject: Subject::Note(note), path: Vec::new() }
    }

    /// A note that makes the verdict [`Outcome::Stale`].
    pub(super) const fn stale(note: Note) -> Self {
        Self { outcome: Some(OutcomeKind::Stale), at: None, subject: Subject::Note(note), path: Vec::new() }
    }

    pub(super) const fn recall(reason: RecallReason, at: At, path: Vec<ChainId>) -> Self {
        Self { outcome: Some(OutcomeKind::Recalled), at: Some(at), subject: Subject::Recall(reason), path }
    }

    /// A name for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match &self.subject {
            Subject::Fault(fault) => fault.code(),
            Subject::Recall(_) => "recalled",
            Subject::Note(note) => note.code(),
        }
    }
}

/// What a verifier concludes. Never a bare boolean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The conclusion.
    pub outcome: Outcome,
    /// Unix seconds up to which completeness is confirmed; `None` without a log.
    pub as_of: Option<Time>,
    /// All that was found, worst first.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Draws the conclusion from the findings; `best` is what holds if nothing speaks against it. `place` orders findings
    /// of one outcome.
    pub(super) fn conclude(
        mut findings: Vec<Finding>,
        best: Outcome,
        place: impl Fn(&Finding) -> (usize, u64),
    ) -> Self {
        findings.sort_by_cached_key(|finding| (finding.outcome.is_none(), finding.outcome, place(finding)));
        let outcome = findings.first().and_then(outcome_of).unwrap_or(best);
        Self { outcome, as_of: None, findings }
    }
}

fn outcome_of(finding: &Finding) -> Option<Outcome> {
    let at = finding.at;
    Some(match (finding.outcome?, &finding.subject) {
        (OutcomeKind::Recalled, Subject::Recall(reason)) => Outcome::Recalled { reason: *reason, at: at? },
        (OutcomeKind::NeedsNewerApp, _) => Outcome::NeedsNewerApp,
        (OutcomeKind::Forked, _) => Outcome::Forked,
        (OutcomeKind::UntrustedKey, _) => Outcome::UntrustedKey { at },
        (OutcomeKind::Incomplete, _) => Outcome::Incomplete,
        (OutcomeKind::OverAllocated, _) => Outcome::OverAllocated { at },
        (OutcomeKind::Suspect, _) => Outcome::Suspect { at },
        (OutcomeKind::Stale, _) => Outcome::Stale,
        _ => Outcome::Invalid { code: finding.code(), at },
    })
}
