//! The tree, the map and signed notes once more, each straight from its definition: what the vectors expect is worked out
//! here, and shares no code with `nguon-tlog`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

pub type Hash = [u8; 32];

pub fn digest(parts: &[&[u8]]) -> Hash {
    Sha256::digest(parts.concat()).into()
}

pub fn leaf_hash(data: &[u8]) -> Hash {
    digest(&[&[0], data])
}

/// The largest power of two below `n`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// RFC 6962 §2.1, over leaf hashes.
pub fn tree_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => digest(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            digest(&[&[1], &tree_root(left), &tree_root(right)])
        }
    }
}

/// RFC 6962 §2.1.1: PATH(m, D[n]).
pub fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, sibling) =
        if m < left.len() { (path(m, left), right) } else { (path(m - left.len(), right), left) };
    proof.push(tree_root(sibling));
    proof
}

/// RFC 6962 §2.1.2: PROOF(m, D[n]).
pub fn consistency(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if m == 0 || m == leaves.len() { Vec::new() } else { subproof(m, leaves, true) }
}

fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![tree_root(leaves)] };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, sibling) = if m <= left.len() {
        (subproof(m, left, whole), right)
    } else {
        (subproof(m - left.len(), right, false), left)
    };
    proof.push(tree_root(sibling));
    proof
}

/// A key of the map, and the hash of its value.
pub type Entry = (Hash, Hash);

fn bit(key: &Hash, depth: usize) -> bool {
    key[depth / 8] >> (7 - depth % 8) & 1 == 1
}

/// SPEC.md section 10, "Heads map".
pub fn map_root(entries: &[Entry]) -> Hash {
    map_subtree(entries, 0)
}

fn map_subtree(entries: &[Entry], depth: usize) -> Hash {
    match entries {
        [] => [0; 32],
        [(key, value)] => digest(&[&[2], key, value]),
        _ => {
            let [left, right] = halves(entries, |(key, _)| bit(key, depth));
            digest(&[&[3], &map_subtree(&left, depth + 1), &map_subtree(&right, depth + 1)])
        }
    }
}

fn halves<T: Copy>(items: &[T], is_right: impl Fn(&T) -> bool) -> [Vec<T>; 2] {
    let (right, left) = items.iter().partition(|item| is_right(item));
    [left, right]
}

/// SPEC.md section 10: the multiproof for these keys.
pub fn map_proof(entries: &[Entry], keys: &[Hash]) -> Vec<u8> {
    let mut proof = Vec::new();
    if !keys.is_empty() {
        walk(entries, keys, 0, &mut proof);
    }
    proof
}

fn walk(entries: &[Entry], keys: &[Hash], depth: usize, proof: &mut Vec<u8>) {
    match entries {
        [] => proof.push(0),
        [(key, _)] if keys.contains(key) => proof.push(1),
        [(key, value)] => proof.extend([&[2], &key[..], value].concat()),
        _ => {
            let children = halves(entries, |(key, _)| bit(key, depth));
            let queried = halves(keys, |key| bit(key, depth));
            let lone = children.iter().zip(&queried).any(|(entries, keys)| entries.is_empty() && keys.is_empty());
            proof.push(if lone { 4 } else { 3 });
            for (entries, keys) in children.iter().zip(&queried) {
                if !keys.is_empty() {
                    walk(entries, keys, depth + 1, proof);
                } else if !lone {
                    proof.extend(map_subtree(entries, depth + 1));
                }
            }
        }
    }
}

pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// C2SP signed-note: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
fn note_id(name: &str, kind: u8, key: &SigningKey) -> [u8; 4] {
    let hash = digest(&[name.as_bytes(), b"\n", &[kind], key.verifying_key().as_bytes()]);
    [hash[0], hash[1], hash[2], hash[3]]
}

/// C2SP signed-note: a verifier key.
pub fn verifier_key(name: &str, kind: u8, key: &SigningKey) -> String {
    let id = super::hex(&note_id(name, kind, key));
    format!("{name}+{id}+{}", base64(&[&[kind], &key.verifying_key().as_bytes()[..]].concat()))
}

/// C2SP signed-note: an Ed25519 signature line.
pub fn signed(text: &str, name: &str, key: &SigningKey) -> String {
    let bytes = [&note_id(name, 1, key)[..], &key.sign(text.as_bytes()).to_bytes()].concat();
    format!("— {name} {}\n", base64(&bytes))
}

/// C2SP tlog-cosignature v1: an Ed25519 cosignature line.
pub fn cosigned(text: &str, name: &str, key: &SigningKey, time: u64) -> String {
    let message = format!("cosignature/v1\ntime {time}\n{text}");
    let signature = key.sign(message.as_bytes()).to_bytes();
    let bytes = [&note_id(name, 4, key)[..], &time.to_be_bytes(), &signature].concat();
    format!("— {name} {}\n", base64(&bytes))
}

/// C2SP tlog-checkpoint.
pub fn checkpoint(origin: &str, size: u64, root: &Hash) -> String {
    format!("{origin}\n{size}\n{}\n", base64(root))
}
