//! From the core's verdict to one word for a table's row. Nothing here judges a record.

use nguon_core::event::RecallReason;
use nguon_core::fault::Fault;
use nguon_core::verify::{Note, Outcome, Subject, Verdict};

use crate::lang::Lang;
use crate::messages::Messages;

/// What became of a line, worst first: this is the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the words are those of `Outcome`, and of the page when nothing was to be verified
pub enum Kind {
    Recalled,
    Forked,
    Invalid,
    WrongLabel,
    UntrustedKey,
    OverAllocated,
    Suspect,
    NoSuchLot,
    PartRecalled,
    Unreadable,
    Incomplete,
    NotReachable,
    NeedsNewerApp,
    Stale,
    Unlogged,
    Valid,
}

/// A colour, and with it a shape: never the colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Recalled or broken
    Alert,
    /// In doubt
    Amber,
    /// No conclusion
    Grey,
    /// Holds
    Leaf,
}

impl Tone {
    /// The class in the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Amber => "amber",
            Self::Grey => "grey",
            Self::Leaf => "leaf",
        }
    }

    /// The sign beside the words, on a grid of 24.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Alert => "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16.2v.01",
            Self::Amber => "M12 5v9M12 18.5v.01",
            Self::Grey => "M6 12h12",
            Self::Leaf => "M5 12.5l4.5 4.5L19 7.5",
        }
    }
}

impl Kind {
    /// Its colour and sign.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Recalled
            | Self::Forked
            | Self::Invalid
            | Self::WrongLabel
            | Self::UntrustedKey
            | Self::OverAllocated => Tone::Alert,
            Self::Suspect | Self::NoSuchLot | Self::PartRecalled | Self::Stale => Tone::Amber,
            Self::Unreadable | Self::Incomplete | Self::NotReachable | Self::NeedsNewerApp | Self::Unlogged => {
                Tone::Grey
            }
            Self::Valid => Tone::Leaf,
        }
    }

    /// Two or three words for it.
    #[must_use]
    pub const fn words(self, m: &Messages) -> &'static str {
        match self {
            Self::Recalled => m.found_recalled,
            Self::Forked => m.found_forked,
            Self::Invalid => m.found_invalid,
            Self::WrongLabel => m.found_wrong_label,
            Self::UntrustedKey => m.found_untrusted_key,
            Self::OverAllocated => m.found_over_allocated,
            Self::Suspect => m.found_suspect,
            Self::NoSuchLot => m.found_no_such_lot,
            Self::PartRecalled => m.found_part_recalled,
            Self::Unreadable => m.found_unreadable,
            Self::Incomplete => m.found_incomplete,
            Self::NotReachable => m.found_not_reachable,
            Self::NeedsNewerApp => m.found_needs_newer_app,
            Self::Stale => m.found_stale,
            Self::Unlogged => m.found_unlogged,
            Self::Valid => m.found_valid,
        }
    }
}

/// What was found of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The verdict
    pub kind: Kind,
    /// Why it is recalled, if it is
    pub reason: Option<RecallReason>,
    /// The machine's name of the broken rule, if one is
    pub code: Option<&'static str>,
    /// Until when completeness is confirmed, Unix seconds
    pub as_of: Option<u64>,
    /// Signatures that hold, and by how many parties
    pub signatures: (usize, usize),
}

impl Conclusion {
    /// Without a bundle there is nothing but the kind.
    #[must_use]
    pub const fn bare(kind: Kind) -> Self {
        Self { kind, reason: None, code: None, as_of: None, signatures: (0, 0) }
    }

    /// One line: the kind, and why.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let m = lang.messages();
        let words = self.kind.words(m);
        match (self.reason, self.code) {
            (Some(reason), _) => format!("{words}: {}", reason_words(reason, m)),
            (None, Some(code)) if self.kind == Kind::Invalid => format!("{words} ({code})"),
            _ => words.to_owned(),
        }
    }
}

/// Why goods are called back.
#[must_use]
pub const fn reason_words(reason: RecallReason, m: &Messages) -> &'static str {
    match reason {
        RecallReason::PesticideResidue => m.recall_pesticide_residue,
        RecallReason::Microbial => m.recall_microbial,
        RecallReason::ForeignMatter => m.recall_foreign_matter,
        RecallReason::Treatment => m.recall_treatment,
        RecallReason::Mislabelled => m.recall_mislabelled,
        RecallReason::QuarantinePest => m.recall_quarantine_pest,
        RecallReason::Other => m.recall_other,
    }
}

/// The same for the word of a trace; the word itself if this page does not know it.
#[must_use]
pub fn reason_of_word(word: &str, m: &Messages) -> String {
    let reason: Option<RecallReason> = serde_json::from_value(serde_json::Value::from(word)).ok();
    reason.map_or_else(|| word.to_owned(), |reason| reason_words(reason, m).to_owned())
}

/// What a verdict says in a row.
#[must_use]
pub fn conclude(verdict: &Verdict, signatures: (usize, usize)) -> Conclusion {
    let part = verdict.findings.iter().find_map(|finding| match &finding.subject {
        Subject::Note(Note::PartRecalled(reason)) => Some(*reason),
        _ => None,
    });
    let wrong_label =
        verdict.findings.first().is_some_and(|finding| matches!(finding.subject, Subject::Fault(Fault::WrongLabel)));
    let (kind, reason, code) = match &verdict.outcome {
        Outcome::Invalid { .. } if wrong_label => (Kind::WrongLabel, None, None),
        Outcome::Invalid { code, .. } => (Kind::Invalid, None, Some(*code)),
        Outcome::Forked => (Kind::Forked, None, None),
        Outcome::UntrustedKey { .. } => (Kind::UntrustedKey, None, None),
        Outcome::Incomplete => (Kind::Incomplete, None, None),
        Outcome::Recalled { reason, .. } => (Kind::Recalled, Some(*reason), None),
        Outcome::OverAllocated { .. } => (Kind::OverAllocated, None, None),
        Outcome::Suspect { .. } => (Kind::Suspect, None, None),
        // Part of the lot is called back: that matters more to an inspector than that the rest holds.
        Outcome::Stale | Outcome::Unlogged | Outcome::Valid if part.is_some() => (Kind::PartRecalled, part, None),
        Outcome::Stale => (Kind::Stale, None, None),
        Outcome::Unlogged => (Kind::Unlogged, None, None),
        Outcome::Valid => (Kind::Valid, None, None),
        // An outcome this page was not written for is no reason to say anything good.
        _ => (Kind::NeedsNewerApp, None, None),
    };
    Conclusion { kind, reason, code, as_of: verdict.as_of.map(|time| time.get()), signatures }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(outcome: Outcome) -> Verdict {
        Verdict { outcome, as_of: None, findings: Vec::new() }
    }

    #[test]
    fn no_verdict_becomes_better_in_the_table() {
        for (outcome, kind) in [
            (Outcome::Valid, Kind::Valid),
            (Outcome::Unlogged, Kind::Unlogged),
            (Outcome::Stale, Kind::Stale),
            (Outcome::Incomplete, Kind::Incomplete),
            (Outcome::Forked, Kind::Forked),
            (Outcome::NeedsNewerApp, Kind::NeedsNewerApp),
            (Outcome::Invalid { code: "bad_signature", at: None }, Kind::Invalid),
            (Outcome::OverAllocated { at: None }, Kind::OverAllocated),
        ] {
            assert_eq!(conclude(&verdict(outcome), (1, 1)).kind, kind);
        }
    }

    #[test]
    fn only_what_holds_is_green() {
        use Kind as K;
        let all = [
            K::Recalled,
            K::Forked,
            K::Invalid,
            K::WrongLabel,
            K::UntrustedKey,
            K::OverAllocated,
            K::Suspect,
            K::NoSuchLot,
            K::PartRecalled,
            K::Unreadable,
            K::Incomplete,
            K::NotReachable,
            K::NeedsNewerApp,
            K::Stale,
            K::Unlogged,
        ];
        assert!(all.iter().all(|kind| kind.tone() != Tone::Leaf && *kind < K::Valid));
        assert_eq!(K::Valid.tone(), Tone::Leaf);
    }

    #[test]
    fn a_reason_is_told_and_an_unknown_one_repeated() {
        let m = Lang::Vi.messages();
        assert_eq!(reason_of_word("microbial", m), m.recall_microbial);
        assert_eq!(reason_of_word("something_new", m), "something_new");
    }
}
