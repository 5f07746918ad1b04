//! Proofs out of a few pieces of a long list: what a server keeps and reads.

use std::collections::BTreeMap;

use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tree::{Frontier, NodeSource, inclusion_proof};

use super::proof::{LeafProof, ListProof};
use crate::bytes::ByteString;
use crate::ids::{RootHash, SerialHash};

/// Hashes in a tile; the last one of a list may have fewer.
pub const TILE: usize = 1 << LEVEL;
/// The level of the tree at which a whole tile is one node.
const LEVEL: u8 = 8;

/// A piece of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The smallest hash in it.
    pub first: SerialHash,
    /// The root of the tree over its hashes.
    pub root: Hash,
    /// Ascending.
    pub hashes: Vec<SerialHash>,
}

impl Tile {
    pub(super) fn new(hashes: Vec<SerialHash>) -> Self {
        let first = hashes.first().copied().unwrap_or(SerialHash::from_bytes([0; 32]));
        Self { first, root: root_of(&hashes), hashes }
    }
}

/// A tile that [`TiledList::needed`] names was not put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a piece of the list of serials is not at hand")]
pub struct NotAtHand;

/// A list of which the first hash and the root of every tile are known, and some tiles are at hand.
#[derive(Debug, Clone)]
pub struct TiledList {
    root: RootHash,
    tiles: Vec<(SerialHash, Hash)>,
    at_hand: BTreeMap<usize, Vec<SerialHash>>,
}

impl TiledList {
    /// A list by its tiles' first hashes and roots.
    #[must_use]
    pub const fn new(root: RootHash, tiles: Vec<(SerialHash, Hash)>) -> Self {
        Self { root, tiles, at_hand: BTreeMap::new() }
    }

    /// Which tiles a proof about a hash is made from: where it stands or would stand, what follows, and the last one.
    #[must_use]
    pub fn needed(&self, wanted: &SerialHash) -> Vec<usize> {
        let (at, last) = (self.tile_of(wanted), self.tiles.len().saturating_sub(1));
        let mut needed = vec![at, (at + 1).min(last), last];
        needed.dedup();
        needed
    }

    /// Puts a tile there.
    pub fn put(&mut self, at: usize, hashes: Vec<SerialHash>) {
        self.at_hand.insert(at, hashes);
    }

    /// Shows that the list has a hash, or that it has not.
    ///
    /// # Errors
    /// A tile is missing.
    pub fn prove(&self, wanted: &SerialHash) -> Result<ListProof, NotAtHand> {
        let tile = self.tile_of(wanted);
        let before = self.tile(tile)?.partition_point(|hash| hash < wanted);
        let (at, count) = (tile * TILE + before, self.count()?);
        let indexes = if at < count && self.hash(at)? == *wanted {
            at..at + 1
        } else {
            at.saturating_sub(1)..(at + 1).min(count)
        };
        let leaves = indexes.map(|index| self.leaf(index, count)).collect::<Result<_, _>>()?;
        Ok(ListProof { root: self.root, leaves })
    }

    fn leaf(&self, index: usize, count: usize) -> Result<LeafProof, NotAtHand> {
        let path = inclusion_proof(self, index as u64, count as u64)?;
        let path = ByteString(path.iter().flat_map(|hash| *hash.as_bytes()).collect());
        Ok(LeafProof { path, index: index as u64, serial: self.hash(index)? })
    }

    fn tile_of(&self, wanted: &SerialHash) -> usize {
        self.tiles.partition_point(|(first, _)| first <= wanted).saturating_sub(1)
    }

    fn count(&self) -> Result<usize, NotAtHand> {
        let last = self.tiles.len().checked_sub(1).ok_or(NotAtHand)?;
        Ok(last * TILE + self.tile(last)?.len())
    }

    fn tile(&self, at: usize) -> Result<&[SerialHash], NotAtHand> {
        self.at_hand.get(&at).map(Vec::as_slice).ok_or(NotAtHand)
    }

    fn hash(&self, index: usize) -> Result<SerialHash, NotAtHand> {
        self.tile(index / TILE)?.get(index % TILE).copied().ok_or(NotAtHand)
    }
}

impl NodeSource for TiledList {
    type Error = NotAtHand;

    fn node(&self, level: u8, index: u64) -> Result<Hash, NotAtHand> {
        let index = usize::try_from(index).map_err(|_| NotAtHand)?;
        if level >= LEVEL {
            let width = 1_usize.checked_shl(u32::from(level - LEVEL)).ok_or(NotAtHand)?;
            let tiles = index.checked_mul(width).and_then(|from| self.tiles.get(from..from.checked_add(width)?));
            return Ok(root_over(tiles.ok_or(NotAtHand)?.iter().map(|(_, root)| *root)));
        }
        let from = index << level;
        let hashes = self.tile(from / TILE)?.get(from % TILE..from % TILE + (1 << level)).ok_or(NotAtHand)?;
        Ok(root_of(hashes))
    }
}

/// The root over leaves with these hashes as data.
pub(super) fn root_of(hashes: &[SerialHash]) -> Hash {
    root_over(hashes.iter().map(|hash| hash::leaf(hash.as_bytes())))
}

/// The root over nodes that stand side by side.
fn root_over(nodes: impl Iterator<Item = Hash>) -> Hash {
    let mut tree = Frontier::new();
    nodes.for_each(|node| tree.append(node));
    tree.root()
}
