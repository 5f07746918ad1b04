//! From a clean preview and what is registered to what is to be signed: safe to repeat, and never a change of what is there.
//!
//! A household is known again by its telephone number; without one in the file or in the register, by its name, village and
//! commune. Its plots are known again by their names, or by their place among those without one. The same file again plans
//! nothing. A changed file plans what is new; what differs is marked and left as it is, since a correction is a
//! record of its own that somebody has to mean.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Grams};

use crate::finding::{Differs, Finding, Mark, Place, Severity};
use crate::household::{Household, Plot};
use crate::preview::{Area, Preview};
use crate::register::{Index, Known, KnownPlot, Register};
use crate::table::Address;

/// Shares that one record of a growing area holds (nguon-core: `plots_allotted`).
pub const SHARES: usize = 200;

/// One thing to sign. Households and plots are named by their place in the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// A household begins its chain, without a key.
    Enrol {
        /// Which one.
        household: usize,
    },
    /// A plot begins its chain.
    RegisterPlot {
        /// Whose it is.
        household: usize,
        /// Which of theirs.
        plot: usize,
        /// The growing area.
        area: ChainId,
    },
    /// The season opens on a plot.
    OpenSeason {
        /// Whose it is.
        household: usize,
        /// Which of theirs.
        plot: usize,
    },
    /// Plots get their shares of a growing area's ceiling: at most [`SHARES`].
    Allot {
        /// The growing area.
        area: ChainId,
        /// Household, plot and share.
        shares: Vec<(usize, usize, Grams)>,
    },
    /// A household's phone gets to sign.
    AddKey {
        /// Whose it is.
        household: usize,
    },
}

/// What is to be signed for a file, in this order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The steps; those of one household stand together, shares and keys after all of them.
    pub steps: Vec<Planned>,
    /// What differs from what is registered, and sums that do not hold.
    pub marks: Vec<Mark>,
    /// The chains of households that are registered already.
    pub actors: HashMap<usize, ChainId>,
    /// The chains of plots that are registered already.
    pub plots: HashMap<(usize, usize), ChainId>,
    /// Registered households that the file does not name. Nothing is done about them.
    pub not_in_file: usize,
}

/// How much of each kind a plan holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Households to enrol.
    pub households: usize,
    /// Plots to register.
    pub plots: usize,
    /// Seasons to open on plots.
    pub seasons: usize,
    /// Plots that get a share.
    pub shares: usize,
    /// Keys to add.
    pub keys: usize,
}

impl Plan {
    /// Whether it may be carried out.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.marks.iter().all(|mark| mark.finding.severity() != Severity::Bad)
    }

    /// How much it holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for step in &self.steps {
            match step {
                Planned::Enrol { .. } => counts.households += 1,
                Planned::RegisterPlot { .. } => counts.plots += 1,
                Planned::OpenSeason { .. } => counts.seasons += 1,
                Planned::Allot { shares, .. } => counts.shares += shares.len(),
                Planned::AddKey { .. } => counts.keys += 1,
            }
        }
        counts
    }

    /// The steps in groups that are sent all or nothing: a household is never cut in two, and what is appended to a growing
    /// area's chain goes by itself, so that a race lost there holds up nothing else.
    pub fn groups(&self, most: usize) -> impl Iterator<Item = &[Planned]> {
        let mut rest = self.steps.as_slice();
        std::iter::from_fn(move || {
            let first = rest.first()?;
            let end = if matches!(first, Planned::Allot { .. }) { 1 } else { end_of_group(rest, most) };
            let (group, later) = rest.split_at(end.max(1));
            rest = later;
            Some(group)
        })
    }
}

fn end_of_group(steps: &[Planned], most: usize) -> usize {
    let mut end = 0;
    for at in 1..=steps.len() {
        let closes = match (steps.get(at - 1).and_then(Planned::household), steps.get(at)) {
            (_, None | Some(Planned::Allot { .. })) => true,
            (before, Some(next)) => before != next.household(),
        };
        if closes {
            // One household alone may be more than a group should hold; it still goes as one.
            if at > most && end > 0 {
                return end;
            }
            end = at;
            if matches!(steps.get(at), None | Some(Planned::Allot { .. })) {
                return end;
            }
        }
    }
    end
}

impl Planned {
    const fn household(&self) -> Option<usize> {
        match self {
            Self::Enrol { household }
            | Self::RegisterPlot { household, .. }
            | Self::OpenSeason { household, .. }
            | Self::AddKey { household } => Some(*household),
            Self::Allot { .. } => None,
        }
    }
}

/// Plans. With a season, which is open on the growing areas, it opens on plots too, and those with an expected yield get
/// their share.
///
/// Of a preview that is not clean nothing is planned: a file is taken as a whole or not at all.
#[must_use]
pub fn plan(preview: &Preview, register: &Register, areas: &[Area], season: Option<&Code>) -> Plan {
    let mut planning = Planning {
        plan: Plan::default(),
        used: BTreeSet::new(),
        season,
        shares: BTreeMap::new(),
        keys: Vec::new(),
        wanted: BTreeMap::new(),
    };
    if !preview.is_clean() {
        return planning.plan;
    }
    let index = register.index();
    let matched = matched(&preview.households, &index);
    let mut named = BTreeSet::new();
    for (at, household) in preview.households.iter().enumerate() {
        let known = matched.get(at).copied().flatten();
        named.extend(known.map(|(chain, _)| chain));
        planning.household(at, household, known);
    }
    planning.plan.not_in_file = register.households.len().saturating_sub(named.len());
    planning.finish(areas)
}

/// Which registered household each one is: each registered one at most once.
fn matched<'a>(households: &[Household], index: &Index<'a>) -> Vec<Option<(ChainId, &'a Known)>> {
    let mut taken = BTreeSet::new();
    let by_phone: Vec<Option<(ChainId, &Known)>> = households
        .iter()
        .map(|household| {
            let known = index.by_phone(&household.phone_key()?)?;
            taken.insert(known.0).then_some(known)
        })
        .collect();
    // By name only who has nobody's telephone number: two people of one name in a village are told apart by theirs.
    let rest = households.iter().zip(by_phone);
    rest.map(|(household, known)| {
        known.or_else(|| index.by_name(&household.name_key()).find(|(chain, _)| taken.insert(*chain)))
    })
    .collect()
}

struct Planning<'a> {
    plan: Plan,
    /// Registered plots that were found in the file.
    used: BTreeSet<ChainId>,
    season: Option<&'a Code>,
    shares: BTreeMap<ChainId, Vec<(usize, usize, Grams)>>,
    keys: Vec<usize>,
    /// By area: grams and square metres that plots with new shares take.
    wanted: BTreeMap<ChainId, (u64, u64)>,
}

impl Planning<'_> {
    fn mark(&mut self, at: &Address, read: &str, finding: Finding) {
        self.plan.marks.push(Mark { at: Place::Cell(at.clone()), read: read.to_owned(), finding });
    }

    fn household(&mut self, at: usize, household: &Household, known: Option<(ChainId, &Known)>) {
        match known {
            None => self.plan.steps.push(Planned::Enrol { household: at }),
            Some((chain, known)) => {
                self.plan.actors.insert(at, chain);
                self.mark(&household.at, household.name.as_str(), Finding::Known);
                if known.name.is_some_and(|name| name != household.name_key()) {
                    self.mark(&household.at, household.name.as_str(), Finding::Differs(Differs::Name));
                }
                if let (Some(phone), Some(before)) = (household.phone_key(), known.phone)
                    && phone != before
                {
                    let read = household.phone.as_ref().map(crate::value::Phone::spoken).unwrap_or_default();
                    self.mark(&household.at, &read, Finding::Differs(Differs::Phone));
                }
            }
        }
        for plot in 0..household.plots.len() {
            self.plot(at, household, plot, known.map(|(_, known)| known));
        }
        if let Some((_, cell)) = &household.key {
            match known {
                Some((_, known)) if known.signs => self.mark(cell, "", Finding::Differs(Differs::Key)),
                _ => self.keys.push(at),
            }
        }
    }

    fn plot(&mut self, of: usize, household: &Household, at: usize, known: Option<&Known>) {
        let Some(plot) = household.plots.get(at) else { return };
        let found = known.and_then(|known| self.registered(known, plot, &Plot::label(&household.plots, at)));
        match found {
            Some((chain, known)) => {
                self.used.insert(chain);
                self.plan.plots.insert((of, at), chain);
                self.known_plot(of, at, plot, known);
            }
            None => {
                let Some(area) = plot.area else { return };
                self.plan.steps.push(Planned::RegisterPlot { household: of, plot: at, area });
                if self.season.is_some() {
                    self.plan.steps.push(Planned::OpenSeason { household: of, plot: at });
                    self.share(of, at, plot, area);
                }
            }
        }
    }

    /// The registered plot of this label; of those registered without a list, one of the same size in the same area.
    fn registered<'k>(&self, known: &'k Known, plot: &Plot, label: &str) -> Option<(ChainId, &'k KnownPlot)> {
        let alike = |(chain, known): &(&ChainId, &KnownPlot)| {
            known.label.is_empty()
                && known.size == plot.size
                && Some(known.area) == plot.area
                && !self.used.contains(*chain)
        };
        known.plot(label).or_else(|| known.plots.iter().find(alike).map(|(chain, known)| (*chain, known)))
    }

    fn known_plot(&mut self, of: usize, at: usize, plot: &Plot, known: &KnownPlot) {
        if plot.area.is_some_and(|area| area != known.area) {
            self.mark(&plot.at, plot.code.as_ref().map_or("", Code::as_str), Finding::Differs(Differs::Area));
        }
        if plot.size != known.size {
            self.mark(&plot.at, &format!("{} m²", plot.size), Finding::Differs(Differs::Size(known.size)));
        }
        if let Some(variety) = known.variety.as_ref().filter(|variety| **variety != plot.variety) {
            self.mark(&plot.at, plot.variety.as_str(), Finding::Differs(Differs::Variety(variety.clone())));
        }
        let Some(season) = self.season else { return };
        match known.seasons.get(season) {
            None => {
                self.plan.steps.push(Planned::OpenSeason { household: of, plot: at });
                self.share(of, at, plot, known.area);
            }
            Some(None) => self.share(of, at, plot, known.area),
            Some(Some(share)) => {
                if let Some((expected, cell)) = &plot.expected
                    && expected != share
                {
                    let read = crate::words::kilograms(expected.get());
                    self.mark(cell, &read, Finding::Differs(Differs::Yield(*share)));
                }
            }
        }
    }

    fn share(&mut self, of: usize, at: usize, plot: &Plot, area: ChainId) {
        let Some((grams, _)) = &plot.expected else { return };
        self.shares.entry(area).or_default().push((of, at, *grams));
        let (wanted_grams, wanted_size) = self.wanted.entry(area).or_default();
        *wanted_grams = wanted_grams.saturating_add(grams.get());
        *wanted_size = wanted_size.saturating_add(plot.size.get());
    }

    fn finish(mut self, areas: &[Area]) -> Plan {
        for area in areas {
            let Some((grams, size)) = self.wanted.get(&area.chain).copied() else { continue };
            let over = |left: Option<u64>, wanted: u64| left.filter(|left| wanted > *left);
            let mut bad = Vec::new();
            bad.extend(over(area.grams_left, grams).map(|left| Finding::AboveCeiling(area.code.clone(), grams, left)));
            bad.extend(
                over(area.square_metres_left, size).map(|left| Finding::AboveArea(area.code.clone(), size, left)),
            );
            self.plan.marks.extend(bad.into_iter().map(|finding| Mark {
                at: Place::File,
                read: String::new(),
                finding,
            }));
        }
        for (area, shares) in self.shares {
            self.plan
                .steps
                .extend(shares.chunks(SHARES).map(|shares| Planned::Allot { area, shares: shares.to_vec() }));
        }
        self.plan.steps.extend(self.keys.into_iter().map(|household| Planned::AddKey { household }));
        self.plan
    }
}
