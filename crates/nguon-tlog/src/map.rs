//! A Merkle map from 32-byte keys to 32-byte value hashes, with membership and absence multiproofs.
//!
//! ```text
//! leaf   SHA-256(0x02 ‖ key ‖ SHA-256(value))     a subtree of one key is its leaf
//! branch SHA-256(0x03 ‖ left ‖ right)             a subtree of two keys or more; keys by bit, most significant first
//! empty  32 zero bytes                            a subtree without keys, and the root of an empty map
//! ```
//!
//! # Proof
//!
//! One proof answers for any set of keys, held or not. It is a walk over the subtrees that have a queried key, depth
//! first, left before right, without lengths or padding; without queried keys it is empty and says nothing. Each
//! visited subtree starts with one byte:
//!
//! | byte | subtree | follows |
//! |------|---------|---------|
//! | 0 | empty: all queried keys here are absent | nothing |
//! | 1 | leaf of the one queried key here that is claimed present, the others are absent | nothing |
//! | 2 | leaf of a key that is not queried: all queried keys here are absent | its key, its value hash (64 bytes) |
//! | 3 | branch | left, then right: a child with queried keys is visited, one without is its hash (32 bytes, not zero) |
//! | 4 | branch whose child without queried keys is empty | the visited child |
//!
//! The verifier splits the ascending claims by the next bit at each branch, so no key and no index is repeated in the
//! proof. A branch at depth 256, a branch whose two children are seen to hold fewer than two keys, a type 2 leaf whose
//! first bits are not the path's or whose key is queried, and bytes after the walk are refused. So a map and a set of
//! keys have exactly one accepted proof, the one [`Map::prove`] gives. Even under a root that belongs to no honest map
//! a key has one answer at most: hashes fix every step down.
//!
//! Keys are expected to be hashes. Others work, but each bit that two of them share costs a branch.
//! Not in here: deletion (a value that means "released" is the caller's), and storage: [`Map`] lives in memory.
//!
//! ```
//! use nguon_tlog::map::{Map, value_hash, verify};
//!
//! # fn main() -> Result<(), nguon_tlog::map::MapError> {
//! let (held, absent) = ([0x11; 32], [0xEE; 32]);
//! let mut map = Map::new();
//! map.set(&[(held, value_hash(b"three records"))])?;
//! let proof = map.prove(&[held, absent]);
//! verify(&map.root(), &[(held, Some(value_hash(b"three records"))), (absent, None)], &proof)?;
//! assert!(verify(&map.root(), &[(held, None), (absent, None)], &proof).is_err());
//! # Ok(())
//! # }
//! ```

mod arena;
mod pool;
mod prove;
mod update;
mod verify;

use crate::hash::{self, Hash};

pub use arena::Map;
pub use update::Update;
pub use verify::verify;

/// A key: a hash of what the entry is about.
pub type Key = [u8; 32];
/// SHA-256 of an entry's value, from [`value_hash`].
pub type ValueHash = [u8; 32];
/// A key and what it maps to.
pub type Entry = (Key, ValueHash);
/// A key and what a map is said to hold for it; `None` is absence.
pub type Claim = (Key, Option<ValueHash>);

/// How deep two keys can part at most.
const BITS: usize = 256;

/// The first byte of each visited subtree in a proof.
mod kind {
    pub const EMPTY: u8 = 0;
    pub const QUERIED: u8 = 1;
    pub const OTHER: u8 = 2;
    pub const BRANCH: u8 = 3;
    pub const LONE_BRANCH: u8 = 4;
}

/// Why a proof or an update was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// The caller's claims are not in ascending order of distinct keys.
    #[error("the claims are not sorted by distinct keys")]
    Claims,
    /// The proof is not the one for these claims: cut, too long, or of another shape.
    #[error("the map proof does not fit the claims")]
    Proof,
    /// Proof and claims fit each other, but belong to another map.
    #[error("the map proof leads to another root")]
    Root,
    /// The update was prepared for another version of the map.
    #[error("the map has changed since the update was prepared; prepare it again")]
    Stale,
    /// The map holds as many keys as its 31-bit places allow.
    #[error("the map is full")]
    Full,
}

/// What a map stores of a value.
#[must_use]
pub fn value_hash(value: &[u8]) -> ValueHash {
    *hash::of(&[value]).as_bytes()
}

fn leaf(key: &Key, value: &ValueHash) -> Hash {
    hash::of(&[&[2], key, value])
}

fn branch(left: &Hash, right: &Hash) -> Hash {
    hash::of(&[&[3], left.as_bytes(), right.as_bytes()])
}

/// Whether a key goes right at this depth.
fn goes_right(key: &Key, depth: usize) -> bool {
    key.get(depth / 8).is_some_and(|byte| byte & (0x80 >> (depth % 8)) != 0)
}
