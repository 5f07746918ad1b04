//! Verifying proofs. A browser carries this file: it stays straight-line code over slices.

use crate::hash::{self, Hash};

/// Why a proof was refused. The fault lies with whoever gave the proof, its sizes or its roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The leaf, or the old tree, would lie outside of the tree.
    #[error("the position lies outside of the log")]
    Index,
    /// The proof has more or fewer hashes than these sizes need.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks that `leaf` is the leaf at `index` of the tree of `size` leaves with this `root` (RFC 9162 §2.1.3.2).
///
/// # Errors
/// [`ProofError::Index`] if `index` is not below `size`, otherwise what is wrong with the proof.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Index);
    }
    let mut hash = *leaf;
    let mut place = Place { at: index, last: size - 1 };
    for sibling in proof {
        hash = match place.climb()? {
            Side::Left => hash::node(sibling, &hash),
            Side::Right => hash::node(&hash, sibling),
        };
    }
    place.arrived()?;
    equal(&hash, root)
}

/// Checks that the tree of `old` leaves is the beginning of the tree of `new` leaves (RFC 9162 §2.1.4.2).
///
/// If `old` is 0 or equal to `new`, the proof must be empty; then the old root must be that of the empty tree, or both
/// roots the same.
///
/// # Errors
/// [`ProofError::Index`] if `old` is above `new`, otherwise what is wrong with the proof or the roots.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Index);
    }
    if old == 0 {
        equal(old_root, &hash::empty())?;
    }
    if old == new {
        equal(old_root, new_root)?;
    }
    if old == 0 || old == new {
        return if proof.is_empty() { Ok(()) } else { Err(ProofError::Length) };
    }
    // The walk begins at the last perfect subtree of the old tree. When that is all of it, the proof leaves out its hash.
    let level = old.trailing_zeros();
    let (start, rest) = match proof.split_first() {
        _ if old.is_power_of_two() => (old_root, proof),
        Some(split) => split,
        None => return Err(ProofError::Length),
    };
    let (mut before, mut after) = (*start, *start);
    let mut place = Place { at: (old - 1) >> level, last: (new - 1) >> level };
    for sibling in rest {
        match place.climb()? {
            Side::Left => {
                before = hash::node(sibling, &before);
                after = hash::node(sibling, &after);
            }
            Side::Right => after = hash::node(&after, sibling),
        }
    }
    place.arrived()?;
    equal(&before, old_root)?;
    equal(&after, new_root)
}

/// Where a proof stands: the node's index among its level's, and the index of that level's last node.
struct Place {
    at: u64,
    last: u64,
}

/// On which side the proof's next hash stands.
enum Side {
    Left,
    Right,
}

impl Place {
    /// Goes up to the next level at which there is a sibling.
    fn climb(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::Length);
        }
        let side = if self.at & 1 == 1 || self.at == self.last {
            // A last node without a right sibling is its own parent; levels at which that holds have no hash in the
            // proof. `at` is not 0 here, for it is odd or equal to `last`.
            let alone = self.at.trailing_zeros();
            self.at >>= alone;
            self.last >>= alone;
            Side::Left
        } else {
            Side::Right
        };
        self.at >>= 1;
        self.last >>= 1;
        Ok(side)
    }

    /// Whether this is the root.
    fn arrived(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::Length) }
    }
}

fn equal(found: &Hash, claimed: &Hash) -> Result<(), ProofError> {
    if found == claimed { Ok(()) } else { Err(ProofError::Root) }
}
