//! A scope passed on lies within the one it comes from, and "within" is an order; beyond a scope nobody acts.

use nguon_core::prelude::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::strategies;
use crate::world::{NOW, World, any_scope, code, drawn_to, field, prefixed, time};

/// Scopes that often contain each other.
fn scope() -> impl Strategy<Value = Scope> {
    use EventName::{Drawn, Harvested, Opened, Recalled};
    let places: Vec<ChainId> = (0..3).map(|n| ChainId::from_bytes([n; 32])).collect();
    let prefixes = ["9521", "95212", "952123", "9522"];
    let markets = ["CN", "JP", "VN"];
    (
        subsequence(vec![Drawn, Harvested, Opened, Recalled], 1..4),
        prop::option::of(subsequence(places, 1..3)),
        prop::option::of(subsequence(prefixes.to_vec(), 1..4)),
        prop::option::of(subsequence(markets.to_vec(), 1..3)),
        prop::option::of(select(vec![1_u64, 2, 3])),
        prop::option::of(select(vec![4_u64, 5, 6])),
    )
        .prop_map(|(events, places, prefixes, markets, from, until)| Scope {
            events: List::new(events).unwrap(),
            places: places.map(|places| List::new(places).unwrap()),
            gs1_prefixes: prefixes
                .map(|all| List::new(all.into_iter().map(|one| one.parse().unwrap()).collect()).unwrap()),
            markets: markets.map(|all| List::new(all.into_iter().map(|one| one.parse().unwrap()).collect()).unwrap()),
            from: from.map(time),
            until: until.map(time),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_scope_lies_within_itself(scope in strategies::scope()) {
        prop_assert_eq!(scope.beyond(&scope), None);
    }

    #[test]
    fn within_is_transitive(a in scope(), b in scope(), c in scope()) {
        if a.beyond(&b).is_none() && b.beyond(&c).is_none() {
            prop_assert_eq!(a.beyond(&c), None);
        }
    }

    /// What a scope within another covers, the other covers.
    #[test]
    fn within_covers_no_more(inner in scope(), outer in scope(), at in 0_u64..8, gtin in select(vec!["09521234543213", "09520000000004"])) {
        let gtin = gtin.parse().unwrap();
        if inner.beyond(&outer).is_none() {
            prop_assert!(!inner.covers(time(at)) || outer.covers(time(at)));
            prop_assert!(!inner.owns(&gtin) || outer.owns(&gtin));
            prop_assert!(inner.events.iter().all(|event| outer.events.contains(event)));
        }
    }

    /// A registrar passes on what lies within its scope, and nothing else; the refusal names the first dimension beyond.
    #[test]
    fn enrolment_asks_exactly_that(inner in scope(), outer in scope()) {
        let enrol = EventName::Enrolled;
        let mut outer = Scope { from: None, until: None, ..outer };
        outer.events = List::new(outer.events.iter().copied().chain([enrol]).collect()).unwrap();
        let mut world = World::new();
        let office = world.office.into();
        let registrar = world.enrol(office, 2, Role::Registrar, Some(30), outer.clone()).unwrap();
        let result = world.enrol(registrar.into(), 30, Role::Farm, None, inner.clone());
        match inner.beyond(&outer) {
            None => prop_assert!(result.is_ok()),
            Some(dimension) => prop_assert_eq!(field(result), ("out_of_scope", format!("scope.{dimension}"))),
        }
    }
}

#[test]
fn each_dimension_is_kept() {
    let mut world = World::new();
    let (office, coop) = (world.office.into(), world.coop.into());
    let only = |events: &[EventName]| Scope::of_events(events).unwrap();
    let refused = |result| field::<ChainId>(result);

    let farm = world.enrol(coop, 3, Role::Farm, Some(31), only(&[EventName::Drawn])).unwrap();
    let opened = Opened::new(farm, "vải".parse().unwrap());
    assert_eq!(refused(world.begin(farm.into(), 31, opened)), ("out_of_scope", "scope.events".into()));

    let late = Scope { from: Some(time(NOW + 1)), ..any_scope() };
    let farm = world.enrol(coop, 3, Role::Farm, Some(32), late).unwrap();
    let opened = Opened::new(farm, "vải".parse().unwrap());
    assert_eq!(refused(world.begin(farm.into(), 32, opened)), ("out_of_scope", "scope.from".into()));

    let early = Scope { until: Some(time(NOW)), ..any_scope() };
    let farm = world.enrol(coop, 3, Role::Farm, Some(33), early).unwrap();
    let opened = Opened::new(farm, "vải".parse().unwrap());
    assert_eq!(refused(world.begin(farm.into(), 33, opened)), ("out_of_scope", "scope.until".into()));

    let elsewhere = Scope { places: Some(List::of_one(world.house)), ..any_scope() };
    let registrar = world.enrol(office, 2, Role::Registrar, Some(34), elsewhere).unwrap();
    let plot = world.plot_of(world.farm);
    assert_eq!(refused(world.begin(registrar.into(), 34, plot)), ("out_of_scope", "scope.places".into()));
    let here = Scope { places: Some(List::of_one(world.area)), ..any_scope() };
    let registrar = world.enrol(office, 2, Role::Registrar, Some(35), here).unwrap();
    let plot = world.plot_of(world.farm);
    assert!(world.begin(registrar.into(), 35, plot).is_ok());

    let home = Scope { markets: Some(List::of_one("VN".parse().unwrap())), ..any_scope() };
    let registrar = world.enrol(office, 2, Role::Registrar, Some(36), home).unwrap();
    let area = world.place(PlaceKind::GrowingArea, world.coop);
    assert_eq!(refused(world.begin(registrar.into(), 36, area)), ("out_of_scope", "scope.markets".into()));

    let mut labelled = Opened::new(world.farm, "vải".parse().unwrap());
    labelled.label = Some(crate::world::label());
    assert_eq!(
        refused(world.begin(world.farm.into(), 4, labelled.clone())),
        ("out_of_scope", "scope.gs1_prefixes".into())
    );
    let packer = world.enrol(coop, 3, Role::PackingHouse, Some(37), prefixed(any_scope())).unwrap();
    labelled.owner = packer;
    assert!(world.begin(packer.into(), 37, labelled).is_ok());
}

/// A correction needs both: the right to correct and the right to what it corrects.
#[test]
fn a_correction_asks_for_both_events() {
    for (events, allowed) in [
        (vec![EventName::Opened, EventName::Harvested, EventName::Drawn], false),
        (vec![EventName::Opened, EventName::Harvested, EventName::Drawn, EventName::Corrected], true),
    ] {
        let mut world = World::new();
        let coop = world.coop.into();
        let farm = world.enrol(coop, 3, Role::Farm, Some(31), Scope::of_events(&events).unwrap()).unwrap();
        let batch = world.begin(farm.into(), 31, Opened::new(farm, "vải".parse().unwrap())).unwrap();
        world.append(world.farm.into(), 4, world.plot, crate::scene::harvest(batch, 5)).unwrap();
        world.append(farm.into(), 31, batch, Harvested::new(crate::scene::inputs(&[(world.plot, 5)]))).unwrap();
        world.append(farm.into(), 31, batch, drawn_to(world.lot, 5)).unwrap();
        let event = std::sync::Arc::new(drawn_to(world.lot, 4).into());
        let corrected = Corrected { sequence: 2, reason: CorrectionReason::Typing, event, details: None };
        let result = world.append(farm.into(), 31, batch, corrected);
        assert_eq!(result.is_ok(), allowed);
        if !allowed {
            assert_eq!(code(result), "out_of_scope");
        }
    }
}

#[test]
fn registrars_stand_at_most_four_deep() {
    let mut world = World::new();
    let mut above = world.coop;
    let mut above_key = 3;
    for n in [40, 41, 42] {
        above = world.enrol(above.into(), above_key, Role::Registrar, Some(n), any_scope()).unwrap();
        above_key = n;
    }
    assert_eq!(code(world.enrol(above.into(), above_key, Role::Registrar, Some(43), any_scope())), "too_deep");
    assert!(world.enrol(above.into(), above_key, Role::Farm, Some(43), any_scope()).is_ok());
}

/// Nobody but a registrar or an authority enrols, whatever the scope says.
#[test]
fn only_registrars_enrol() {
    let mut world = World::new();
    for (actor, n) in [(world.farm, 4), (world.packer, 5), (world.lab, 8)] {
        assert_eq!(code(world.enrol(actor.into(), n, Role::Farm, None, any_scope())), "not_permitted");
    }
    assert_eq!(code(world.enrol(world.coop.into(), 99, Role::Farm, None, any_scope())), "unknown_key");
}
