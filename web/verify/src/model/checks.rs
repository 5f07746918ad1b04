//! "How this was checked": one plain line per check, with the proof inside.

use std::rc::Rc;

use super::{Icon, Titled, Tone};
use crate::format;
use crate::lang::Lang;
use crate::messages::{Messages, fill};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It holds
    Held,
    /// It does not
    Failed,
    /// It holds, and something is to be said of it
    Doubted,
    /// There was nothing to check it with
    Unproven,
}

impl Status {
    /// Its colour.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Held => Tone::Leaf,
            Self::Failed => Tone::Alert,
            Self::Doubted => Tone::Amber,
            Self::Unproven => Tone::Grey,
        }
    }

    /// Its sign, so that colour is never alone.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Held => Icon::Tick,
            Self::Failed => Icon::Cross,
            Self::Doubted => Icon::Warning,
            Self::Unproven => Icon::Dash,
        }
    }

    /// What a screen reader says for the sign.
    #[must_use]
    pub const fn title(self, m: &Messages) -> &'static str {
        match self {
            Self::Held => m.status_held(),
            Self::Failed => m.status_failed(),
            Self::Doubted => m.status_doubted(),
            Self::Unproven => m.status_unproven(),
        }
    }
}

/// One line of "how this was checked".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked
    pub kind: CheckKind,
    /// How it ended
    pub status: Status,
    /// What it was checked with
    pub exhibits: Rc<Vec<Exhibit>>,
}

/// What was checked, with the numbers its sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// The batch is the one the label names
    Label,
    /// The label names no batch
    LabelAbsent,
    /// The trust root packaged into the page
    Root,
    /// The record that does not hold
    Broken,
    /// Signatures, and the parties who made them
    Signatures {
        /// How many
        signatures: usize,
        /// By how many
        parties: usize,
    },
    /// Every chain from its first record, none missing in between
    Chains {
        /// How many
        chains: usize,
    },
    /// Each signer was allowed to say what it said
    Permissions,
    /// Hand-overs match on both sides
    Custody,
    /// Kilograms add up, and intervals were kept
    Sums,
    /// Published personal data match their signed digests
    Openings {
        /// Published
        shown: usize,
        /// Not published
        withheld: usize,
    },
    /// Nothing was left out at the end
    Completeness,
}

impl Check {
    /// The plain line.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let m = lang.messages();
        let counted = |message, n: usize, other: usize| {
            fill(message, &[("n", &format::count(lang, n as u64)), ("m", &format::count(lang, other as u64))])
        };
        let failed = self.status == Status::Failed;
        let either = |held: &'static str, not: &'static str| if failed { not } else { held };
        match self.kind {
            CheckKind::Label => either(m.check_label(), m.check_label_failed()).into(),
            CheckKind::LabelAbsent => m.check_label_absent().into(),
            CheckKind::Root => either(m.check_root(), m.check_root_failed()).into(),
            CheckKind::Broken => m.check_broken().into(),
            CheckKind::Signatures { signatures, parties } => {
                counted(either(m.check_signatures(), m.check_signatures_failed()), signatures, parties)
            }
            CheckKind::Chains { chains } => counted(either(m.check_chains(), m.check_chains_failed()), chains, 0),
            CheckKind::Permissions => either(m.check_permissions(), m.check_permissions_failed()).into(),
            CheckKind::Custody => either(m.check_custody(), m.check_custody_failed()).into(),
            CheckKind::Sums => either(m.check_sums(), m.check_sums_failed()).into(),
            CheckKind::Openings { shown, withheld } => {
                counted(either(m.check_openings(), m.check_openings_failed()), shown, withheld)
            }
            CheckKind::Completeness if self.status == Status::Held => m.check_completeness_held().into(),
            CheckKind::Completeness if failed => m.check_completeness_failed().into(),
            CheckKind::Completeness => m.check_completeness_unproven().into(),
        }
    }
}

/// Something to compare for oneself: an id, a key, the bytes that were signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// What it is
    pub kind: ExhibitKind,
    /// The bytes, shown in hexadecimal
    pub bytes: Vec<u8>,
}

macro_rules! exhibits {
    ($($(#[$doc:meta])* $variant:ident => $message:ident,)*) => {
        /// What an exhibit is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ExhibitKind { $($(#[$doc])* $variant,)* }

        impl Titled for ExhibitKind {
            fn title(self, m: &Messages) -> &'static str {
                match self { $(Self::$variant => m.$message(),)* }
            }
        }
    };
}

exhibits! {
    /// Statement id of a record
    Statement => exhibit_statement,
    /// Chain id
    Chain => exhibit_chain,
    /// Statement id of the newest record of a chain
    Head => exhibit_head,
    /// Key id of the signer
    Key => exhibit_key,
    /// The record as it was signed
    Record => exhibit_record,
    /// SHA-256 of the trust root
    Root => exhibit_root,
    /// What the label commits to
    Commitment => exhibit_commitment,
    /// SHA-256 of the bundle file
    Bundle => exhibit_bundle,
}

impl Exhibit {
    /// An exhibit of these bytes.
    pub fn new(kind: ExhibitKind, bytes: impl Into<Vec<u8>>) -> Self {
        Self { kind, bytes: bytes.into() }
    }
}
