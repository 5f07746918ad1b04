//! How growing areas, households and plots come onto the record.

use nguon_core::event::{
    Allotment, Certified, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, SeasonOpened,
};
use nguon_core::values::{Code, Grams, List, SquareMetres, Time};

use super::cast::Cast;
use super::land::{HARVEST, Land};
use super::scribe::{Scribe, start_of};

/// Allotments in one record.
const AT_ONCE: usize = 200;

/// The season's name on every chain.
pub(super) fn season() -> Code {
    "2026".parse().expect("a code")
}

pub(super) fn grams(grams: usize) -> Grams {
    Grams::try_from(i64::try_from(grams).unwrap_or(i64::MAX)).expect("grams")
}

fn window() -> (Time, Time) {
    let day = |day: usize| start_of(u64::try_from(day).unwrap_or_default());
    (day(*HARVEST.start()), day(HARVEST.end() + 1))
}

impl Land {
    /// Areas on day 1, plots until day 3.
    pub(super) fn register(&mut self, scribe: &mut Scribe<'_>, cast: &mut Cast) {
        scribe.turn_to(1);
        (0..self.areas.len()).for_each(|area| self.register_area(scribe, cast, area));
        for (day, part) in (2..).zip([0..self.areas.len() / 2, self.areas.len() / 2..self.areas.len()]) {
            scribe.turn_to(day);
            for area in part {
                self.areas[area].plots.clone().for_each(|plot| self.register_plot(scribe, cast, plot));
                self.allot(scribe, cast, area);
            }
        }
    }

    fn register_area(&mut self, scribe: &mut Scribe<'_>, cast: &Cast, number: usize) {
        let area = &self.areas[number];
        let plots = &self.plots[area.plots.clone()];
        let code = |text: String| text.parse().expect("a code");
        let coop = cast.id(area.coop);
        let [market, commune] = ["CN".to_owned(), format!("{:05}", 7_000 + number)];
        let (market, commune) = (market.parse().expect("a market"), commune.parse().expect("a commune"));
        let (kind, from) = (PlaceKind::GrowingArea, start_of(0));
        let code_of_area = code(format!("VN-MAU-{number:04}"));
        let mut event = PlaceRegistered::new(kind, code_of_area, code("VN".into()), market, coop, commune, from);
        event.area_m2 = Some(square_metres(plots.iter().map(|plot| plot.square_metres).sum()));
        let mut chain = scribe.begin(&cast.province(), event);
        let (from, until) = window();
        let ceiling = plots.iter().map(super::land::Plot::allotment).sum::<usize>();
        scribe.append(&cast.province(), &mut chain, SeasonOpened::new(season(), from, until, Some(grams(ceiling))));
        if !number.is_multiple_of(3) {
            let (scheme, number) = ("VietGAP".parse().expect("text"), code(format!("VG-MAU-{number:04}")));
            let (from, until) = (start_of(0), start_of(700));
            scribe.append(&cast.authority(), &mut chain, Certified { scheme, number, from, until });
        }
        self.areas[number].chain = Some(chain);
    }

    fn register_plot(&mut self, scribe: &mut Scribe<'_>, cast: &mut Cast, number: usize) {
        let area = &self.areas[self.plots[number].area];
        let first = self.plots[number].first_of_household;
        // One plot after the other: a household's second plot comes right after its first.
        let household = self.plots[first].household.unwrap_or_else(|| cast.add_household(scribe, area.coop));
        let area_chain = area.chain.expect("an area").id;
        let (metres, variety) = (square_metres(self.plots[number].square_metres), "vải thiều".parse().expect("text"));
        let event = PlotRegistered::new(area_chain, cast.id(household), metres, variety);
        let mut chain = scribe.begin(&cast.hand(area.coop), event);
        let (from, until) = window();
        scribe.append(&cast.hand(household), &mut chain, SeasonOpened::new(season(), from, until, None));
        let plot = &mut self.plots[number];
        (plot.household, plot.chain) = (Some(household), Some(chain));
    }

    fn allot(&mut self, scribe: &mut Scribe<'_>, cast: &Cast, number: usize) {
        let area = &mut self.areas[number];
        let (hand, chain) = (cast.hand(area.coop), area.chain.as_mut().expect("an area"));
        for plots in self.plots[area.plots.clone()].chunks(AT_ONCE) {
            let allotment = |plot: &super::land::Plot| {
                let chain = plot.chain.as_ref().expect("a plot");
                Allotment { plot: chain.id, grams: grams(plot.allotment()) }
            };
            let allotments = List::new(plots.iter().map(allotment).collect()).expect("allotments");
            scribe.append(&hand, chain, PlotsAllotted { season: season(), allotments });
        }
    }
}

fn square_metres(number: usize) -> SquareMetres {
    SquareMetres::try_from(i64::try_from(number).unwrap_or(i64::MAX)).expect("an area")
}
