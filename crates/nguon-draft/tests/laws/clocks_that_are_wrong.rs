//! A clock wrong by a year: what is written down is taken, flagged, and counts as the log says.

use nguon_core::event::{Dose, InputKind};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::Cosigner;
use nguon_core::values::{Count, Days, SquareMetres};
use nguon_draft::advice::Warning;
use nguon_draft::*;

use crate::device::{Device, Signed};
use crate::world::{DAY, NOW, World, grams, key, time};

const YEAR: u64 = 365 * DAY;

fn spray(world: &World, phi: u16) -> Draft {
    Draft::Applied(Applied {
        plot: world.plots[0],
        kind: InputKind::PlantProtection,
        product: "Abamectin 1.8EC".parse().unwrap(),
        ingredients: vec![],
        lot: Some("L-77".parse().unwrap()),
        dose: Dose::Milligrams(Count::new(500_000).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(5_000).unwrap(),
        phi_days: Days::new(phi).unwrap(),
        at: None,
        operator: None,
        note: None,
        photos: vec![],
    })
}

fn harvest(world: &World) -> Draft {
    Draft::Harvested(Harvest {
        shares: vec![Share { plot: world.plots[0], season: None, crates: vec![grams(80_000)] }],
        into: Into::New(NewBatch::of("vải thiều".parse().unwrap())),
        counted: Counted::EachWeighed,
        at: None,
        operator: None,
        parcel: None,
        photos: vec![],
    })
}

/// A phone that saw a checkpoint before its clock went wrong.
fn phone_with_clock(world: &mut World, clock: u64) -> (Device, Seen) {
    let cosigners = [Cosigner { name: "w.example", key: key(101), at: time(NOW) }];
    let checkpoint = world.ledger.close(time(NOW), key(100), &cosigners).unwrap();
    let seen = Seen { anchor: checkpoint.anchor(), time: checkpoint.time };
    let mut device = Device::new(world, world.farmer, 4);
    device.now = clock;
    (device, seen)
}

#[test]
fn a_year_behind_a_harvest_is_flagged_taken_and_counts_in_its_season() {
    let mut world = World::new();
    let (mut device, seen) = phone_with_clock(&mut world, NOW - YEAR);
    let hand = device.hand().having_seen(seen);
    let prepared = prepare(&harvest(&world), &device.book, &hand, device.outbox.journal(), &mut || [1; 16]).unwrap();
    let warnings = prepared.warnings(&device.book);
    assert!(warnings.contains(&Warning::Clock { says: time(NOW - YEAR), known: time(NOW) }), "{warnings:?}");
    assert!(warnings.contains(&Warning::Claim { says: time(NOW - YEAR), counts: time(NOW) }), "{warnings:?}");
    device.seen = Some(seen);
    let mut signed = Signed::default();
    let id = device.write(&harvest(&world), &mut signed).unwrap();
    device.sync(&mut world, &mut signed);
    let Stage::Logged { log_time, .. } = device.stage(id) else { panic!("{:?}", device.stage(id)) };
    assert_eq!(*log_time, Some(time(NOW)));
    let plot = world.ledger.chain(&world.plots[0]).unwrap();
    assert_eq!(plot.place().unwrap().log.harvests()[0].at, time(NOW));
}

#[test]
fn a_year_ahead_a_spray_is_flagged_taken_and_counts_when_the_log_took_it() {
    let mut world = World::new();
    let (mut device, seen) = phone_with_clock(&mut world, NOW + YEAR);
    let mut hand = device.hand().having_seen(seen);
    hand.true_now = Some(time(NOW + 60));
    let prepared = prepare(&spray(&world, 7), &device.book, &hand, device.outbox.journal(), &mut || [1; 16]).unwrap();
    let warnings = prepared.warnings(&device.book);
    assert!(warnings.contains(&Warning::Clock { says: time(NOW + YEAR), known: time(NOW + 60) }), "{warnings:?}");
    // What the farmer is told is when it may really be picked, not a year later.
    let earliest = Warning::EarliestHarvest { plot: world.plots[0], from: time(NOW + 60 + 7 * DAY) };
    assert!(warnings.contains(&earliest), "{warnings:?}");
    (device.seen, device.true_now) = (Some(seen), Some(time(NOW + 60)));
    let mut signed = Signed::default();
    let id = device.write(&spray(&world, 7), &mut signed).unwrap();
    device.sync_at(&mut world, &mut signed);
    assert!(matches!(device.stage(id), Stage::Logged { .. }));
    // The log's time was asked for, and the history shows both.
    assert_eq!(device.book.doubtful(&world.plots[0]), []);
    let lines = history::of_chain(&device.book, &device.outbox, &world.plots[0]);
    let line = lines.last().unwrap();
    assert_eq!((line.at, line.counts), (time(NOW + YEAR), Some(time(NOW))));
    let plot = history::plot(&device.book, &device.outbox, &world.plots[0], time(NOW + DAY)).unwrap();
    assert_eq!((plot.earliest, plot.days_left), (Some(time(NOW + 7 * DAY)), 6));
    assert_eq!(plot.because_of.unwrap().as_str(), "Abamectin 1.8EC");
    let state = world.ledger.chain(&world.plots[0]).unwrap();
    assert_eq!(state.place().unwrap().log.applications()[0].at, time(NOW));
}

#[test]
fn a_right_clock_is_not_flagged() {
    let mut world = World::new();
    let (device, seen) = phone_with_clock(&mut world, NOW + 3_600);
    let hand = device.hand().having_seen(seen);
    let prepared = prepare(&spray(&world, 0), &device.book, &hand, device.outbox.journal(), &mut || [1; 16]).unwrap();
    assert_eq!(prepared.warnings(&device.book), []);
}
