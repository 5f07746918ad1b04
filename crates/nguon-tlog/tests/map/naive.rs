//! The definition, written down as directly as possible: every answer from the whole list of entries.

use std::collections::BTreeMap;

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Claim, Entry, Key, ValueHash, value_hash};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

pub type Naive = BTreeMap<Key, ValueHash>;

pub fn sha(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

pub fn root(map: &Naive) -> Hash {
    Hash::from_bytes(subtree(&entries(map), 0))
}

pub fn entries(map: &Naive) -> Vec<Entry> {
    map.iter().map(|(key, value)| (*key, *value)).collect()
}

pub fn claims(map: &Naive, keys: &[Key]) -> Vec<Claim> {
    let claims: BTreeMap<Key, Option<ValueHash>> = keys.iter().map(|key| (*key, map.get(key).copied())).collect();
    claims.into_iter().collect()
}

pub fn proof(map: &Naive, keys: &[Key]) -> Vec<u8> {
    if keys.is_empty() { Vec::new() } else { walk(&entries(map), keys, 0) }
}

fn subtree(entries: &[Entry], depth: usize) -> [u8; 32] {
    match entries {
        [] => [0; 32],
        [(key, value)] => sha(&[&[2], key, value]),
        _ => {
            let half = |right| subtree(&side(entries, depth, right, |entry| entry.0), depth + 1);
            sha(&[&[3], &half(false), &half(true)])
        }
    }
}

fn walk(entries: &[Entry], keys: &[Key], depth: usize) -> Vec<u8> {
    match entries {
        [] => vec![0],
        [(key, _)] if keys.contains(key) => vec![1],
        [(key, value)] => [&[2][..], key, value].concat(),
        _ => {
            let mut kind = 3;
            let mut rest = Vec::new();
            for right in [false, true] {
                let (entries, keys) =
                    (side(entries, depth, right, |entry| entry.0), side(keys, depth, right, |key| *key));
                match (entries.is_empty(), keys.is_empty()) {
                    (_, false) => rest.extend(walk(&entries, &keys, depth + 1)),
                    (true, true) => kind = 4,
                    (false, true) => rest.extend(subtree(&entries, depth + 1)),
                }
            }
            [vec![kind], rest].concat()
        }
    }
}

fn side<T: Copy>(items: &[T], depth: usize, right: bool, key: impl Fn(&T) -> Key) -> Vec<T> {
    let bit = |item: &T| (key(item)[depth / 8] >> (7 - depth % 8)) & 1 == 1;
    items.iter().copied().filter(|item| bit(item) == right).collect()
}

/// Keys as they come, keys of which many are alike, and keys that share their first 200 to 255 bits.
pub fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        2 => any::<Key>(),
        2 => any::<u8>().prop_map(|number| value_hash(&[number])),
        2 => (0..3_u8, 200..256_usize, any::<bool>()).prop_map(|(family, bit, tail)| {
            let mut key = value_hash(&[family]);
            key[bit / 8] ^= 0x80 >> (bit % 8);
            key[31] ^= u8::from(tail);
            key
        }),
        1 => (0..16_u8).prop_map(|number| { let mut key = [0; 32]; key[0] = number << 4; key }),
    ]
}

pub fn any_entries(most: usize) -> impl Strategy<Value = Vec<Entry>> {
    let value = prop_oneof![4 => any::<ValueHash>(), 1 => Just([0; 32])];
    prop::collection::vec((any_key(), value), 0..=most)
}

/// A map and keys to ask for: some it holds, some it may not.
pub fn map_and_keys(most: usize) -> impl Strategy<Value = (Naive, Vec<Key>)> {
    (
        any_entries(most),
        prop::collection::vec(any_key(), 0..12),
        prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    )
        .prop_map(|(entries, mut keys, held)| {
            if !entries.is_empty() {
                keys.extend(held.iter().map(|index| index.get(&entries).0));
            }
            (entries.into_iter().collect(), keys)
        })
}
