//! Inclusion and consistency proofs.

use serde_json::{Value, json};

use super::naive::{Hash, consistency, leaf_hash, path, tree_root};
use super::{File, hex};

/// The leaves that Certificate Transparency's implementations test with.
const LEAVES: [&[u8]; 8] = [
    &[],
    &[0x00],
    &[0x10],
    &[0x20, 0x21],
    &[0x30, 0x31],
    &[0x40, 0x41, 0x42, 0x43],
    &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
];

fn leaves() -> Vec<Hash> {
    LEAVES.iter().map(|data| leaf_hash(data)).collect()
}

/// A thousand more: numbers in eight bytes.
fn many() -> Vec<Hash> {
    (0..1000_u64).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn all(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(|hash| hex(hash)).collect()
}

fn inclusion_input(index: usize, leaves: &[Hash]) -> Value {
    json!({
        "leaf": hex(&leaves[index]), "index": index, "size": leaves.len(),
        "proof": all(&path(index, leaves)), "root": hex(&tree_root(leaves)),
    })
}

fn with(mut input: Value, field: &str, value: impl Into<Value>) -> Value {
    input[field] = value.into();
    input
}

pub fn inclusion_proofs() -> File {
    let leaves = leaves();
    let holds = json!({"holds": true});
    let mut cases = Vec::new();
    for size in 1..=leaves.len() {
        for index in 0..size {
            let input = inclusion_input(index, &leaves[..size]);
            cases.push((format!("leaf {index} of {size}"), input, holds.clone()));
        }
    }
    for index in [0, 511, 512, 999] {
        cases.push((format!("leaf {index} of 1000"), inclusion_input(index, &many()), holds.clone()));
    }
    let sound = inclusion_input(2, &leaves[..7]);
    let proof = path(2, &leaves[..7]);
    let reversed: Vec<Hash> = proof.iter().rev().copied().collect();
    let longer: Vec<Hash> = proof.iter().copied().chain([leaves[0]]).collect();
    let refused = [
        ("another leaf", with(sound.clone(), "leaf", hex(&leaves[3])), "root"),
        ("another index", with(sound.clone(), "index", 3), "root"),
        ("an index at which fewer hashes are needed", with(sound.clone(), "index", 6), "length"),
        ("another size with more hashes", with(sound.clone(), "size", 9), "length"),
        ("another root", with(sound.clone(), "root", hex(&tree_root(&leaves))), "root"),
        ("hashes in another order", with(sound.clone(), "proof", all(&reversed)), "root"),
        ("a hash too few", with(sound.clone(), "proof", all(&proof[..2])), "length"),
        ("a hash too many", with(sound.clone(), "proof", all(&longer)), "length"),
        ("no hashes", with(sound.clone(), "proof", all(&[])), "length"),
        ("the index after the last", with(sound.clone(), "index", 7), "index"),
        ("a tree without leaves", with(with(sound.clone(), "size", 0), "index", 0), "index"),
        ("the last index that a number holds", with(sound, "index", u64::MAX), "index"),
    ];
    cases.extend(refused.map(|(name, input, reason)| (name.to_owned(), input, json!({"refused": reason}))));
    File {
        name: "inclusion_proofs",
        kind: "inclusion",
        purpose: "That a leaf stands in the log (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3).",
        shared: None,
        format: json!({
            "input": {
                "leaf": "SHA-256(0x00 ‖ leaf data), hexadecimal", "index": "from 0", "size": "leaves in the tree",
                "proof": "hashes from the leaf up", "root": "of the tree",
            },
            "expect": {"holds": "true", "refused": "the position (index), the number of hashes (length), or the root"},
        }),
        cases,
    }
}

fn consistency_input(old: usize, leaves: &[Hash]) -> Value {
    json!({
        "old": old, "new": leaves.len(), "old_root": hex(&tree_root(&leaves[..old])),
        "new_root": hex(&tree_root(leaves)), "proof": all(&consistency(old, leaves)),
    })
}

pub fn consistency_proofs() -> File {
    let leaves = leaves();
    let holds = json!({"holds": true});
    let mut cases = Vec::new();
    for new in 0..=leaves.len() {
        for old in 0..=new {
            let input = consistency_input(old, &leaves[..new]);
            cases.push((format!("{old} leaves, then {new}"), input, holds.clone()));
        }
    }
    for old in [1, 512, 513, 999] {
        cases.push((format!("{old} leaves, then 1000"), consistency_input(old, &many()), holds.clone()));
    }
    let sound = consistency_input(3, &leaves[..7]);
    let proof = consistency(3, &leaves[..7]);
    let longer: Vec<Hash> = proof.iter().copied().chain([leaves[0]]).collect();
    let mut rewritten = leaves[..7].to_vec();
    rewritten[1] = leaf_hash(b"rewritten");
    let other = hex(&tree_root(&rewritten));
    let equal = consistency_input(7, &leaves[..7]);
    let none = consistency_input(0, &leaves[..7]);
    let refused = [
        ("a leaf was rewritten", with(sound.clone(), "new_root", other.clone()), "root"),
        ("the old tree was another", with(sound.clone(), "old_root", hex(&tree_root(&rewritten[..3]))), "root"),
        (
            "a rewritten log's own proof",
            {
                let mut input = with(consistency_input(3, &rewritten), "old_root", hex(&tree_root(&leaves[..3])));
                input["new"] = 7.into();
                input
            },
            "root",
        ),
        ("another old size", with(sound.clone(), "old", 4), "length"),
        ("a hash too few", with(sound.clone(), "proof", all(&proof[1..])), "length"),
        ("a hash too many", with(sound.clone(), "proof", all(&longer)), "length"),
        ("no hashes", with(sound.clone(), "proof", all(&[])), "length"),
        ("the log became shorter", with(with(sound, "old", 7), "new", 3), "index"),
        ("one size, two roots", with(equal.clone(), "new_root", other), "root"),
        ("one size, and a proof of something", with(equal, "proof", all(&proof[..1])), "length"),
        ("an empty tree with another root", with(none.clone(), "old_root", hex(&leaves[0])), "root"),
        ("an empty tree, and a proof of something", with(none, "proof", all(&proof[..1])), "length"),
    ];
    cases.extend(refused.map(|(name, input, reason)| (name.to_owned(), input, json!({"refused": reason}))));
    File {
        name: "consistency_proofs",
        kind: "consistency",
        purpose: "That a log only grew (RFC 6962 section 2.1.2, RFC 9162 section 2.1.4).",
        shared: None,
        format: json!({
            "input": {
                "old": "leaves then", "new": "leaves now", "old_root": "hexadecimal", "new_root": "hexadecimal",
                "proof": "hashes",
            },
            "expect": {"holds": "true", "refused": "the sizes (index), the number of hashes (length), or a root"},
        }),
        cases,
    }
}
