//! What was written down, as people read it: what each entry says, how far it is, what was wrong with it.

mod words;

pub use words::{advice, detail, tasks_of, title, warning};

use nguon_core::ids::ChainId;
use nguon_draft::outbox::{Entry, Stage};
use nguon_draft::{Draft, Outbox};

use crate::components::ui::Tone;
use crate::lang::Lang;

/// How far an entry is: in words, and how grave that is.
#[must_use]
pub fn standing(lang: Lang, entry: &Entry, has_log: bool, held: bool) -> (Tone, &'static str) {
    let m = lang.messages();
    match &entry.stage {
        Stage::OnDevice if held => (Tone::Amber, m.stage_held()),
        Stage::OnDevice => (Tone::Grey, m.stage_device()),
        Stage::Sent if has_log => (Tone::Grey, m.stage_sent()),
        Stage::Sent => (Tone::Leaf, m.stage_sent()),
        Stage::Logged { .. } => (Tone::Leaf, m.stage_logged()),
        Stage::Refused(_) => (Tone::Alert, m.stage_refused()),
        Stage::Withdrawn => (Tone::Grey, m.stage_withdrawn()),
    }
}

/// Corrections of what an entry wrote, oldest first.
#[must_use]
pub fn corrections<'a>(outbox: &'a Outbox, entry: &Entry) -> Vec<&'a Entry> {
    let wrote = |chain: &ChainId, sequence: u64| {
        entry.records.iter().any(|kept| kept.own && kept.chain == *chain && kept.sequence == sequence)
    };
    let corrects = |other: &&Entry| match &other.draft {
        Draft::Corrected(correction) => {
            !matches!(other.stage, Stage::Withdrawn) && wrote(&correction.chain, correction.sequence)
        }
        _ => false,
    };
    outbox.entries().filter(corrects).collect()
}

/// The record of an entry that a correction would name: the one on what it is about.
#[must_use]
pub fn correctable(entry: &Entry) -> Option<(ChainId, u64)> {
    if matches!(entry.draft, Draft::Corrected(_) | Draft::Approved { .. }) || matches!(entry.stage, Stage::Withdrawn) {
        return None;
    }
    let kept = entry.records.iter().find(|kept| kept.own && kept.sequence > 0)?;
    Some((kept.chain, kept.sequence))
}
