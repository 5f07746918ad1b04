//! Checkpoints as a ledger makes them.

use ed25519_dalek::SigningKey;
use nguon_tlog::hash::Hash;
use nguon_tlog::map::Map;

use crate::bytes::ByteString;
use crate::ids::RootHash;
use crate::record::Anchor;
use crate::values::Time;
use crate::verify::MapHead;

/// A witness or map auditor that cosigns a checkpoint.
#[derive(Debug, Clone, Copy)]
pub struct Cosigner<'a> {
    /// Its name in the trust root.
    pub name: &'a str,
    /// Its key.
    pub key: &'a SigningKey,
    /// When it cosigns.
    pub at: Time,
}

/// A checkpoint as the ledger signed it, and what proves against it.
#[derive(Clone)]
pub struct LedgerCheckpoint {
    /// How many leaves.
    pub size: u64,
    /// Root of the tree over them.
    pub root: RootHash,
    /// C2SP signed note: signed by the log, cosigned by whoever was asked to.
    pub note: String,
    /// Log time of its last leaf, which is the map's.
    pub time: Time,
    /// Root of the map.
    pub map_root: RootHash,
    pub(super) inclusion: Vec<Hash>,
    /// The map under it where that is not the one all leaves make.
    pub(super) forged: Option<Map>,
}

impl LedgerCheckpoint {
    /// What a device that has seen it names in its records.
    #[must_use]
    pub const fn anchor(&self) -> Anchor {
        Anchor { size: self.size, root: self.root }
    }

    /// What bundles carry of it.
    #[must_use]
    pub fn head(&self) -> MapHead {
        let inclusion = self.inclusion.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let (time, root) = (self.time, self.map_root);
        MapHead { checkpoint: self.note.clone(), time, root, inclusion: ByteString(inclusion) }
    }
}
