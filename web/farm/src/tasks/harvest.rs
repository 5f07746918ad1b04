//! Harvest: weights by crate, drawn from a plot and put into a batch in one group. The weighing station asks the same of
//! each household.

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Grams, Time};

use super::day::{Day, moment};
use super::facts::{Facts, Plot};
use super::field::{Fault, Faults, Field};
use super::sheet::Sheet;
use super::spray::keep;

/// A crate heavier than this is asked about: nobody carries it, and a comma may be missing.
const HEAVY: u64 = 100_000;

/// What was harvested, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harvest {
    /// Where
    pub plot: ChainId,
    /// Of which season
    pub season: Code,
    /// Grams of each crate
    pub crates: Vec<Grams>,
    /// Into which batch; `None`: a new one
    pub into: Option<ChainId>,
    /// When, if not now
    pub at: Option<Time>,
}

/// What to look at before signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Too early, by what was applied; may be picked from this day on
    TooEarly {
        /// Because of which product
        product: String,
        /// Applied on which day
        applied: Day,
        /// From which day on it may be picked
        from: Day,
    },
    /// More than is left of the plot's share, grams
    AboveShare(u64),
    /// Not within the season's window
    OutsideSeason(String, Day, Day),
    /// No season is open
    NoSeason,
    /// A crate of so many grams
    HeavyCrate(u64),
}

impl Warning {
    /// Whether the log will refuse it, as far as this device knows.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        !matches!(self, Self::HeavyCrate(_))
    }
}

/// All of it.
///
/// # Errors
/// What stands wrong, in the order of the page.
pub fn check(sheet: &Sheet, facts: &Facts) -> Result<Harvest, Faults> {
    let mut faults = Faults::new();
    let plot = sheet.plot.and_then(|plot| facts.plot(&plot));
    let plot = keep(&mut faults, Field::Plot, plot.ok_or(Fault::NotChosen));
    let season = plot.and_then(|plot| plot.season.as_ref());
    let weights = keep(&mut faults, Field::Weight, sheet.weights());
    let at = keep(&mut faults, Field::Day, at(sheet, facts));
    let grams = |all: Vec<u64>| all.into_iter().map(|grams| Grams::new(grams).ok()).collect::<Option<Vec<_>>>();
    match (plot, season, weights.and_then(grams), at) {
        (Some(plot), Some(season), Some(crates), Some(at)) if faults.is_empty() => {
            let into = sheet.batch.flatten();
            Ok(Harvest { plot: plot.id, season: season.name.clone(), crates, into, at })
        }
        (Some(_), None, ..) if faults.is_empty() => Err(vec![(Field::Plot, Fault::NotChosen)]),
        _ => Err(faults),
    }
}

fn at(sheet: &Sheet, facts: &Facts) -> Result<Option<Time>, Fault> {
    match sheet.text(Field::Day) {
        "" => Ok(None),
        typed => Ok(moment(Day::typed(typed, facts.today())?, facts.now)?.and_then(|unix| Time::new(unix).ok())),
    }
}

/// What to look at before signing, the worst first.
#[must_use]
pub fn warnings(sheet: &Sheet, facts: &Facts) -> Vec<Warning> {
    let Some(plot) = sheet.plot.and_then(|plot| facts.plot(&plot)) else { return Vec::new() };
    let when = at(sheet, facts).ok().flatten().map_or(facts.now, Time::get);
    let mut found = of_plot(plot, sheet.total(), when, facts);
    let typed = super::amount::thousandths(sheet.text(Field::Weight)).unwrap_or(0);
    let heavy = sheet.crates.iter().copied().chain([typed]).find(|grams| *grams > HEAVY);
    found.extend(heavy.map(Warning::HeavyCrate));
    found
}

/// What speaks against taking so many grams from a plot at this moment.
#[must_use]
pub fn of_plot(plot: &Plot, grams: u64, when: u64, facts: &Facts) -> Vec<Warning> {
    let mut found: Vec<Warning> = too_early(plot, when, facts).into_iter().collect();
    match &plot.season {
        None => found.push(Warning::NoSeason),
        Some(season) => {
            found.extend(season.left.filter(|left| grams > *left).map(Warning::AboveShare));
            if when < season.from || when > season.until {
                let (from, until) = (facts.day(season.from), facts.day(season.until));
                found.push(Warning::OutsideSeason(season.name.to_string(), from, until));
            }
        }
    }
    found
}

/// Whether something applied on the plot reaches beyond this moment.
#[must_use]
pub fn too_early(plot: &Plot, when: u64, facts: &Facts) -> Option<Warning> {
    let wait = plot.wait.as_ref().filter(|wait| when < wait.until)?;
    Some(Warning::TooEarly {
        product: wait.product.clone(),
        applied: facts.day(wait.applied),
        from: Day::from_moment_on(wait.until),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::day::DAY;
    use crate::tasks::samples::{NOW, facts, id};
    use crate::tasks::sheet::{Action, Step};

    fn weighed(plot: u8, weights: &[&str]) -> (Sheet, Facts) {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), facts());
        sheet.act(Action::Plot(id(plot)), &facts);
        for (at, weight) in weights.iter().enumerate() {
            if at > 0 {
                sheet.act(Action::AddCrate, &facts);
            }
            sheet.act(Action::Type(Field::Weight, (*weight).to_owned()), &facts);
        }
        (sheet, facts)
    }

    #[test]
    fn one_weight_needs_nothing_but_the_weight() {
        let (sheet, facts) = weighed(2, &["24,5"]);
        let harvest = check(&sheet, &facts).unwrap();
        assert_eq!(harvest.crates, [Grams::new(24_500).unwrap()]);
        assert_eq!((harvest.into, harvest.at), (Some(id(9)), None), "today's lot of the same variety takes it");
        assert!(warnings(&sheet, &facts).is_empty());
    }

    #[test]
    fn the_last_crate_counts_whether_or_not_it_was_added() {
        let (mut sheet, facts) = weighed(2, &["24,5", "23", "25,25"]);
        assert_eq!((sheet.total(), check(&sheet, &facts).unwrap().crates.len()), (72_750, 3));
        sheet.act(Action::AddCrate, &facts);
        assert_eq!((sheet.total(), check(&sheet, &facts).unwrap().crates.len()), (72_750, 3));
        sheet.act(Action::RemoveCrate(0), &facts);
        assert_eq!(sheet.total(), 48_250);
        sheet.act(Action::RemoveCrate(7), &facts);
        assert_eq!(sheet.total(), 48_250);
    }

    #[test]
    fn a_mistyped_crate_is_neither_added_nor_signed() {
        let (mut sheet, facts) = weighed(2, &["24,5", "hai"]);
        sheet.act(Action::AddCrate, &facts);
        assert_eq!(sheet.fault(Field::Weight), Some(Fault::NotANumber));
        assert_eq!(sheet.crates, [24_500]);
        assert_eq!(check(&sheet, &facts), Err(vec![(Field::Weight, Fault::NotANumber)]));
    }

    #[test]
    fn a_plot_that_waits_is_warned_of_with_the_day_and_the_product() {
        let (sheet, facts) = weighed(3, &["24,5"]);
        let expected = Warning::TooEarly {
            product: "Abamectin 3.6EC".into(),
            applied: facts.day(NOW - 4 * DAY),
            from: facts.today().earlier(-4),
        };
        assert_eq!(warnings(&sheet, &facts), [expected]);
    }

    #[test]
    fn more_than_the_share_is_warned_of_with_what_is_left_while_it_is_typed() {
        let (sheet, facts) = weighed(2, &["90", "90", "90", "90", "90", "90"]);
        assert_eq!(warnings(&sheet, &facts), [Warning::AboveShare(500_000)]);
        let (sheet, facts) = weighed(2, &["245"]);
        assert_eq!(warnings(&sheet, &facts), [Warning::HeavyCrate(245_000)], "a comma may be missing");
    }

    #[test]
    fn outside_the_season_or_without_one_says_so() {
        let (mut sheet, mut facts) = weighed(2, &["24,5"]);
        sheet.set(Field::Day, facts.today().earlier(20).to_field());
        assert!(matches!(warnings(&sheet, &facts)[..], [Warning::OutsideSeason(..)]));
        facts.plots[0].season = None;
        assert_eq!(warnings(&sheet, &facts), [Warning::NoSeason]);
        assert!(check(&sheet, &facts).is_err());
    }
}
