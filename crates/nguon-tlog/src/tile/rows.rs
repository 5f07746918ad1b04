//! A tile with the nodes above its hashes.

use crate::hash::{self, Hash};

/// The hashes of a tile, and row by row over them the roots of the perfect subtrees inside it.
pub(super) struct Rows(Vec<Vec<Hash>>);

impl Rows {
    /// From a tile's bytes, whose length has been checked.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let (hashes, _) = bytes.as_chunks();
        let mut rows = vec![hashes.iter().map(|bytes| Hash::from_bytes(*bytes)).collect::<Vec<_>>()];
        while let Some(below) = rows.last().filter(|row| row.len() > 1) {
            let (pairs, _) = below.as_chunks();
            rows.push(pairs.iter().map(|[left, right]| hash::node(left, right)).collect());
        }
        Self(rows)
    }

    /// The node `index` places from the left in the row over 2^`row` hashes.
    pub(super) fn get(&self, row: u8, index: usize) -> Option<Hash> {
        self.0.get(usize::from(row))?.get(index).copied()
    }
}
