//! Carrying a plan out: everything is signed here and now, and put into the outbox in groups.

use std::collections::HashMap;

use nguon_core::event::{Allotment, Enrolled, KeyAdded, PlotRegistered, PlotsAllotted, Role, Scope, SeasonOpened};
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, List};
use nguon_import::household::Household;
use nguon_import::plan::{Plan, Planned};
use nguon_import::preview::Preview;
use nguon_import::register::{KnownPlot, Register};

use super::super::{enrol, outbox};
use super::is_done;
use super::known::Imported;
use crate::compose::{Composed, Sealer};
use crate::desk::Desk;
use crate::error::Error;
use crate::home::Number;
use crate::report::remark;
use crate::session::Session;

/// Records that go to the server all or nothing.
const GROUP: usize = 200;

/// What was signed.
#[derive(Debug, Default)]
pub struct Signed {
    /// Households' chains, new and known.
    pub actors: HashMap<usize, ChainId>,
    /// Plots' chains, new and known.
    pub plots: HashMap<(usize, usize), ChainId>,
    /// Entries of the outbox.
    pub entries: Vec<Number>,
    /// Records in them.
    pub records: usize,
}

/// A plan that could not be carried out to its end.
#[derive(Debug)]
pub struct Half {
    entries: Vec<Number>,
    noted: Vec<Number>,
    error: Error,
}

impl Half {
    /// Takes back what was put into the outbox, so that the file is taken as a whole or not at all.
    pub fn take_back(self, session: &Session, imported: &Imported) -> Error {
        for number in self.entries.iter().rev() {
            // Dropping one drops those that build on it.
            if session.home.outbox().entry(*number).is_ok_and(|entry| entry.is_none()) {
                continue;
            }
            if let Err(error) = outbox::run(session, &outbox::Command::Drop { number: *number }) {
                remark(format_args!("Note: outbox entry {number} could not be taken back: {error}"));
            }
        }
        for noted in &self.noted {
            if let Err(error) = imported.take_back(*noted) {
                remark(format_args!("Note: {error}"));
            }
        }
        self.error
    }
}

/// Signs all steps.
pub fn carry_out(
    desk: &mut Desk<'_>,
    session: &Session,
    imported: &Imported,
    preview: &Preview,
    plan: &Plan,
    season: Option<&Code>,
) -> Result<Signed, Box<Half>> {
    let mut work = Work {
        desk,
        preview,
        season,
        scope: None,
        signed: Signed { actors: plan.actors.clone(), plots: plan.plots.clone(), ..Signed::default() },
        part: Register::default(),
        noted: Vec::new(),
    };
    if is_done(plan) {
        return Ok(work.signed);
    }
    let all = plan.steps.len();
    for group in plan.groups(GROUP) {
        let done = work.group(group, imported);
        if let Err(error) = done {
            return Err(Box::new(Half { entries: work.signed.entries, noted: work.noted, error }));
        }
        if !session.json {
            remark(format_args!("  {} of {all} records signed", work.signed.records));
        }
    }
    Ok(work.signed)
}

struct Work<'d, 's, 'p> {
    desk: &'d mut Desk<'s>,
    preview: &'p Preview,
    season: Option<&'p Code>,
    scope: Option<Scope>,
    signed: Signed,
    /// What this group begins.
    part: Register,
    /// What was noted of earlier groups.
    noted: Vec<Number>,
}

impl<'p> Work<'_, '_, 'p> {
    fn group(&mut self, steps: &[Planned], imported: &Imported) -> Result<(), Error> {
        for step in steps {
            self.step(step)?;
            self.signed.records += 1;
        }
        let part = std::mem::take(&mut self.part);
        if part == Register::default() {
            self.signed.entries.push(self.desk.finish_group()?);
            return Ok(());
        }
        imported.announce(&part)?;
        let number = self.desk.finish_group()?;
        self.signed.entries.push(number);
        self.noted.push(imported.settle(&part)?);
        Ok(())
    }

    fn step(&mut self, step: &Planned) -> Result<(), Error> {
        match step {
            Planned::Enrol { household } => self.enrol(*household),
            Planned::RegisterPlot { household, plot, area } => self.register(*household, *plot, *area),
            Planned::OpenSeason { household, plot } => {
                let chain = self.plot(*household, *plot)?;
                let event = self.opening(&chain)?;
                self.desk.append(chain, Composed::plain(event), None).map(|_| ())
            }
            Planned::Allot { area, shares } => {
                let season = self.season()?;
                let share = |(household, plot, grams): &(usize, usize, _)| {
                    Ok(Allotment { plot: self.plot(*household, *plot)?, grams: *grams })
                };
                let allotments = shares.iter().map(share).collect::<Result<Vec<_>, Error>>()?;
                let allotments = List::new(allotments).map_err(Error::system)?;
                self.desk.append(*area, Composed::plain(PlotsAllotted { season, allotments }), None).map(|_| ())
            }
            Planned::AddKey { household } => {
                let Some((key, _)) = &self.household(*household)?.key else { return Ok(()) };
                let (key, actor) = (*key, self.actor(*household)?);
                self.desk.append(actor, Composed::plain(KeyAdded { key, holder: None }), None).map(|_| ())
            }
        }
    }

    fn enrol(&mut self, at: usize) -> Result<(), Error> {
        let household = self.household(at)?;
        let scope = match &self.scope {
            Some(scope) => scope.clone(),
            None => {
                let events = enrol::events(self.desk, Role::Farm, &[])?;
                let scope = Scope::of_events(&events).map_err(|error| {
                    Error::caller(error)
                        .next("have the registrar's own scope widened: it may pass on none of a farm's events")
                })?;
                self.scope.insert(scope).clone()
            }
        };
        let mut sealer = Sealer::default();
        let mut event = Enrolled::new(Role::Farm, sealer.text("enrolled/name", household.name.as_str())?, scope, None);
        event.phone =
            household.phone.as_ref().map(|phone| sealer.text("enrolled/phone", phone.as_str())).transpose()?;
        event.commune = household.commune.clone();
        let actor = self.desk.begin(sealer.with(event), None)?;
        self.signed.actors.insert(at, actor);
        self.part.learn(actor, household);
        Ok(())
    }

    fn register(&mut self, of: usize, at: usize, area: ChainId) -> Result<(), Error> {
        let household = self.household(of)?;
        let actor = self.actor(of)?;
        let plot = household.plots.get(at).ok_or_else(|| Error::system("no such plot"))?;
        let mut event = PlotRegistered::new(area, actor, plot.size, plot.variety.clone());
        event.trees = plot.trees;
        let chain = self.desk.begin(Composed::plain(event), Some(actor))?;
        self.signed.plots.insert((of, at), chain);
        let known = KnownPlot::new(&household.plots, at, area).ok_or_else(|| Error::system("no such plot"))?;
        self.part.learn(actor, household).plots.insert(chain, known);
        Ok(())
    }

    /// A plot's season has the window of its growing area's.
    fn opening(&self, plot: &ChainId) -> Result<SeasonOpened, Error> {
        let season = self.season()?;
        let state = self.desk.book.need(plot)?;
        let area =
            state.place().and_then(|place| place.area).ok_or_else(|| Error::system("a plot without a growing area"))?;
        let area = self.desk.book.need(&area)?;
        let window = area.place().and_then(|place| place.season(&season)).map(|season| (season.from, season.until));
        let (from, until) =
            window.ok_or_else(|| Error::caller(format_args!("season {season} is not open on the growing area")))?;
        Ok(SeasonOpened::new(season, from, until, None))
    }

    fn season(&self) -> Result<Code, Error> {
        self.season.cloned().ok_or_else(|| Error::caller("no season is named").next("add --season"))
    }

    fn household(&self, at: usize) -> Result<&'p Household, Error> {
        self.preview.households.get(at).ok_or_else(|| Error::system("no such household"))
    }

    fn actor(&self, household: usize) -> Result<ChainId, Error> {
        self.signed.actors.get(&household).copied().ok_or_else(|| Error::system("a plot before its household"))
    }

    fn plot(&self, household: usize, plot: usize) -> Result<ChainId, Error> {
        self.signed.plots.get(&(household, plot)).copied().ok_or_else(|| Error::system("a season before its plot"))
    }
}
