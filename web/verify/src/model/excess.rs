//! More than there is: which record, and by how much.

use super::{Mass, StepRef};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;

/// A record that takes, gives or says more than there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which record
    pub step: StepRef,
    /// More than what
    pub limit: Limit,
}

/// What there is no more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The source gave nothing
    Undrawn,
    /// What the source gave
    Drawn {
        /// What it gave
        drawn: Mass,
        /// What was taken
        taken: Mass,
    },
    /// What is left of the batch
    Batch(Mass),
    /// The plot's share, and what is left of it
    Allotment(Mass),
    /// The growing area's ceiling, and what is left of it
    Ceiling(Mass),
    /// Square metres of the growing area that are left
    Area(u64),
    /// Boxes that are left
    Boxes(u64),
    /// Boxes that the inputs fill
    Filled(u64),
    /// What somebody has taken of it already
    Taken(Mass),
}

impl Excess {
    /// The sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let m = lang.messages();
        let mass = |mass| format::mass(lang, mass);
        let (message, left) = match self.limit {
            Limit::Undrawn => (m.excess_undrawn(), String::new()),
            Limit::Drawn { drawn, .. } => (m.excess_draws(), mass(drawn)),
            Limit::Batch(left) => (m.excess_left(), mass(left)),
            Limit::Allotment(left) => (m.excess_allotment(), mass(left)),
            Limit::Ceiling(left) => (m.excess_ceiling(), mass(left)),
            Limit::Area(left) => (m.excess_area(), format::area(lang, left)),
            Limit::Boxes(left) => (m.excess_boxes(), format::count(lang, left)),
            Limit::Filled(left) => (m.excess_filled(), format::count(lang, left)),
            Limit::Taken(taken) => (m.excess_taken(), mass(taken)),
        };
        let taken = if let Limit::Drawn { taken, .. } = self.limit { mass(taken) } else { String::new() };
        let what = fill(message, &[("left", &left), ("taken", &taken)]);
        fill(m.excess_step(), &[("step", &self.step.words(m)), ("what", &what)])
    }
}
