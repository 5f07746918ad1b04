//! For every size up to some hundreds.

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Entry, Key, Map, value_hash, verify};

use crate::naive::{self, Naive};

const MOST: usize = 300;

fn entry(number: usize) -> Entry {
    let bytes = number.to_be_bytes();
    (value_hash(&bytes), value_hash(&[&bytes[..], b"value"].concat()))
}

/// The same kind of keys, all alike in their first 240 bits.
fn crowded(number: usize) -> Entry {
    let (hash, value) = entry(number);
    let mut key = [0xA5; 32];
    key[30..].copy_from_slice(&hash[..2]);
    (key, value)
}

/// Held keys spread over the map, and keys that were never set.
fn some_keys(size: usize, of: fn(usize) -> Entry) -> Vec<Key> {
    (0..size).step_by(size / 7 + 1).chain(10_000..10_005).map(|number| of(number).0).collect()
}

fn roots_and_proofs(of: fn(usize) -> Entry, most: usize) {
    let (mut map, mut reference) = (Map::new(), Naive::new());
    for size in 0..=most {
        assert_eq!(map.len(), reference.len());
        assert_eq!(map.root(), naive::root(&reference), "{size} keys");

        let mut bulk = Map::new();
        bulk.set(&naive::entries(&reference)).unwrap();
        assert_eq!(bulk.root(), map.root(), "{size} keys");

        let keys = some_keys(size, of);
        let proof = map.prove(&keys);
        assert_eq!(proof, naive::proof(&reference, &keys), "{size} keys");
        assert_eq!(map.claims(&keys), naive::claims(&reference, &keys));
        verify(&map.root(), &map.claims(&keys), &proof).unwrap();

        map.set(&[of(size)]).unwrap();
        reference.extend([of(size)]);
    }
}

#[test]
fn roots_and_proofs_are_the_naive_ones() {
    roots_and_proofs(entry, MOST);
}

#[test]
fn keys_that_share_240_bits_change_nothing() {
    roots_and_proofs(crowded, 60);
}

#[test]
fn every_pair_of_keys_has_a_proof() {
    for size in 0..=12 {
        let entries: Vec<Entry> = (0..size).map(entry).collect();
        let mut map = Map::new();
        map.set(&entries).unwrap();
        for first in 0..size + 4 {
            for second in 0..size + 4 {
                let keys = [entry(first).0, entry(second).0];
                verify(&map.root(), &map.claims(&keys), &map.prove(&keys)).unwrap();
            }
        }
    }
}

#[test]
fn all_keys_at_once_cost_no_hashes() {
    for size in 0..=MOST {
        let entries: Vec<Entry> = (0..size).map(entry).collect();
        let keys: Vec<Key> = entries.iter().map(|entry| entry.0).collect();
        let mut map = Map::new();
        map.set(&entries).unwrap();
        let proof = map.prove(&keys);
        assert!(proof.iter().all(|byte| [0, 1, 3, 4].contains(byte)), "{size} keys: {proof:?}");
        verify(&map.root(), &map.claims(&keys), &proof).unwrap();
    }
}

#[test]
fn an_empty_map_holds_nothing() {
    let map = Map::new();
    assert!(map.is_empty());
    assert_eq!(map.root(), Hash::default());
    assert_eq!(map.prove(&[]), []);
    assert_eq!(map.prove(&[[7; 32]]), [0]);
    verify(&map.root(), &[([7; 32], None)], &[0]).unwrap();
}
