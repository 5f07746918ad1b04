//! A log that an honest sequencer wrote is accepted leaf by leaf, however it is copied, and its bundles are green.

use nguon_core::log::{chain_key, label_key};
use nguon_core::prelude::*;
use nguon_core::replay::Replay;
use nguon_core::verify::{Proof, Skipped};
use nguon_tlog::map;
use nguon_tlog::tree::verify_inclusion;
use proptest::prelude::*;

use crate::replay_world::{Act, acts, audit, checkpoints, gaps, honest, leaves, trust};
use crate::scene::read_at;
use crate::world::label;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_leaf_and_checkpoint_is_accepted(gaps in gaps(), acts in acts()) {
        let world = honest(&gaps, &acts);
        let log = leaves(&world.ledger);
        let replay = audit(&log, &checkpoints(&world.ledger)).unwrap();
        let own = world.ledger.replay().unwrap();
        prop_assert_eq!(replay.size(), u64::try_from(log.len()).unwrap());
        prop_assert_eq!(replay.map().root(), own.map().root());
        let applied = replay.applied();
        prop_assert_eq!(applied.records + applied.maps + applied.roots + applied.forks, replay.size());

        // What the map holds is what the chains add up to.
        let map = replay.map();
        for chain in [world.coop, world.lot, world.plot, world.area] {
            let (entry, records) = (replay.entry(&chain).unwrap(), replay.records(&chain));
            prop_assert_eq!(map.get(&chain_key(&chain)), Some(entry.value()));
            prop_assert_eq!(usize::try_from(entry.count).unwrap(), world.ledger.records(&chain).len());
            prop_assert!(records.windows(2).all(|pair| pair[0].position.index < pair[1].position.index));
        }
        prop_assert_eq!(replay.owner(&label_key(&label())), Some(world.lot));
    }

    /// One's own copy is taken on trust up to any leaf, and checked from there on.
    #[test]
    fn a_copy_resumes_anywhere(gaps in gaps(), acts in acts(), at in any::<prop::sample::Index>()) {
        let world = honest(&gaps, &acts);
        let log = leaves(&world.ledger);
        let copied = at.index(log.len() + 1);
        let mut replay = Replay::new(trust());
        for (leaf, content) in &log[..copied] {
            replay.apply_copied(leaf, content.as_deref()).unwrap();
        }
        replay.settle().unwrap();
        for (leaf, content) in &log[copied..] {
            replay.apply(leaf, content.as_deref()).unwrap();
        }
        let own = world.ledger.replay().unwrap();
        prop_assert_eq!(replay.map().root(), own.map().root());
        prop_assert_eq!(replay.tree().root(), own.tree().root());
        prop_assert_eq!(replay.closes(), own.closes());
        prop_assert_eq!(replay.applied(), own.applied());
        for checkpoint in checkpoints(&world.ledger) {
            replay.check_checkpoint(checkpoint.size, &checkpoint.root.into()).unwrap();
        }
    }

    /// A copy from which a record was lost is found out at the next map leaf, if not sooner.
    #[test]
    fn a_damaged_copy_is_noticed(gaps in gaps(), acts in acts(), at in any::<prop::sample::Index>()) {
        let world = honest(&gaps, &acts);
        let mut log = leaves(&world.ledger);
        log.remove(at.index(log.len()));
        let mut replay = Replay::new(trust());
        let resumed = log.iter().try_for_each(|(leaf, content)| replay.apply_copied(leaf, content.as_deref()));
        let settled = resumed.and_then(|()| replay.settle());
        let newest = checkpoints(&world.ledger).pop().unwrap();
        prop_assert!(settled.and_then(|()| replay.check_checkpoint(newest.size, &newest.root.into())).is_err());
    }

    /// The bundle of every checkpoint is proven by it, and says what was known then.
    #[test]
    fn bundles_of_every_checkpoint_are_proven(gaps in gaps(), acts in acts()) {
        let world = honest(&gaps, &acts);
        for (number, checkpoint) in world.ledger.checkpoints().iter().enumerate() {
            let Ok(bundle) = world.ledger.bundle_at(world.lot, number) else { continue };
            let options = Options::at(read_at(checkpoint));
            let verdict = verify(&bundle.to_bytes().unwrap(), &trust(), &options).verdict;
            let count = world.ledger.replay().unwrap().records(&world.lot).iter();
            let count = count.filter(|record| record.position.index < checkpoint.size).count();
            prop_assert_eq!(bundle.chains[0].len(), count);
            let forked = acts.iter().any(|(act, _)| matches!(act, Act::Fork));
            let recalled = acts.iter().any(|(act, _)| matches!(act, Act::Recall));
            let expected = match verdict.outcome {
                Outcome::Valid => true,
                Outcome::Incomplete => count < 2,
                Outcome::Forked => forked,
                Outcome::Recalled { .. } => recalled,
                _ => false,
            };
            prop_assert!(expected, "{:?}: {:?}", verdict.outcome, verdict.findings);
        }
    }
}

/// The bundle of the whole world, at the only checkpoint, is green; a label nobody took is proven to be nobody's.
#[test]
fn the_small_world_is_green() {
    let world = crate::replay_world::logged();
    let now = world.ledger.checkpoints()[0].time;
    for batch in [world.lot, world.consignment, world.picked] {
        let bundle = world.ledger.bundle(batch).unwrap();
        let verdict = verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(now)).verdict;
        assert_eq!(verdict.outcome, Outcome::Valid, "{:?}", verdict.findings);
    }
    let nobody = Label { lot: "NOBODY-1".parse().unwrap(), ..label() };
    let absence = world.ledger.absence(&nobody).unwrap().to_bytes().unwrap();
    let verify =
        |label: &Label| nguon_core::verify::verify_absence(&absence, &trust(), label.gtin.get(), label.lot.get(), now);
    assert!(verify(&nobody).is_ok());
    assert!(verify(&label()).is_err());
}

/// The head of a checkpoint is the map, and the map is its last leaf.
#[test]
fn the_map_is_the_last_leaf() {
    let world = honest(&[true; 40], &[(Act::NewRoot, false), (Act::Fork, true)]);
    let log = leaves(&world.ledger);
    for checkpoint in world.ledger.checkpoints() {
        let last = checkpoint.size - 1;
        let leaf = log[usize::try_from(last).unwrap()].0;
        let hash = nguon_tlog::hash::leaf(&leaf.to_bytes());
        let proof = nguon_core::verify::hashes(&checkpoint.head().inclusion.0).unwrap();
        verify_inclusion(&hash, last, checkpoint.size, &proof, &checkpoint.root.into()).unwrap();
    }
    let map = world.ledger.replay().unwrap().map();
    let keys = [chain_key(&world.lot), label_key(&label())];
    map::verify(&map.root(), &map.claims(&keys), &map.prove(&keys)).unwrap();
}

/// A place's earlier seasons may stay out of a bundle, if all of them do: the map holds their count and their hash.
#[test]
fn a_bundle_leaves_out_earlier_seasons() {
    let mut world = crate::replay_world::logged();
    let (farm, coop, office) = (world.farm.into(), world.coop.into(), world.office.into());
    let add = KeyAdded { key: crate::world::key(44).into(), holder: None };
    world.append(coop, 3, world.farm, add).unwrap();
    let season = |ceiling| SeasonOpened { season: "2027".parse().unwrap(), ..crate::world::season(ceiling) };
    world.append(office, 2, world.area, season(Some(5_000_000))).unwrap();
    let share = Allotment { plot: world.plot, grams: crate::world::grams(5) };
    let shares = PlotsAllotted { season: "2027".parse().unwrap(), allotments: List::of_one(share) };
    world.append(coop, 3, world.area, shares).unwrap();
    world.append(coop, 3, world.plot, season(None)).unwrap();
    let picked = world.begin(farm, 4, Opened::new(world.farm, "vải thiều".parse().unwrap())).unwrap();
    let drawn = HarvestDrawn::new("2027".parse().unwrap(), picked, crate::world::grams(5));
    world.append(farm, 4, world.plot, drawn).unwrap();
    world.append(farm, 4, picked, Harvested::new(Inputs::one(world.plot, crate::world::grams(5)))).unwrap();
    crate::replay_world::close(&mut world.ledger, crate::world::NOW + 90);

    let now = world.ledger.checkpoints()[1].time;
    let outcome = |skips: &[(ChainId, u64)]| {
        let bundle = world.ledger.bundle_skipping(picked, 1, skips).unwrap();
        let count = bundle.record_count();
        (count, verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(now)).verdict.outcome)
    };
    let (whole, green) = outcome(&[]);
    assert_eq!(green, Outcome::Valid);
    let (plot, area) = (world.plot, world.area);
    assert_eq!(outcome(&[(plot, 2), (area, 2)]), (whole - 4, Outcome::Valid));
    // Not at an opening; up to the end, so that nothing opens; not a place.
    for skips in [(plot, 1), (plot, 3), (area, 1), (area, 3), (world.farm, 1), (picked, 1)] {
        assert_ne!(outcome(&[skips]).1, Outcome::Valid, "{skips:?}");
    }
}

/// Nothing left out is said by saying nothing: a hash in its place would stand for the first record's position.
#[test]
fn a_bundle_that_leaves_out_nothing_says_so() {
    let world = crate::replay_world::logged();
    let now = world.ledger.checkpoints()[0].time;
    let mut bundle = world.ledger.bundle(world.lot).unwrap();
    let mut proof = Proof::from_bytes(&bundle.proof.take().unwrap().0).unwrap();
    let first = world.ledger.replay().unwrap().records(&world.lot)[0];
    let entry = EntryHash::START.next(first.statement.as_bytes(), &first.position);
    proof.chains[0].skipped = Some(Skipped { count: 0, entry });
    bundle.proof = Some(nguon_core::bytes::ByteString(proof.to_bytes().unwrap()));
    let verdict = verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(now)).verdict;
    assert_eq!(verdict.outcome.kind(), nguon_core::verify::OutcomeKind::Invalid);
}
