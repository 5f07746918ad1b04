//! What ties a bundle's records to a cosigned checkpoint of the log. Small, and made anew for each checkpoint, while the
//! records beside it never change.

use serde::{Deserialize, Serialize};

use crate::bytes::ByteString;
use crate::cbor::{self, CborError, decode_map};
use crate::envelope::CONTAINER_LIMITS;
use crate::ids::{EntryHash, RootHash};
use crate::trust::SignedRoot;
use crate::values::Time;

/// The proof version this library reads and writes.
pub const VERSION: u64 = 1;

/// The heads map at a cosigned checkpoint, whose last leaf it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapHead {
    /// C2SP signed note: tlog-checkpoint with the log's signature and tlog-cosignature lines.
    pub checkpoint: String,
    /// Log time of the map leaf.
    pub time: Time,
    /// Root of the map.
    pub root: RootHash,
    /// Inclusion proof of the last leaf (RFC 6962 §2.1.1), 32-byte hashes one after the other.
    pub inclusion: ByteString,
}

/// Where a bundle's records and trust roots stand in the log, and that there are no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Always 1.
    pub version: u64,
    /// The map that all else is proven against.
    pub head: MapHead,
    /// Multiproof ([`nguon_tlog::map`]) of all keys that the bundle calls for, ascending.
    pub map: ByteString,
    /// `[index, log time]` of each of the bundle's trust roots.
    pub roots: Vec<Vec<u64>>,
    /// Of each of the bundle's chains, in its order.
    pub chains: Vec<ChainProof>,
}

/// Where the records of one chain stand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainProof {
    /// `index, log time, anchor time` of each record carried, one after the other.
    pub positions: Vec<u64>,
    /// 1 if there is evidence of two histories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forked: Option<u64>,
    /// The records left out after the first one of a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Skipped>,
}

/// Records of earlier seasons of a place, which the season's opening has settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// How many.
    pub count: u64,
    /// The chain's entries up to the last of them, folded.
    pub entry: EntryHash,
}

/// Proof that no batch has a label: `no such lot`, by the log's word and not the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Always 1.
    pub version: u64,
    /// All trust roots, from version 1.
    pub roots: Vec<SignedRoot>,
    /// `[index, log time]` of each.
    pub places: Vec<Vec<u64>>,
    /// The map that the absence is proven against.
    pub head: MapHead,
    /// Multiproof of the label's key, absent, and the trust roots' key.
    pub map: ByteString,
}

macro_rules! coded {
    ($($type:ident)+) => {
        $(impl $type {
            /// Reads what [`Self::to_bytes`] writes.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
                cbor::from_canonical(bytes, CONTAINER_LIMITS)
            }

            /// Deterministic CBOR.
            pub fn to_bytes(&self) -> Result<Vec<u8>, CborError> {
                cbor::to_canonical(self, CONTAINER_LIMITS)
            }
        })+
    };
}

coded! { Proof Absence }

decode_map!(MapHead { required root, required time, required inclusion, required checkpoint });
decode_map!(Proof { required map, required head, required roots, required chains, required version });
decode_map!(ChainProof { optional forked, optional skipped, required positions });
decode_map!(Skipped { required count, required entry });
decode_map!(Absence { required map, required head, required roots, required places, required version });
