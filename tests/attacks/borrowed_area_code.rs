//! A famous growing-area code is lent out: to orchards that are not its own, for more than they can yield, after its time.

use nguon_core::event::{
    Allotment, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, Scope, ScopeChanged, SeasonOpened,
};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::values::{Grams, List, SquareMetres, Time};
use nguon_core::verify::OutcomeKind::{Invalid, OverAllocated};
use nguon_examples::season::moment;

use crate::fruit::{DAY, harvest, harvest_at, harvested, id, kg, next, opened, pick};
use crate::log::logged;
use crate::story::{Story, Told, time, told};

const CHU: &str = "area/chu";

fn plot_of(area: ChainId, household: &str) -> PlotRegistered {
    let area_m2 = SquareMetres::new(4_000).unwrap();
    PlotRegistered::new(area, id(household), area_m2, "vải thiều".parse().unwrap())
}

fn season_of(until: Time, ceiling: Option<Grams>) -> SeasonOpened {
    SeasonOpened::new("2026".parse().unwrap(), time(moment(6, 8, 0, 0)), until, ceiling)
}

fn allotted(plot: ChainId, kilograms: u64) -> PlotsAllotted {
    let allotments = List::of_one(Allotment { plot, grams: kg(kilograms) });
    PlotsAllotted { season: "2026".parse().unwrap(), allotments }
}

/// A household may work in another area than its own.
fn works_in(story: &mut Story, household: &str, area: ChainId) {
    let chain = logged().ledger.chain(&id(household)).unwrap();
    let scope = Scope { places: Some(List::of_one(area)), ..chain.actor().unwrap().scope().clone() };
    story.append("coop", id(household), ScopeChanged { scope });
}

/// A lot picked on a plot that is new.
fn pick_on(story: &mut Story, by: &str, household: &str, plot: ChainId) -> ChainId {
    story.append(by, plot, season_of(time(moment(7, 20, 0, 0)), None));
    let lot = story.begin(household, opened(household));
    story.append(household, plot, harvest(lot, 500));
    story.append(household, lot, harvested(plot, 500));
    lot
}

#[test]
fn to_an_orchard_of_another_coop() {
    let by = |coop: &'static str, household: &'static str| {
        told(move |story| {
            let plot = story.begin(coop, plot_of(id(CHU), household));
            story.append("coop", id(CHU), allotted(plot, 500));
            (pick_on(story, coop, household, plot), plot)
        })
    };
    by("coop", "hung").0.is_fine();
    let (told, plot) = by("early-coop", "lien");
    told.both(Invalid, "not_permitted", plot, 0);
}

/// The plot is there, and nobody allotted it a gram.
#[test]
fn to_a_plot_without_a_share() {
    let with = |share| {
        told(move |story| {
            let plot = story.begin("coop", plot_of(id(CHU), "hung"));
            if share {
                story.append("coop", id(CHU), allotted(plot, 500));
            }
            (pick_on(story, "coop", "hung", plot), plot)
        })
    };
    with(true).0.is_fine();
    let (told, plot) = with(false);
    assert_eq!(told.both(OverAllocated, "above_allotment", plot, 2).remaining(), Some(0));
}

/// The co-op shares out more than the authority says the area can yield.
#[test]
fn above_the_ceiling() {
    // 220 t, of which three plots have 23.5.
    let with = |kilograms| {
        told(move |story| {
            let plot = story.begin("coop", plot_of(id(CHU), "hung"));
            story.append("coop", id(CHU), allotted(plot, kilograms));
            (pick_on(story, "coop", "hung", plot), ())
        })
    };
    with(196_500).0.is_fine();
    let (told, ()) = with(196_501);
    let fault = told.server_refuses("above_ceiling", id(CHU), next(CHU));
    assert_eq!((fault.field().as_deref(), fault.remaining()), (Some("allotments"), Some(196_500_000)));
    told.reader_finds(OverAllocated, "above_ceiling", id(CHU), next(CHU));
}

/// A share that grows after the plot's harvest does not make earlier fruit good: each harvest is judged where it stands.
#[test]
fn by_a_share_that_comes_after_the_harvest() {
    let (told, plot) = told(|story| {
        let plot = story.begin("coop", plot_of(id(CHU), "hung"));
        let lot = pick_on(story, "coop", "hung", plot);
        story.append("coop", id(CHU), allotted(plot, 500));
        (lot, plot)
    });
    told.both(OverAllocated, "above_allotment", plot, 2);
}

/// Fruit that ripened too late goes under last month's papers.
#[test]
fn after_the_window() {
    let window = time(moment(7, 20, 0, 0));
    let picked = |days_after: u64, claimed: Option<Time>| -> (Told, ()) {
        told(move |story| {
            let lot = story.begin("hung", opened("hung"));
            story.wait(window.get() + days_after * DAY - story.now().get());
            let claimed = claimed.unwrap_or(story.now());
            story.append("hung", id("hung/plot"), harvest_at(lot, 500, claimed));
            story.append("hung", lot, harvested(id("hung/plot"), 500));
            (lot, ())
        })
    };
    let last_day = time(moment(7, 19, 6, 0));
    let (told, ()) = picked(1, None);
    told.server_refuses("outside_season", id("hung/plot"), next("hung/plot"));
    told.reader_finds(Invalid, "outside_season", id("hung/plot"), next("hung/plot"));
    // Written down some days later, as happens without network.
    picked(13, Some(last_day)).0.is_fine();
    let (told, ()) = picked(15, Some(last_day));
    told.server_refuses("late_harvest", id("hung/plot"), next("hung/plot"));
    told.reader_finds(Invalid, "late_harvest", id("hung/plot"), next("hung/plot"));
}

/// A plot's own window may be as long as its co-op likes; its growing area's counts too.
#[test]
fn by_a_plot_with_a_longer_season() {
    let until = |until: Time| {
        told(move |story| {
            let plot = story.begin("coop", plot_of(id(CHU), "hung"));
            story.append("coop", id(CHU), allotted(plot, 500));
            story.append("coop", plot, season_of(time(moment(8, 30, 0, 0)), None));
            let lot = story.begin("hung", opened("hung"));
            story.wait(until.get() - story.now().get());
            story.append("hung", plot, harvest(lot, 500));
            story.append("hung", lot, harvested(plot, 500));
            (lot, plot)
        })
    };
    until(time(moment(7, 19, 6, 0))).0.is_fine();
    let (told, plot) = until(time(moment(7, 21, 6, 0)));
    told.both(Invalid, "outside_season", plot, 2);
}

/// A code that is valid for some days longer.
#[test]
fn after_it_expired() {
    let expired = time(moment(7, 5, 0, 0));
    let picked = |when: Time| {
        told(move |story| {
            let mut area = PlaceRegistered::new(
                PlaceKind::GrowingArea,
                "VN-BGOR-999-MAU".parse().unwrap(),
                "GACC".parse().unwrap(),
                "CN".parse().unwrap(),
                id("coop"),
                "07525".parse().unwrap(),
                time(moment(1, 5, 0, 0)),
            );
            area.area_m2 = Some(SquareMetres::new(10_000).unwrap());
            area.until = Some(expired);
            let area = story.begin("office/1", area);
            story.append("office/1", area, season_of(time(moment(7, 20, 0, 0)), Some(kg(10_000))));
            works_in(story, "hung", area);
            let plot = story.begin("coop", plot_of(area, "hung"));
            story.append("coop", area, allotted(plot, 500));
            story.append("coop", plot, season_of(time(moment(7, 20, 0, 0)), None));
            let lot = story.begin("hung", opened("hung"));
            story.wait(when.get() - story.now().get());
            story.append("hung", plot, harvest(lot, 500));
            story.append("hung", lot, harvested(plot, 500));
            (lot, plot)
        })
    };
    picked(time(moment(7, 4, 6, 0))).0.is_fine();
    let (told, plot) = picked(expired);
    let fault = told.both(Invalid, "bad_field", plot, 2);
    assert_eq!(fault.field().as_deref(), Some("at"));
}

/// Nothing of what was sound before is touched.
#[test]
fn what_was_picked_in_time_stays_good() {
    told(|story| {
        let lot = pick(story, "hung", 500);
        story.wait(60 * DAY);
        (lot, ())
    })
    .0
    .is_fine();
}
