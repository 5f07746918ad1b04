//! A log in which one leaf was dropped, swapped, repeated or altered is refused, at the leaf where it shows.

use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::record::{Anchor, Record};
use nguon_core::replay::{Replay, ReplayFault};
use proptest::prelude::*;

use crate::replay_world::{
    Act, Leaves, acts, audit, checkpoints, close, gaps, honest, leaves, logged, next_root, rivals, sign, trust,
};
use crate::world::{NOW, World, drawn_to, key, label, time};

/// What is done to one leaf.
#[derive(Debug, Clone, Copy)]
enum Change {
    Drop,
    Swap,
    Repeat,
    Time(i64),
    Data(u8),
    Content(usize, u8),
    NoContent,
    Sort(u8),
}

fn change() -> impl Strategy<Value = Change> {
    let bit = (0..8_u8).prop_map(|bit| 1 << bit);
    prop_oneof![
        Just(Change::Drop),
        Just(Change::Swap),
        Just(Change::Repeat),
        prop_oneof![-500_i64..0, 1..500_i64].prop_map(Change::Time),
        bit.clone().prop_map(Change::Data),
        (any::<usize>(), bit).prop_map(|(at, bit)| Change::Content(at, bit)),
        Just(Change::NoContent),
        (0..4_u8).prop_map(Change::Sort),
    ]
}

/// The log with the change, and the leaves among which the fault must be found; `None` if the change changes nothing.
fn changed(
    log: &Leaves,
    closes: &[Anchor],
    at: usize,
    change: Change,
) -> Option<(Leaves, std::ops::RangeInclusive<u64>)> {
    let mut altered = log.clone();
    let place = u64::try_from(at).unwrap();
    // At the end of its checkpoint everything shows.
    let end = closes.iter().map(|close| close.size - 1).find(|end| *end >= place).unwrap();
    let is_map = matches!(log[at].0, Leaf::Map { .. });
    let exactly = match change {
        Change::Drop => {
            altered.remove(at);
            place..=end
        }
        Change::Swap => {
            if at + 1 == log.len() {
                return None;
            }
            altered.swap(at, at + 1);
            place..=end
        }
        Change::Repeat => {
            altered.insert(at, altered[at].clone());
            place + 1..=place + 1
        }
        Change::Time(by) => {
            let moved = time(log[at].0.log_time().get().checked_add_signed(by)?);
            match &mut altered[at].0 {
                Leaf::Record { log_time, .. }
                | Leaf::Map { log_time, .. }
                | Leaf::Root { log_time, .. }
                | Leaf::Fork { log_time, .. } => *log_time = moved,
            }
            place..=end
        }
        Change::Data(bit) => {
            let mut data = altered[at].0.to_bytes();
            data[20] ^= bit;
            altered[at].0 = Leaf::from_bytes(&data).unwrap();
            place..=place
        }
        Change::Content(byte, bit) => {
            let content = altered[at].1.as_mut()?;
            let byte = byte % content.len();
            content[byte] ^= bit;
            place..=place
        }
        Change::NoContent => {
            altered[at].1.take()?;
            place..=place
        }
        Change::Sort(sort) => {
            let mut data = altered[at].0.to_bytes();
            if data[0] == sort {
                return None;
            }
            data[0] = sort;
            altered[at].0 = Leaf::from_bytes(&data).unwrap();
            place..=place
        }
    };
    Some((altered, if is_map && !matches!(change, Change::Repeat) { place..=place } else { exactly }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_single_change_is_found_in_its_checkpoint(
        gaps in gaps(),
        acts in acts(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 12),
    ) {
        let world = honest(&gaps, &acts);
        let (log, closes) = (leaves(&world.ledger), checkpoints(&world.ledger));
        for (at, change) in changes {
            let at = at.index(log.len());
            let Some((altered, expected)) = changed(&log, &closes, at, change) else { continue };
            let fault = audit(&altered, &closes).expect_err("an altered log");
            prop_assert!(expected.contains(&fault.index), "{change:?} of leaf {at}: {fault}, not in {expected:?}");
        }
    }

    /// Nothing changes by a leaf that is refused: the right one is taken after it.
    #[test]
    fn a_refused_leaf_leaves_no_trace(acts in acts(), at in any::<prop::sample::Index>(), change in change()) {
        let world = honest(&[], &acts);
        let (log, closes) = (leaves(&world.ledger), checkpoints(&world.ledger));
        let at = at.index(log.len());
        let Some((altered, _)) = changed(&log, &closes, at, change) else { return Ok(()) };
        let mut replay = Replay::new(trust());
        for (place, (leaf, content)) in log.iter().enumerate() {
            if let Some((other, content)) = altered.get(place).filter(|other| other.0 != *leaf) {
                let mut tried = replay.clone();
                if tried.apply(other, content.as_deref()).is_err() {
                    replay = tried;
                }
            }
            replay.apply(leaf, content.as_deref()).unwrap();
        }
        prop_assert_eq!(replay.map().root(), world.ledger.replay().unwrap().map().root());
        prop_assert_eq!(replay.tree().root(), world.ledger.replay().unwrap().tree().root());
    }
}

/// Every leaf of one log, dropped, swapped with the next, and repeated.
#[test]
fn every_leaf_of_a_log() {
    let acts = [(Act::Draw, true), (Act::NewRoot, false), (Act::Fork, true), (Act::Close, false), (Act::Recall, true)];
    let world = honest(&[false, true, false, true], &acts);
    let (log, closes) = (leaves(&world.ledger), checkpoints(&world.ledger));
    for at in 0..log.len() {
        for change in [Change::Drop, Change::Swap, Change::Repeat] {
            let Some((altered, expected)) = changed(&log, &closes, at, change) else { continue };
            let fault = audit(&altered, &closes).expect_err("an altered log");
            assert!(expected.contains(&fault.index), "{change:?} of leaf {at}: {fault}, not in {expected:?}");
        }
    }
}

/// Replays an honest log and then offers one leaf more.
fn offered(world: &World, leaf: Leaf, content: &[u8]) -> ReplayFault {
    let mut replay = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap();
    let fault = replay.apply(&leaf, Some(content)).expect_err("a leaf that breaks a rule");
    assert_eq!(fault.index, replay.size());
    fault
}

fn record_leaf(record: &Record, n: u8, at: u64) -> (Leaf, Vec<u8>) {
    let signed = sign(record, n);
    let statement = signed.statement_id(trust().deployment());
    (Leaf::Record { log_time: time(at), statement }, signed.as_bytes().to_vec())
}

#[test]
fn a_log_of_another_deployment() {
    let mut replay = Replay::new(trust());
    let leaf = Leaf::Root { log_time: time(5), payload: [7; 32] };
    assert_eq!(replay.apply(&leaf, None).unwrap_err().code(), "first_leaf");
    let leaf = Leaf::Map { log_time: time(5), root: nguon_tlog::hash::Hash::default() };
    let fault = replay.apply(&leaf, None).unwrap_err();
    assert_eq!((fault.index, fault.code()), (0, "first_leaf"));
}

#[test]
fn times_that_go_back() {
    let world = logged();
    let [record, _] = rivals(&world, None, NOW);
    let (leaf, content) = record_leaf(&record, 5, NOW + 59);
    let fault = offered(&world, leaf, &content);
    assert_eq!(fault.code(), "log_time");
    assert!(fault.to_string().contains(&format!("log time {} after {}", NOW + 59, NOW + 60)));
}

#[test]
fn anchors_that_are_none_of_the_logs_checkpoints() {
    let world = logged();
    let good = world.ledger.checkpoints()[0].anchor();
    let bad = [
        Anchor { size: good.size - 1, ..good },
        Anchor { size: good.size + 1, ..good },
        Anchor { size: 0, ..good },
        Anchor { root: RootHash::from_bytes([1; 32]), ..good },
    ];
    for anchor in bad {
        let [record, _] = rivals(&world, Some(anchor), NOW);
        let (leaf, content) = record_leaf(&record, 5, NOW + 60);
        assert_eq!(offered(&world, leaf, &content).code(), "bad_anchor");
    }
    let [record, _] = rivals(&world, Some(good), NOW);
    let (leaf, content) = record_leaf(&record, 5, NOW + 61);
    let mut replay = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap();
    replay.apply(&leaf, Some(&content)).unwrap();
    let position = replay.records(&world.lot).last().unwrap().position;
    assert_eq!((position.log_time, position.anchor_time), (time(NOW + 61), time(NOW + 60)));
}

#[test]
fn names_that_are_taken() {
    let mut world = logged();
    let begin = |event: Event, nonce: Nonce, world: &World, by: u8| {
        let signer = if by == 5 { world.packer.into() } else { world.office.into() };
        let pen = Pen { signer, ..Pen::new(world.packer, key(by), time(NOW)) };
        record_leaf(&nguon_core::ledger::begin_record(&pen, event, nonce), by, NOW + 60)
    };
    let mut opened = Opened::new(world.packer, "vải".parse().unwrap());
    opened.label = Some(label());
    let nonce = world.nonce();
    let (leaf, content) = begin(opened.into(), nonce, &world, 5);
    assert_eq!(offered(&world, leaf, &content).code(), "taken");
    let place = world.place(PlaceKind::GrowingArea, world.coop);
    let (leaf, content) = begin(place.into(), world.nonce(), &world, 2);
    assert_eq!(offered(&world, leaf, &content).code(), "taken");
}

/// What admission refuses, the log may not hold; what an operator logs all the same is named.
#[test]
fn records_that_nobody_should_have_admitted() {
    let mut world = logged();
    let [record, _] = rivals(&world, None, NOW);
    world.ledger.log_unjudged(sign(&record, 7)).unwrap();
    close(&mut world.ledger, NOW + 70);
    let fault = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap_err();
    assert_eq!((fault.index, fault.code()), (world.ledger.checkpoints()[0].size, "unknown_key"));

    let mut world = logged();
    let revoked = KeyRevoked {
        key: KeyId::of(&key(5).into()),
        reason: RevocationReason::Stolen,
        suspect_since: None,
        details: None,
    };
    world.append(world.coop.into(), 3, world.packer, revoked).unwrap();
    let [record, _] = rivals(&world, None, NOW);
    world.ledger.log_unjudged(sign(&record, 5)).unwrap();
    close(&mut world.ledger, NOW + 70);
    let fault = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap_err();
    assert_eq!((fault.index, fault.code()), (world.ledger.checkpoints()[0].size + 1, "revoked_key"));
}

/// Witnesses cosign any log that only grows; a replay finds the recall that the map leaves out.
#[test]
fn a_map_that_leaves_out_a_recall() {
    let mut world = logged();
    let before = world.ledger.replay().unwrap().map().clone();
    world.append(world.office.into(), 2, world.lot, Recalled::new(RecallReason::Other)).unwrap();
    world.ledger.close_over(before, time(NOW + 70), key(200), &[]).unwrap();
    let at = world.ledger.checkpoints()[1].size - 1;
    let fault = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap_err();
    assert_eq!((fault.index, fault.code()), (at, "map_root"));
    // An honest map later does not heal it.
    world
        .append(world.lab.into(), 8, world.plot, {
            let number = "VG-1".parse().unwrap();
            Certified { scheme: "VietGAP".parse().unwrap(), number, from: time(5), until: time(6) }
        })
        .unwrap();
    close(&mut world.ledger, NOW + 80);
    assert_eq!(audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap_err().index, at);
}

#[test]
fn checkpoints_that_are_not_the_logs() {
    let world = logged();
    let replay = audit(&leaves(&world.ledger), &[]).unwrap();
    let good = world.ledger.checkpoints()[0].anchor();
    let root = good.root.into();
    let check = |size: u64, root| replay.check_checkpoint(size, root).map_err(|fault| (fault.index, fault.code()));
    assert_eq!(check(good.size, &root), Ok(()));
    assert_eq!(check(good.size - 1, &root), Err((good.size - 2, "map_not_last")));
    assert_eq!(check(0, &root), Err((0, "map_not_last")));
    assert_eq!(check(good.size + 1, &root), Err((good.size, "checkpoint_size")));
    assert_eq!(check(good.size, &Default::default()), Err((good.size - 1, "tree_root")));
}

#[test]
fn trust_roots_out_of_turn() {
    let mut world = logged();
    let second = next_root(&world.ledger, NOW);
    let bytes = second.to_bytes().unwrap();
    let leaf = Leaf::Root { log_time: time(NOW + 60), payload: second.payload_hash() };
    world.ledger.add_root(second).unwrap();
    assert_eq!(offered(&world, leaf, &bytes).code(), "bad_root");
    let first = trust().signed().clone();
    let leaf = Leaf::Root { log_time: time(NOW + 60), payload: first.payload_hash() };
    assert_eq!(offered(&world, leaf, &first.to_bytes().unwrap()).code(), "bad_root");
}

#[test]
fn forks_that_are_none() {
    let mut world = logged();
    let [first, second] = rivals(&world, None, NOW);
    let statement =
        |record: &Record| nguon_core::admit::Statement::decode(sign(record, 5), trust().deployment()).unwrap();
    let evidence = nguon_core::fork::equivocation(&statement(&first), &statement(&second)).unwrap();
    let leaf = Leaf::Fork { log_time: time(NOW + 60), evidence: evidence.hash() };
    // Neither is in the log yet.
    assert_eq!(offered(&world, leaf, &evidence.to_bytes()).code(), "no_fork");
    world.ledger.admit(sign(&first, 5)).unwrap();
    // The logged one says that it replaces the other, which was refused.
    let mut other = logged();
    let replacing = Record { replaces: Some(List::of_one(statement(&second).id)), ..first.clone() };
    other.ledger.admit(sign(&replacing, 5)).unwrap();
    let refused = nguon_core::fork::equivocation(&statement(&second), &statement(&replacing)).unwrap();
    let leaf_of_refused = Leaf::Fork { log_time: time(NOW + 60), evidence: refused.hash() };
    assert_eq!(offered(&other, leaf_of_refused, &refused.to_bytes()).code(), "no_fork");
    // Made up by somebody who has not the key.
    let mut forged = evidence.to_bytes();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let hash = nguon_core::fork::Evidence::from_bytes(&forged, trust().deployment()).unwrap().hash();
    let forged_leaf = Leaf::Fork { log_time: time(NOW + 60), evidence: hash };
    assert_eq!(offered(&world, forged_leaf, &forged).code(), "bad_evidence");
    // A true one is taken once, and then only the authority appends.
    world.ledger.admit(sign(&second, 5)).unwrap_err();
    assert_eq!(offered(&world, leaf, &evidence.to_bytes()).code(), "forked_already");
    let lot = world.lot;
    let drawn = world.append(world.packer.into(), 5, lot, drawn_to(world.consignment, 1));
    assert_eq!(crate::world::code(drawn), "forked_chain");
    world.append(world.office.into(), 2, lot, Recalled::new(RecallReason::Other)).unwrap();
    close(&mut world.ledger, NOW + 70);
    audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap();
}

/// An operator who lets somebody take a label twice: the log shows it, and the label stays with the first.
#[test]
fn a_label_that_was_let_be_taken_twice() {
    let mut world = logged();
    let mut opened = Opened::new(world.packer, "vải".parse().unwrap());
    opened.label = Some(label());
    let pen = Pen::new(world.packer, key(5), time(NOW));
    let record = nguon_core::ledger::begin_record(&pen, opened.into(), world.nonce());
    world.ledger.log_unjudged(sign(&record, 5)).unwrap();
    close(&mut world.ledger, NOW + 70);
    let fault = audit(&leaves(&world.ledger), &checkpoints(&world.ledger)).unwrap_err();
    assert_eq!((fault.index, fault.code()), (world.ledger.checkpoints()[0].size, "taken"));
    let replay = world.ledger.replay().unwrap();
    assert_eq!(replay.owner(&nguon_core::log::label_key(&label())), Some(world.lot));
}
