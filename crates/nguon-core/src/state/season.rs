//! A season of a growing area or plot: its window, its ceiling, what was allotted and harvested.

use super::correct::Weight;
use super::journal::{Journal, bounded, signed, unsigned};
use crate::event::{Allotment, PlotsAllotted, SeasonOpened};
use crate::fault::Fault;
use crate::index::Index;
use crate::values::{Code, Time};

/// A season of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its name.
    pub name: Code,
    /// Sequence of the record that opened it.
    pub opened: u64,
    /// When its window opens.
    pub from: Time,
    /// When its window closes.
    pub until: Time,
    /// When it closed before a correction, each with the sequence from which on.
    windows: Vec<(u64, Time)>,
    /// Grams that a growing area can yield; 0 on a plot.
    pub ceiling: i64,
    /// What the plots of a growing area may yield, by plot.
    pub allotted: Journal,
    /// What a plot yielded, by batch.
    pub harvested: Journal,
    /// The plots that have an allotment.
    plots: Index,
}

impl Season {
    pub(super) fn open(event: &SeasonOpened, sequence: u64) -> Self {
        Self {
            name: event.season.clone(),
            opened: sequence,
            from: event.from,
            until: event.until,
            windows: vec![(sequence, event.until)],
            ceiling: event.ceiling.map_or(0, signed),
            allotted: Journal::default(),
            harvested: Journal::default(),
            plots: Index::default(),
        }
    }

    /// The window and ceiling as a correction has them.
    pub(super) fn reopen(&mut self, event: &SeasonOpened, sequence: u64) -> Result<(), Fault> {
        let ceiling = event.ceiling.map_or(0, signed);
        if self.allotted.total() > ceiling {
            return Err(Fault::AboveCeiling { remaining: 0 });
        }
        self.until = event.until;
        self.windows.push((sequence, event.until));
        self.ceiling = ceiling;
        Ok(())
    }

    /// Whether a moment lies within the window, as it was given by the records whose sequences count.
    pub(crate) fn check_window(&self, at: Time, counts: impl Fn(u64) -> bool) -> Result<(), Fault> {
        let then = self.windows.iter().rev().find(|(since, _)| counts(*since));
        let until = then.map_or(self.until, |(_, until)| *until);
        if at < self.from || at > until {
            return Err(Fault::OutsideSeason { from: self.from, until });
        }
        Ok(())
    }

    pub(super) fn allot(&mut self, event: &PlotsAllotted, sequence: u64) -> Result<(), Fault> {
        // Looked at first, so that an error changes nothing; a record has at most 200.
        let twice = |(at, allotment): (usize, &Allotment)| {
            let mut earlier = event.allotments.iter().take(at);
            self.plots.has(&allotment.plot) || earlier.any(|other| other.plot == allotment.plot)
        };
        if event.allotments.iter().enumerate().any(twice) {
            return Err(Fault::Field { field: "allotments", rule: crate::said("a plot has one allotment a season") });
        }
        let grams = event.allotments.iter().try_fold(0, |sum, allotment| bounded(sum, signed(allotment.grams)))?;
        self.check_ceiling(grams)?;
        let at = |plot| Weight { origin: sequence, sequence, id: plot };
        for Allotment { plot, grams } in &event.allotments {
            self.plots.insert(plot, 0);
            self.allotted.add(at(*plot).flow(*plot, signed(*grams)))?;
        }
        Ok(())
    }

    /// A correction shares out among the same plots.
    pub(super) fn check_anew(&self, at: Weight, event: &PlotsAllotted) -> Result<(), Fault> {
        let originals = self.allotted.at(at.origin);
        let same = originals.len() == event.allotments.len()
            && originals.iter().all(|flow| event.allotments.iter().any(|allotment| allotment.plot == flow.other));
        if same {
            Ok(())
        } else {
            Err(Fault::Field { field: "allotments", rule: crate::said("must be of the plots that the original names") })
        }
    }

    pub(super) fn allot_anew(&mut self, at: Weight, event: &PlotsAllotted) -> Result<(), Fault> {
        let mut changed = self.allotted.clone();
        for Allotment { plot, grams } in &event.allotments {
            changed.add(at.flow(*plot, signed(*grams) - self.allotted.of(at.origin, plot)))?;
        }
        self.check_ceiling(changed.total() - self.allotted.total())?;
        self.allotted = changed;
        Ok(())
    }

    fn check_ceiling(&self, more: i64) -> Result<(), Fault> {
        let left = self.ceiling - self.allotted.total();
        if more > left { Err(Fault::AboveCeiling { remaining: unsigned(left) }) } else { Ok(()) }
    }
}
