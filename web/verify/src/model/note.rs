//! Findings, told plainly.

use nguon_core::event::RecallReason;

use super::{Answer, Cause, Excess, Icon, StepRef, Titled, Tone};
use crate::format;
use crate::lang::Lang;
use crate::messages::{Messages, fill};

/// Something to know besides the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The lot is recalled, whatever else the verdict says
    Recalled {
        /// Which record says so
        step: StepRef,
        /// Reason given
        reason: RecallReason,
    },
    /// A consignment of the lot is recalled
    PartRecalled(RecallReason),
    /// A record does not hold
    Broken {
        /// Which, if it is a record's fault
        step: Option<StepRef>,
        /// Why
        cause: Cause,
    },
    /// A record by nobody the page knows
    UnknownSigner(StepRef),
    /// Records besides the one in the verdict were signed with a revoked key
    RevokedKey(Vec<StepRef>),
    /// More than there is
    Excess(Excess),
    /// A chain that others name is not there
    Missing,
    /// The batch holds no produce yet
    Empty,
    /// A record corrects an earlier one
    Corrected(StepRef),
    /// The co-op wrote for households
    WrittenFor {
        /// How many
        households: usize,
    },
    /// Personal data is not published
    Withheld {
        /// How many values
        values: usize,
    },
    /// The trust root is past its date
    RootExpired,
    /// The log holds records that the bundle does not
    NotInMap,
    /// Too few have confirmed the log's state, or nothing ties it to what was seen
    Unconfirmed,
    /// The log has gone on since
    Behind,
    /// The log has shown another history
    SplitLog,
    /// Times that the signer claims lie outside of what the log vouches for
    ClaimedTime(Vec<StepRef>),
    /// Sprayings that were logged after the harvest; their intervals were kept
    LateLog(Vec<StepRef>),
}

impl Note {
    /// Its colour.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Recalled { .. } | Self::Broken { .. } | Self::UnknownSigner(_) | Self::Excess(_) => Tone::Alert,
            Self::SplitLog => Tone::Alert,
            Self::PartRecalled(_)
            | Self::RevokedKey(_)
            | Self::RootExpired
            | Self::Behind
            | Self::ClaimedTime(_)
            | Self::LateLog(_) => Tone::Amber,
            Self::NotInMap
            | Self::Unconfirmed
            | Self::Missing
            | Self::Empty
            | Self::Corrected(_)
            | Self::WrittenFor { .. }
            | Self::Withheld { .. } => Tone::Grey,
        }
    }

    /// Its sign.
    #[must_use]
    pub const fn icon(&self) -> Icon {
        match self {
            Self::Recalled { .. } | Self::PartRecalled(_) => Icon::Stop,
            Self::Broken { .. } => Icon::Cross,
            Self::UnknownSigner(_) | Self::Missing | Self::NotInMap | Self::Unconfirmed => Icon::Question,
            Self::SplitLog => Icon::Cross,
            Self::Behind | Self::ClaimedTime(_) | Self::LateLog(_) => Icon::Clock,
            Self::RevokedKey(_) | Self::Excess(_) => Icon::Warning,
            Self::RootExpired => Icon::Clock,
            Self::Empty | Self::Corrected(_) | Self::WrittenFor { .. } | Self::Withheld { .. } => Icon::Dash,
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let m = lang.messages();
        let count = |number: usize| format::count(lang, number as u64);
        match self {
            Self::Recalled { step, reason } => {
                fill(m.note_recalled(), &[("step", &step.words(m)), ("reason", reason.title(m))])
            }
            Self::PartRecalled(reason) => fill(m.note_part_recalled(), &[("reason", reason.title(m))]),
            Self::Broken { step, cause } => Answer::Invalid { step: step.clone(), cause: *cause }.sentence(lang),
            Self::UnknownSigner(step) => Answer::UntrustedKey { step: step.clone() }.sentence(lang),
            Self::RevokedKey(steps) => fill(m.note_revoked_key(), &[("steps", &places(steps, m))]),
            Self::ClaimedTime(steps) => fill(m.note_claimed_time(), &[("steps", &places(steps, m))]),
            Self::LateLog(steps) => fill(m.note_late_log(), &[("steps", &places(steps, m))]),
            Self::NotInMap => m.note_not_in_map().into(),
            Self::Unconfirmed => m.note_unconfirmed().into(),
            Self::Behind => m.note_behind().into(),
            Self::SplitLog => m.note_split_log().into(),
            Self::Excess(excess) => excess.sentence(lang),
            Self::Missing => m.note_missing().into(),
            Self::Empty => m.note_empty().into(),
            Self::Corrected(step) => fill(m.note_corrected(), &[("step", &step.words(m))]),
            Self::WrittenFor { households } => fill(m.note_written_for(), &[("n", &count(*households))]),
            Self::Withheld { values } => fill(m.note_withheld(), &[("n", &count(*values))]),
            Self::RootExpired => m.note_root_expired().into(),
        }
    }
}

fn places(steps: &[StepRef], m: &Messages) -> String {
    let steps: Vec<String> = steps.iter().map(|step| step.place(m)).collect();
    steps.join(m.list_mark())
}
