//! A proof is accepted if, and only if, the claims are true and it is the one proof for them.

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Claim, Key, Map, MapError, value_hash, verify};
use proptest::prelude::*;

use crate::naive::{self, Naive, map_and_keys, sha};

/// What must hold for acceptance, from the naive map alone.
fn right(map: &Naive, claims: &[Claim], proof: &[u8]) -> bool {
    let keys: Vec<Key> = claims.iter().map(|claim| claim.0).collect();
    claims == naive::claims(map, &keys) && proof == naive::proof(map, &keys)
}

#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Drop(prop::sample::Index),
    Add(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    CutOut(prop::sample::Index, prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 1_u8..).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        at().prop_map(Damage::Drop),
        (at(), 0..6_u8).prop_map(|(at, byte)| Damage::Add(at, byte)),
        at().prop_map(Damage::Cut),
        (at(), at()).prop_map(|(from, to)| Damage::CutOut(from, to)),
        (at(), at()).prop_map(|(one, other)| Damage::Swap(one, other)),
    ]
}

fn damaged(proof: &[u8], damage: &Damage) -> Vec<u8> {
    let mut bytes = proof.to_vec();
    let len = bytes.len();
    match damage {
        Damage::Add(at, byte) => bytes.insert(at.index(len + 1), *byte),
        _ if bytes.is_empty() => {}
        Damage::Flip(at, mask) => bytes[at.index(len)] ^= mask,
        Damage::Drop(at) => drop(bytes.remove(at.index(len))),
        Damage::Cut(at) => bytes.truncate(at.index(len)),
        Damage::CutOut(from, to) => {
            let (from, to) = (from.index(len), to.index(len));
            bytes.drain(from.min(to)..from.max(to));
        }
        Damage::Swap(one, other) => bytes.swap(one.index(len), other.index(len)),
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn is_the_naive_one_and_accepted((map, keys) in map_and_keys(40)) {
        let mut built = Map::new();
        built.set(&naive::entries(&map)).unwrap();
        let proof = built.prove(&keys);
        prop_assert_eq!(&proof, &naive::proof(&map, &keys));
        prop_assert_eq!(built.claims(&keys), naive::claims(&map, &keys));
        prop_assert_eq!(verify(&built.root(), &built.claims(&keys), &proof), Ok(()));
    }

    #[test]
    fn survives_no_damage((map, keys) in map_and_keys(40), damages in prop::collection::vec(damage(), 1..4)) {
        let claims = naive::claims(&map, &keys);
        let bytes = damages.iter().fold(naive::proof(&map, &keys), |bytes, damage| damaged(&bytes, damage));
        let accepted = verify(&naive::root(&map), &claims, &bytes).is_ok();
        prop_assert_eq!(accepted, right(&map, &claims, &bytes));
    }

    /// Some altered claims are true and have the very same proof: two keys absent from one empty subtree.
    #[test]
    fn serves_no_other_claims(
        (map, keys) in map_and_keys(40),
        at in any::<prop::sample::Index>(), byte in 0..32_usize, mask in 1_u8.., what in 0..5_u8,
    ) {
        let mut claims = naive::claims(&map, &keys);
        let proof = naive::proof(&map, &keys);
        prop_assume!(!claims.is_empty());
        let at = at.index(claims.len());
        let (key, value) = &mut claims[at];
        match (what, &mut *value) {
            (0, _) => key[byte] ^= mask,
            (1, Some(value)) => value[byte] ^= mask,
            (1 | 2, value) => *value = if value.is_some() { None } else { Some(value_hash(key)) },
            (3, _) => drop(claims.remove(at)),
            _ => claims.insert(at, ([mask; 32], None)),
        }
        let accepted = verify(&naive::root(&map), &claims, &proof).is_ok();
        prop_assert_eq!(accepted, right(&map, &claims, &proof));
    }

    #[test]
    fn leads_to_no_other_root((map, keys) in map_and_keys(20), byte in 0..32_usize, mask in 1_u8..) {
        prop_assume!(!keys.is_empty());
        let mut root = *naive::root(&map).as_bytes();
        root[byte] ^= mask;
        let refused = verify(&Hash::from_bytes(root), &naive::claims(&map, &keys), &naive::proof(&map, &keys));
        prop_assert_eq!(refused, Err(MapError::Root));
    }
}

#[test]
fn differs_from_every_other_in_no_single_byte() {
    let map: Naive = (0..9_u8).map(|number| (value_hash(&[number]), value_hash(&[number, 1]))).collect();
    let keys: Vec<Key> = [0, 4, 100, 101].iter().map(|number| value_hash(&[*number])).collect();
    let (root, claims, proof) = (naive::root(&map), naive::claims(&map, &keys), naive::proof(&map, &keys));
    verify(&root, &claims, &proof).unwrap();
    for at in 0..proof.len() {
        for mask in 1..=u8::MAX {
            let mut bytes = proof.clone();
            bytes[at] ^= mask;
            assert!(verify(&root, &claims, &bytes).is_err(), "byte {at} with {mask:#x}");
        }
        assert!(verify(&root, &claims, &proof[..at]).is_err(), "cut at {at}");
    }
    for byte in 0..=u8::MAX {
        assert!(verify(&root, &claims, &[&proof[..], &[byte]].concat()).is_err(), "with {byte} behind");
    }
    for at in 0..claims.len() {
        for byte in 0..32 {
            for mask in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
                let mut claims = claims.clone();
                let (key, value) = &mut claims[at];
                match value {
                    Some(value) => value[byte] ^= mask,
                    // Any key of the same empty subtree or beside the same leaf has this proof too.
                    None => key[byte] ^= mask,
                }
                assert_eq!(verify(&root, &claims, &proof).is_ok(), right(&map, &claims, &proof));
            }
        }
    }
}

const LOW: Key = [0x00; 32];
const HIGH: Key = [0xFF; 32];
const VALUE: [u8; 32] = [9; 32];

fn leaf(key: &Key) -> [u8; 32] {
    sha(&[&[2], key, &VALUE])
}

fn branch(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    sha(&[&[3], left, right])
}

#[test]
fn writes_an_empty_child_in_one_way_only() {
    // Both keys are in the left half.
    let (first, second) = (LOW, {
        let mut key = LOW;
        key[0] = 0x40;
        key
    });
    let root = Hash::from_bytes(branch(&branch(&leaf(&first), &leaf(&second)), &[0; 32]));
    let claims = [(first, Some(VALUE)), (second, Some(VALUE))];
    assert_eq!(verify(&root, &claims, &[4, 3, 1, 1]), Ok(()));
    assert_eq!(verify(&root, &claims, &[&[3, 3, 1, 1][..], &[0; 32]].concat()), Err(MapError::Proof));
}

#[test]
fn says_lone_only_where_a_child_has_no_queried_key() {
    let root = Hash::from_bytes(branch(&leaf(&LOW), &leaf(&HIGH)));
    let claims = [(LOW, Some(VALUE)), (HIGH, Some(VALUE))];
    assert_eq!(verify(&root, &claims, &[3, 1, 1]), Ok(()));
    assert_eq!(verify(&root, &claims, &[4, 1, 1]), Err(MapError::Proof));
}

/// Roots that no map has: a lone leaf, or nothing at all, under branches.
#[test]
fn has_no_branch_over_fewer_than_two_keys() {
    let lone = Hash::from_bytes(branch(&leaf(&LOW), &[0; 32]));
    assert_eq!(verify(&lone, &[(LOW, Some(VALUE))], &[4, 1]), Err(MapError::Proof));
    assert_eq!(verify(&lone, &[(LOW, Some(VALUE)), (HIGH, None)], &[3, 1, 0]), Err(MapError::Proof));
    let nothing = Hash::from_bytes(branch(&[0; 32], &[0; 32]));
    assert_eq!(verify(&nothing, &[(LOW, None)], &[4, 0]), Err(MapError::Proof));
    assert_eq!(verify(&nothing, &[(LOW, None), (HIGH, None)], &[3, 0, 0]), Err(MapError::Proof));
}

#[test]
fn shows_another_leaf_only_on_its_own_path_and_if_not_queried() {
    let other = |key: &Key| [&[2][..], key, &VALUE].concat();
    let alone = Hash::from_bytes(leaf(&HIGH));
    assert_eq!(verify(&alone, &[(LOW, None)], &other(&HIGH)), Ok(()));
    assert_eq!(verify(&alone, &[(HIGH, None)], &other(&HIGH)), Err(MapError::Proof));
    assert_eq!(verify(&alone, &[(HIGH, Some(VALUE))], &other(&HIGH)), Err(MapError::Proof));
    assert_eq!(verify(&alone, &[(HIGH, Some(VALUE))], &[1]), Ok(()));

    // A leaf hung up in the wrong half must not prove that its half lacks a key.
    let middle = {
        let mut key = HIGH;
        key[0] = 0x80;
        key
    };
    let misplaced = Hash::from_bytes(branch(&leaf(&middle), &leaf(&HIGH)));
    let shown = [&[3][..], &other(&middle), &leaf(&HIGH)].concat();
    assert_eq!(verify(&misplaced, &[(LOW, None)], &shown), Err(MapError::Proof));
}

#[test]
fn needs_ascending_distinct_claims() {
    let root = Hash::from_bytes(branch(&leaf(&LOW), &leaf(&HIGH)));
    let (low, high) = ((LOW, Some(VALUE)), (HIGH, Some(VALUE)));
    assert_eq!(verify(&root, &[high, low], &[3, 1, 1]), Err(MapError::Claims));
    assert_eq!(verify(&root, &[low, low, high], &[3, 1, 1]), Err(MapError::Claims));
    assert_eq!(verify(&root, &[low, (LOW, None), high], &[3, 1, 1]), Err(MapError::Claims));
}

#[test]
fn is_empty_without_claims() {
    let root = Hash::from_bytes([1; 32]);
    assert_eq!(verify(&root, &[], &[]), Ok(()));
    assert_eq!(verify(&root, &[], &[0]), Err(MapError::Proof));
}
