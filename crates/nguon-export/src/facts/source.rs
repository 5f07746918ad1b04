//! What a file is made from.

use nguon_core::values::Time;
use nguon_core::verify::{History, OutcomeKind, Verdict, Verification};

/// A verdict with the history it was drawn from.
#[derive(Debug)]
pub struct Source {
    verdict: Verdict,
    history: History,
    judged_at: Time,
}

/// Why there is nothing to make a file of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing of the bundle could be read.
    #[error("no record of this bundle could be verified: {outcome}")]
    NoHistory {
        /// The outcome.
        outcome: OutcomeKind,
    },
    /// The verdict is worse than unlogged or stale, and nobody asked for a file despite that.
    #[error("the verdict is {outcome}: a file of it is made only despite that, and is stamped")]
    BadVerdict {
        /// The outcome.
        outcome: OutcomeKind,
    },
}

impl Source {
    /// A verified bundle. One with a bad verdict is refused: see [`Self::despite`].
    ///
    /// Files are made of what is [`OutcomeKind::Valid`], [`OutcomeKind::Stale`] or [`OutcomeKind::Unlogged`]; the last two say
    /// on their face what is not proven.
    pub fn new(verification: Verification, judged_at: Time) -> Result<Self, SourceError> {
        let outcome = verification.verdict.outcome.kind();
        if outcome < OutcomeKind::Stale {
            return Err(SourceError::BadVerdict { outcome });
        }
        Self::despite(verification, judged_at)
    }

    /// A bundle whatever its verdict, which every file of it carries on its face.
    pub fn despite(verification: Verification, judged_at: Time) -> Result<Self, SourceError> {
        let Verification { verdict, history, .. } = verification;
        let outcome = verdict.outcome.kind();
        let history = history.ok_or(SourceError::NoHistory { outcome })?;
        Ok(Self { verdict, history, judged_at })
    }

    /// The verdict.
    #[must_use]
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The history.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// When it was judged, by the clock of who did.
    #[must_use]
    pub const fn judged_at(&self) -> Time {
        self.judged_at
    }
}
