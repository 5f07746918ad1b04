//! What the map promises, held against routes made up here and of the whole province.

use std::rc::Rc;

use nguon_core::event::EventName;
use nguon_verify_app::communes;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::model::{
    Flow, Group, Journey, Mass, Member, Name, Party, Place, Role, Stamp, Status, Step, Steps, Voice,
};

use super::{Deed, Route, Where, land, picture, table};
use crate::messages;

/// The page lets the map have this much.
const LIMIT: usize = 10 * 1024;

fn party(role: Role, name: &str) -> Party {
    Party { role, name: Name::Known(name.into()) }
}

fn place(commune: &str) -> Option<Place> {
    Some(Place { commune: Some(commune.into()), code: None })
}

fn member(commune: &str, kilograms: u64) -> Member {
    let party = party(Role::Farm, "Hộ");
    Member { party, place: place(commune), mass: Mass(kilograms * 1000), written_for: false, steps: Steps::default() }
}

fn step(event: EventName, by: Party, place: Option<Place>, kilograms: u64) -> Step {
    Step {
        number: 1,
        event,
        signer: by,
        on_behalf: None,
        voice: Voice::Claims,
        place,
        at: Stamp::vietnam(1_780_644_600),
        flow: Flow { taken: Some(Mass(kilograms * 1000)), given: None },
        before: None,
        facts: Vec::new(),
        alarm: false,
        status: Status::Held,
        exhibits: Rc::default(),
    }
}

fn journey(members: Vec<Member>, steps: Vec<Step>) -> Journey {
    Journey { areas: Steps::default(), codes: 0, origins: Some(Group { mass: Mass(0), members }), steps }
}

/// As the sample season's: five communes, a weighing point and a packing house in one of them, a carrier, a shop elsewhere.
fn season() -> Route {
    let house = || party(Role::PackingHouse, "Công ty Chũ");
    let steps = vec![
        step(EventName::Received, party(Role::Collector, "Điểm cân"), place("07525"), 12_400),
        step(EventName::Received, house(), place("07525"), 12_400),
        step(EventName::LabResult, party(Role::Lab, "Trung tâm"), place("07210"), 0),
        step(EventName::Packed, house(), place("07525"), 12_000),
        step(EventName::Cooled, party(Role::Carrier, "Vận tải"), place("07210"), 12_000),
        step(EventName::Received, party(Role::Seller, "Vườn Vải"), place("07339"), 6_000),
        step(EventName::Received, party(Role::Seller, "Siêu thị"), None, 6_000),
    ];
    let members = vec![
        member("07525", 2_000),
        member("07582", 3_000),
        member("07525", 2_500),
        member("07552", 1_000),
        member("07603", 900),
        member("07330", 3_000),
    ];
    Route::of(&journey(members, steps), &[])
}

fn everywhere() -> Route {
    let codes: Vec<&str> = communes::TEXT.lines().map(|line| &line[..5]).collect();
    let members = codes.iter().map(|code| member(code, 1_000)).collect();
    let moved = codes.iter().step_by(5);
    let steps = moved.map(|code| step(EventName::Received, party(Role::Seller, code), place(code), 1)).collect();
    Route::of(&journey(members, steps), &[])
}

#[test]
fn fruit_goes_from_the_communes_to_who_had_it_in_hand() {
    let route = season();
    let told: Vec<_> = route.stops.iter().map(|stop| (stop.number, stop.place.clone(), stop.mass)).collect();
    let commune = |code: &str| Where::Commune(code.into());
    let kilograms = |mass: u64| Some(Mass(mass * 1000));
    assert_eq!(
        told,
        [
            (Some(1), commune("07525"), kilograms(4_500)),
            (Some(2), commune("07582"), kilograms(3_000)),
            (Some(3), commune("07330"), kilograms(3_000)),
            (Some(4), commune("07552"), kilograms(1_000)),
            (Some(5), commune("07603"), kilograms(900)),
            (Some(6), commune("07525"), kilograms(12_400)),
            (Some(7), commune("07525"), kilograms(12_400)),
            (None, Where::Unrecorded, kilograms(12_000)),
            (Some(8), commune("07339"), kilograms(6_000)),
            (None, Where::Unrecorded, kilograms(6_000)),
        ]
    );
    let packed = &route.stops[6].deed;
    let Deed::Handled { events, .. } = packed else { panic!("{packed:?}") };
    assert_eq!(events, &[EventName::Received, EventName::Packed], "a laboratory has no fruit in hand");
}

#[test]
fn the_picture_is_small_even_of_the_whole_province() {
    for route in [season(), everywhere()] {
        for lang in Lang::ALL {
            let size = picture(lang, &route).len();
            assert!(size <= LIMIT, "{lang:?}: {size} bytes");
        }
    }
}

/// Every number of the picture is in the table and the other way round, and a place has one mark however often it is passed.
#[test]
fn the_table_says_what_the_picture_shows() {
    for route in [season(), everywhere()] {
        let svg = picture(Lang::Vi, &route);
        let (svg, _) = svg.split_once("map-towns").unwrap();
        let texts = svg.split("<text ").skip(2).filter_map(|text| text.split_once('>')?.1.split_once('<'));
        let mut shown: Vec<usize> =
            texts.flat_map(|(label, _)| label.split(", ").filter_map(|n| n.parse().ok())).collect();
        shown.sort_unstable();
        let told: Vec<usize> = route.stops.iter().filter_map(|stop| stop.number).collect();
        assert_eq!(shown, told);
        let mut places: Vec<_> =
            route.stops.iter().filter_map(|stop| stop.place.point()).map(|at| (at.x, at.y)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(svg.matches("<text ").count(), places.len() + 1, "a label a place, and the scale");
    }
}

#[test]
fn the_picture_is_well_formed_and_asks_nobody() {
    let mut route = season();
    // Names are recorded by anybody.
    for stop in &mut route.stops {
        if let Deed::Handled { by, .. } = &mut stop.deed {
            by.name = Name::Known("<script>\"'&amp;</svg>".into());
        }
    }
    for lang in Lang::ALL {
        let svg = picture(lang, &route);
        assert!(well_formed(&svg), "{svg}");
        for foreign in ["http", "url(", "href", "style", "script", "on"].map(|word| format!(" {word}=")) {
            assert!(!svg.contains(&foreign), "{foreign}");
        }
        assert!(!svg.contains('#'), "no colour but the text's own");
        let m = messages::of(lang);
        assert!(svg.contains("<title id=\"map-title\">") && svg.contains(m.map_about));
    }
}

/// Tags close in the order they opened, and no text holds markup.
fn well_formed(svg: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some((text, after)) = rest.split_once('<') {
        let Some((tag, tail)) = after.split_once('>') else { return false };
        if text.contains('>') || tag.matches('"').count() % 2 == 1 {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.extend(tag.split(' ').next());
        }
        rest = tail;
    }
    open.is_empty() && rest.is_empty()
}

#[test]
fn a_place_elsewhere_is_told_and_not_drawn() {
    let steps = vec![step(EventName::Received, party(Role::Seller, "Chợ"), place("00001"), 5)];
    let route = Route::of(&journey(vec![member("07525", 5)], steps), &[]);
    assert_eq!(route.stops[1].place, Where::Elsewhere("00001".into()));
    assert_eq!(route.stops[1].number, None);
    for lang in Lang::ALL {
        assert!(table::place(lang, &route.stops[1].place).contains(messages::of(lang).map_outside));
    }
}

#[test]
fn communes_of_the_product_stand_in_for_an_untold_harvest() {
    let untold = Journey { origins: None, ..journey(Vec::new(), Vec::new()) };
    let route = Route::of(&untold, &["07525".to_owned(), "07582".to_owned()]);
    assert_eq!(route.stops.len(), 2);
    assert_eq!(route.stops[0].deed, Deed::Grown(0));
    assert_eq!(Route::of(&untold, &[]), Route::default());
}

/// Chũ lies east of the city of Bắc Giang and a little north, some 40 km away; so it must on the map.
#[test]
fn places_lie_where_they_are() {
    let (city, chu) = (land::middle("07210").unwrap(), land::middle("07525").unwrap());
    assert!(chu.x > city.x && chu.y < city.y);
    let (across, down) = (chu.x - city.x, chu.y - city.y);
    let away = across * across + down * down;
    assert!(away > land::length(38).pow(2) && away < land::length(43).pow(2));
    let corner = land::corner();
    for line in communes::TEXT.lines() {
        let at = land::middle(&line[..5]).unwrap();
        assert!((0..corner.x).contains(&at.x) && (0..corner.y).contains(&at.y), "{line}");
    }
    assert_eq!(land::middle("00001"), None);
    assert_eq!(land::middle("0752"), None);
    assert_eq!(land::middle(""), None);
}
