//! What was applied on a plot and when it was harvested: pre-harvest intervals (thời gian cách ly).

use crate::fault::Fault;
use crate::log::Position;
use crate::values::Time;

/// Seconds.
pub(super) const DAY: u64 = 86_400;
/// Seconds before its anchor that something may have happened: a week without network.
pub(crate) const EARLIER: u64 = 7 * DAY;
/// Seconds that a signer's clock may be ahead of the log's.
pub(crate) const CLOCK: u64 = 600;

/// Something applied on a plot, as it counts by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application {
    /// Sequence of the record.
    pub sequence: u64,
    /// When it counts as applied.
    pub at: Time,
    /// Days that must lie between it and a harvest.
    pub phi_days: u16,
    /// Where the log has the record that said it first.
    pub(super) position: Option<Position>,
}

/// A harvest, as it counts by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Harvest {
    /// Sequence of the record.
    pub sequence: u64,
    /// When it counts as harvested.
    pub at: Time,
    /// Where the log has the record that said it first.
    pub(super) position: Option<Position>,
}

/// What an application says of a harvest before it in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Sequence of the harvest.
    pub harvest: u64,
    /// Sequence of the application.
    pub application: u64,
    /// From when on the harvest would have been sound.
    pub earliest: Time,
    /// Whether it was: then the application was only recorded late.
    pub kept: bool,
}

impl Application {
    /// From when on a harvest is sound.
    #[must_use]
    pub fn until(&self) -> u64 {
        self.at.get() + u64::from(self.phi_days) * DAY
    }

    /// Whether it has an interval, and that is not over at this moment.
    fn reaches(&self, at: Time) -> bool {
        self.phi_days > 0 && at.get() < self.until()
    }
}

/// When an application counts as done: at a time the log cannot vouch for, when the log took it.
pub(super) fn applied_at(claimed: Time, position: Option<&Position>) -> Time {
    position.map_or(claimed, |position| vouched(claimed, position).unwrap_or(position.log_time))
}

/// When a harvest counts as done: at a time the log cannot vouch for, when its anchor was closed.
pub(super) fn harvested_at(claimed: Time, position: Option<&Position>) -> Time {
    position.map_or(claimed, |position| vouched(claimed, position).unwrap_or(position.anchor_time))
}

/// The claimed time, if it lies within a week before the anchor and when the log took the record.
fn vouched(claimed: Time, position: &Position) -> Option<Time> {
    let from = position.anchor_time.get().saturating_sub(EARLIER);
    let until = position.log_time.get().saturating_add(CLOCK);
    (from..=until).contains(&claimed.get()).then(|| claimed.min(position.log_time))
}

/// The field log of a plot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldLog {
    applications: Vec<Application>,
    harvests: Vec<Harvest>,
}

impl FieldLog {
    /// What was applied.
    #[must_use]
    pub fn applications(&self) -> &[Application] {
        &self.applications
    }

    /// What was harvested.
    #[must_use]
    pub fn harvests(&self) -> &[Harvest] {
        &self.harvests
    }

    /// The moment from which on every interval is over, Unix seconds; 0 if nothing was applied.
    #[must_use]
    pub fn earliest_harvest(&self) -> u64 {
        let with_interval = self.applications.iter().filter(|application| application.phi_days > 0);
        with_interval.map(Application::until).max().unwrap_or(0)
    }

    /// The application of this record, as it counts.
    #[must_use]
    pub fn application(&self, sequence: u64) -> Option<&Application> {
        self.applications.iter().find(|application| application.sequence == sequence)
    }

    pub(super) fn apply(&mut self, application: Application) {
        match self.applications.iter_mut().find(|known| known.sequence == application.sequence) {
            Some(known) => *known = application,
            None => self.applications.push(application),
        }
    }

    /// Whether all that was recorded before a harvest lies far enough before this moment, and of what was recorded since,
    /// what was done by then. A time before what was recorded as applied is too early as well: otherwise a harvest after a
    /// spray could be dated before it.
    pub(super) fn check_harvest(&self, sequence: u64, at: Time) -> Result<(), Fault> {
        let concerned = |application: &&Application| application.sequence < sequence || application.at <= at;
        let reaching = self.applications.iter().filter(concerned).filter(|application| application.reaches(at));
        let earliest = reaching.map(Application::until).max();
        earliest.map_or(Ok(()), |earliest| Err(Fault::HarvestTooEarly { earliest: time(earliest) }))
    }

    /// The harvest of this record, as it counts.
    pub(crate) fn harvest_of(&self, sequence: u64) -> Option<&Harvest> {
        self.harvests.iter().find(|harvest| harvest.sequence == sequence)
    }

    /// Takes up a harvest, or the corrected time of one.
    pub(super) fn harvest(&mut self, harvest: Harvest) {
        match self.harvests.iter_mut().find(|known| known.sequence == harvest.sequence) {
            Some(known) => *known = harvest,
            None => self.harvests.push(harvest),
        }
    }

    /// Applications that were done before a harvest and recorded after it, or whose interval grew since, and what they
    /// say of it: for each harvest at most one application that it came too early after, the latest, and one that was only
    /// recorded late.
    #[must_use]
    pub fn late(&self) -> Vec<Interval> {
        let mut found: Vec<Interval> = Vec::new();
        for harvest in &self.harvests {
            let (mut broken, mut recorded_late): (Option<Interval>, Option<Interval>) = (None, None);
            for application in &self.applications {
                let late = application.sequence > harvest.sequence;
                if late && application.at > harvest.at {
                    continue;
                }
                let kept = !application.reaches(harvest.at);
                let interval = Interval {
                    harvest: harvest.sequence,
                    application: application.sequence,
                    earliest: time(application.until()),
                    kept,
                };
                if !kept && broken.is_none_or(|broken| broken.earliest < interval.earliest) {
                    broken = Some(interval);
                } else if kept && late {
                    recorded_late = Some(interval);
                }
            }
            found.extend(broken.into_iter().chain(recorded_late));
        }
        found
    }
}

fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap_or(Time::ZERO)
}
