//! Why something was not written down, in the farmer's words, with what to do.

use nguon_core::fault::Fault;
use nguon_draft::{Refused, Trouble};

use super::day::Day;
use super::say;
use crate::bench::NotWritten;
use crate::browser::store::NotKept;
use crate::lang::Lang;
use crate::messages::fill;
use crate::messages::tasks::words as messages;

/// The sentence.
#[must_use]
pub fn words(lang: Lang, why: &NotWritten, offset: i16) -> String {
    let m = messages(lang);
    match why {
        NotWritten::Locked => m.why_locked().to_owned(),
        NotWritten::NoKey => m.why_no_key().to_owned(),
        NotWritten::NoRandom => m.why_browser().to_owned(),
        NotWritten::NotKept(NotKept::Full) => m.why_full().to_owned(),
        NotWritten::NotKept(NotKept::Elsewhere) => m.why_elsewhere().to_owned(),
        NotWritten::NotKept(NotKept::Refused) => m.why_browser().to_owned(),
        NotWritten::Refused(refused) => rule(lang, refused, offset),
    }
}

fn rule(lang: Lang, refused: &Refused, offset: i16) -> String {
    let m = messages(lang);
    let date = |unix| say::day(lang, Day::from_moment_on(unix, offset));
    let kg = |grams| say::kg(lang, grams);
    match refused {
        Refused::Unknown(_) => m.why_unknown().to_owned(),
        Refused::Waits { .. } | Refused::Moved | Refused::InDoubt(_) => m.why_waits().to_owned(),
        Refused::NoKey(_) | Refused::NoOwner => m.why_not_allowed().to_owned(),
        Refused::WentBack(_) | Refused::Rewritten { .. } | Refused::TooOften(_) => m.why_operator().to_owned(),
        Refused::Parcel => m.scan_wrong().to_owned(),
        Refused::Rule { fault, .. } => match &**fault {
            Fault::HarvestTooEarly { earliest } => fill(m.why_early(), &[("date", &date(earliest.get()))]),
            Fault::AboveAllotment { remaining } => fill(m.warn_allotment(), &[("kg", &kg(*remaining))]),
            Fault::OverDrawn { remaining } => fill(m.warn_over(), &[("kg", &kg(*remaining))]),
            Fault::InputsAboveDraws { drawn, .. } => fill(m.arrived_above(), &[("kg", &kg(*drawn))]),
            Fault::BelowTaken { taken, .. } => fill(m.why_taken(), &[("kg", &kg(*taken))]),
            Fault::UndrawnInput(_) => m.why_undrawn().to_owned(),
            Fault::OutsideSeason { from, until } => {
                let day = |unix| say::day(lang, Day::of(unix, offset));
                fill(m.why_season(), &[("from", &day(from.get())), ("until", &day(until.get()))])
            }
            Fault::LateHarvest { until } => fill(m.why_late(), &[("until", &date(until.get()))]),
            Fault::Suspended(_) | Fault::ForkedChain => m.why_suspended().to_owned(),
            Fault::NotPermitted { .. } | Fault::OutOfScope(_) | Fault::OnBehalf(_) => m.why_not_allowed().to_owned(),
            Fault::RevokedKey(_) | Fault::UnknownKey(_) | Fault::KeyNotThen(_) => m.why_no_key().to_owned(),
            Fault::MissingChain(_) => m.why_unknown().to_owned(),
            // The rule's own name, so that whoever is called can look it up.
            other => fill(m.why_other(), &[("code", other.code())]),
        },
        other => fill(m.why_other(), &[("code", &Trouble::of(other).code)]),
    }
}
