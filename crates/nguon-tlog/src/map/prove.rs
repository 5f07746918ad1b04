//! Proofs that [`verify`](super::verify()) accepts.

use super::arena::{At, Branch, Map, Place, halves};
use super::{Claim, Key, kind};

impl Map {
    /// What the map says about these keys, in the order the verifier wants: ascending, each key once.
    #[must_use]
    pub fn claims(&self, keys: &[Key]) -> Vec<Claim> {
        ascending(keys).into_iter().map(|key| (key, self.get(&key))).collect()
    }

    /// The one proof for these keys, held or not. Their order and repetitions do not matter.
    #[must_use]
    pub fn prove(&self, keys: &[Key]) -> Vec<u8> {
        let mut proof = Vec::new();
        let keys = ascending(keys);
        if !keys.is_empty() {
            self.visit(self.root, 0, &keys, &mut proof);
        }
        proof
    }

    fn visit(&self, place: Place, depth: usize, keys: &[Key], proof: &mut Vec<u8>) {
        match place.at() {
            At::Empty => proof.push(kind::EMPTY),
            At::Leaf(index) => {
                let (key, value) = &self.leaves[index];
                if keys.binary_search(key).is_ok() {
                    proof.push(kind::QUERIED);
                } else {
                    proof.push(kind::OTHER);
                    proof.extend_from_slice(key);
                    proof.extend_from_slice(value);
                }
            }
            At::Branch(index) => {
                let Branch { left, right, .. } = self.branches[index];
                let (lower, upper) = halves(keys, depth, |key| key);
                let empty = |place: Place, keys: &[Key]| keys.is_empty() && matches!(place.at(), At::Empty);
                let lone = empty(left, lower) || empty(right, upper);
                proof.push(if lone { kind::LONE_BRANCH } else { kind::BRANCH });
                for (child, keys) in [(left, lower), (right, upper)] {
                    if !keys.is_empty() {
                        self.visit(child, depth + 1, keys, proof);
                    } else if !lone {
                        proof.extend_from_slice(self.hash(child).as_bytes());
                    }
                }
            }
        }
    }
}

fn ascending(keys: &[Key]) -> Vec<Key> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys
}
