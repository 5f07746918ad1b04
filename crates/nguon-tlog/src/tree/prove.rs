//! Roots and proofs out of stored nodes.

use crate::hash::{self, Hash};

/// Where the nodes of a tree are kept: tiles, or a list in memory.
pub trait NodeSource {
    /// Why a node could not be had.
    type Error;

    /// The root of the perfect subtree of 2^`level` leaves that begins at leaf `index` · 2^`level`.
    ///
    /// # Errors
    /// The source's own.
    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// The root of the tree of the first `size` leaves (RFC 6962 §2.1).
///
/// # Errors
/// The source's own.
pub fn root<S: NodeSource + ?Sized>(source: &S, size: u64) -> Result<Hash, S::Error> {
    range(source, 0, size)
}

/// The inclusion proof of leaf `index` in the tree of the first `size` leaves (RFC 6962 §2.1.1).
///
/// An `index` outside of the tree has no proof: the answer is then empty, which every verifier refuses for its index.
///
/// # Errors
/// The source's own.
pub fn inclusion_proof<S: NodeSource + ?Sized>(source: &S, index: u64, size: u64) -> Result<Vec<Hash>, S::Error> {
    let mut proof = Vec::new();
    if index >= size {
        return Ok(proof);
    }
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + left_width(end - start);
        if index < middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the first `old` leaves are the beginning of the first `new` (RFC 6962 §2.1.2).
///
/// Empty if `old` is 0 or `new`, and if it is above `new`, for which no proof exists and every verifier refuses.
///
/// # Errors
/// The source's own.
pub fn consistency_proof<S: NodeSource + ?Sized>(source: &S, old: u64, new: u64) -> Result<Vec<Hash>, S::Error> {
    let mut proof = Vec::new();
    if old == 0 || old >= new {
        return Ok(proof);
    }
    let (mut start, mut end) = (0, new);
    while old < end {
        let middle = start + left_width(end - start);
        if old <= middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, start, middle)?);
            start = middle;
        }
    }
    // What is left ends where the old tree ends. If it is the whole old tree, the verifier knows its root.
    if start != 0 {
        proof.push(range(source, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The root over the leaves from `start` to `end`, where `start` is a multiple of every perfect subtree's width in it.
fn range<S: NodeSource + ?Sized>(source: &S, start: u64, end: u64) -> Result<Hash, S::Error> {
    let nodes = perfect_subtrees(start, end).map(|(level, index)| source.node(level, index));
    Ok(fold(&nodes.collect::<Result<Vec<_>, _>>()?))
}

/// Level and index of the perfect subtrees that cover the leaves from `start` to `end`, largest first.
pub(super) fn perfect_subtrees(start: u64, end: u64) -> impl Iterator<Item = (u8, u64)> {
    let mut at = start;
    std::iter::from_fn(move || {
        let level = end.checked_sub(at)?.checked_ilog2()?;
        let index = at >> level;
        at += 1 << level;
        // A logarithm of 64 bits is at most 63.
        Some((u8::try_from(level).unwrap_or(u8::MAX), index))
    })
}

/// The root over perfect subtrees that stand side by side, largest first.
pub(super) fn fold(subtrees: &[Hash]) -> Hash {
    match subtrees.split_last() {
        None => hash::empty(),
        Some((last, larger)) => larger.iter().rev().fold(*last, |right, left| hash::node(left, &right)),
    }
}

/// The largest power of two below `width`, which is at least 2.
fn left_width(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}
