//! A plan's steps as drafts, one after the other: households, plots, seasons, shares, keys. What each began is remembered, for
//! the steps that name it and for the register by which the same list is known again.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use nguon_core::event::{Allotment, PlotRegistered, PlotsAllotted, Role, SeasonOpened};
use nguon_core::ids::ChainId;
use nguon_core::state::ChainState;
use nguon_core::values::List;
use nguon_draft::{Draft, Plain};
use nguon_farm_app::browser::store::Change;
use nguon_import::plan::{Plan, Planned};
use nguon_import::preview::Preview;
use nguon_import::register::{KnownPlot, Register};

use super::Season;
use crate::enrol::{self, Newcomer};
use crate::kept::Held;
use crate::register::{Known, People};
use crate::work::Source;

/// The drafts of a plan.
pub struct Drafts {
    registrar: ChainId,
    enroller: Option<Arc<ChainState>>,
    preview: Rc<Preview>,
    plan: Rc<Plan>,
    season: Option<Season>,
    /// What this computer registered, with what is new
    pub register: Held<Register>,
    /// Who they are, with those who are new
    pub people: Held<People>,
    at: usize,
    actors: HashMap<usize, ChainId>,
    plots: HashMap<(usize, usize), ChainId>,
}

impl Drafts {
    /// Those of a plan that nothing is to be mended in.
    #[must_use]
    pub fn new(
        (registrar, enroller): (ChainId, Option<Arc<ChainState>>),
        (preview, plan, season): (Rc<Preview>, Rc<Plan>, Option<Season>),
        register: Held<Register>,
        people: Held<People>,
    ) -> Self {
        let (actors, plots) = (plan.actors.clone(), plan.plots.clone());
        Self { registrar, enroller, preview, plan, season, register, people, at: 0, actors, plots }
    }

    /// Chains that exist and have to be at hand before the first is prepared.
    #[must_use]
    pub fn needed(&self) -> Vec<ChainId> {
        let mut needed = vec![self.registrar];
        for step in &self.plan.steps {
            match step {
                Planned::RegisterPlot { household, area, .. } => {
                    needed.push(*area);
                    needed.extend(self.plan.actors.get(household));
                }
                Planned::OpenSeason { household, plot } => needed.extend(self.plan.plots.get(&(*household, *plot))),
                Planned::Allot { area, shares } => {
                    needed.push(*area);
                    needed.extend(
                        shares.iter().filter_map(|(household, plot, _)| self.plan.plots.get(&(*household, *plot))),
                    );
                }
                Planned::AddKey { household } => needed.extend(self.plan.actors.get(household)),
                Planned::Enrol { .. } => {}
            }
        }
        needed.sort_unstable();
        needed.dedup();
        needed
    }

    /// Notes what a step began.
    fn note(&mut self, step: &Planned, began: ChainId) {
        match step {
            Planned::Enrol { household } => {
                let Some(found) = self.preview.households.get(*household) else { return };
                self.actors.insert(*household, began);
                self.register.learn(began, found);
                let known = Known {
                    name: found.name.as_str().to_owned(),
                    phone: found.phone.as_ref().map(nguon_import::value::Phone::spoken),
                    village: found.village.clone(),
                };
                self.people.0.insert(began, known);
            }
            Planned::RegisterPlot { household, plot, area } => {
                self.plots.insert((*household, *plot), began);
                let Some((found, actor)) =
                    self.preview.households.get(*household).zip(self.actors.get(household).copied())
                else {
                    return;
                };
                if let Some(known) = KnownPlot::new(&found.plots, *plot, *area) {
                    self.register.learn(actor, found).plots.insert(began, known);
                }
            }
            _ => {}
        }
    }

    /// Notes what a step says of what is there.
    fn note_said(&mut self, step: &Planned) {
        match step {
            Planned::OpenSeason { household, plot } => self.share(*household, *plot, None),
            Planned::Allot { shares, .. } => {
                for (household, plot, grams) in shares {
                    self.share(*household, *plot, Some(*grams));
                }
            }
            Planned::AddKey { household } => {
                if let Some(known) =
                    self.actors.get(household).and_then(|actor| self.register.households.get_mut(actor))
                {
                    known.signs = true;
                }
            }
            _ => {}
        }
    }

    fn share(&mut self, household: usize, plot: usize, grams: Option<nguon_core::values::Grams>) {
        let Some(season) = self.season.as_ref().map(|season| season.name.clone()) else { return };
        let chains = self.actors.get(&household).zip(self.plots.get(&(household, plot)));
        let known = chains.and_then(|(actor, plot)| self.register.households.get_mut(actor)?.plots.get_mut(plot));
        if let Some(known) = known {
            known.seasons.insert(season, grams);
        }
    }

    fn draft(&self, step: &Planned) -> Option<Draft> {
        match step {
            Planned::Enrol { household } => {
                let found = self.preview.households.get(*household)?;
                let newcomer = Newcomer {
                    role: Role::Farm,
                    name: found.name.as_str().to_owned(),
                    phone: found.phone.as_ref().map(|phone| phone.as_str().to_owned()),
                    commune: found.commune.clone(),
                    key: None,
                };
                enrol::household(&newcomer, self.enroller.as_deref())
            }
            Planned::RegisterPlot { household, plot, area } => {
                let found = self.preview.households.get(*household)?.plots.get(*plot)?;
                let owner = self.actors.get(household)?;
                let mut event = PlotRegistered::new(*area, *owner, found.size, found.variety.clone());
                event.trees = found.trees;
                Some(Draft::Begins(Plain::new(event)))
            }
            Planned::OpenSeason { household, plot } => {
                let (season, chain) = (self.season.as_ref()?, self.plots.get(&(*household, *plot))?);
                let area = self.preview.households.get(*household)?.plots.get(*plot)?.area?;
                let (from, until) = season.windows.get(&area).or(season.windows.values().next()).copied()?;
                let event = SeasonOpened::new(season.name.clone(), from, until, None);
                Some(Draft::Appends { chain: *chain, event: Plain::new(event) })
            }
            Planned::Allot { area, shares } => {
                let share = |(household, plot, grams): &(usize, usize, nguon_core::values::Grams)| {
                    Some(Allotment { plot: *self.plots.get(&(*household, *plot))?, grams: *grams })
                };
                let shares: Vec<Allotment> = shares.iter().map(share).collect::<Option<_>>()?;
                let event =
                    PlotsAllotted { season: self.season.as_ref()?.name.clone(), allotments: List::new(shares).ok()? };
                Some(Draft::Appends { chain: *area, event: Plain::new(event) })
            }
            Planned::AddKey { household } => {
                let found = self.preview.households.get(*household)?;
                let (key, _) = found.key.as_ref()?;
                Some(enrol::add_key(*self.actors.get(household)?, *key, Some(found.name.as_str())))
            }
        }
    }
}

impl Source for Drafts {
    fn next(&mut self, began: Option<ChainId>) -> Option<Draft> {
        let plan = self.plan.clone();
        if let Some(before) = self.at.checked_sub(1).and_then(|before| plan.steps.get(before)) {
            if let Some(began) = began {
                self.note(before, began);
            }
            self.note_said(before);
        }
        let step = plan.steps.get(self.at)?;
        self.at += 1;
        self.draft(step)
    }

    fn count(&self) -> usize {
        self.plan.steps.len()
    }

    fn besides(&self) -> Vec<Change> {
        vec![self.register.change(), self.people.change()]
    }
}
