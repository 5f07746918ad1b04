//! A place's state: code, custodian, seasons, draws, field log, suspensions, recalls.

use super::correct::Weight;
use super::field_log::{Application, DAY, FieldLog, Harvest, applied_at, harvested_at};
use super::journal::{Journal, unsigned};
use super::recall::Recall;
use super::season::Season;
use super::{Mark, recall};
use crate::event::{
    Event, HarvestDrawn, InputApplied, PlaceKind, PlaceRegistered, PlotRegistered, Recalled, SeasonOpened,
};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::record::{Record, Signer};
use crate::values::{Code, Market, SquareMetres, Time};

/// A growing area, packing house or plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceState {
    /// Which of the three.
    pub sort: ChainSort,
    /// Who registered it.
    pub registered_by: Signer,
    /// The holder of its code, or the plot's household, each with the sequence from which on.
    custodians: Vec<(u64, ChainId)>,
    /// Issuer and code; a plot has none.
    pub code: Option<(Code, Code)>,
    /// Market of the code; a plot has none.
    pub market: Option<Market>,
    /// From when until when the code is valid; a plot has no code.
    pub valid: (Time, Option<Time>),
    /// The growing area a plot is part of.
    pub area: Option<ChainId>,
    /// Square metres.
    pub area_m2: Option<SquareMetres>,
    /// The seasons opened.
    pub seasons: Vec<Season>,
    /// What was harvested.
    pub draws: Journal,
    /// What was applied, and when it was harvested.
    pub log: FieldLog,
    /// Recalls, ended ones too.
    pub recalls: Vec<Recall>,
    /// Sequence of each suspension, and of the record that lifted it.
    pub suspensions: Vec<(u64, Option<u64>)>,
    /// Sequence of the record that freed the code for another place.
    pub name_released: Option<u64>,
}

/// Seconds after a season's window in which a harvest may still be logged.
const GRACE: u64 = 14 * DAY;

const UNKNOWN_SEASON: Fault = Fault::Field { field: "season", rule: crate::said("has not been opened on this chain") };

impl PlaceState {
    pub(super) fn of_code(event: &PlaceRegistered, registered_by: Signer) -> Result<Self, Fault> {
        if event.until.is_some_and(|until| until <= event.from) {
            return Err(Fault::Field { field: "until", rule: crate::said("must be later than from") });
        }
        if event.place == PlaceKind::GrowingArea && event.area_m2.is_none() {
            return Err(Fault::Field { field: "area_m2", rule: crate::said("is required of a growing area") });
        }
        Ok(Self {
            code: Some((event.issuer.clone(), event.code.clone())),
            market: Some(event.market.clone()),
            valid: (event.from, event.until),
            area_m2: event.area_m2,
            ..Self::bare(event.place.into(), registered_by, event.holder)
        })
    }

    pub(super) fn of_plot(event: &PlotRegistered, registered_by: Signer) -> Self {
        Self {
            area: Some(event.area),
            area_m2: Some(event.area_m2),
            ..Self::bare(ChainSort::Plot, registered_by, event.household)
        }
    }

    fn bare(sort: ChainSort, registered_by: Signer, custodian: ChainId) -> Self {
        Self {
            sort,
            registered_by,
            custodians: vec![(0, custodian)],
            code: None,
            market: None,
            valid: (Time::ZERO, None),
            area: None,
            area_m2: None,
            seasons: Vec::new(),
            draws: Journal::default(),
            log: FieldLog::default(),
            recalls: Vec::new(),
            suspensions: Vec::new(),
            name_released: None,
        }
    }

    /// Whose it was when the record of this sequence was written.
    #[must_use]
    pub fn custodian_at(&self, sequence: u64) -> ChainId {
        let from = |(since, _): &&(u64, ChainId)| *since <= sequence;
        let (_, custodian) = self.custodians.iter().rev().find(from).unwrap_or(&self.custodians[0]);
        *custodian
    }

    /// Whose it is.
    #[must_use]
    pub fn custodian(&self) -> ChainId {
        self.custodian_at(u64::MAX)
    }

    /// Whether it is suspended, as far as the records of these sequences count.
    pub fn is_suspended(&self, counts: impl Fn(u64) -> bool) -> bool {
        let stands = |(from, lifted): &(u64, Option<u64>)| counts(*from) && !lifted.is_some_and(&counts);
        self.suspensions.iter().any(stands)
    }

    /// The season of this name.
    #[must_use]
    pub fn season(&self, name: &Code) -> Option<&Season> {
        self.seasons.iter().find(|season| season.name == *name)
    }

    /// What an event's fields must keep to, whether it is new or stands in a correction.
    fn check(&self, event: &Event) -> Result<(), Fault> {
        match event {
            Event::SeasonOpened(event) => self.check_season(event),
            Event::PlotsAllotted(event) => self.season(&event.season).map(|_| ()).ok_or(UNKNOWN_SEASON),
            Event::HarvestDrawn(event) => self.season(&event.season).map(|_| ()).ok_or(UNKNOWN_SEASON),
            Event::Certified(event) => super::batch::check_certificate(event),
            Event::LabResult(event) => super::batch::check_report(event),
            _ => Ok(()),
        }
    }

    pub(super) fn advance(&mut self, record: &Record, mark: &Mark) -> Result<(), Fault> {
        self.check(&record.event)?;
        let (sequence, position) = (record.sequence, mark.position.as_ref());
        let claimed = record.happened_at();
        match &record.event {
            Event::SeasonOpened(event) => self.open_season(event, sequence),
            Event::PlotsAllotted(event) => {
                let season = self.seasons.iter_mut().find(|season| season.name == event.season);
                season.ok_or(UNKNOWN_SEASON)?.allot(event, sequence)
            }
            Event::HarvestDrawn(event) => {
                let at = Weight { origin: sequence, sequence, id: event.to };
                let logged = position.map_or(record.signed_at, |position| position.log_time);
                let season = self.season(&event.season).ok_or(UNKNOWN_SEASON)?;
                if logged.get() > season.until.get().saturating_add(GRACE) {
                    return Err(Fault::LateHarvest { until: season.until });
                }
                let harvest = Harvest { sequence, at: harvested_at(claimed, position), position: mark.position };
                self.harvest(at, event, harvest)
            }
            Event::InputApplied(event) => {
                self.log.apply(Application {
                    sequence,
                    at: applied_at(claimed, position),
                    phi_days: event.phi_days.get(),
                    position: mark.position,
                });
                Ok(())
            }
            Event::CustodianChanged(event) => {
                self.custodians.push((sequence, event.to));
                Ok(())
            }
            Event::Suspended(_) => self.suspend(sequence),
            Event::SuspensionLifted(_) => self.lift(sequence),
            Event::Recalled(event) => self.recall(event, sequence),
            Event::ReleaseApproved(event) => recall::approve(&mut self.recalls, event, sequence, mark.key),
            Event::Released(event) => recall::release(&mut self.recalls, event, sequence, mark.key),
            Event::NameReleased(_) => self.release_name(sequence),
            Event::Certified(_) | Event::Inspected(_) | Event::LabResult(_) => Ok(()),
            Event::PlaceRegistered(_) | Event::PlotRegistered(_) => Err(Fault::FirstAgain(record.event.name())),
            other => Err(Fault::NotPermitted { event: other.name(), chain: self.sort }),
        }
    }

    /// Takes up a harvest, said first or said anew. On an error nothing has changed.
    fn harvest(&mut self, at: Weight, event: &HarvestDrawn, harvest: Harvest) -> Result<(), Fault> {
        let season = self.seasons.iter_mut().find(|season| season.name == event.season).ok_or(UNKNOWN_SEASON)?;
        let known = self.log.harvest_of(at.origin).map(|known| known.at);
        // A correction that leaves the time alone has nothing to be held against what was applied since.
        if known != Some(harvest.at) {
            season.check_window(harvest.at, |_| true)?;
            self.log.check_harvest(at.origin, harvest.at)?;
        }
        let draws = super::correct::drawn(&self.draws, at, event.to, event.grams)?;
        season.harvested = super::correct::drawn(&season.harvested, at, event.to, event.grams)?;
        self.draws = draws;
        self.log.harvest(harvest);
        Ok(())
    }

    /// Whether a correction lengthens a pre-harvest interval and leaves its time alone.
    pub(super) fn only_lengthens(&self, at: Weight, event: &Event) -> bool {
        let Event::InputApplied(event) = event else { return false };
        let known = self.log.application(at.origin);
        known.is_some_and(|known| {
            let new = anew(known, event);
            new.at == known.at && new.phi_days > known.phi_days
        })
    }

    /// What a correction's event must keep to.
    pub(super) fn check_anew(&self, at: Weight, event: &Event) -> Result<(), Fault> {
        self.check(event)?;
        match event {
            Event::SeasonOpened(event) => {
                let season = self.seasons.iter().find(|season| season.opened == at.origin);
                let same = season.filter(|season| season.name == event.season);
                // Earlier, and what was applied before it could reach into it; shorter, and harvests that were accepted
                // would lie outside.
                if same.is_none_or(|season| event.from != season.from || event.until < season.until) {
                    let rule = crate::said("must be the season that was opened, begin when it did and end no earlier");
                    return Err(Fault::Field { field: "season", rule });
                }
                Ok(())
            }
            Event::PlotsAllotted(event) => {
                let season = self.season(&event.season).ok_or(UNKNOWN_SEASON)?;
                season.check_anew(at, event)
            }
            Event::HarvestDrawn(event) => {
                let season = self.season(&event.season).ok_or(UNKNOWN_SEASON)?;
                if season.harvested.entries().iter().any(|flow| flow.origin == at.origin) {
                    Ok(())
                } else {
                    Err(Fault::Field { field: "season", rule: crate::said("must be the season of the original") })
                }
            }
            _ => Ok(()),
        }
    }

    /// From now on this is what the original says. On an error nothing has changed.
    pub(super) fn set_anew(&mut self, at: Weight, event: &Event) -> Result<(), Fault> {
        match event {
            Event::InputApplied(event) => {
                if let Some(known) = self.log.application(at.origin) {
                    let new = anew(known, event);
                    self.log.apply(new);
                }
                Ok(())
            }
            Event::HarvestDrawn(event) => {
                let Some(known) = self.log.harvest_of(at.origin).copied() else { return Ok(()) };
                let when = event.at.map_or(known.at, |claimed| harvested_at(claimed, known.position.as_ref()));
                self.harvest(at, event, Harvest { at: when, ..known })
            }
            Event::SeasonOpened(event) => self
                .seasons
                .iter_mut()
                .find(|season| season.opened == at.origin)
                .map_or(Ok(()), |season| season.reopen(event, at.sequence)),
            Event::PlotsAllotted(event) => {
                let season = self.seasons.iter_mut().find(|season| season.name == event.season);
                season.ok_or(UNKNOWN_SEASON)?.allot_anew(at, event)
            }
            _ => Ok(()),
        }
    }

    fn check_season(&self, event: &SeasonOpened) -> Result<(), Fault> {
        if event.until <= event.from {
            return Err(Fault::Field { field: "until", rule: crate::said("must be later than from") });
        }
        match (self.sort, event.ceiling) {
            (ChainSort::Plot, Some(_)) => Err(Fault::Field {
                field: "ceiling",
                rule: crate::said("is the growing area's; a plot has an allotment"),
            }),
            (ChainSort::GrowingArea, None) => {
                Err(Fault::Field { field: "ceiling", rule: crate::said("is required of a growing area") })
            }
            _ => Ok(()),
        }
    }

    fn open_season(&mut self, event: &SeasonOpened, sequence: u64) -> Result<(), Fault> {
        let wrong = |rule| Err(Fault::Field { field: "season", rule });
        if self.season(&event.season).is_some() {
            return wrong(crate::said("has been opened already"));
        }
        if self.name_released.is_some() {
            return wrong(crate::said("cannot be opened: the code was released"));
        }
        // So that a bundle may leave earlier seasons out: nothing of them reaches into this one.
        if self.recalls.iter().any(Recall::stands) {
            return wrong(crate::said("cannot be opened while a recall stands"));
        }
        if self.is_suspended(|_| true) {
            return wrong(crate::said("cannot be opened while the code is suspended"));
        }
        if self.log.earliest_harvest() > event.from.get() {
            let rule = crate::said("must be after the pre-harvest interval of everything applied before");
            return Err(Fault::Field { field: "from", rule });
        }
        self.seasons.push(Season::open(event, sequence));
        Ok(())
    }

    fn suspend(&mut self, sequence: u64) -> Result<(), Fault> {
        if self.is_suspended(|_| true) {
            return Err(Fault::Field { field: "event", rule: crate::said("the code is suspended already") });
        }
        self.suspensions.push((sequence, None));
        Ok(())
    }

    fn lift(&mut self, sequence: u64) -> Result<(), Fault> {
        let standing = self.suspensions.iter_mut().find(|(_, lifted)| lifted.is_none());
        let none = Fault::Field { field: "event", rule: crate::said("no suspension stands") };
        standing.ok_or(none)?.1 = Some(sequence);
        Ok(())
    }

    fn release_name(&mut self, sequence: u64) -> Result<(), Fault> {
        if self.name_released.is_some() {
            return Err(Fault::Field { field: "code", rule: crate::said("has been released already") });
        }
        self.name_released = Some(sequence);
        Ok(())
    }

    fn recall(&mut self, event: &Recalled, sequence: u64) -> Result<(), Fault> {
        if event.consignment.is_some() {
            return Err(Fault::Field {
                field: "consignment",
                rule: crate::said("belongs to a recall of a labelled batch"),
            });
        }
        if event.harvests.is_some() && self.sort == ChainSort::PackingHouse {
            return Err(Fault::Field {
                field: "harvests",
                rule: crate::said("belongs to a recall of a plot or growing area"),
            });
        }
        self.recalls.push(Recall::of(event, sequence));
        Ok(())
    }

    /// Grams that a plot was allotted in a season and has not harvested, as far as its area's records count.
    #[must_use]
    pub fn left_of(&self, plot: &ChainId, state: &Self, season: &Code) -> Option<u64> {
        let allotted = self.season(season)?.allotted.with(plot, |_| true);
        let harvested = state.season(season).map_or(0, |season| season.harvested.total());
        Some(unsigned(allotted - harvested))
    }
}

/// An application as a correction has it. Where the correction names no time, the original's stays.
fn anew(known: &Application, event: &InputApplied) -> Application {
    let at = event.at.map_or(known.at, |claimed| applied_at(claimed, known.position.as_ref()));
    Application { at, phi_days: event.phi_days.get(), ..*known }
}
