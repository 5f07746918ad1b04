//! Pre-harvest intervals (thời gian cách ly) in words, from what the verifier counted.

use nguon_core::verify::VerifiedChain;

use crate::facts::{Entry, Language};

const DAY: u64 = 86_400;

/// What became of the interval at a harvest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interval {
    /// The plot's log does not know the harvest.
    Unknown,
    /// Nothing that needs one was recorded before.
    NoneNeeded,
    /// Days that lay between, and days that were needed.
    Kept { days: u64, needed: u16 },
    /// The same, and it was too early.
    Broken { days: u64, needed: u16 },
}

/// Whether a harvest kept the interval of everything recorded on its plot, by the times that count.
pub(crate) fn at_harvest(harvest: &Entry<'_>) -> Interval {
    let Some(log) = harvest.chain.state().place().map(|place| &place.log) else { return Interval::Unknown };
    let sequence = harvest.signed().sequence;
    let Some(at) = log.harvests().iter().find(|known| known.sequence == sequence).map(|known| known.at.get()) else {
        return Interval::Unknown;
    };
    let before = |application: &&nguon_core::state::Application| application.phi_days > 0 && application.at.get() <= at;
    let Some(binding) = log.applications().iter().filter(before).max_by_key(|application| application.until()) else {
        return Interval::NoneNeeded;
    };
    let (days, needed) = ((at - binding.at.get()) / DAY, binding.phi_days);
    if binding.until() <= at { Interval::Kept { days, needed } } else { Interval::Broken { days, needed } }
}

/// From when on a harvest is sound after an application, by the time that counts; `None` if it needs no interval.
pub(crate) fn earliest(chain: &VerifiedChain, sequence: u64) -> Option<u64> {
    let application = chain.state().place()?.log.application(sequence)?;
    (application.phi_days > 0).then(|| application.until())
}

impl Interval {
    pub(crate) fn words(self, language: Language) -> String {
        match (language, self) {
            (_, Self::Unknown) => "—".to_owned(),
            (Language::Vi, Self::NoneNeeded) => "Không có thuốc cần cách ly".to_owned(),
            (Language::En, Self::NoneNeeded) => "None needed".to_owned(),
            (Language::Vi, Self::Kept { days, needed }) => format!("Đạt: {days} ngày, cần {needed}"),
            (Language::En, Self::Kept { days, needed }) => format!("Kept: {days} days, {needed} needed"),
            (Language::Vi, Self::Broken { days, needed }) => format!("KHÔNG ĐẠT: {days} ngày, cần {needed}"),
            (Language::En, Self::Broken { days, needed }) => format!("NOT KEPT: {days} days, {needed} needed"),
        }
    }
}
