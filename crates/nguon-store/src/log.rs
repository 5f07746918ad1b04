//! What a store keeps of the log: leaves, checkpoints, and what a bundle's proof is made from.

use nguon_core::ids::ChainId;
use nguon_core::log::Position;
use nguon_core::values::Time;
use nguon_core::verify::{Bundle, ChainProof};
use nguon_tlog::hash::Hash;

/// A key of the heads map and the hash of its value.
pub type MapEntry = ([u8; 32], [u8; 32]);

/// Answers the map's root with these changes made. It runs in the writer's transaction: it should only compute, and it
/// must not keep the changes, which are lost if the commit fails.
pub type Prepare = Box<dyn FnOnce(&[MapEntry]) -> Hash + Send>;

/// A checkpoint that has just been closed. It is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Number of leaves; the last of them is the map leaf.
    pub size: u64,
    /// The map's root over all leaves before the map leaf.
    pub map_root: Hash,
    /// The map leaf's log time.
    pub map_time: Time,
    /// The leaves since the checkpoint before, the map leaf last.
    pub leaves: Vec<Vec<u8>>,
}

/// A checkpoint as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Number of leaves; the last of them is the map leaf.
    pub size: u64,
    /// The map's root over all leaves before the map leaf.
    pub map_root: Hash,
    /// The map leaf's log time.
    pub map_time: Time,
    /// The tree's root; absent until the log signed it.
    pub tree_root: Option<Hash>,
    /// The note with the log's signature alone; absent until the log signed it.
    pub signed: Option<String>,
    /// The note with cosignatures; absent until enough were gathered.
    pub cosigned: Option<Cosigned>,
}

/// A cosigned note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The note.
    pub note: String,
    /// When enough cosigners vouched for it.
    pub as_of: Time,
}

/// Where a record stands, in the log and on its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// In the log.
    pub position: Position,
    /// Its chain.
    pub chain: ChainId,
    /// Its sequence there.
    pub sequence: u64,
}

/// A bundle as of some size of the log, and what its proof is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedBundle {
    /// The bundle, still without its proof.
    pub bundle: Bundle,
    /// Of each of its chains, in its order.
    pub chains: Vec<ChainProof>,
    /// Index and log time of each of its trust roots.
    pub roots: Vec<Vec<u64>>,
    /// The keys that the map's multiproof must cover, ascending.
    pub keys: Vec<[u8; 32]>,
}
