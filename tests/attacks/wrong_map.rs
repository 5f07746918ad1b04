//! The operator publishes a heads map that leaves something out. Witnesses look only at the tree, and cosign; a map
//! auditor replays every leaf, and does not. One honest auditor is enough.

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::replay::Replay;
use nguon_core::verify::{At, Outcome, OutcomeKind};
use nguon_examples::season::{AUDITOR, LOG_KEY, WITNESSES};
use nguon_tlog::map::Map;

use crate::log::{all, close, cut, found, key, later, logged, pen, read_at};

/// The season's log, closed once more over a map in which the recall of `thu/0528` never happened.
fn forged(by: &[&str]) -> nguon_core::ledger::Ledger {
    let batch = logged().id("thu/0528");
    let mut ledger = logged().ledger.clone();
    // Something new, for which a checkpoint is due.
    let hung = key("hung");
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    let fresh = ledger.begin(&pen("hung", &hung, later(30)), opened, Nonce::from_bytes([1; 16])).unwrap();
    let replay = ledger.replay().expect("a log");
    let mut map: Map = replay.map().clone();
    let entry = replay.entry(&fresh).expect("it is logged");
    map.set(&[(nguon_core::log::chain_key(&fresh), entry.value())]).expect("so far the truth");
    let mut entry = nguon_core::log::ChainEntry::START;
    for record in replay.records(&batch).iter().rev().skip(1).rev() {
        entry = entry.next(&record.statement, &record.position);
    }
    map.set(&[(nguon_core::log::chain_key(&batch), entry.value())]).expect("the map as the operator wants it");
    let at = later(60);
    let keys: Vec<_> = by.iter().map(|name| (*name, key(name))).collect();
    let cosigners: Vec<_> = keys.iter().map(|(name, key)| nguon_core::ledger::Cosigner { name, key, at }).collect();
    ledger.close_over(map, at, &key(LOG_KEY), &cosigners).expect("a checkpoint");
    ledger
}

fn hidden(ledger: &nguon_core::ledger::Ledger) -> nguon_core::verify::Bundle {
    let batch = logged().id("thu/0528");
    let mut bundle = ledger.bundle(batch).unwrap();
    cut(&mut bundle, batch, 1);
    bundle
}

#[test]
fn all_witnesses_are_not_enough() {
    let verdict = read_at(&hidden(&forged(&WITNESSES)), later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Incomplete, "not_cosigned", None));
    assert_eq!(verdict.as_of, None);
}

/// The attack is whole: with the auditor in the conspiracy readers are fooled. That is the price, and SECURITY.md says it.
#[test]
fn with_a_dishonest_auditor_too_it_passes() {
    assert_eq!(read_at(&hidden(&forged(&all())), later(60)).verdict.outcome, Outcome::Valid);
}

/// And it can be proven later by anybody who replays the log.
#[test]
fn a_replay_names_the_leaf() {
    let ledger = forged(&all());
    let mut replay = Replay::new(ledger.trust().clone());
    let leaves: Vec<_> = ledger.leaves().collect();
    let fault = leaves.iter().find_map(|(leaf, content)| replay.apply(leaf, *content).err()).expect("a fault");
    assert_eq!(fault.index, leaves.len() as u64 - 1);
    let honest = &logged().ledger;
    let mut replay = Replay::new(honest.trust().clone());
    for (leaf, content) in honest.leaves() {
        replay.apply(&leaf, content).expect("the honest log is sound");
    }
}

#[test]
fn the_honest_map_beside_it() {
    let mut ledger = logged().ledger.clone();
    close(&mut ledger, later(60), &all());
    let bundle = ledger.bundle(logged().id("thu/0528")).unwrap();
    let Outcome::Recalled { at, .. } = read_at(&bundle, later(60)).verdict.outcome else { panic!("not recalled") };
    let last = ledger.records(&logged().id("thu/0528")).len() as u64 - 1;
    assert_eq!(at, At { chain: logged().id("thu/0528"), sequence: last });
}

#[test]
fn one_witness_too_few() {
    let mut ledger = logged().ledger.clone();
    close(&mut ledger, later(60), &[WITNESSES[0], WITNESSES[1], AUDITOR]);
    let bundle = ledger.bundle(logged().id("hung/0614")).unwrap();
    let verdict = read_at(&bundle, later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Incomplete, "not_cosigned", None));
    let mut ledger = logged().ledger.clone();
    close(&mut ledger, later(60), &[WITNESSES[0], WITNESSES[1], WITNESSES[3], AUDITOR]);
    let bundle = ledger.bundle(logged().id("hung/0614")).unwrap();
    assert_eq!(read_at(&bundle, later(60)).verdict.outcome, Outcome::Valid);
}
