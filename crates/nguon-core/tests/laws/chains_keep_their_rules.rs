//! What a chain keeps by itself: sequence, previous, kind, first events, seasons, draws, certificates, corrections.

use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{LedgerError, begin_record, next_record};
use nguon_core::prelude::*;
use nguon_core::record::{ChainKind, Record};
use nguon_core::state::{ChainState, Mark};
use proptest::prelude::*;

use crate::strategies;
use crate::world::{NOW, World, code, drawn_to, field, grams, key, season, time, trust};

/// The record was rejected for this field, by the general fault for fields if no code is given.
#[track_caller]
fn is(result: Result<StatementId, LedgerError>, code: &str, name: &str) {
    let code = if code.is_empty() { "bad_field" } else { code };
    let (found, at) = field(result);
    assert_eq!((found, at.as_str()), (code, name));
}

/// A record that would be accepted on the lot, before it is signed.
fn sound(world: &World) -> Record {
    let chain = world.ledger.chain(&world.lot).unwrap();
    next_record(&Pen::new(world.packer, key(5), time(NOW)), drawn_to(world.consignment, 5).into(), &chain)
}

fn admitted(world: &World, record: &Record) -> Result<StatementId, LedgerError> {
    world.ledger.clone().admit(SignedRecord::sign(record, key(5), trust().deployment()).unwrap())
}

#[test]
fn sequence_and_previous() {
    let world = World::new();
    let record = sound(&world);
    assert!(admitted(&world, &record).is_ok());
    let head = world.ledger.chain(&world.lot).unwrap();
    // Behind the head, or beside it: somebody was faster, and hears where the head is.
    for changed in [
        Record { sequence: head.sequence, ..record.clone() },
        Record { sequence: 1, ..record.clone() },
        Record { previous: Some(StatementId::from_bytes([0; 32])), ..record.clone() },
    ] {
        match admitted(&world, &changed) {
            Err(LedgerError::Conflict(told)) => assert_eq!((told.sequence, told.statement), (head.sequence, head.head)),
            other => panic!("{other:?}"),
        }
    }
    is(admitted(&world, &Record { sequence: record.sequence + 1, ..record.clone() }), "wrong_sequence", "sequence");
    is(admitted(&world, &Record { kind: ChainKind::Place, ..record.clone() }), "wrong_chain", "chain");
    let other = Record { chain: Some(ChainId::from_bytes([1; 32])), ..record };
    assert_eq!(code(admitted(&world, &other)), "missing_chain");
}

#[test]
fn first_events_stand_first_and_only_there() {
    let mut world = World::new();
    let (packer, office) = (world.packer.into(), world.office.into());
    let opened = Opened::new(world.packer, "vải".parse().unwrap());
    assert_eq!(code(world.append(packer, 5, world.lot, opened)), "first_again");
    assert_eq!(code(world.begin(packer, 5, drawn_to(world.lot, 1))), "wrong_first");
    let place = world.place(PlaceKind::GrowingArea, world.coop);
    assert_eq!(code(world.append(office, 2, world.area, place)), "first_again");
    // The kind is the event's.
    let pen = Pen::new(world.packer, key(5), time(NOW));
    let nonce = world.nonce();
    let opened = Opened::new(world.packer, "vải".parse().unwrap());
    let record = Record { kind: ChainKind::Place, ..begin_record(&pen, opened.into(), nonce) };
    assert_eq!(code(admitted(&world, &record)), "wrong_first");
}

#[test]
fn seasons_and_allotments() {
    let mut world = World::new();
    let (office, coop, farm) = (world.office.into(), world.coop.into(), world.farm.into());
    is(world.append(office, 2, world.area, season(Some(5))), "", "season");
    let named = |name: &str, ceiling| SeasonOpened { season: name.parse().unwrap(), ..season(ceiling) };
    is(world.append(office, 2, world.area, named("2027", None)), "", "ceiling");
    is(world.append(coop, 3, world.plot, named("2027", Some(5))), "", "ceiling");
    let reversed = SeasonOpened { until: time(NOW), ..named("2027", None) };
    is(world.append(coop, 3, world.plot, reversed), "", "until");
    let harvest = |name: &str| HarvestDrawn::new(name.parse().unwrap(), ChainId::from_bytes([1; 32]), grams(1));
    is(world.append(farm, 4, world.plot, harvest("2027")), "", "season");
    world.append(farm, 4, world.plot, harvest("2026")).unwrap();

    let allotted = |season: &str, plots: &[ChainId]| {
        let allotments = plots.iter().map(|plot| Allotment { plot: *plot, grams: grams(1) }).collect();
        PlotsAllotted { season: season.parse().unwrap(), allotments: List::new(allotments).unwrap() }
    };
    is(world.append(coop, 3, world.area, allotted("2027", &[world.plot])), "", "season");
    is(world.append(coop, 3, world.area, allotted("2026", &[world.plot])), "", "allotments");
    world.append(office, 2, world.area, named("2027", Some(9))).unwrap();
    is(world.append(coop, 3, world.area, allotted("2027", &[world.plot, world.plot])), "", "allotments");
    is(world.append(coop, 3, world.area, allotted("2027", &[world.house])), "wrong_reference", "allotments");
    world.append(coop, 3, world.area, allotted("2027", &[world.plot, world.small_plot])).unwrap();
}

#[test]
fn places() {
    let mut world = World::new();
    let office = world.office.into();
    let mut place = world.place(PlaceKind::GrowingArea, world.coop);
    place.until = Some(place.from);
    assert_eq!(field(world.begin(office, 2, place.clone())), ("bad_field", "until".into()));
    place.until = None;
    place.area_m2 = None;
    assert_eq!(field(world.begin(office, 2, place.clone())), ("bad_field", "area_m2".into()));
    place.area_m2 = Some(SquareMetres::new(1).unwrap());
    place.holder = world.lot;
    assert_eq!(field(world.begin(office, 2, place)), ("wrong_reference", "holder".into()));
    let mut plot = world.plot_of(world.farm);
    plot.area = world.house;
    assert_eq!(field(world.begin(world.coop.into(), 3, plot.clone())), ("wrong_reference", "area".into()));
    plot.area = ChainId::from_bytes([1; 32]);
    assert_eq!(code(world.begin(world.coop.into(), 3, plot)), "missing_chain");
}

#[test]
fn what_a_batch_takes_in_and_gives_out() {
    let mut world = World::new();
    let (packer, shop) = (world.packer.into(), world.shop.into());
    let take = |from| Received::new(Inputs::one(from, grams(1)));
    // Nothing after the first draw, nothing from itself, nothing twice, nothing that was not drawn for it.
    is(world.append(packer, 5, world.lot, take(world.picked)), "", "inputs");
    let fresh = world.begin(packer, 5, Opened::new(world.packer, "vải".parse().unwrap())).unwrap();
    is(world.append(packer, 5, fresh, take(fresh)), "", "inputs");
    let twice = Received::new(List::new(vec![Input { from: world.lot, grams: grams(1) }; 2]).unwrap());
    is(world.append(packer, 5, fresh, twice), "", "inputs");
    is(world.append(packer, 5, fresh, take(world.picked)), "undrawn_input", "inputs");
    // From a batch by receiving, from a plot by harvesting.
    is(world.append(packer, 5, fresh, take(world.plot)), "wrong_reference", "inputs");
    is(
        world.append(packer, 5, fresh, Harvested::new(Inputs::one(world.picked, grams(1)))),
        "wrong_reference",
        "inputs",
    );
    is(world.append(packer, 5, fresh, drawn_to(fresh, 1)), "", "to");
    is(world.append(packer, 5, world.lot, Shipped::new(1, world.carrier)), "", "draw");
    is(world.append(packer, 5, world.lot, Shipped::new(2, world.shop)), "wrong_reference", "carrier");
    let mut packed = Packed::new(Inputs::one(world.picked, grams(1)), Count::new(1).unwrap(), grams(1));
    packed.place = Some(world.area);
    is(world.append(packer, 5, fresh, packed), "wrong_reference", "place");

    let mut opened = Opened::new(world.shop, "vải".parse().unwrap());
    opened.label_of = Some(world.picked);
    assert_eq!(field(world.begin(shop, 7, opened.clone())), ("wrong_reference", "label_of".into()));
    opened.label_of = Some(world.lot);
    opened.label = Some(crate::world::label());
    assert_eq!(field(world.begin(shop, 7, opened)), ("bad_field", "label_of".into()));
}

/// A consignment holds what its label says: fruit of the labelled batch, straight or by way of another consignment.
#[test]
fn a_consignment_takes_from_its_lot_only() {
    let mut world = World::new();
    let (farm, shop) = (world.farm.into(), world.shop.into());
    let mut opened = Opened::new(world.shop, "vải".parse().unwrap());
    opened.label_of = Some(world.lot);
    let second = world.begin(shop, 7, opened).unwrap();
    let foreign = world.begin(farm, 4, Opened::new(world.farm, "vải".parse().unwrap())).unwrap();
    world.append(farm, 4, world.plot, HarvestDrawn::new("2026".parse().unwrap(), foreign, grams(5))).unwrap();
    world.append(farm, 4, foreign, Harvested::new(Inputs::one(world.plot, grams(5)))).unwrap();
    world.append(farm, 4, foreign, drawn_to(second, 5)).unwrap();
    is(world.append(shop, 7, second, Received::new(Inputs::one(foreign, grams(5)))), "", "inputs");
    world.append(shop, 7, world.consignment, drawn_to(second, 5)).unwrap();
    world.append(shop, 7, second, Received::new(Inputs::one(world.consignment, grams(5)))).unwrap();
    assert_eq!(world.outcome(second), Outcome::Unlogged);
}

#[test]
fn certificates_and_recalls() {
    let mut world = World::new();
    let (office, lab, packer, farm) = (world.office.into(), world.lab.into(), world.packer.into(), world.farm.into());
    let certificate = |until| Certified {
        scheme: "VietGAP".parse().unwrap(),
        number: "VG-1".parse().unwrap(),
        from: time(5),
        until: time(until),
    };
    for chain in [world.area, world.house, world.plot, world.lot] {
        is(world.append(lab, 8, chain, certificate(5)), "", "until");
        world.append(lab, 8, chain, certificate(6)).unwrap();
    }
    let recall = Recalled::new(RecallReason::Other);
    let by_harvest = Recalled { harvests: Some(List::of_one(world.picked)), ..recall.clone() };
    let of_part = Recalled { consignment: Some(world.consignment), ..recall.clone() };
    is(world.append(office, 2, world.lot, by_harvest.clone()), "", "harvests");
    is(world.append(office, 2, world.picked, of_part.clone()), "", "consignment");
    is(world.append(office, 2, world.plot, of_part.clone()), "", "consignment");
    // Nobody recalls what is not theirs, but the authority.
    assert_eq!(code(world.append(farm, 4, world.lot, recall.clone())), "not_permitted");
    assert_eq!(code(world.append(lab, 8, world.lot, recall)), "not_permitted");
    world.append(packer, 5, world.lot, of_part).unwrap();
    world.append(office, 2, world.plot, by_harvest).unwrap();
}

#[test]
fn keys() {
    let mut world = World::new();
    let coop = world.coop.into();
    let add = |n: u8| KeyAdded { key: key(n).into(), holder: None };
    let revoke = |n: u8| KeyRevoked {
        key: KeyId::of(&key(n).into()),
        reason: RevocationReason::Lost,
        suspect_since: None,
        details: None,
    };
    is(world.append(coop, 3, world.farm, add(4)), "key_twice", "key");
    is(world.append(coop, 3, world.farm, revoke(44)), "", "key");
    world.append(coop, 3, world.farm, revoke(4)).unwrap();
    is(world.append(coop, 3, world.farm, revoke(4)), "", "key");
    is(world.append(coop, 3, world.farm, add(4)), "key_twice", "key");
    assert_eq!(code(world.append(world.farm.into(), 4, world.picked, drawn_to(world.lot, 1))), "revoked_key");
    world.append(coop, 3, world.farm, add(44)).unwrap();
    world.append(world.farm.into(), 44, world.picked, drawn_to(world.lot, 1)).unwrap();
    // A key of small order is enrolled nowhere.
    let weak = PublicKeyBytes::from_bytes({
        let mut bytes = [0; 32];
        bytes[0] = 1;
        bytes
    });
    is(world.append(coop, 3, world.farm, KeyAdded { key: weak, holder: None }), "weak_key", "key");
    let mut enrolled = world.enrolment(Role::Farm, None, crate::world::any_scope());
    enrolled.key = Some(weak);
    assert_eq!(code(world.begin(coop, 3, enrolled)), "weak_key");
    let mut enrolled = world.enrolment(Role::Farm, None, crate::world::any_scope());
    (enrolled.scope.from, enrolled.scope.until) = (Some(time(5)), Some(time(5)));
    assert_eq!(field(world.begin(coop, 3, enrolled)), ("bad_field", "scope.until".into()));
}

#[test]
fn corrections() {
    let mut world = World::new();
    let (packer, office, coop) = (world.packer.into(), world.office.into(), world.coop.into());
    let correct = |sequence, event: Event| Corrected {
        sequence,
        reason: CorrectionReason::Typing,
        event: std::sync::Arc::new(event),
        details: None,
    };
    let draw = || Event::from(drawn_to(world.consignment, 4));
    let (lot, consignment, picked, house) = (world.lot, world.consignment, world.picked, world.house);
    let (area, plot) = (world.area, world.plot);
    let draw_again = draw();
    let mut last = world.append(packer, 5, lot, correct(2, draw_again.clone()));
    assert!(last.is_ok());
    let rules: [(Corrected, &str); 6] = [
        (correct(99, draw_again.clone()), "sequence"),
        (correct(5, draw_again.clone()), "sequence"),
        (correct(1, draw_again.clone()), "event"),
        (correct(0, Opened::new(world.packer, "vải".parse().unwrap()).into()), "event"),
        (correct(2, drawn_to(lot, 4).into()), "to"),
        (correct(3, Shipped::new(1, world.carrier).into()), "draw"),
    ];
    for (corrected, name) in rules {
        last = world.append(packer, 5, lot, corrected);
        is(last, "", name);
    }
    // A correction of inputs keeps to the sources of the original, and is judged as what it corrects: its place must be one.
    let sources = [(picked, 499_500), (world.small_picked, 90_500)];
    let packed =
        |sources: &[(ChainId, u64)]| Packed::new(crate::scene::inputs(sources), Count::new(118).unwrap(), grams(5_000));
    for other in [&[(consignment, 590_000)][..], &sources[..1], &[sources[0], (consignment, 90_500)]] {
        is(world.append(packer, 5, lot, correct(1, packed(other).into())), "", "inputs");
    }
    let elsewhere = Packed { place: Some(area), ..packed(&sources) };
    is(world.append(packer, 5, lot, correct(1, elsewhere.into())), "wrong_reference", "place");
    let here = Packed { place: Some(house), ..packed(&sources) };
    world.append(packer, 5, lot, correct(1, here.into())).unwrap();
    is(world.append(coop, 3, plot, correct(1, SeasonOpened { until: time(NOW), ..season(None) }.into())), "", "until");
    is(world.append(coop, 3, plot, correct(1, season(Some(5)).into())), "", "ceiling");
    // By who signed it, or an authority that could have.
    is(world.append(coop, 3, area, correct(1, season(Some(6)).into())), "", "signer");
    world.append(office, 2, area, correct(1, season(Some(6)).into())).unwrap();
    let farm = world.farm.into();
    assert_eq!(code(world.append(farm, 4, plot, correct(1, season(None).into()))), "bad_field");
}

proptest! {
    /// Whatever record is offered next, a chain either takes it as its newest or stays as it was.
    #[test]
    fn an_error_changes_nothing(record in strategies::record(), statement in strategies::statement(), fits in any::<bool>()) {
        let world = World::new();
        for id in [world.farm, world.area, world.house, world.plot, world.lot] {
            let before = ChainState::clone(&world.ledger.chain(&id).unwrap());
            let mut record = record.clone();
            if fits {
                record.kind = before.sort().kind();
                (record.chain, record.previous) = (Some(id), Some(before.head));
                record.sequence = before.sequence + 1;
            }
            let mut after = before.clone();
            let mark = Mark { key: KeyId::of(&key(4).into()), position: None };
            match after.advance(&record, statement, &mark) {
                Err(_) => prop_assert_eq!(after, before),
                Ok(()) => {
                    prop_assert!(fits);
                    prop_assert_eq!((after.id, after.sequence, after.head), (before.id, before.sequence + 1, statement));
                    prop_assert_eq!(after.steps.len(), before.steps.len() + 1);
                }
            }
        }
    }

    /// Only an event that begins a chain of the record's kind begins one.
    #[test]
    fn chains_begin_with_first_events(record in strategies::record(), statement in strategies::statement()) {
        if let Ok(state) = ChainState::begin(&record, statement) {
            prop_assert_eq!(record.sequence, 0);
            prop_assert_eq!(record.event.begins(), Some(record.kind));
            prop_assert_eq!(state.id, ChainId::of_first(statement));
        }
    }
}
