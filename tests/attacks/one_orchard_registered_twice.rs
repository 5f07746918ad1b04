//! One orchard is registered twice, so that it may yield twice as much.

use nguon_core::event::{Allotment, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, SeasonOpened};
use nguon_core::ids::ChainId;
use nguon_core::values::{Grams, List, SquareMetres};
use nguon_core::verify::OutcomeKind::{Invalid, OverAllocated};
use nguon_examples::season::moment;

use crate::fruit::{harvest, harvested, id, kg, next, opened};
use crate::story::{Story, time, told};

const CHU: &str = "area/chu";
const TWO: &str = "area/luc-ngan";

fn season_of(ceiling: Option<Grams>) -> SeasonOpened {
    let (from, until) = (time(moment(6, 8, 0, 0)), time(moment(7, 20, 0, 0)));
    SeasonOpened::new("2026".parse().unwrap(), from, until, ceiling)
}

fn plot(area: ChainId, household: &str, square_metres: u64) -> PlotRegistered {
    let area_m2 = SquareMetres::new(square_metres).unwrap();
    PlotRegistered::new(area, id(household), area_m2, "vải thiều".parse().unwrap())
}

fn allotted(plots: &[(ChainId, u64)]) -> PlotsAllotted {
    let share = |(plot, kilograms): &(ChainId, u64)| Allotment { plot: *plot, grams: kg(*kilograms) };
    let allotments = List::new(plots.iter().map(share).collect()).unwrap();
    PlotsAllotted { season: "2026".parse().unwrap(), allotments }
}

/// A plot of `hung`'s orchard in an area, with a lot picked there.
fn pick_on(story: &mut Story, plot: ChainId, kilograms: u64) -> ChainId {
    story.append("coop", plot, season_of(None));
    let lot = story.begin("hung", opened("hung"));
    story.append("hung", plot, harvest(lot, kilograms));
    story.append("hung", lot, harvested(plot, kilograms));
    lot
}

/// An orchard of a hectare as two plots of one growing area: they are larger than the area. A reader of one lot holds one
/// of them and cannot tell; the server can, and so does every map auditor.
#[test]
fn as_two_plots_of_one_area() {
    // Of the area's 21 ha three plots take 2.25.
    let with = |second: u64| {
        told(move |story| {
            let plots = [178_500, second].map(|size| story.begin("coop", plot(id(CHU), "hung", size)));
            story.append("coop", id(CHU), allotted(&[(plots[0], 90_000)]));
            story.append("coop", id(CHU), allotted(&[(plots[1], 90_000)]));
            (pick_on(story, plots[1], 500), ())
        })
    };
    with(9_000).0.is_fine();
    let (told, ()) = with(9_001);
    let fault = told.server_refuses("above_area", id(CHU), next(CHU) + 1);
    assert_eq!((fault.field().as_deref(), fault.remaining()), (Some("allotments"), Some(9_000)));
    let (code, at) = told.auditor.as_ref().expect("a map auditor refuses the leaf");
    assert_eq!((*code, *at), ("above_area", crate::fruit::at(id(CHU), next(CHU) + 1).unwrap()));
}

/// A plot's share is given once; who wants more asks for a correction, which somebody above has to approve.
#[test]
fn allotted_twice() {
    let again = |again: bool| {
        told(move |story| {
            let plots = [2_000, 2_000].map(|size| story.begin("coop", plot(id(CHU), "hung", size)));
            story.append("coop", id(CHU), allotted(&[(plots[0], 500)]));
            let second = plots[usize::from(!again)];
            story.append("coop", id(CHU), allotted(&[(second, 500)]));
            (pick_on(story, plots[0], 500), ())
        })
    };
    again(false).0.is_fine();
    again(true).0.both(Invalid, "bad_field", id(CHU), next(CHU) + 1);
}

#[test]
fn allotted_twice_in_one_record() {
    let shares = |twice: bool| {
        told(move |story| {
            let plots = [2_000, 2_000].map(|size| story.begin("coop", plot(id(CHU), "hung", size)));
            let second = plots[usize::from(!twice)];
            story.append("coop", id(CHU), allotted(&[(plots[0], 500), (second, 500)]));
            (pick_on(story, plots[0], 500), ())
        })
    };
    shares(false).0.is_fine();
    shares(true).0.both(Invalid, "bad_field", id(CHU), next(CHU));
}

/// Under two codes, which no sum connects: each yields what its own area shares out, and not a gram more.
#[test]
fn as_plots_of_two_areas() {
    let with = |second| {
        told(move |story| {
            let here = story.begin("coop", plot(id(CHU), "thang", 2_000));
            let there = story.begin("coop", plot(id(TWO), "thang", 2_000));
            story.append("coop", id(CHU), allotted(&[(here, 500)]));
            story.append("coop", id(TWO), allotted(&[(there, 500)]));
            story.append("coop", there, season_of(None));
            let lot = story.begin("thang", opened("thang"));
            story.append("thang", there, harvest(lot, second));
            story.append("thang", lot, harvested(there, second));
            (lot, there)
        })
    };
    with(500).0.is_fine();
    let (told, there) = with(1_000);
    assert_eq!(told.both(OverAllocated, "above_allotment", there, 2).remaining(), Some(500_000));
}

/// A plot has its share in its own growing area, not in the one with room.
#[test]
fn with_a_share_in_another_area() {
    let in_area = |area: &'static str| {
        told(move |story| {
            let plot = story.begin("coop", plot(id(CHU), "hung", 2_000));
            story.append("coop", id(area), allotted(&[(plot, 500)]));
            (pick_on(story, plot, 500), plot)
        })
    };
    in_area(CHU).0.is_fine();
    let (told, plot) = in_area(TWO);
    assert_eq!(told.server_refuses("wrong_reference", id(TWO), next(TWO)).field().as_deref(), Some("allotments"));
    told.reader_finds(OverAllocated, "above_allotment", plot, 2);
}

/// A growing area's size is what its register says, and it says one.
#[test]
fn an_area_without_a_size_is_none() {
    let sized = |size: Option<u64>| {
        told(move |story| {
            let mut area = PlaceRegistered::new(
                PlaceKind::GrowingArea,
                "VN-BGOR-998-MAU".parse().unwrap(),
                "GACC".parse().unwrap(),
                "CN".parse().unwrap(),
                id("coop"),
                "07525".parse().unwrap(),
                time(moment(1, 5, 0, 0)),
            );
            area.area_m2 = size.map(|size| SquareMetres::new(size).unwrap());
            (crate::fruit::pick(story, "hung", 500), story.begin("office/1", area))
        })
    };
    sized(Some(10_000)).0.is_fine();
    let (told, area) = sized(None);
    assert_eq!(told.server_refuses("bad_field", area, 0).field().as_deref(), Some("area_m2"));
}
