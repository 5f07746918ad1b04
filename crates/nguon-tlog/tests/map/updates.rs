//! Any sequence of updates ends where the naive map ends.

use nguon_tlog::map::{Map, MapError, verify};
use proptest::prelude::*;

use crate::naive::{self, Naive, any_entries, any_key};

proptest! {
    #[test]
    fn follow_the_naive_map(
        batches in prop::collection::vec(any_entries(20), 1..6),
        asked in prop::collection::vec(any_key(), 1..10),
    ) {
        let (mut map, mut reference) = (Map::new(), Naive::new());
        for batch in &batches {
            let before = map.root();
            let update = map.prepare(batch);
            prop_assert_eq!(map.root(), before, "prepare changes nothing");
            prop_assert_eq!(map.len(), reference.len());

            reference.extend(batch.iter().copied());
            let expected = naive::root(&reference);
            prop_assert_eq!(update.root(), expected);
            map.apply(update).unwrap();
            prop_assert_eq!(map.root(), expected);
            prop_assert_eq!(map.len(), reference.len());
            for key in reference.keys().chain(&asked) {
                prop_assert_eq!(map.get(key), reference.get(key).copied());
            }
            prop_assert_eq!(map.prove(&asked), naive::proof(&reference, &asked));
            verify(&map.root(), &map.claims(&asked), &map.prove(&asked)).unwrap();
        }
    }

    #[test]
    fn do_not_depend_on_order_or_batches(entries in any_entries(60), at in any::<prop::sample::Index>()) {
        let whole = naive::entries(&entries.iter().copied().collect());
        let (first, second) = whole.split_at(at.index(whole.len() + 1));
        let (mut forward, mut backward, mut bulk) = (Map::new(), Map::new(), Map::new());
        forward.set(first).unwrap();
        forward.set(second).unwrap();
        backward.set(second).unwrap();
        backward.set(first).unwrap();
        bulk.set(&entries).unwrap();
        prop_assert_eq!(forward.root(), bulk.root());
        prop_assert_eq!(backward.root(), bulk.root());
    }

    #[test]
    fn of_what_is_there_already_keep_the_root(entries in any_entries(40)) {
        let mut map = Map::new();
        map.set(&entries).unwrap();
        let (root, len) = (map.root(), map.len());
        map.set(&naive::entries(&entries.into_iter().collect())).unwrap();
        prop_assert_eq!((map.root(), map.len()), (root, len));
    }

    #[test]
    fn made_for_another_version_are_refused(
        base in any_entries(20),
        first in any_entries(20),
        second in any_entries(20),
    ) {
        let mut map = Map::new();
        map.set(&base).unwrap();
        let mut twin = map.clone();
        let (early, late) = (map.prepare(&first), map.prepare(&second));
        map.apply(early).unwrap();
        let root = map.root();
        prop_assert_eq!(map.apply(late), Err(MapError::Stale));
        prop_assert_eq!(map.root(), root);

        // The clone is still at the version it was prepared for.
        twin.apply(twin.prepare(&second)).unwrap();
        let mut expected = Map::new();
        expected.set(&[base, second].concat()).unwrap();
        prop_assert_eq!(twin.root(), expected.root());
    }
}

#[test]
fn with_a_key_twice_keep_the_later_value() {
    let mut map = Map::new();
    map.set(&[([1; 32], [1; 32]), ([2; 32], [2; 32]), ([1; 32], [3; 32])]).unwrap();
    assert_eq!(map.len(), 2);
    assert_eq!(map.get(&[1; 32]), Some([3; 32]));
}

#[test]
fn of_an_equal_map_with_another_history_are_refused() {
    let (first, second) = (([1; 32], [1; 32]), ([2; 32], [2; 32]));
    let (mut there, mut back) = (Map::new(), Map::new());
    there.set(&[first]).unwrap();
    there.set(&[second]).unwrap();
    back.set(&[second]).unwrap();
    back.set(&[first]).unwrap();
    assert_eq!(there.root(), back.root());
    assert_eq!(back.apply(there.prepare(&[([3; 32], [3; 32])])), Err(MapError::Stale));
}

#[test]
fn of_tens_of_thousands_of_keys_lose_none_and_stay_near_120_bytes_a_key() {
    let entries: Vec<_> = (0..20_000_u32).map(|number| (naive::sha(&[&number.to_be_bytes()]), [1; 32])).collect();
    let (mut map, mut bulk) = (Map::new(), Map::new());
    for batch in entries.chunks(3_000) {
        map.set(batch).unwrap();
    }
    bulk.set(&entries).unwrap();
    assert_eq!(map.root(), bulk.root());
    assert!(entries.iter().all(|(key, value)| map.get(key) == Some(*value)));
    // A last chunk of each pool is room to grow.
    assert!(map.memory() < 125 * map.len() + (1 << 20), "{} bytes", map.memory());
}
