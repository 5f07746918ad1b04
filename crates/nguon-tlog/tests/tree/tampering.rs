//! Nothing about a proof can be changed: not one bit, not its length, not the order, not the place it speaks of.

use nguon_tlog::hash::Hash;
use nguon_tlog::tree::{ProofError, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::naive::Naive;

fn with_bit_flipped(hash: &Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

/// A leaf's index and the size of the tree around it.
fn leaf_in_tree() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..=300).prop_flat_map(|size| (0..size, Just(size)))
}

/// Two sizes of a log that differ, neither empty.
fn old_and_new() -> impl Strategy<Value = (u64, u64)> {
    (2_u64..=300).prop_flat_map(|new| (1..new, Just(new)))
}

/// All that differ from the proof by one hash dropped, added, doubled, or swapped with its neighbour.
fn rearranged(proof: &[Hash], added: Hash) -> (Vec<Vec<Hash>>, Vec<Vec<Hash>>) {
    let (mut other_length, mut other_order) = (Vec::new(), Vec::new());
    for position in 0..=proof.len() {
        let mut longer = proof.to_vec();
        longer.insert(position, added);
        other_length.push(longer);
    }
    for position in 0..proof.len() {
        let mut shorter = proof.to_vec();
        let hash = shorter.remove(position);
        other_length.push(shorter);
        let mut doubled = proof.to_vec();
        doubled.insert(position, hash);
        other_length.push(doubled);
    }
    for position in 1..proof.len() {
        let mut swapped = proof.to_vec();
        swapped.swap(position - 1, position);
        other_order.push(swapped);
    }
    (other_length, other_order)
}

proptest! {
    #[test]
    fn a_flipped_bit_in_leaf_root_or_inclusion_proof_is_refused(
        (index, size) in leaf_in_tree(), bit in 0_usize..256, which in any::<Index>(),
    ) {
        let naive = Naive::new(size);
        let (leaf, root) = (naive.leaf(index), root(&naive, size).unwrap());
        let proof = inclusion_proof(&naive, index, size).unwrap();
        let refused = Err(ProofError::Root);
        prop_assert_eq!(verify_inclusion(&with_bit_flipped(leaf, bit), index, size, &proof, &root), refused);
        prop_assert_eq!(verify_inclusion(leaf, index, size, &proof, &with_bit_flipped(&root, bit)), refused);
        if !proof.is_empty() {
            let mut forged = proof.clone();
            let hash = which.get(&proof);
            forged[which.index(proof.len())] = with_bit_flipped(hash, bit);
            prop_assert_eq!(verify_inclusion(leaf, index, size, &forged, &root), refused);
        }
    }

    #[test]
    fn an_inclusion_proof_with_hashes_dropped_added_or_swapped_is_refused(
        (index, size) in leaf_in_tree(), added in any::<[u8; 32]>(),
    ) {
        let naive = Naive::new(size);
        let (leaf, root) = (naive.leaf(index), root(&naive, size).unwrap());
        let proof = inclusion_proof(&naive, index, size).unwrap();
        let (other_length, other_order) = rearranged(&proof, Hash::from_bytes(added));
        for forged in other_length {
            prop_assert_eq!(verify_inclusion(leaf, index, size, &forged, &root), Err(ProofError::Length));
        }
        for forged in other_order {
            prop_assert_eq!(verify_inclusion(leaf, index, size, &forged, &root), Err(ProofError::Root));
        }
    }

    #[test]
    fn a_flipped_bit_in_roots_or_consistency_proof_is_refused(
        (old, new) in old_and_new(), bit in 0_usize..256, which in any::<Index>(),
    ) {
        let naive = Naive::new(new);
        let (old_root, new_root) = (naive.root(old), naive.root(new));
        let proof = consistency_proof(&naive, old, new).unwrap();
        let refused = Err(ProofError::Root);
        prop_assert_eq!(verify_consistency(old, new, &with_bit_flipped(&old_root, bit), &new_root, &proof), refused);
        prop_assert_eq!(verify_consistency(old, new, &old_root, &with_bit_flipped(&new_root, bit), &proof), refused);
        let mut forged = proof.clone();
        forged[which.index(proof.len())] = with_bit_flipped(which.get(&proof), bit);
        prop_assert_eq!(verify_consistency(old, new, &old_root, &new_root, &forged), refused);
    }

    #[test]
    fn a_consistency_proof_with_hashes_dropped_added_or_swapped_is_refused(
        (old, new) in old_and_new(), added in any::<[u8; 32]>(),
    ) {
        let naive = Naive::new(new);
        let (old_root, new_root) = (naive.root(old), naive.root(new));
        let proof = consistency_proof(&naive, old, new).unwrap();
        let (other_length, other_order) = rearranged(&proof, Hash::from_bytes(added));
        for forged in other_length {
            prop_assert_eq!(verify_consistency(old, new, &old_root, &new_root, &forged), Err(ProofError::Length));
        }
        for forged in other_order {
            prop_assert_eq!(verify_consistency(old, new, &old_root, &new_root, &forged), Err(ProofError::Root));
        }
    }

    #[test]
    fn a_history_with_one_other_old_leaf_is_not_consistent((old, new) in old_and_new(), which in any::<Index>()) {
        let naive = Naive::new(new);
        let changed = which.index(usize::try_from(old).unwrap());
        let mut rewritten = nguon_tlog::tree::Frontier::new();
        for index in 0..old {
            let leaf = naive.leaf(index);
            rewritten.append(if usize::try_from(index).unwrap() == changed { with_bit_flipped(leaf, 0) } else { *leaf });
        }
        let proof = consistency_proof(&naive, old, new).unwrap();
        let found = verify_consistency(old, new, &rewritten.root(), &naive.root(new), &proof);
        prop_assert_eq!(found, Err(ProofError::Root));
    }
}

#[test]
fn a_proof_speaks_for_one_leaf_only() {
    let naive = Naive::new(70);
    for size in 1..=70 {
        let root = naive.root(size);
        for index in 0..size {
            let proof = inclusion_proof(&naive, index, size).unwrap();
            for other in (0..size).filter(|other| *other != index) {
                assert!(verify_inclusion(naive.leaf(index), other, size, &proof, &root).is_err());
                assert!(verify_inclusion(naive.leaf(other), index, size, &proof, &root).is_err());
                assert!(verify_inclusion(naive.leaf(other), other, size, &proof, &root).is_err());
            }
        }
    }
}

#[test]
fn a_consistency_proof_speaks_for_one_old_size_only() {
    let naive = Naive::new(70);
    for new in 2..=70 {
        for old in 1..new {
            let proof = consistency_proof(&naive, old, new).unwrap();
            for other in (1..=new).filter(|other| *other != old) {
                assert!(verify_consistency(other, new, &naive.root(old), &naive.root(new), &proof).is_err());
                assert!(verify_consistency(other, new, &naive.root(other), &naive.root(new), &proof).is_err());
            }
        }
    }
}
