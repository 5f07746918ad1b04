//! A bundle holds all that its batch needs and nothing else, in one order; produce comes from somewhere and never from itself.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::ledger::{begin_record, next_record};
use nguon_core::prelude::*;
use nguon_core::state::{ChainState, Mark};
use nguon_core::verify::{Bundle, closure};
use proptest::prelude::*;

use crate::world::{NOW, World, code, drawn_to, grams, key, outcome, time, trust};

/// The codes of everything that speaks against a bundle.
fn faults(bundle: &Bundle) -> BTreeSet<&'static str> {
    let verdict = verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(time(NOW))).verdict;
    verdict.findings.iter().filter(|finding| finding.outcome.is_some()).map(|finding| finding.code()).collect()
}

fn bundle() -> (World, Bundle) {
    let world = World::new();
    let bundle = world.ledger.bundle(world.consignment).unwrap();
    (world, bundle)
}

#[test]
fn the_whole_history_holds() {
    let (world, whole) = bundle();
    assert_eq!(outcome(&whole), Outcome::Unlogged);
    // Consignment, lot, two batches, two plots, area, house, and everybody but the lab and the (keyless) authority.
    assert_eq!(whole.chains.len(), 14);
    for batch in [world.picked, world.small_picked, world.lot] {
        assert_eq!(world.outcome(batch), Outcome::Unlogged);
    }
}

#[test]
fn a_missing_chain_is_missed() {
    let (_, whole) = bundle();
    for left_out in 1..whole.chains.len() {
        let mut bundle = whole.clone();
        bundle.chains.remove(left_out);
        let outcome = outcome(&bundle);
        assert!(matches!(outcome, Outcome::Incomplete | Outcome::Invalid { .. }), "{left_out}: {outcome:?}");
        assert!(faults(&bundle).contains("missing_chain"));
    }
}

#[test]
fn a_chain_too_many_is_refused() {
    let (world, whole) = bundle();
    let lab: Vec<ByteString> =
        world.ledger.records(&world.lab).iter().map(|record| ByteString(record.as_bytes().to_vec())).collect();
    for at in 1..=whole.chains.len() {
        let mut bundle = whole.clone();
        bundle.chains.insert(at, lab.clone());
        assert!(faults(&bundle).contains("unreachable"));
        assert!(matches!(outcome(&bundle), Outcome::Invalid { .. }));
    }
    for twice in 0..whole.chains.len() {
        let mut bundle = whole.clone();
        bundle.chains.push(whole.chains[twice].clone());
        assert!(faults(&bundle).contains("chain_twice"));
    }
    let mut empty = whole;
    empty.chains.push(vec![]);
    assert!(faults(&empty).contains("empty_chain"));
}

#[test]
fn chains_stand_in_one_order() {
    let (_, whole) = bundle();
    for at in 1..whole.chains.len() - 1 {
        let mut bundle = whole.clone();
        bundle.chains.swap(at, at + 1);
        assert_eq!(faults(&bundle), BTreeSet::from(["chain_order"]));
    }
    let mut bundle = whole;
    bundle.chains.swap(0, 1);
    assert!(matches!(outcome(&bundle), Outcome::Invalid { .. } | Outcome::Incomplete));
}

#[test]
fn nothing_is_no_history() {
    let (_, whole) = bundle();
    let empty = Bundle::new(whole.roots.clone(), vec![], vec![]);
    assert_eq!(outcome(&empty), Outcome::Incomplete);
    let rootless = Bundle::new(vec![], whole.chains, vec![]);
    assert!(faults(&rootless).contains("other_root"));
}

#[test]
fn produce_comes_from_somewhere() {
    let mut world = World::new();
    let (farm, shop) = (world.farm.into(), world.shop.into());
    let conjured = world.begin(farm, 4, Opened::new(world.farm, "vải".parse().unwrap())).unwrap();
    assert_eq!(world.outcome(conjured), Outcome::Incomplete);
    // From nothing nothing is drawn, and without a draw nothing comes in.
    let bought = world.begin(shop, 7, Opened::new(world.shop, "vải".parse().unwrap())).unwrap();
    assert_eq!(code(world.append(farm, 4, conjured, drawn_to(bought, 5_000))), "over_drawn");
    let received = Received::new(Inputs::one(conjured, grams(5_000)));
    assert_eq!(code(world.append(shop, 7, bought, received)), "undrawn_input");
}

/// The page asked for a batch by id or by label and got another one, however sound.
#[test]
fn another_batch_is_not_the_one_asked_for() {
    let (world, _) = bundle();
    let bytes = world.ledger.bundle(world.lot).unwrap().to_bytes().unwrap();
    let ask = |options: Options| verify(&bytes, &trust(), &options).verdict.outcome;
    let by_id = |batch| ask(Options { batch: Some(batch), ..Options::at(time(NOW)) });
    assert_eq!(by_id(world.lot), Outcome::Unlogged);
    assert!(matches!(by_id(world.picked), Outcome::Invalid { code: "wrong_label", .. }));
    // A bundle of a place or an actor is no batch's.
    let of_place = world.ledger.bundle(world.plot).unwrap();
    assert!(matches!(outcome(&of_place), Outcome::Invalid { code: "wrong_reference", .. }));
}

/// Two batches drawn into each other, each record of them soundly signed by its owner: only the graph tells.
#[test]
fn nothing_comes_from_itself() {
    let world = World::new();
    let pen = Pen::new(world.farm, key(4), time(NOW));
    let deployment = *trust().deployment();
    let mut chains: Vec<(ChainState, Vec<SignedRecord>)> = (1..=3_u8)
        .map(|n| {
            let opened = Opened::new(world.farm, "vải".parse().unwrap()).into();
            let record = begin_record(&pen, opened, Nonce::from_bytes([200 + n; 16]));
            let signed = SignedRecord::sign(&record, key(4), &deployment).unwrap();
            (ChainState::begin(&record, signed.statement_id(&deployment)).unwrap(), vec![signed])
        })
        .collect();
    let ids: Vec<ChainId> = chains.iter().map(|(state, _)| state.id).collect();
    let mut append = |chain: usize, event: Event| {
        let (state, records) = &mut chains[chain];
        let record = next_record(&pen, event, state);
        let signed = SignedRecord::sign(&record, key(4), &deployment).unwrap();
        let mark = Mark { key: KeyId::of(&key(4).into()), position: None };
        state.advance(&record, signed.statement_id(&deployment), &mark).unwrap();
        records.push(signed);
    };
    for (chain, id) in ids.iter().enumerate() {
        let from = ids[(chain + 2) % 3];
        append(chain, Received::new(Inputs::one(from, grams(5))).into());
        append(chain, drawn_to(ids[(chain + 1) % 3], 5).into());
        assert_ne!(*id, from);
    }
    let mut by_id: BTreeMap<ChainId, Vec<SignedRecord>> =
        chains.into_iter().map(|(state, records)| (state.id, records)).collect();
    for actor in [world.farm, world.coop] {
        by_id.insert(actor, world.ledger.records(&actor).to_vec());
    }
    let own = by_id.remove(&ids[0]).unwrap();
    let chains = std::iter::once(own).chain(by_id.into_values());
    let chains = chains.map(|chain| chain.iter().map(|record| ByteString(record.as_bytes().to_vec())).collect());
    let bundle = Bundle::new(vec![trust().signed().clone()], chains.collect(), vec![]);
    assert_eq!(faults(&bundle), BTreeSet::from(["cycle"]));
    assert!(matches!(outcome(&bundle), Outcome::Invalid { code: "cycle", .. }));
}

proptest! {
    /// The closure is the least set that has the batch and, with a chain, all that it refers to.
    #[test]
    fn closure_is_reachability(edges in prop::collection::vec((0_u8..12, 0_u8..12), 0..30), present in prop::collection::btree_set(0_u8..12, 0..12)) {
        let id = |n: u8| ChainId::from_bytes([n; 32]);
        let next = |chain: &ChainId| -> Vec<ChainId> {
            edges.iter().filter(|(from, _)| id(*from) == *chain).map(|(_, to)| id(*to)).collect()
        };
        let found = closure(id(0), |chain| -> Result<_, ()> {
            Ok((chain == &id(0) || present.contains(&chain.as_bytes()[0])).then(|| next(chain)))
        }).unwrap();
        prop_assert!(found.chains.contains(&id(0)) && !found.chains.iter().any(|chain| found.missing.contains(chain)));
        // Closed: what a chain in it refers to is in it, or missing.
        for chain in &found.chains {
            prop_assert!(next(chain).iter().all(|to| found.chains.contains(to) || found.missing.contains(to)));
        }
        // Least: by as many rounds as there are chains, nothing else is reached.
        let mut reached = BTreeSet::from([id(0)]);
        for _ in 0..12 {
            let more: Vec<ChainId> = reached.iter().filter(|chain| found.chains.contains(chain)).flat_map(next).collect();
            reached.extend(more);
        }
        let all: BTreeSet<ChainId> = found.chains.iter().chain(&found.missing).copied().collect();
        prop_assert_eq!(all, reached);
    }

    /// Any flipped bit anywhere in a bundle's records yields neither `Valid` nor `Unlogged`.
    #[test]
    fn any_flipped_bit_of_a_record_is_caught(chain in any::<prop::sample::Index>(), record in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let (_, mut bundle) = bundle();
        let chain = chain.index(bundle.chains.len());
        let record = record.index(bundle.chains[chain].len());
        let bytes = &mut bundle.chains[chain][record].0;
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let outcome = outcome(&bundle);
        prop_assert!(!matches!(outcome, Outcome::Valid | Outcome::Unlogged | Outcome::Stale), "{:?}", outcome);
    }

    /// A bundle's bytes cut anywhere, or with any bit flipped: never a panic, and never a better verdict than before.
    #[test]
    fn a_damaged_bundle_is_no_better(at in any::<prop::sample::Index>(), bit in 0_u8..9) {
        let (_, bundle) = bundle();
        let mut bytes = bundle.to_bytes().unwrap();
        let at = at.index(bytes.len());
        if bit == 8 { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
        let verdict = verify(&bytes, &trust(), &Options::at(time(NOW))).verdict;
        // The signatures of the root travel with it but are not what makes it trusted: the reader has pinned it.
        let in_root_signature = nguon_core::verify::Bundle::from_bytes(&bytes)
            .is_ok_and(|damaged| damaged.chains == bundle.chains && damaged.openings == bundle.openings);
        prop_assert!(in_root_signature || !matches!(verdict.outcome, Outcome::Valid | Outcome::Unlogged));
    }
}
