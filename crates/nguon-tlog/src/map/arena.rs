//! The map in memory: leaves and branches in two pools, joined by 32-bit places.

use super::pool::Pool;
use super::{Entry, Key, ValueHash, branch, goes_right, leaf};
use crate::hash::{self, Hash};

/// A Merkle map in memory, about 120 bytes a key.
///
/// Nothing is ever removed, so an update overwrites branches in place and appends new ones: see [`Map::prepare`].
#[derive(Clone)]
pub struct Map {
    pub(super) root: Place,
    pub(super) leaves: Pool<Entry>,
    pub(super) branches: Pool<Branch>,
    /// A hash over all roots so far. It fixes the history, and with it where each node lies.
    pub(super) version: Hash,
}

#[derive(Clone, Copy)]
pub(super) struct Branch {
    pub hash: Hash,
    pub left: Place,
    pub right: Place,
}

impl Branch {
    pub fn over((left, left_hash): (Place, Hash), (right, right_hash): (Place, Hash)) -> Self {
        Self { hash: branch(&left_hash, &right_hash), left, right }
    }
}

/// Where a subtree lies, packed into 32 bits: a branch of each key and a half makes its size count.
#[derive(Clone, Copy)]
pub(super) struct Place(u32);

/// A [`Place`], unpacked.
#[derive(Clone, Copy)]
pub(super) enum At {
    Empty,
    Leaf(usize),
    Branch(usize),
}

const LEAF: u32 = 1 << 31;

impl Place {
    pub const EMPTY: Self = Self(u32::MAX);

    /// The place of a leaf, or `None` if there is no room.
    pub fn leaf(index: usize) -> Option<Self> {
        Self::branch(index).map(|place| Self(place.0 | LEAF))
    }

    /// The place of a branch, or `None` if there is no room.
    pub fn branch(index: usize) -> Option<Self> {
        // The last one is left out, as with the leaf bit it means "empty".
        u32::try_from(index).ok().filter(|index| *index < LEAF - 1).map(Self)
    }

    pub fn at(self) -> At {
        match self.0 {
            u32::MAX => At::Empty,
            packed if packed & LEAF != 0 => At::Leaf((packed ^ LEAF) as usize),
            packed => At::Branch(packed as usize),
        }
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl Map {
    /// A map without keys.
    #[must_use]
    pub fn new() -> Self {
        Self { root: Place::EMPTY, leaves: Pool::new(), branches: Pool::new(), version: hash::empty() }
    }

    /// How many keys it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether it holds no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The hash that fixes every key and value; 32 zero bytes for an empty map.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.hash(self.root)
    }

    /// The value hash of a key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<ValueHash> {
        let mut place = self.root;
        // A branch is never deeper than a key has bits.
        for depth in 0.. {
            match place.at() {
                At::Empty => break,
                At::Leaf(index) => {
                    let (held, value) = self.leaves[index];
                    return (held == *key).then_some(value);
                }
                At::Branch(index) => {
                    let Branch { left, right, .. } = self.branches[index];
                    place = if goes_right(key, depth) { right } else { left };
                }
            }
        }
        None
    }

    /// Bytes of memory it takes, room for growth included.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of::<Self>() + self.leaves.memory() + self.branches.memory()
    }

    /// Leaf hashes are computed when needed: keeping them would cost 32 bytes a key to save one hash an update.
    pub(super) fn hash(&self, place: Place) -> Hash {
        match place.at() {
            At::Empty => Hash::default(),
            At::Leaf(index) => {
                let (key, value) = &self.leaves[index];
                leaf(key, value)
            }
            At::Branch(index) => self.branches[index].hash,
        }
    }
}

/// Splits ascending items, alike in their first `depth` bits, into those that go left and those that go right.
pub(super) fn halves<T>(items: &[T], depth: usize, key: impl Fn(&T) -> &Key) -> (&[T], &[T]) {
    items.split_at(items.partition_point(|item| !goes_right(key(item), depth)))
}
