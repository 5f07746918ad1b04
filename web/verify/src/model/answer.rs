//! The one sentence at the top. Everything a state of the page shows and says, its words, colour, sign, seal, urgency and
//! next steps, is answered by [`Answer`] and nowhere else.

use nguon_core::event::RecallReason;

use super::{Cause, Excess, Stamp, StepRef, Titled};
use crate::format;
use crate::lang::Lang;
use crate::messages::{Messages, fill};

/// What the page has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The bundle is on its way
    Loading,
    /// The verifier is at work
    Checking {
        /// Signatures it has finished
        done: usize,
        /// Signatures there are
        total: usize,
        /// What the log has proven of them before
        proven: Option<Proven>,
    },
    /// Signatures and completeness hold
    Valid {
        /// How many signatures
        signatures: usize,
        /// By how many parties
        parties: usize,
    },
    /// Signatures hold, completeness is not proven
    Unlogged,
    /// True once, nothing newer is confirmed
    Stale {
        /// Until when it was confirmed
        as_of: Option<Stamp>,
    },
    /// Recalled
    Recalled {
        /// Reason given
        reason: RecallReason,
    },
    /// Something is missing
    Incomplete,
    /// Two histories
    Forked,
    /// A record does not hold
    Invalid {
        /// Which, if it is a record's fault
        step: Option<StepRef>,
        /// Why
        cause: Cause,
    },
    /// A signer whom nobody vouches for
    UntrustedKey {
        /// Which record
        step: StepRef,
    },
    /// A key reported lost
    Suspect {
        /// Which record
        step: StepRef,
    },
    /// More left than came in
    OverAllocated {
        /// Where, and by how much
        excess: Option<Excess>,
    },
    /// Written for a newer page
    NeedsNewerApp,
    /// The label belongs to another lot
    WrongLabel,
    /// The register has no such lot
    NoSuchLot,
    /// Nothing came from the network
    NotReachable,
}

/// What the log proves of a lot's chains before their records have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// How many chains
    pub chains: usize,
    /// On how many a recall stands, whether it reaches the lot or not
    pub recalled: usize,
    /// Of how many there are two histories
    pub forked: usize,
}

impl Proven {
    /// The sentence.
    #[must_use]
    pub fn sentence(self, lang: Lang) -> String {
        let m = lang.messages();
        let message = if self.recalled + self.forked > 0 { m.stage_doubted() } else { m.stage_clear() };
        let [chains, recalled, forked] =
            [self.chains, self.recalled, self.forked].map(|number| format::count(lang, number as u64));
        fill(message, &[("n", &chains), ("m", &recalled), ("k", &forked)])
    }
}

/// A colour token of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Proven
    Leaf,
    /// To be read with care
    Amber,
    /// Do not rely on it
    Alert,
    /// Not known
    Grey,
    /// No verdict at all: the page itself speaks
    Lychee,
}

impl Tone {
    /// The class that sets the colour.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Leaf => "leaf",
            Self::Amber => "amber",
            Self::Alert => "alert",
            Self::Grey => "grey",
            Self::Lychee => "lychee",
        }
    }
}

/// How the lychee's ring is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Closing, in parts of a hundred
    Closing(u8),
    /// Closed: the proof is
    Closed,
    /// A part of the ring is missing
    Open,
    /// Broken through
    Cracked,
    /// Struck out
    Struck,
}

/// A sign that says the same without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Holds
    Tick,
    /// Does not hold
    Cross,
    /// Care
    Warning,
    /// Not proven
    Dash,
    /// Old
    Clock,
    /// Do not use
    Stop,
    /// Nothing found
    Question,
    /// No network
    Offline,
    /// Newer app
    Update,
    /// At work
    Search,
}

/// How a screen reader announces a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// When it has finished its sentence
    Polite,
    /// At once
    Assertive,
}

impl Urgency {
    /// The ARIA role of the block.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Polite => "status",
            Self::Assertive => "alert",
        }
    }
}

/// What the reader can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Load it again
    TryAgain,
    /// Talk to whoever sold it
    ContactSeller,
    /// Report the label
    ReportLabel,
    /// Type the code by hand
    TypeCode,
}

impl Answer {
    /// The colour.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Valid { .. } => Tone::Leaf,
            Self::Stale { .. } | Self::Suspect { .. } => Tone::Amber,
            Self::Recalled { .. }
            | Self::Forked
            | Self::Invalid { .. }
            | Self::UntrustedKey { .. }
            | Self::OverAllocated { .. }
            | Self::WrongLabel => Tone::Alert,
            Self::Loading
            | Self::Checking { .. }
            | Self::Unlogged
            | Self::Incomplete
            | Self::NeedsNewerApp
            | Self::NoSuchLot
            | Self::NotReachable => Tone::Grey,
        }
    }

    /// The state of the lychee's ring.
    #[must_use]
    pub fn seal(&self) -> Seal {
        match self {
            Self::Loading => Seal::Closing(0),
            // It closes only when the proof does: never before the verdict.
            Self::Checking { done, total, .. } => {
                let part = done.saturating_mul(88) / (*total).max(1);
                Seal::Closing(u8::try_from(part).unwrap_or(88).min(88))
            }
            Self::Valid { .. } | Self::Stale { .. } => Seal::Closed,
            Self::Unlogged | Self::Incomplete | Self::NeedsNewerApp | Self::NoSuchLot | Self::NotReachable => {
                Seal::Open
            }
            Self::Forked
            | Self::Invalid { .. }
            | Self::UntrustedKey { .. }
            | Self::Suspect { .. }
            | Self::OverAllocated { .. } => Seal::Cracked,
            Self::Recalled { .. } | Self::WrongLabel => Seal::Struck,
        }
    }

    /// The sign beside the seal.
    #[must_use]
    pub const fn icon(&self) -> Icon {
        match self {
            Self::Loading | Self::Checking { .. } => Icon::Search,
            Self::Valid { .. } => Icon::Tick,
            Self::Unlogged | Self::Incomplete => Icon::Dash,
            Self::Stale { .. } => Icon::Clock,
            Self::Suspect { .. } => Icon::Warning,
            Self::Recalled { .. } => Icon::Stop,
            Self::Forked
            | Self::Invalid { .. }
            | Self::UntrustedKey { .. }
            | Self::OverAllocated { .. }
            | Self::WrongLabel => Icon::Cross,
            Self::NoSuchLot => Icon::Question,
            Self::NotReachable => Icon::Offline,
            Self::NeedsNewerApp => Icon::Update,
        }
    }

    /// How it is announced.
    #[must_use]
    pub const fn urgency(&self) -> Urgency {
        match self.tone() {
            Tone::Alert => Urgency::Assertive,
            _ => Urgency::Polite,
        }
    }

    /// Two or three words for it.
    #[must_use]
    pub const fn heading(&self, m: &Messages) -> &'static str {
        match self {
            Self::Loading => m.short_loading(),
            Self::Checking { .. } => m.short_checking(),
            Self::Valid { .. } => m.short_valid(),
            Self::Unlogged => m.short_unlogged(),
            Self::Stale { .. } => m.short_stale(),
            Self::Recalled { .. } => m.short_recalled(),
            Self::Incomplete => m.short_incomplete(),
            Self::Forked => m.short_forked(),
            Self::Invalid { .. } => m.short_invalid(),
            Self::UntrustedKey { .. } => m.short_untrusted_key(),
            Self::Suspect { .. } => m.short_suspect(),
            Self::OverAllocated { .. } => m.short_over_allocated(),
            Self::NeedsNewerApp => m.short_needs_newer_app(),
            Self::WrongLabel => m.short_wrong_label(),
            Self::NoSuchLot => m.short_no_such_lot(),
            Self::NotReachable => m.short_not_reachable(),
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let m = lang.messages();
        match self {
            Self::Loading => m.loading().into(),
            Self::Checking { done, total, .. } => fill(
                m.checking(),
                &[("done", &format::count(lang, *done as u64)), ("total", &format::count(lang, *total as u64))],
            ),
            Self::Valid { signatures, parties } => fill(
                m.verdict_valid(),
                &[("n", &format::count(lang, *signatures as u64)), ("m", &format::count(lang, *parties as u64))],
            ),
            Self::Unlogged => m.verdict_unlogged().into(),
            Self::Stale { as_of } => {
                let time = as_of.map_or_else(|| m.time_unknown().into(), |at| format::moment(lang, at));
                fill(m.verdict_stale(), &[("time", &time)])
            }
            Self::Recalled { reason } => fill(m.verdict_recalled(), &[("reason", reason.title(m))]),
            Self::Incomplete => m.verdict_incomplete().into(),
            Self::Forked => m.verdict_forked().into(),
            Self::Invalid { step: Some(step), cause } => {
                fill(m.verdict_invalid(), &[("step", &step.words(m)), ("cause", cause.words(m))])
            }
            Self::Invalid { step: None, cause } => fill(m.verdict_invalid_whole(), &[("cause", cause.words(m))]),
            Self::UntrustedKey { step } => fill(m.verdict_untrusted_key(), &[("step", &step.words(m))]),
            Self::Suspect { step } => fill(m.verdict_suspect(), &[("step", &step.words(m))]),
            Self::OverAllocated { excess } => {
                let excess = excess.as_ref().map(|excess| excess.sentence(lang)).unwrap_or_default();
                [m.verdict_over_allocated(), &excess].join(" ").trim_end().into()
            }
            Self::NeedsNewerApp => m.verdict_needs_newer_app().into(),
            Self::WrongLabel => m.wrong_label().into(),
            Self::NoSuchLot => m.no_such_lot().into(),
            Self::NotReachable => m.not_reachable().into(),
        }
    }

    /// What the reader can do, most useful first.
    #[must_use]
    pub const fn next_steps(&self) -> &'static [NextStep] {
        use NextStep::{ContactSeller, ReportLabel, TryAgain, TypeCode};
        match self {
            Self::Loading | Self::Checking { .. } | Self::Valid { .. } => &[],
            Self::Unlogged => &[ContactSeller],
            Self::Stale { .. } | Self::Incomplete | Self::NeedsNewerApp => &[TryAgain, ContactSeller],
            Self::Recalled { .. } | Self::Suspect { .. } | Self::OverAllocated { .. } => &[ContactSeller, ReportLabel],
            Self::Forked | Self::Invalid { .. } | Self::UntrustedKey { .. } | Self::WrongLabel => {
                &[ReportLabel, ContactSeller]
            }
            Self::NoSuchLot => &[TypeCode, ReportLabel, ContactSeller],
            Self::NotReachable => &[TryAgain],
        }
    }

    /// Whether the page has made up its mind.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Loading | Self::Checking { .. })
    }
}
