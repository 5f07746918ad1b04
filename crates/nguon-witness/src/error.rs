//! What can go wrong for those who watch a log, and whose fault it is.

use std::io;
use std::path::{Path, PathBuf};

use nguon_core::replay::{Cause, ReplayFault};
use nguon_core::values::Time;
use nguon_store::StoreError;

/// Why something was not witnessed or audited.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// This computer: a file or folder cannot be used.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The operator: two processes in one folder.
    #[error("{path} is in use by another process: stop that one first, or give this one another folder", path = .0.display())]
    InUse(PathBuf),
    /// The operator: a log is named twice.
    #[error("the log {0} is named twice")]
    LogTwice(String),
    /// This computer, or the operator: what was cosigned last cannot be told.
    #[error(
        "{path} is not a checkpoint that {name} cosigned: it is damaged, or another key's. Bring it back from a backup of \
         today, or give this cosigner a new key and an empty folder", path = path.display()
    )]
    State {
        /// The file.
        path: PathBuf,
        /// The cosigner.
        name: String,
    },
    /// This computer: the auditor's own copy of the log does not hold.
    #[error("the copy of the log in {path} is damaged: {reason}. Move the folder away: the audit then begins anew", path = path.display())]
    Copy {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The operator: a trust root without a log.
    #[error("this trust root names no log: there is nothing to audit")]
    NoLog,
    /// The source: it does not answer.
    #[error("{place} cannot be read: {reason}")]
    Unreachable {
        /// The address or file.
        place: String,
        /// Why.
        reason: String,
    },
    /// The source: it answers nonsense.
    #[error("{place} is not what it should be: {reason}")]
    Nonsense {
        /// The address or file.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// The source: its database fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whoever sent the checkpoint: it is not this log's.
    #[error("the checkpoint is {0}")]
    NotTheLogs(&'static str),
    /// The log, or a cache before it: it showed more before.
    #[error(
        "the log shows a checkpoint of size {size}, and signed one of size {seen} before: a stale copy, or a log taken back"
    )]
    Shrunk {
        /// The size shown.
        size: u64,
        /// The size shown before.
        seen: u64,
    },
    /// The log: its leaves or a checkpoint break a rule.
    #[error(transparent)]
    Fault(#[from] ReplayFault),
    /// The log: it signed two histories.
    #[error("leaf {index}: the log signed another history than before; from here on it shows other leaves")]
    Rewritten {
        /// The first leaf that differs.
        index: u64,
    },
    /// The log, or one of two clocks.
    #[error("leaf {index}: its log time {found} is more than 5 minutes ahead of this auditor's clock, {now}")]
    Ahead {
        /// The leaf.
        index: u64,
        /// Its log time.
        found: Time,
        /// The auditor's time.
        now: u64,
    },
    /// The log: it dates a leaf back.
    #[error(
        "leaf {index}: its log time {found} is more than 5 minutes before {previous}, when this auditor cosigned that the log ended before it"
    )]
    Late {
        /// The leaf.
        index: u64,
        /// Its log time.
        found: Time,
        /// When the auditor cosigned last.
        previous: u64,
    },
}

impl Error {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    pub(crate) fn nonsense(place: impl Into<String>, reason: impl ToString) -> Self {
        Self::Nonsense { place: place.into(), reason: reason.to_string() }
    }

    pub(crate) fn unreachable(place: impl Into<String>, reason: impl ToString) -> Self {
        Self::Unreachable { place: place.into(), reason: reason.to_string() }
    }

    /// The leaf at fault, where one is.
    #[must_use]
    pub const fn index(&self) -> Option<u64> {
        match self {
            Self::Fault(fault) => Some(fault.index),
            Self::Rewritten { index } | Self::Ahead { index, .. } | Self::Late { index, .. } => Some(*index),
            _ => None,
        }
    }

    /// A name for machines that does not change with the message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::InUse(_) => "in_use",
            Self::LogTwice(_) => "log_twice",
            Self::State { .. } => "damaged_state",
            Self::Copy { .. } => "damaged_copy",
            Self::NoLog => "no_log",
            Self::Unreachable { .. } => "not_reachable",
            Self::Nonsense { .. } => "bad_answer",
            Self::Store(_) => "store",
            Self::NotTheLogs(_) => "not_the_logs",
            Self::Shrunk { .. } => "shrunk",
            Self::Fault(fault) => fault.code(),
            Self::Rewritten { .. } => "rewritten",
            Self::Ahead { .. } => "ahead_of_clock",
            Self::Late { .. } => "before_previous_cosignature",
        }
    }

    /// Whether the log's own signature stands under what is wrong, so that waiting does not mend it.
    #[must_use]
    pub const fn is_the_logs(&self) -> bool {
        match self {
            Self::Fault(fault) => !matches!(
                fault.cause,
                Cause::Missing(_) | Cause::OtherContent { .. } | Cause::TreeRoot { .. } | Cause::Size { .. }
            ),
            Self::Rewritten { .. } | Self::Late { .. } => true,
            _ => false,
        }
    }
}
