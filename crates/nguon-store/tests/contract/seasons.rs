//! A bundle leaves out the seasons of a place that it does not need, and nothing that it does.

use std::sync::Arc;

use nguon_core::bytes::ByteString;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::ledger::Pen;
use nguon_core::opening::{FieldValue, Opening, PersonalOpening};
use nguon_core::prelude::*;
use nguon_core::verify::{ChainProof, OutcomeKind};
use nguon_store::{LoggedBundle, OpeningPolicy};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::leaves::scene;
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::Scene;
use crate::world::{NOW, World, text, time};

const YEAR: u64 = 31_536_000;
const SALT: Salt = Salt::from_bytes([5; 16]);

/// The world's own season is `2026`, opened by its plot's second record; these come after it, with windows that overlap.
fn name(season: u64) -> Code {
    (2026 + season).to_string().parse().unwrap()
}

fn open_season(world: &mut World, season: u64) {
    let (office, coop_key) = (world.office.clone(), world.coop_key.clone());
    let [by_office, by_coop] =
        [Pen::new(world.authority, &office, time(NOW)), Pen::new(world.coop, &coop_key, time(NOW))];
    let (from, until) = (time(NOW), time(NOW + YEAR));
    let (area, plot) = (world.area, world.plot);
    let ceiling = Some(Grams::new(9_000_000).unwrap());
    world.append(&by_office, area, SeasonOpened::new(name(season), from, until, ceiling)).unwrap();
    world.append(&by_coop, plot, SeasonOpened::new(name(season), from, until, None)).unwrap();
    let allotments = List::of_one(Allotment { plot, grams: Grams::new(2_000_000).unwrap() });
    world.append(&by_office, area, PlotsAllotted { season: name(season), allotments }).unwrap();
}

fn draw(world: &mut World, season: u64, batch: ChainId) -> StatementId {
    let (farm_key, plot) = (world.farm_key.clone(), world.plot);
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    let drawn = HarvestDrawn::new(name(season), batch, Grams::new(1_000).unwrap());
    world.append(&pen, plot, drawn).unwrap()
}

/// A batch with fruit of these seasons.
fn batch(world: &mut World, seasons: &[u64]) -> ChainId {
    let (farm_key, plot) = (world.farm_key.clone(), world.plot);
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    let opened = world.opened(None);
    let batch = world.begin(&pen, opened);
    for season in seasons {
        draw(world, *season, batch);
    }
    world.append(&pen, batch, Harvested::new(Inputs::one(plot, Grams::new(500).unwrap()))).unwrap();
    batch
}

/// The part of the proof about a chain; it must be there, and the bundle must hold.
fn part(scene: &Scene, batch: ChainId, chain: ChainId, size: u64) -> ChainProof {
    let verification = scene.verified(batch, size);
    assert_eq!(verification.verdict.outcome.kind(), OutcomeKind::Valid, "{:?}", verification.verdict);
    let at = place(scene, batch, chain, size).expect("the chain is in the bundle");
    bundle(scene, batch, size).chains.remove(at)
}

fn bundle(scene: &Scene, batch: ChainId, size: u64) -> LoggedBundle {
    block_on(scene.store.logged_bundle(batch, OpeningPolicy::nothing(), size)).unwrap().unwrap()
}

/// Where in the bundle a chain is.
fn place(scene: &Scene, batch: ChainId, chain: ChainId, size: u64) -> Option<usize> {
    let first = scene.world.ledger.records(&chain)[0].as_bytes();
    bundle(scene, batch, size).bundle.chains.iter().position(|records| records[0].0 == first)
}

fn skipped(scene: &Scene, batch: ChainId, chain: ChainId, size: u64) -> u64 {
    part(scene, batch, chain, size).skipped.map_or(0, |skipped| skipped.count)
}

fn length(world: &World, chain: ChainId) -> u64 {
    world.ledger.records(&chain).len() as u64
}

pub(crate) fn earlier_seasons_are_left_out<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let early = batch(world, &[0]);
    for _ in 0..20 {
        batch(world, &[0]);
    }
    let (plot, area) = (world.plot, world.area);
    let opened_at = length(world, plot);
    let mut batches = vec![early];
    for season in 1..4 {
        open_season(world, season);
        batches.push(batch(world, &[season]));
        batch(world, &[season]);
    }
    let whole = length(world, plot);
    scene.submit();
    let size = scene.checkpoint();
    // The first season begins with the second record: there is nothing to leave out.
    assert_eq!(skipped(&scene, batches[0], plot, size), 0);
    assert_eq!(skipped(&scene, batches[1], plot, size), opened_at - 1);
    // A season is its opening and two draws; on the area its opening and an allotment, of the first season too.
    assert_eq!(skipped(&scene, batches[2], plot, size), opened_at - 1 + 3);
    assert_eq!(skipped(&scene, batches[3], plot, size), opened_at - 1 + 6);
    assert_eq!(skipped(&scene, batches[3], area, size), 6);
    let carried = part(&scene, batches[3], plot, size).positions.len() as u64 / 3;
    assert_eq!(carried, whole - (opened_at - 1 + 6));
    assert_eq!(skipped(&scene, batches[0], area, size), 0);
}

pub(crate) fn a_batch_of_two_seasons_has_both<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    batch(world, &[0]);
    for season in 1..4 {
        open_season(world, season);
        batch(world, &[season]);
    }
    let mixed = batch(world, &[1, 3]);
    let merged = {
        // Made of a batch of the second season and one of the third, it needs what they need.
        let (farm_key, sources) = (world.farm_key.clone(), [batch(world, &[2]), batch(world, &[3])]);
        let pen = Pen::new(world.farm, &farm_key, time(NOW));
        let opened = world.opened(None);
        let merged = world.begin(&pen, opened);
        let grams = Grams::new(400).unwrap();
        for source in sources {
            world.append(&pen, source, Drawn { to: merged, grams, why: DrawReason::Merging }).unwrap();
        }
        let inputs = List::new(sources.map(|from| Input { from, grams }).to_vec()).unwrap();
        world.append(&pen, merged, Packed::new(inputs, Count::new(1).unwrap(), grams)).unwrap();
        merged
    };
    scene.submit();
    let (plot, area, size) = (scene.world.plot, scene.world.area, scene.checkpoint());
    // Openings of the seasons on the plot: sequences 1, 3, 5, 7; on the area 1, 3, 5, 7. A draw of season 1 came as late as
    // the batch itself, and builds on that season's opening: no later season can be taken up on its own any more.
    assert_eq!(skipped(&scene, mixed, plot, size), 2);
    assert_eq!(skipped(&scene, mixed, area, size), 2);
    assert_eq!(skipped(&scene, merged, plot, size), 2);
    // What the plot carries of the season before was allotted there, too.
    assert_eq!(skipped(&scene, merged, area, size), 2);
}

pub(crate) fn what_reaches_back_is_carried_with_what_it_reaches<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (first, plot) = (batch(world, &[0]), world.plot);
    open_season(world, 1);
    let second = batch(world, &[1]);
    scene.submit();
    let before = scene.checkpoint();
    assert_eq!(skipped(&scene, second, plot, before), 2);
    // The farm corrects what it drew in the season before.
    let (farm_key, grams) = (scene.world.farm_key.clone(), Grams::new(700).unwrap());
    let pen = Pen::new(scene.world.farm, &farm_key, time(NOW));
    let event = Arc::new(HarvestDrawn::new(name(0), first, grams).into());
    let correction = Corrected { sequence: 2, reason: CorrectionReason::Weighing, event, details: None };
    scene.world.append(&pen, plot, correction).unwrap();
    scene.submit();
    let after = scene.checkpoint();
    assert_eq!(skipped(&scene, second, plot, after), 0);
    assert_eq!(skipped(&scene, second, plot, before), 2, "what was left out then still is");
    // The season after that is not touched.
    open_season(&mut scene.world, 2);
    let third = batch(&mut scene.world, &[2]);
    scene.submit();
    let last = scene.checkpoint();
    assert_eq!(skipped(&scene, third, plot, last), 5);
}

pub(crate) fn who_signed_only_what_is_left_out_is_not_carried<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (office, key) = (world.office.clone(), SigningKey::from_bytes(&[66; 32]));
    let by_office = Pen::new(world.authority, &office, time(NOW));
    let inspector = world.enrol(&by_office, Role::Inspector, "Phan Thị Mẫu", Some((&key).into()));
    let (first, plot) = (batch(world, &[0]), world.plot);
    let certified = Certified {
        scheme: text("VietGAP"),
        number: "VG-1".parse().unwrap(),
        from: time(NOW),
        until: time(NOW + YEAR),
    };
    world.append(&Pen::new(inspector, &key, time(NOW)), plot, certified).unwrap();
    open_season(world, 1);
    let second = batch(world, &[1]);
    scene.submit();
    let size = scene.checkpoint();
    assert!(skipped(&scene, first, plot, size) == 0 && skipped(&scene, second, plot, size) > 0);
    assert!(place(&scene, first, inspector, size).is_some());
    assert!(place(&scene, second, inspector, size).is_none());
}

pub(crate) fn openings_of_what_is_left_out_stay_out<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (farm_key, plot) = (world.farm_key.clone(), world.plot);
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    let first = batch(world, &[0]);
    let (path, value) = ("input_applied/operator", FieldValue::Text("Nguyễn Văn Mẫu".to_owned()));
    let sprayed = InputApplied {
        kind: InputKind::PlantProtection,
        product: text("Thuốc mẫu 10WP"),
        active_ingredients: List::new(vec![text("abamectin")]).unwrap(),
        product_lot: None,
        dose: Dose::Milligrams(Count::new(500_000).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(1_000).unwrap(),
        phi_days: "7".parse::<u16>().ok().and_then(|days| Days::new(days).ok()).unwrap(),
        operator: Some(value.seal(&SALT, path)),
        notes: None,
        // Its interval is over when the next season opens.
        at: Some(time(NOW - 8 * 86_400)),
    };
    let record = world.append(&pen, plot, sprayed).unwrap();
    open_season(world, 1);
    let second = batch(world, &[1]);
    scene.submit();
    let value = Some(ByteString(value.to_bytes()));
    let opening = Opening { record, path: path.to_owned(), salt: SALT, value };
    let personal = PersonalOpening { opening, about: scene.world.farm };
    block_on(scene.store.store_openings(vec![personal])).unwrap().unwrap();
    let size = scene.checkpoint();
    let opened = |batch| {
        let policy = OpeningPolicy::of([path]);
        block_on(scene.store.logged_bundle(batch, policy, size)).unwrap().unwrap().bundle.openings.len()
    };
    assert_eq!((opened(first), opened(second)), (1, 0));
    assert!(skipped(&scene, second, plot, size) > 0);
}

/// What happens on a plot over the years.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Open,
    /// A batch of one or two of the seasons opened so far.
    Harvest(usize, Option<usize>),
    /// Some earlier draw is corrected.
    Correct(usize),
    Close,
}

pub(crate) fn whatever_is_left_out_the_bundle_is_valid<K: Kind>(_: K) {
    let deed = prop_oneof![
        2 => Just(Deed::Open),
        4 => (any::<usize>(), any::<Option<usize>>()).prop_map(|(one, other)| Deed::Harvest(one, other)),
        1 => any::<usize>().prop_map(Deed::Correct),
        2 => Just(Deed::Close),
    ];
    let deeds = proptest::collection::vec(deed, 1..25);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(24) });
    runner
        .run(&deeds, |deeds| {
            unfold(&K::fresh(), &deeds);
            Ok(())
        })
        .unwrap();
}

fn unfold<K: Kind>(kind: &K, deeds: &[Deed]) {
    let mut scene = scene(kind);
    let (mut seasons, mut batches, mut seen) = (1, Vec::new(), Vec::new());
    let plot = scene.world.plot;
    for deed in deeds {
        let world = &mut scene.world;
        match *deed {
            Deed::Open => {
                open_season(world, seasons);
                seasons += 1;
            }
            Deed::Harvest(one, other) => {
                let mut of: Vec<u64> = std::iter::once(one).chain(other).map(|at| at as u64 % seasons).collect();
                of.dedup();
                // Both draws stand on the plot before the batch takes anything in.
                batches.push((batch(world, &of), of[0], length(world, plot) - of.len() as u64));
            }
            Deed::Correct(at) => {
                if let Some((to, season, sequence)) = batches.get(at % batches.len().max(1)).copied() {
                    let farm_key = world.farm_key.clone();
                    let pen = Pen::new(world.farm, &farm_key, time(NOW));
                    let event = Arc::new(HarvestDrawn::new(name(season), to, Grams::new(900).unwrap()).into());
                    let correction = Corrected { sequence, reason: CorrectionReason::Weighing, event, details: None };
                    world.append(&pen, plot, correction).unwrap();
                }
            }
            Deed::Close => {
                scene.submit();
                if let Some(closed) = crate::keeper::close(&*scene.store) {
                    scene.publish(closed.size);
                    let there =
                        batches.iter().map(|(batch, ..)| (*batch, closed.size, bundle(&scene, *batch, closed.size)));
                    seen.extend(there.collect::<Vec<_>>());
                }
            }
        }
    }
    for (batch, size, then) in seen {
        // It verifies, and is what it was when it was first made.
        part(&scene, batch, plot, size);
        assert_eq!(bundle(&scene, batch, size), then);
    }
}
