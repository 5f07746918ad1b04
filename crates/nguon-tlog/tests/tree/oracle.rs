//! `ct-merkle`, written by others, builds the same trees and accepts the same proofs.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use nguon_tlog::hash::Hash;
use nguon_tlog::tree::{consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion};
use sha2::Sha256;

use crate::naive::{Naive, at, entry};

const LARGEST: u64 = 300;

type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

fn hashes(proof: &[u8]) -> Vec<Hash> {
    proof.as_chunks().0.iter().map(|bytes| Hash::from_bytes(*bytes)).collect()
}

fn root_of(oracle: &Oracle) -> Hash {
    Hash::from_bytes(oracle.root().as_bytes().as_slice().try_into().unwrap())
}

#[test]
fn it_has_our_root_at_every_size() {
    let naive = Naive::new(LARGEST);
    let mut oracle = Oracle::new();
    for size in 0..LARGEST {
        assert_eq!(root(&naive, size), Ok(root_of(&oracle)), "size {size}");
        oracle.push(entry(size));
    }
}

#[test]
fn it_makes_our_inclusion_proofs_and_we_accept_its() {
    let naive = Naive::new(LARGEST);
    let mut oracle = Oracle::new();
    for size in 1..=LARGEST {
        oracle.push(entry(size - 1));
        // All leaves of the smaller trees; of the larger ones the last leaves and some from all over.
        for index in (0..size).filter(|index| size <= 70 || size - index <= 3 || index % 17 == size % 17) {
            let ours = inclusion_proof(&naive, index, size).unwrap();
            let theirs = oracle.prove_inclusion(at(index));
            assert_eq!(bytes(&ours), theirs.as_bytes(), "leaf {index} of {size}");
            oracle.root().verify_inclusion(&entry(index), index, &theirs).unwrap();
            let found = verify_inclusion(naive.leaf(index), index, size, &hashes(theirs.as_bytes()), &root_of(&oracle));
            assert_eq!(found, Ok(()));
        }
    }
}

#[test]
fn it_makes_our_consistency_proofs_and_we_accept_its() {
    let naive = Naive::new(LARGEST);
    let mut oracle = Oracle::new();
    for new in 1..=LARGEST {
        oracle.push(entry(new - 1));
        for old in (1..new).filter(|old| new <= 70 || new - old <= 3 || old % 17 == new % 17) {
            let ours = consistency_proof(&naive, old, new).unwrap();
            let theirs = oracle.prove_consistency(at(new - old));
            assert_eq!(bytes(&ours), theirs.as_bytes(), "{old} to {new}");
            let found = verify_consistency(old, new, &naive.root(old), &root_of(&oracle), &hashes(theirs.as_bytes()));
            assert_eq!(found, Ok(()));
        }
    }
}
