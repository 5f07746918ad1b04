//! Proofs of the heads map.

use serde_json::{Value, json};

use super::naive::{Entry, Hash, digest, map_proof, map_root};
use super::{File, hex};

/// Keys of any map: hashes.
fn key(number: u8) -> Hash {
    digest(&[b"key", &[number]])
}

fn value(number: u8) -> Hash {
    digest(&[b"value", &[number]])
}

fn entries(numbers: std::ops::Range<u8>) -> Vec<Entry> {
    numbers.map(|number| (key(number), value(number))).collect()
}

/// Claims that are true of the map, ascending.
fn truth(map: &[Entry], keys: &[Hash]) -> Vec<(Hash, Option<Hash>)> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let held = |key: &Hash| map.iter().find(|(held, _)| held == key).map(|(_, value)| *value);
    keys.iter().map(|key| (*key, held(key))).collect()
}

fn input(root: &Hash, claims: &[(Hash, Option<Hash>)], proof: &[u8]) -> Value {
    let claim = |(key, value): &(Hash, Option<Hash>)| match value {
        Some(value) => json!({"key": hex(key), "value": hex(value)}),
        None => json!({"key": hex(key)}),
    };
    let claims: Vec<Value> = claims.iter().map(claim).collect();
    json!({"root": hex(root), "claims": claims, "proof": hex(proof)})
}

fn honest(map: &[Entry], keys: &[Hash]) -> Value {
    input(&map_root(map), &truth(map, keys), &map_proof(map, keys))
}

pub fn proofs() -> File {
    let map = entries(0..7);
    let mut cases = good(&map);
    cases.extend(bad(&map));
    File {
        name: "map_proofs",
        kind: "map_proof",
        purpose: "What the heads map holds under keys, and that it holds nothing there (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "root": "of the map, hexadecimal", "claims": "{key, value} ascending by key; without a value the key is absent",
                "proof": "the multiproof, hexadecimal",
            },
            "expect": {"holds": "true", "refused": "the claims, the proof's form, or the root"},
        }),
        cases,
    }
}

type Case = (String, Value, Value);

fn good(map: &[Entry]) -> Vec<Case> {
    let one = &map[..1];
    let present = |numbers: &[u8]| -> Vec<Hash> { numbers.iter().map(|number| key(*number)).collect() };
    // Two keys that part at their last bit, so that the walk is 256 branches deep.
    let (mut left, mut right) = ([0x80; 32], [0x80; 32]);
    (left[31], right[31]) = (2, 3);
    let deep = [(left, value(1)), (right, value(2))];
    let mut beside = left;
    beside[16] ^= 1;
    let inputs = [
        ("nothing asked", input(&map_root(map), &[], &[])),
        ("in an empty map, absent", honest(&[], &present(&[0]))),
        ("the only key", honest(one, &present(&[0]))),
        ("beside the only key, absent", honest(one, &present(&[9]))),
        ("the only key and an absent one", honest(one, &present(&[0, 9]))),
        ("one of seven", honest(map, &present(&[3]))),
        ("three of seven", honest(map, &present(&[0, 4, 6]))),
        ("all of seven", honest(map, &present(&[0, 1, 2, 3, 4, 5, 6]))),
        ("all of seven and three absent ones", honest(map, &present(&[0, 1, 2, 3, 4, 5, 6, 20, 21, 22]))),
        ("absent ones", honest(map, &present(&[20, 21, 22, 23, 24, 25, 26, 27]))),
        ("two keys that part at the last bit", honest(&deep, &[left, right])),
        ("one of two keys that part at the last bit", honest(&deep, &[right])),
        ("absent, and parts from both in the middle", honest(&deep, &[beside])),
    ];
    inputs.map(|(name, input)| (name.to_owned(), input, json!({"holds": true}))).to_vec()
}

fn bad(map: &[Entry]) -> Vec<Case> {
    let root = map_root(map);
    let keys = [key(0), key(4), key(20)];
    let claims = truth(map, &keys);
    let proof = map_proof(map, &keys);
    let changed = |at: usize, change: fn(&mut (Hash, Option<Hash>))| {
        let mut claims = claims.clone();
        change(&mut claims[at]);
        input(&root, &claims, &proof)
    };
    let held = claims.iter().position(|(_, value)| value.is_some()).expect("a key that is held");
    let absent = claims.iter().position(|(_, value)| value.is_none()).expect("a key that is not");
    let reversed: Vec<(Hash, Option<Hash>)> = claims.iter().rev().copied().collect();
    let twice: Vec<(Hash, Option<Hash>)> = [claims[0]].into_iter().chain(claims.iter().copied()).collect();
    let byte = |at: usize, byte: u8| {
        let mut proof = proof.clone();
        proof[at] = byte;
        input(&root, &claims, &proof)
    };
    let last = proof.len() - 1;
    let other = entries(0..8);
    let one = &map[..1];
    let lone = {
        // The map of one key, drawn as a branch with nothing on the other side.
        let mut proof = vec![4];
        proof.extend(map_proof(one, &[key(0)]));
        input(&map_root(one), &truth(one, &[key(0)]), &proof)
    };
    let zero = {
        // An empty child is to be written as such, not as a hash of zeroes.
        let pair = [([0x00; 32], value(1)), ([0x40; 32], value(2))];
        let honest = map_proof(&pair, &[[0x00; 32]]);
        assert_eq!(honest[0], 4);
        let proof = [&[3], &honest[1..], &[0; 32]].concat();
        input(&map_root(&pair), &truth(&pair, &[[0x00; 32]]), &proof)
    };
    let foreign = {
        // The leaf of another key, which does not share the path's bits.
        let pair = [([0x00; 32], value(1)), ([0x80; 32], value(2))];
        let mut absent = [0; 32];
        absent[31] = 1;
        let mut proof = vec![3, 2];
        proof.extend([0x80; 32]);
        proof.extend(value(2));
        proof.extend(digest(&[&[2], &[0x80; 32], &value(2)]));
        input(&map_root(&pair), &[(absent, None)], &proof)
    };
    let refused = [
        ("another value", changed(held, |claim| claim.1 = Some([7; 32])), "root"),
        ("a key that is held, claimed absent", changed(held, |claim| claim.1 = None), "proof"),
        ("a key that is absent, claimed held", changed(absent, |claim| claim.1 = Some([7; 32])), "proof"),
        ("the root of a map with one key more", input(&map_root(&other), &claims, &proof), "root"),
        ("the proof of a map with one key more", input(&root, &claims, &map_proof(&other, &keys)), "root"),
        ("claims in another order", input(&root, &reversed, &proof), "claims"),
        ("a claim twice", input(&root, &twice, &proof), "claims"),
        ("a claim less", input(&root, &claims[1..], &proof), "proof"),
        ("claims without a proof", input(&root, &claims, &[]), "proof"),
        ("a proof without claims", input(&root, &[], &proof), "proof"),
        ("the last byte missing", input(&root, &claims, &proof[..last]), "proof"),
        ("a byte after it", input(&root, &claims, &[&proof[..], &[0]].concat()), "proof"),
        ("a branch called empty", byte(0, 0), "proof"),
        ("a branch called a leaf", byte(0, 1), "proof"),
        ("a step that does not exist", byte(0, 5), "proof"),
        ("an only key below a branch", lone, "proof"),
        ("an empty child as a hash", zero, "proof"),
        ("a leaf of another path", foreign, "proof"),
    ];
    refused.map(|(name, input, reason)| (name.to_owned(), input, json!({"refused": reason}))).to_vec()
}
