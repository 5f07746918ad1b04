//! A proof's bytes, and what one list's part of it shows.

use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tree::verify_inclusion;
use serde::Serialize;

use super::Why;
use crate::bytes::ByteString;
use crate::cbor::{self, CborError, Limits, decode_map};
use crate::ids::{RootHash, SerialHash};

/// The version of proofs this library reads and writes.
pub const VERSION: u64 = 1;

/// The longest a proof may be: of some dozens of lists.
pub const LIMITS: Limits = Limits { length: 64 * 1024, depth: 6 };

/// What a server gives for one serial: of the list that has it, or else of every list of the batch that the server has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SerialProof {
    /// One part a list, each list once.
    pub lists: Vec<ListProof>,
    /// Always 1.
    pub version: u64,
}

/// That a hash stands in the list with this root: its leaf. Or that it does not: the two leaves around it, or the first
/// or last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListProof {
    /// As the `labels_issued` record has it.
    pub root: RootHash,
    /// One leaf or two, ascending.
    pub leaves: Vec<LeafProof>,
}

/// One leaf of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeafProof {
    /// Its inclusion proof (RFC 6962 §2.1.1), hashes one after the other.
    pub path: ByteString,
    /// From 0.
    pub index: u64,
    /// The leaf's data.
    pub serial: SerialHash,
}

decode_map!(SerialProof { required lists, required version });
decode_map!(ListProof { required root, required leaves });
decode_map!(LeafProof { required path, required index, required serial });

impl SerialProof {
    /// A proof of these parts.
    #[must_use]
    pub const fn new(lists: Vec<ListProof>) -> Self {
        Self { lists, version: VERSION }
    }

    /// Reads a proof; nothing of it is checked yet.
    ///
    /// # Errors
    /// [`Why::Broken`], or [`Why::Newer`] if it is a proof of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Why> {
        let proof: Self = cbor::from_canonical(bytes, LIMITS).map_err(|_| Why::Broken)?;
        if proof.version == VERSION { Ok(proof) } else { Err(Why::Newer) }
    }

    /// Deterministic CBOR.
    ///
    /// # Errors
    /// It is longer than [`LIMITS`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, CborError> {
        cbor::to_canonical(self, LIMITS)
    }
}

impl ListProof {
    /// Whether the list of `count` leaves has a hash; `None` if this shows neither.
    pub(super) fn includes(&self, wanted: &SerialHash, count: u64) -> Option<bool> {
        let shown = self.leaves.iter().all(|leaf| leaf.holds(count, &self.root));
        let includes = match self.leaves.as_slice() {
            [leaf] if leaf.serial == *wanted => true,
            [first] if *wanted < first.serial && first.index == 0 => false,
            [last] if last.serial < *wanted && Some(last.index) == count.checked_sub(1) => false,
            [left, right] if left.serial < *wanted && *wanted < right.serial && left.is_before(right) => false,
            _ => return None,
        };
        shown.then_some(includes)
    }
}

impl LeafProof {
    fn is_before(&self, other: &Self) -> bool {
        self.index.checked_add(1) == Some(other.index)
    }

    fn holds(&self, count: u64, root: &RootHash) -> bool {
        let (hashes, rest) = self.path.0.as_chunks::<32>();
        let path: Vec<Hash> = hashes.iter().map(|bytes| Hash::from_bytes(*bytes)).collect();
        let leaf = hash::leaf(self.serial.as_bytes());
        rest.is_empty() && verify_inclusion(&leaf, self.index, count, &path, &(*root).into()).is_ok()
    }
}
