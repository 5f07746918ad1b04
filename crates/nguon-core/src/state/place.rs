//! A place's state: code, custodian, seasons, draws, recalls.

use super::{Draw, Recall};
use crate::event::{
    Event, InputApplied, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, Recalled, SeasonOpened,
};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::permission::ChainSort;
use crate::record::Signer;
use crate::values::{Code, Market, Time};

/// A growing area, packing house or plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceState {
    /// Which of the three.
    pub sort: ChainSort,
    /// Who registered it.
    pub registered_by: Signer,
    /// The holder of its code, or the plot's household.
    pub custodian: ChainId,
    /// Issuer and code; a plot has none.
    pub code: Option<(Code, Code)>,
    /// Market of the code; a plot has none.
    pub market: Option<Market>,
    /// The growing area a plot is part of.
    pub area: Option<ChainId>,
    /// The seasons opened.
    pub seasons: Vec<Season>,
    /// What was harvested.
    pub draws: Vec<Draw>,
    /// Recalls.
    pub recalls: Vec<Recall>,
    /// Until when the longest pre-harvest interval of what was applied reaches.
    pub not_before: u64,
}

/// Seconds.
const DAY: u64 = 86_400;

const UNKNOWN_SEASON: Fault = Fault::Field { field: "season", rule: crate::said("has not been opened on this chain") };

/// A season of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its name.
    pub name: Code,
    /// When its window opens.
    pub from: Time,
    /// The plots that have an allotment.
    allotted: Index,
}

impl PlaceState {
    pub(super) fn of_code(event: &PlaceRegistered, registered_by: Signer) -> Result<Self, Fault> {
        if event.until.is_some_and(|until| until <= event.from) {
            return Err(Fault::Field { field: "until", rule: crate::said("must be later than from") });
        }
        if event.place == PlaceKind::GrowingArea && event.area_m2.is_none() {
            return Err(Fault::Field { field: "area_m2", rule: crate::said("is required of a growing area") });
        }
        let code = Some((event.issuer.clone(), event.code.clone()));
        let market = Some(event.market.clone());
        Ok(Self { code, market, ..Self::bare(event.place.into(), registered_by, event.holder) })
    }

    pub(super) fn of_plot(event: &PlotRegistered, registered_by: Signer) -> Self {
        Self { area: Some(event.area), ..Self::bare(ChainSort::Plot, registered_by, event.household) }
    }

    fn bare(sort: ChainSort, registered_by: Signer, custodian: ChainId) -> Self {
        Self {
            sort,
            registered_by,
            custodian,
            code: None,
            market: None,
            area: None,
            seasons: Vec::new(),
            draws: Vec::new(),
            recalls: Vec::new(),
            not_before: 0,
        }
    }

    /// What an event's fields must keep to, whether it is new or stands in a correction.
    pub(super) fn check(&self, event: &Event) -> Result<(), Fault> {
        match event {
            Event::SeasonOpened(event) => self.check_season(event),
            Event::PlotsAllotted(event) => self.know_season(&event.season),
            Event::HarvestDrawn(event) => self.know_season(&event.season),
            Event::Certified(event) => super::batch::check_certificate(event),
            _ => Ok(()),
        }
    }

    pub(super) fn advance(&mut self, event: &Event, sequence: u64, at: Time) -> Result<(), Fault> {
        self.check(event)?;
        match event {
            Event::SeasonOpened(event) => self.open_season(event),
            Event::PlotsAllotted(event) => self.allot(event),
            Event::HarvestDrawn(event) => {
                if self.seasons.iter().any(|season| season.name == event.season && at < season.from) {
                    let rule = crate::said("lies before the season's window");
                    return Err(Fault::Field { field: "at", rule });
                }
                self.draws.push(Draw { sequence, to: event.to, grams: event.grams });
                Ok(())
            }
            Event::Certified(_) => Ok(()),
            Event::Recalled(event) => self.recall(event, sequence),
            Event::InputApplied(event) => {
                self.apply(event, at);
                Ok(())
            }
            Event::PlaceRegistered(_) | Event::PlotRegistered(_) => Err(Fault::FirstAgain(event.name())),
            other => Err(Fault::NotPermitted { event: other.name(), chain: self.sort }),
        }
    }

    /// Something was applied: until its pre-harvest interval is over no further season is opened.
    pub(super) fn apply(&mut self, event: &InputApplied, at: Time) {
        self.not_before = self.not_before.max(at.get() + u64::from(event.phi_days.get()) * DAY);
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

    fn open_season(&mut self, event: &SeasonOpened) -> Result<(), Fault> {
        if self.seasons.iter().any(|season| season.name == event.season) {
            return Err(Fault::Field { field: "season", rule: crate::said("has been opened already") });
        }
        // So that a bundle may leave earlier seasons out: nothing of them reaches into this one.
        if !self.recalls.is_empty() {
            return Err(Fault::Field { field: "season", rule: crate::said("cannot be opened while a recall stands") });
        }
        if self.not_before > event.from.get() {
            let rule = crate::said("must be after the pre-harvest interval of everything applied before");
            return Err(Fault::Field { field: "from", rule });
        }
        self.seasons.push(Season { name: event.season.clone(), from: event.from, allotted: Index::default() });
        Ok(())
    }

    fn allot(&mut self, event: &PlotsAllotted) -> Result<(), Fault> {
        let found = self.seasons.iter_mut().find(|season| season.name == event.season);
        let season = found.ok_or(UNKNOWN_SEASON)?;
        // Looked at first, so that an error changes nothing; a record has at most 200.
        let twice = |(at, allotment): (usize, &crate::event::Allotment)| {
            let mut earlier = event.allotments.iter().take(at);
            season.allotted.has(&allotment.plot) || earlier.any(|other| other.plot == allotment.plot)
        };
        if event.allotments.iter().enumerate().any(twice) {
            return Err(Fault::Field { field: "allotments", rule: crate::said("a plot has one allotment a season") });
        }
        for allotment in &event.allotments {
            season.allotted.insert(&allotment.plot, 0);
        }
        Ok(())
    }

    fn know_season(&self, name: &Code) -> Result<(), Fault> {
        if self.seasons.iter().any(|season| season.name == *name) { Ok(()) } else { Err(UNKNOWN_SEASON) }
    }

    fn recall(&mut self, event: &Recalled, sequence: u64) -> Result<(), Fault> {
        if event.consignment.is_some() {
            return Err(Fault::Field {
                field: "consignment",
                rule: crate::said("belongs to a recall of a labelled batch"),
            });
        }
        let harvests = event.harvests.iter().flatten().copied().collect();
        self.recalls.push(Recall { sequence, reason: event.reason, harvests, consignment: None });
        Ok(())
    }
}
