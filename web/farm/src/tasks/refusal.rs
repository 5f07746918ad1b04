//! Why something was not written down, in the farmer's words, with what to do. What the server would say of it, and says where
//! it came to that, is worded once: [`crate::history::advice`].

use nguon_core::fault::Fault;
use nguon_draft::{Refused, Trouble};

use super::day::Day;
use super::say;
use crate::bench::NotWritten;
use crate::browser::store::NotKept;
use crate::history::advice;
use crate::lang::Lang;
use crate::messages::fill;
use crate::messages::tasks::words as messages;

/// The sentence.
#[must_use]
pub fn words(lang: Lang, why: &NotWritten) -> String {
    let (m, shell) = (messages(lang), lang.messages());
    match why {
        NotWritten::Locked => m.why_locked().to_owned(),
        NotWritten::NoKey => m.why_no_key().to_owned(),
        NotWritten::NotKept(NotKept::Full) => shell.not_kept_full().to_owned(),
        NotWritten::NotKept(NotKept::Elsewhere) => shell.not_kept_elsewhere().to_owned(),
        NotWritten::NotKept(NotKept::Refused) | NotWritten::NoRandom => shell.not_kept_refused().to_owned(),
        NotWritten::Refused(refused) => rule(lang, refused),
    }
}

/// With the figures that only a device's own judgement has; all else as the server's answer is worded.
fn rule(lang: Lang, refused: &Refused) -> String {
    let m = messages(lang);
    let day = |unix| say::day(lang, Day::of(unix));
    match (refused, refused.fault()) {
        (Refused::Unknown(_), _) => m.why_unknown().to_owned(),
        (Refused::Parcel, _) => m.scan_wrong().to_owned(),
        (_, Some(Fault::BelowTaken { taken, .. })) => fill(m.why_taken(), &[("kg", &say::kg(lang, *taken))]),
        (_, Some(Fault::OutsideSeason { from, until })) => {
            fill(m.why_season(), &[("from", &day(from.get())), ("until", &day(until.get()))])
        }
        (_, Some(Fault::LateHarvest { until })) => fill(m.why_late(), &[("until", &day(until.get()))]),
        _ => advice(lang, &Trouble::of(refused)),
    }
}
