//! Transparency log: Merkle tree, tiles, signed notes, checkpoints, cosignatures and the heads map.

pub mod base64;
pub mod checkpoint;
pub mod hash;
pub mod map;
pub mod note;
pub mod tile;
pub mod tree;
pub mod witness;
