//! The right edge of a growing tree.

use super::prove::{NodeSource, fold, perfect_subtrees};
use super::verify::ProofError;
use crate::hash::{self, Hash};

/// A tree that only grows, of which the right edge is remembered: a few dozen hashes, however many the leaves.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    size: u64,
    /// Roots of the perfect subtrees, largest first.
    subtrees: Vec<Hash>,
    last_leaf: Hash,
    /// What the last leaf was joined with on its way into its subtree, from below: the lower part of its proof.
    joined: Vec<Hash>,
}

impl Frontier {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends the hash of a leaf.
    pub fn append(&mut self, leaf: Hash) {
        self.append_watched(leaf, |_, _| {});
    }

    /// Appends the hash of a leaf, and shows each perfect subtree's root that it completes, by level, from the leaf up.
    pub(crate) fn append_watched(&mut self, leaf: Hash, mut completed: impl FnMut(u8, &Hash)) {
        self.last_leaf = leaf;
        self.joined.clear();
        completed(0, &leaf);
        let mut hash = leaf;
        let mut level = 0;
        // Each trailing one bit of the size is a perfect subtree that waits for a right sibling of its own width.
        let waiting = self.subtrees.len() - self.size.trailing_ones() as usize;
        for left in self.subtrees.drain(waiting..).rev() {
            hash = hash::node(&left, &hash);
            level += 1;
            completed(level, &hash);
            self.joined.push(left);
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.subtrees)
    }

    /// The inclusion proof of the last leaf; empty if there is none.
    #[must_use]
    pub fn last_leaf_proof(&self) -> Vec<Hash> {
        let larger = self.subtrees.split_last().map_or(&[][..], |(_, larger)| larger);
        self.joined.iter().chain(larger.iter().rev()).copied().collect()
    }

    /// What [`Frontier::from_nodes`] needs: the roots of the perfect subtrees that stand left of the last leaf, largest
    /// first, and then the last leaf's hash. But for the leaf, that is its proof backwards.
    #[must_use]
    pub fn nodes(&self) -> Vec<Hash> {
        let mut nodes = self.last_leaf_proof();
        nodes.reverse();
        if self.size > 0 {
            nodes.push(self.last_leaf);
        }
        nodes
    }

    /// Takes up where [`Frontier::nodes`] left off. Whether these are the log's nodes shows when the root is compared.
    ///
    /// # Errors
    /// [`ProofError::Length`] if a tree of this size has more or fewer.
    pub fn from_nodes(size: u64, nodes: &[Hash]) -> Result<Self, ProofError> {
        let (Some(before), Some((leaf, subtrees))) = (size.checked_sub(1), nodes.split_last()) else {
            return if size == 0 && nodes.is_empty() { Ok(Self::new()) } else { Err(ProofError::Length) };
        };
        if subtrees.len() != before.count_ones() as usize {
            return Err(ProofError::Length);
        }
        Ok(Self::grown(before, subtrees.to_vec(), *leaf))
    }

    /// The right edge of the first `size` leaves of a tree.
    ///
    /// # Errors
    /// The source's own.
    pub fn from_source<S: NodeSource + ?Sized>(source: &S, size: u64) -> Result<Self, S::Error> {
        let Some(before) = size.checked_sub(1) else { return Ok(Self::new()) };
        let subtrees = perfect_subtrees(0, before).map(|(level, index)| source.node(level, index));
        Ok(Self::grown(before, subtrees.collect::<Result<_, _>>()?, source.node(0, before)?))
    }

    /// The tree of `before` leaves with these subtrees, and one leaf more.
    fn grown(before: u64, subtrees: Vec<Hash>, leaf: Hash) -> Self {
        let mut frontier = Self { size: before, subtrees, ..Self::default() };
        frontier.append(leaf);
        frontier
    }
}
