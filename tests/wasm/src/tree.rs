//! `inclusion`: `{leaf, index, size, proof, root}`, `leaf` being the leaf's hash → `{holds: true}`, or `{refused}` with the
//! reason.
//!
//! `consistency`: `{old, new, old_root, new_root, proof}` → the same.

use nguon_tlog::tree::{ProofError, verify_consistency, verify_inclusion};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::{Hex32, hashes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    leaf: Hex32,
    index: u64,
    size: u64,
    proof: Vec<Hex32>,
    root: Hex32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consistency {
    old: u64,
    new: u64,
    old_root: Hex32,
    new_root: Hex32,
    proof: Vec<Hex32>,
}

pub fn ask_inclusion(input: &Inclusion) -> Value {
    let proof = hashes(&input.proof);
    answer(verify_inclusion(&input.leaf.into(), input.index, input.size, &proof, &input.root.into()))
}

pub fn ask_consistency(input: &Consistency) -> Value {
    let (old_root, new_root) = (input.old_root.into(), input.new_root.into());
    answer(verify_consistency(input.old, input.new, &old_root, &new_root, &hashes(&input.proof)))
}

fn answer(found: Result<(), ProofError>) -> Value {
    match found {
        Ok(()) => json!({"holds": true}),
        Err(ProofError::Index) => json!({"refused": "index"}),
        Err(ProofError::Length) => json!({"refused": "length"}),
        Err(ProofError::Root) => json!({"refused": "root"}),
        Err(error) => json!({"error": error.to_string()}),
    }
}
