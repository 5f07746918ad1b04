//! Who is enrolled, with which keys, and what those below a registrar grow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nguon_core::event::*;
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::judge::Chains as _;
use nguon_core::key::PublicKey;
use nguon_core::ledger::Pen;
use nguon_core::permission::ChainSort;
use nguon_core::prelude::SigningKey;
use nguon_core::record::Signer;
use nguon_core::values::*;
use nguon_store::{Household, Households, OpeningPolicy, Store, Why};

use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::Scene;
use crate::world::{NOW, World, text, time};

fn scene<K: Kind>(kind: &K) -> Scene {
    Scene::new(K::world(), |world, clock| kind.open_at(&world.trust, clock))
}

fn key_id(key: &SigningKey) -> KeyId {
    PublicKey::from_bytes(&key.into()).unwrap().id()
}

fn by_coop(world: &mut World, chain: ChainId, event: impl Into<Event>) {
    let key = world.coop_key.clone();
    world.append(&Pen::new(world.coop, &key, time(NOW)), chain, event).unwrap();
}

fn by_office(world: &mut World, chain: ChainId, event: impl Into<Event>) {
    let key = world.office.clone();
    world.append(&Pen::new(world.authority, &key, time(NOW)), chain, event).unwrap();
}

/// The co-op for a household that has no key.
fn on_behalf(world: &mut World, household: ChainId, chain: ChainId, event: impl Into<Event>) {
    let key = world.coop_key.clone();
    let pen = Pen { on_behalf_of: Some(household), ..Pen::new(world.coop, &key, time(NOW)) };
    world.append(&pen, chain, event).unwrap();
}

pub(crate) fn a_key_is_found_from_its_enrolment_on<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    let [old, new] = [scene.world.farm_key.clone(), SigningKey::from_bytes(&[77; 32])];
    let holders = |scene: &Scene, key| block_on(scene.store.key_holders(key_id(key))).unwrap().actors;
    let [holder] = &holders(&scene, &old)[..] else { panic!("one has the key") };
    assert_eq!((holder.actor, holder.role, holder.retired), (scene.world.farm, Role::Farm, false));
    assert_eq!(holder.enrolled_by, Signer::Actor(scene.world.coop));
    assert_eq!((holder.since.sequence, holder.since.time, holder.revoked), (0, time(NOW), None));
    let coop_key = scene.world.coop_key.clone();
    let [coop] = &holders(&scene, &coop_key)[..] else { panic!("one has the key") };
    assert_eq!(coop.enrolled_by, Signer::Authority(scene.world.authority));
    assert!(holders(&scene, &new).is_empty());

    // Lost phone: revoke and add; the actor stays the same.
    let farm = scene.world.farm;
    let (reason, suspect_since) = (RevocationReason::Lost, Some(time(NOW - 100)));
    by_coop(&mut scene.world, farm, KeyRevoked { key: key_id(&old), reason, suspect_since, details: None });
    by_coop(&mut scene.world, farm, KeyAdded { key: (&new).into(), holder: None });
    scene.set_clock(NOW + 60);
    scene.submit();
    let [before] = &holders(&scene, &old)[..] else { panic!("it is still told") };
    let revoked = before.revoked.unwrap();
    assert_eq!((revoked.by.sequence, revoked.by.time), (1, time(NOW + 60)));
    assert_eq!((revoked.reason, revoked.suspect_since), (reason, suspect_since));
    let [after] = &holders(&scene, &new)[..] else { panic!("one has the key") };
    assert_eq!((after.actor, after.since.sequence, after.since.time), (farm, 2, time(NOW + 60)));
    assert_eq!(after.revoked, None);
}

pub(crate) fn whoever_retires_loses_all_keys<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let (farm, key) = (scene.world.farm, scene.world.farm_key.clone());
    by_coop(&mut scene.world, farm, Retired { details: None });
    scene.submit();
    let holders = block_on(scene.store.key_holders(key_id(&key))).unwrap().actors;
    let revoked = holders[0].revoked.unwrap();
    assert!(holders[0].retired);
    assert_eq!((revoked.by.sequence, revoked.reason), (1, RevocationReason::Left));
    let found = households(&*scene.store, scene.world.coop, 10);
    assert_eq!((found.households[0].active_keys, found.households[0].retired), (0, true));
}

pub(crate) fn a_refused_record_gives_nobody_a_key<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    let mut forged = scene.world.clone();
    let (farm, new) = (forged.farm, SigningKey::from_bytes(&[77; 32]));
    by_coop(&mut forged, farm, KeyAdded { key: (&new).into(), holder: None });
    let last = crate::world::signed_otherwise(forged.records.last().unwrap());
    let group = vec![forged.statement(&last)];
    assert!(block_on(scene.store.submit_group(group)).unwrap().is_err());
    assert!(block_on(scene.store.key_holders(key_id(&new))).unwrap().actors.is_empty());
}

/// All pages of so many, put together.
fn households(store: &dyn Store, registrar: ChainId, most: usize) -> Households {
    let page = |after| block_on(store.households(registrar, after, most, OpeningPolicy::default())).unwrap().unwrap();
    let mut all = page(None);
    let mut last = all.households.len();
    while last == most {
        assert!(all.areas.is_empty(), "areas before the last page");
        let next = page(all.households.last().map(|household| household.actor));
        last = next.households.len();
        all.households.extend(next.households);
        all.areas = next.areas;
    }
    all
}

/// A co-op with a team below it, households of both with plots of further growing areas, and another co-op beside it.
struct Village {
    /// Households and their plots.
    plots: Vec<(ChainId, ChainId)>,
    team: ChainId,
    elsewhere: ChainId,
    below: BTreeSet<ChainId>,
}

fn village(world: &mut World) -> Village {
    let (office, coop_key) = (world.office.clone(), world.coop_key.clone());
    let [team_key, other_key] = [61, 62].map(|n| SigningKey::from_bytes(&[n; 32]));
    let by_office = Pen::new(world.authority, &office, time(NOW));
    let by_coop = Pen::new(world.coop, &coop_key, time(NOW));
    let team = world.enrol(&by_coop, Role::Registrar, "Tổ mẫu", Some((&team_key).into()));
    let elsewhere = world.enrol(&by_office, Role::Registrar, "Hợp tác xã khác", Some((&other_key).into()));
    world.enrol(&Pen::new(elsewhere, &other_key, time(NOW)), Role::Farm, "Hộ nơi khác", None);
    let by_team = Pen::new(team, &team_key, time(NOW));
    let season = || SeasonOpened::new("2026".parse().unwrap(), time(NOW), time(NOW + 100_000_000), None);
    let ceiling = Some(Grams::new(50_000_000).unwrap());
    let areas = ["VN-MAU-0002", "VN-MAU-0003"].map(|code| world.register_place(&by_office, code));
    for area in areas {
        world.append(&by_office, area, SeasonOpened { ceiling, ..season() }).unwrap();
    }
    let mut below = BTreeSet::from([world.farm, team]);
    let mut plots = vec![(world.farm, world.plot)];
    for number in 0..5_u64 {
        let pen = if number < 2 { &by_team } else { &by_coop };
        let household = world.enrol(pen, Role::Farm, &format!("Hộ {number}"), None);
        below.insert(household);
        let area = areas[usize::try_from(number % 2).unwrap()];
        let size = SquareMetres::new(1_000 + number).unwrap();
        let plot = world.begin(&by_coop, PlotRegistered::new(area, household, size, text("vải sớm")));
        let grams = Grams::new(2_000_000 + number).unwrap();
        let allotments = List::of_one(Allotment { plot, grams });
        world.append(&by_coop, area, PlotsAllotted { season: season().season, allotments }).unwrap();
        // One household has not got round to its season.
        if number != 4 {
            world.append(&by_coop, plot, season()).unwrap();
            plots.push((household, plot));
        }
    }
    Village { plots, team, elsewhere, below }
}

fn harvest(world: &mut World, household: ChainId, plot: ChainId, grams: u64) -> u64 {
    let key = world.coop_key.clone();
    let farm_key = world.farm_key.clone();
    let pen = if household == world.farm {
        Pen::new(household, &farm_key, time(NOW))
    } else {
        Pen { on_behalf_of: Some(household), ..Pen::new(world.coop, &key, time(NOW)) }
    };
    let mut opened = world.opened(None);
    opened.owner = household;
    let batch = world.begin(&pen, opened);
    let sequence = world.ledger.records(&plot).len() as u64;
    let drawn = HarvestDrawn::new("2026".parse().unwrap(), batch, Grams::new(grams).unwrap());
    world.append(&pen, plot, drawn).unwrap();
    sequence
}

fn applied(days: u16) -> InputApplied {
    InputApplied {
        kind: InputKind::Fertilizer,
        product: text("NPK mẫu"),
        active_ingredients: List::new(vec![text("đạm")]).unwrap(),
        product_lot: None,
        dose: Dose::Milligrams(Count::new(500_000).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(1_000).unwrap(),
        phi_days: Days::new(days).unwrap(),
        operator: None,
        notes: None,
        at: None,
    }
}

/// Every figure of the households, straight from chains that were folded in memory.
fn held_to_the_records(world: &World, found: &[Household]) {
    for household in found {
        let actor = world.ledger.chain(&household.actor).unwrap();
        let state = actor.actor().unwrap();
        assert_eq!((household.role, household.enrolled_by), (state.role, state.enrolled_by));
        let active = state.keys.iter().filter(|key| key.revoked.is_none()).count() as u64;
        assert_eq!((household.active_keys, household.retired), (active, state.retired.is_some()));
        let statements = world.statements();
        let acted = statements.iter().any(|one| one.record.acting() == Signer::Actor(household.actor));
        assert_eq!(household.last_record, acted.then(|| time(NOW)), "{}", household.actor);
        let mut plots = BTreeMap::new();
        for statement in statements.iter().filter(|one| one.record.sequence == 0) {
            let chain = world.ledger.chain(&statement.chain()).unwrap();
            if chain.sort() == ChainSort::Plot && chain.custodian() == Some(household.actor) {
                plots.insert(chain.id, chain);
            }
        }
        assert_eq!(
            household.plots.iter().map(|plot| plot.plot).collect::<Vec<_>>(),
            plots.keys().copied().collect::<Vec<_>>()
        );
        for plot in &household.plots {
            let place = plots[&plot.plot].place().unwrap().clone();
            assert_eq!((Some(plot.area), plot.area_m2), (place.area, place.area_m2.unwrap().get()));
            let applied = place.log.applications().iter().map(|application| application.at).max();
            let harvested = place.log.harvests().iter().map(|harvest| harvest.at).max();
            assert_eq!((plot.last_applied, plot.last_harvested), (applied, harvested));
            let area = world.ledger.chain(&plot.area).unwrap();
            for season in &plot.seasons {
                let own = place.season(&season.season);
                let given = area.place().unwrap().season(&season.season).unwrap();
                let allotted = given.allotted.with(&plot.plot, |_| true);
                assert_eq!(season.allotted_g, u64::try_from(allotted).unwrap());
                assert_eq!(season.drawn_g, own.map_or(0, |own| u64::try_from(own.harvested.total()).unwrap()));
                assert_eq!((season.from, season.until), (own.map(|own| own.from), own.map(|own| own.until)));
            }
        }
    }
}

pub(crate) fn households_are_what_the_records_say<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let Village { plots, team, elsewhere, below } = village(&mut scene.world);
    scene.submit();
    let coop = scene.world.coop;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for turn in 0..24 {
        let (household, plot) = plots[usize::try_from(next(plots.len() as u64)).unwrap()];
        let world = &mut scene.world;
        let sequence = harvest(world, household, plot, 1_000 + next(9_000));
        if next(3) == 0 && household != world.farm {
            on_behalf(world, household, plot, applied(0));
        }
        if turn % 4 == 3 {
            // A typing error: fewer, once somebody above has looked at it.
            let drawn =
                world.statements().into_iter().rfind(|one| one.chain() == plot && one.record.sequence == sequence);
            let Some(Event::HarvestDrawn(drawn)) = drawn.map(|one| one.record.event) else { panic!("a harvest") };
            let event = Arc::new(HarvestDrawn { grams: Grams::new(next(900) + 1).unwrap(), ..drawn }.into());
            let reason = CorrectionReason::Typing;
            let corrected = Corrected { sequence, reason, event, details: None };
            if household == world.farm {
                let key = world.farm_key.clone();
                world.append(&Pen::new(household, &key, time(NOW)), plot, corrected).unwrap();
            } else {
                on_behalf(world, household, plot, corrected);
            }
            let correction = world.ledger.records(&plot).len() as u64 - 1;
            if turn % 8 == 3 {
                by_office(world, plot, CorrectionApproved { correction, details: None });
            }
        }
        scene.submit();
    }
    let found = households(&*scene.store, coop, 3);
    assert_eq!(found.households.iter().map(|one| one.actor).collect::<BTreeSet<_>>(), below);
    assert!(found.households.is_sorted_by_key(|household| household.actor));
    held_to_the_records(&scene.world, &found.households);
    assert!(
        found.households.iter().any(|one| one.plots.iter().any(|plot| plot.seasons.iter().any(|s| s.from.is_none())))
    );
    for most in [1, 4, 7, 8, 100] {
        assert_eq!(households(&*scene.store, coop, most), found, "pages of {most}");
    }
    let names: BTreeSet<_> = found.households.iter().filter_map(|household| household.name.clone()).collect();
    assert!(names.is_empty(), "no opening was stored");
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let named = households(&*scene.store, coop, 100);
    assert!(named.households.iter().all(|household| household.name.is_some()));

    assert_eq!(households(&*scene.store, team, 100).households.len(), 2);
    assert_eq!(households(&*scene.store, elsewhere, 100).households.len(), 1);
    for nobody in [scene.world.farm, scene.world.plot, ChainId::from_bytes([7; 32])] {
        assert!(block_on(scene.store.households(nobody, None, 10, OpeningPolicy::default())).unwrap().is_none());
    }
}

pub(crate) fn growing_areas_say_what_is_left_of_their_ceilings<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let Village { plots, .. } = village(&mut scene.world);
    for (at, (household, plot)) in plots.iter().enumerate() {
        harvest(&mut scene.world, *household, *plot, 1_000 + at as u64);
    }
    // The co-op allotted too much to one household; the office agrees.
    let plot = plots[2].1;
    let allotted = scene.world.statements().into_iter().rfind(|one| {
        matches!(&one.record.event, Event::PlotsAllotted(event) if event.allotments.iter().any(|one| one.plot == plot))
    });
    let allotted = allotted.unwrap();
    let area = allotted.chain();
    let allotments = List::of_one(Allotment { plot, grams: Grams::new(1_500_000).unwrap() });
    let event = Arc::new(PlotsAllotted { season: "2026".parse().unwrap(), allotments }.into());
    let (sequence, reason) = (allotted.record.sequence, CorrectionReason::Weighing);
    by_coop(&mut scene.world, area, Corrected { sequence, reason, event, details: None });
    let correction = scene.world.ledger.records(&area).len() as u64 - 1;
    by_office(&mut scene.world, area, CorrectionApproved { correction, details: None });
    scene.submit();
    let found = households(&*scene.store, scene.world.coop, 100);
    held_to_the_records(&scene.world, &found.households);
    assert_eq!(found.areas.len(), 3);
    for area in &found.areas {
        let state = scene.world.ledger.chain(&area.area).unwrap();
        let place = state.place().unwrap();
        let code = area.code.as_ref().unwrap();
        assert_eq!(place.code.as_ref(), Some(&(code.issuer.clone(), code.code.clone())));
        assert_eq!(area.area_m2, place.area_m2.map(|size| size.get()));
        let [season] = &area.seasons[..] else { panic!("one season") };
        let own = place.season(&season.season).unwrap();
        assert_eq!(season.ceiling_g, u64::try_from(own.ceiling).unwrap());
        assert_eq!(season.allotted_g, u64::try_from(own.allotted.total()).unwrap());
        let of_area = found.households.iter().flat_map(|one| &one.plots).filter(|plot| plot.area == area.area);
        let drawn: u64 = of_area.flat_map(|plot| &plot.seasons).map(|season| season.drawn_g).sum();
        assert_eq!(season.drawn_g, drawn);
        assert!(drawn > 0);
    }
}

pub(crate) fn a_device_is_told_all_chains_it_needs_and_no_others<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let Village { plots, team, elsewhere, .. } = village(&mut scene.world);
    let (own, foreign) = (scene.world.batch(Some("L1")), plots[1]);
    harvest(&mut scene.world, foreign.0, foreign.1, 1_000);
    let farm_key = scene.world.farm_key.clone();
    let opened = scene.world.opened(None);
    let waiting = scene.world.begin(&Pen::new(scene.world.farm, &farm_key, time(NOW)), opened);
    let gone = scene.world.batch(None);
    let pen = Pen::new(scene.world.farm, &farm_key, time(NOW));
    let lost = Lost { grams: Grams::new(850_000).unwrap(), reason: LossReason::Spoilage, details: None, at: None };
    scene.world.append(&pen, gone, lost).unwrap();
    scene.submit();
    let World { farm, coop, plot, area, .. } = scene.world;
    let needed = |actor| block_on(scene.store.needed_chains(actor)).unwrap();
    let found = needed(farm).unwrap().chains;
    let why = |why| found.iter().filter(|one| one.why == why).map(|one| one.chain).collect::<BTreeSet<_>>();
    assert_eq!(found[0].chain, farm);
    assert_eq!(why(Why::Own), BTreeSet::from([farm]));
    assert_eq!(why(Why::Held), BTreeSet::from([plot, own, waiting]));
    assert_eq!(why(Why::Around), BTreeSet::from([area, coop]));
    assert!(why(Why::Above).is_empty(), "the co-op is all there is above");
    for needed in &found {
        let state = scene.world.ledger.chain(&needed.chain).unwrap();
        assert_eq!((needed.sequence, needed.head), (state.sequence, state.head));
    }
    // Of a household below a team, the team and the co-op above it.
    let found = needed(foreign.0).unwrap().chains;
    let chains: BTreeSet<_> = found.iter().map(|one| one.chain).collect();
    assert!(chains.is_superset(&BTreeSet::from([foreign.0, foreign.1, team, coop])));
    assert!(!chains.contains(&farm) && !chains.contains(&plot) && !chains.contains(&elsewhere));
    for nobody in [plot, ChainId::from_bytes([7; 32])] {
        assert!(needed(nobody).is_none());
    }
}

pub(crate) fn a_chain_is_read_from_where_the_reader_is<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    for number in 0..4 {
        scene.world.list(batch, number);
    }
    scene.submit();
    let all = block_on(scene.store.records(batch)).unwrap();
    for from in [0, 1, 5, 6, 7, u64::MAX] {
        let rest = block_on(scene.store.records_from(batch, from)).unwrap().unwrap();
        assert_eq!(rest, all[usize::try_from(from).unwrap_or(usize::MAX).min(all.len())..]);
        let positions = block_on(scene.store.positions(batch, from)).unwrap().unwrap();
        let logged = rest.iter().filter_map(|record| {
            let signed = nguon_core::envelope::SignedRecord::from_bytes(record.clone()).unwrap();
            let id = scene.world.statement(&signed).id;
            block_on(scene.store.position(id)).ok().flatten().map(|logged| logged.position)
        });
        assert_eq!(positions, logged.collect::<Vec<_>>());
    }
    let nothing = ChainId::from_bytes([7; 32]);
    let wanted = vec![(batch, 2), (nothing, 0), (scene.world.farm, 0)];
    let read = block_on(scene.store.read_chains(wanted)).unwrap();
    assert_eq!(read.iter().map(|one| (one.chain, one.from)).collect::<Vec<_>>(), [(batch, 2), (scene.world.farm, 0)]);
    assert_eq!(read[0].records, all[2..]);
    assert_eq!(Some(&read[0].positions), block_on(scene.store.positions(batch, 2)).unwrap().as_ref());
    assert_eq!(block_on(scene.store.records_from(nothing, 0)).unwrap(), None);
    assert_eq!(block_on(scene.store.positions(nothing, 0)).unwrap(), None);
}
