//! For every size up to some hundreds, roots and proofs are those of the definition, and are accepted.

use nguon_tlog::hash::Hash;
use nguon_tlog::tree::{
    Frontier, ProofError, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion,
};

use crate::naive::{Naive, at};

const LARGEST: u64 = 300;

#[test]
fn every_root_is_the_definitions() {
    let naive = Naive::new(LARGEST);
    for size in 0..=LARGEST {
        assert_eq!(root(&naive, size), Ok(naive.root(size)), "size {size}");
    }
}

#[test]
fn every_inclusion_proof_is_the_definitions_and_accepted() {
    let naive = Naive::new(LARGEST);
    for size in 1..=LARGEST {
        for index in 0..size {
            let proof = inclusion_proof(&naive, index, size).unwrap();
            assert_eq!(proof, naive.path(at(index), 0, at(size)), "leaf {index} of {size}");
            assert_eq!(verify_inclusion(naive.leaf(index), index, size, &proof, &naive.root(size)), Ok(()));
        }
    }
}

#[test]
fn every_consistency_proof_is_the_definitions_and_accepted() {
    let naive = Naive::new(LARGEST);
    for new in 1..=LARGEST {
        for old in 1..=new {
            let proof = consistency_proof(&naive, old, new).unwrap();
            assert_eq!(proof, naive.subproof(at(old), 0, at(new), true), "{old} to {new}");
            assert_eq!(verify_consistency(old, new, &naive.root(old), &naive.root(new), &proof), Ok(()));
        }
    }
}

#[test]
fn a_frontier_has_the_root_and_the_last_leafs_proof_at_every_size() {
    let naive = Naive::new(LARGEST);
    let mut frontier = Frontier::new();
    assert_eq!((frontier.size(), frontier.root(), frontier.last_leaf_proof()), (0, naive.root(0), Vec::new()));
    for index in 0..LARGEST {
        frontier.append(*naive.leaf(index));
        let size = index + 1;
        assert_eq!((frontier.size(), frontier.root()), (size, naive.root(size)));
        assert_eq!(frontier.last_leaf_proof(), naive.path(at(index), 0, at(size)), "size {size}");
    }
}

#[test]
fn a_frontier_continues_from_its_nodes_and_from_a_stored_tree() {
    let naive = Naive::new(LARGEST);
    let mut frontier = Frontier::new();
    for size in 0..LARGEST {
        let from_nodes = Frontier::from_nodes(size, &frontier.nodes()).unwrap();
        let from_source = Frontier::from_source(&naive, size).unwrap();
        frontier.append(*naive.leaf(size));
        for mut other in [from_nodes, from_source] {
            assert_eq!(other.size(), size);
            assert_eq!(other.root(), naive.root(size));
            other.append(*naive.leaf(size));
            assert_eq!(other.nodes(), frontier.nodes());
            assert_eq!(other.root(), frontier.root());
            assert_eq!(other.last_leaf_proof(), frontier.last_leaf_proof());
        }
    }
}

#[test]
fn a_frontier_refuses_more_or_fewer_nodes_than_its_size_has() {
    let mut frontier = Frontier::new();
    for size in 0..=130 {
        let nodes = frontier.nodes();
        let longer = [&nodes[..], &[Hash::default()]].concat();
        assert_eq!(Frontier::from_nodes(size, &longer).err(), Some(ProofError::Length));
        if let Some((_, shorter)) = nodes.split_last() {
            assert_eq!(Frontier::from_nodes(size, shorter).err(), Some(ProofError::Length));
        }
        frontier.append(Hash::default());
    }
}

#[test]
fn what_lies_outside_of_the_log_has_no_proof() {
    let naive = Naive::new(20);
    for size in 0..=20 {
        for index in [size, size + 1, u64::MAX] {
            assert_eq!(inclusion_proof(&naive, index, size), Ok(Vec::new()));
            assert_eq!(verify_inclusion(&Hash::default(), index, size, &[], &naive.root(size)), Err(ProofError::Index));
        }
        for old in [size + 1, u64::MAX] {
            assert_eq!(consistency_proof(&naive, old, size), Ok(Vec::new()));
            assert_eq!(
                verify_consistency(old, size, &naive.root(size), &naive.root(size), &[]),
                Err(ProofError::Index)
            );
        }
    }
}

#[test]
fn the_empty_and_the_same_tree_need_an_empty_proof() {
    let naive = Naive::new(20);
    let (nothing, other) = (naive.root(0), Hash::default());
    for size in 0..=20 {
        let root = naive.root(size);
        assert_eq!(verify_consistency(0, size, &nothing, &root, &[]), Ok(()));
        assert_eq!(verify_consistency(0, size, &nothing, &root, &[other]), Err(ProofError::Length));
        assert_eq!(verify_consistency(0, size, &other, &root, &[]), Err(ProofError::Root));
        assert_eq!(verify_consistency(size, size, &root, &root, &[]), Ok(()));
        assert_eq!(verify_consistency(size, size, &root, &root, &[other]), Err(ProofError::Length));
        assert_eq!(verify_consistency(size, size, &root, &other, &[]), Err(ProofError::Root));
    }
}

#[test]
fn sizes_near_the_limit_of_64_bits_are_refused_and_not_overrun() {
    let hashes = [Hash::default(); 70];
    let root = &Hash::default();
    for length in 0..=hashes.len() {
        for index in [0, 1, u64::MAX / 2, u64::MAX - 1] {
            assert!(verify_inclusion(root, index, u64::MAX, &hashes[..length], root).is_err());
        }
        for old in [1, 2, 1 << 63, u64::MAX - 1] {
            assert!(verify_consistency(old, u64::MAX, root, root, &hashes[..length]).is_err());
        }
    }
}
