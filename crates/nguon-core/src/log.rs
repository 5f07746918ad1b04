//! What goes into the transparency log, and what its map says of each chain. `nguon-tlog` knows trees; this module says
//! what their leaves mean.
//!
//! Leaf data is 41 bytes, integers big-endian: `sort ‖ u64 log_time ‖ 32 bytes`. The last leaf of every checkpoint is the
//! root of the heads map over all leaves before it.

use nguon_tlog::hash::Hash;
use nguon_tlog::map;

pub use crate::ids::EntryHash;
use crate::ids::{ChainId, RootHash, StatementId, hash};
use crate::values::{Code, Label, Time};

/// How many bytes leaf data has.
pub const LEAF_LENGTH: usize = 41;

/// One leaf's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// `0x00`: a record.
    Record {
        /// When the log took it.
        log_time: Time,
        /// Which.
        statement: StatementId,
    },
    /// `0x01`: the heads map over all leaves before this one.
    Map {
        /// When it was closed.
        log_time: Time,
        /// The map's root.
        root: Hash,
    },
    /// `0x02`: a version of the trust root.
    Root {
        /// When the log took it.
        log_time: Time,
        /// SHA-256 of its payload.
        payload: [u8; 32],
    },
    /// `0x03`: evidence that somebody signed two histories.
    Fork {
        /// When the log took it.
        log_time: Time,
        /// SHA-256 of the evidence.
        evidence: [u8; 32],
    },
}

/// Why bytes are not leaf data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LeafError {
    /// Not 41 bytes.
    #[error("leaf data of {0} bytes; it has 41")]
    Length(usize),
    /// A sort this library does not know.
    #[error("a leaf of sort {0}, which this software does not know")]
    Sort(u8),
    /// A time beyond 2^53 − 1.
    #[error("a leaf's log time is out of range")]
    Time,
}

impl Leaf {
    /// When the log took it.
    #[must_use]
    pub const fn log_time(&self) -> Time {
        match self {
            Self::Record { log_time, .. }
            | Self::Map { log_time, .. }
            | Self::Root { log_time, .. }
            | Self::Fork { log_time, .. } => *log_time,
        }
    }

    /// The leaf's data.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; LEAF_LENGTH] {
        let (sort, content) = match self {
            Self::Record { statement, .. } => (0, statement.as_bytes()),
            Self::Map { root, .. } => (1, root.as_bytes()),
            Self::Root { payload, .. } => (2, payload),
            Self::Fork { evidence, .. } => (3, evidence),
        };
        let mut bytes = [0; LEAF_LENGTH];
        bytes[0] = sort;
        bytes[1..9].copy_from_slice(&self.log_time().get().to_be_bytes());
        bytes[9..].copy_from_slice(content);
        bytes
    }

    /// Reads leaf data.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LeafError> {
        let bytes: &[u8; LEAF_LENGTH] = bytes.try_into().map_err(|_| LeafError::Length(bytes.len()))?;
        let (mut time, mut content) = ([0; 8], [0; 32]);
        time.copy_from_slice(&bytes[1..9]);
        content.copy_from_slice(&bytes[9..]);
        let log_time = Time::new(u64::from_be_bytes(time)).map_err(|_| LeafError::Time)?;
        match bytes[0] {
            0 => Ok(Self::Record { log_time, statement: StatementId::from_bytes(content) }),
            1 => Ok(Self::Map { log_time, root: Hash::from_bytes(content) }),
            2 => Ok(Self::Root { log_time, payload: content }),
            3 => Ok(Self::Fork { log_time, evidence: content }),
            sort => Err(LeafError::Sort(sort)),
        }
    }
}

/// Where a record stands in the log, and what the log says of its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Index of its leaf.
    pub index: u64,
    /// When the log took it: it was signed no later.
    pub log_time: Time,
    /// When the checkpoint it names was closed: it was signed no earlier. Zero if it names none.
    pub anchor_time: Time,
}

impl EntryHash {
    /// `e_{−1}`: 32 zero bytes.
    pub const START: Self = Self::from_bytes([0; 32]);

    /// `SHA-256("nguon/entry/v1\n" ‖ e_{n−1} ‖ id ‖ u64 index ‖ u64 log_time ‖ u64 anchor_time)`. The id is a statement
    /// id, or the hash of a trust root's payload.
    #[must_use]
    pub fn next(self, id: &[u8; 32], at: &Position) -> Self {
        let numbers = [at.index, at.log_time.get(), at.anchor_time.get()].map(u64::to_be_bytes);
        let [index, log_time, anchor_time] = &numbers;
        Self(hash(&[b"nguon/entry/v1\n", &self.0, id, index, log_time, anchor_time]))
    }
}

/// What the heads map holds of a chain: all its entries, how many they are, and whether it is forked or recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainEntry {
    /// All entries, folded.
    pub entry: EntryHash,
    /// How many.
    pub count: u64,
    /// Whether there is evidence of a second history.
    pub forked: bool,
    /// Whether a recall stands on it.
    pub recalled: bool,
}

impl ChainEntry {
    /// A chain without entries.
    pub const START: Self = Self { entry: EntryHash::START, count: 0, forked: false, recalled: false };

    /// The chain with one entry more.
    #[must_use]
    pub fn next(self, statement: &StatementId, at: &Position) -> Self {
        Self { entry: self.entry.next(statement.as_bytes(), at), count: self.count + 1, ..self }
    }

    /// `status`: 1 if the chain is forked, plus 2 if a recall stands on it.
    #[must_use]
    pub const fn status(&self) -> u8 {
        self.forked as u8 | (self.recalled as u8) << 1
    }

    /// SHA-256 of `e_n ‖ u64 count ‖ status`, the value under [`chain_key`].
    #[must_use]
    pub fn value(&self) -> [u8; 32] {
        map::value_hash(&[&self.entry.0[..], &self.count.to_be_bytes(), &[self.status()]].concat())
    }
}

/// `SHA-256("nguon/chain/v1\n" ‖ chain_id)`: where the map keeps a chain.
#[must_use]
pub fn chain_key(chain: &ChainId) -> [u8; 32] {
    hash(&[b"nguon/chain/v1\n", chain.as_bytes()])
}

/// `SHA-256("nguon/label/v1\n" ‖ GTIN-14 ‖ lot)`: where the map keeps whose label it is.
#[must_use]
pub fn label_key(label: &Label) -> [u8; 32] {
    label_key_of(label.gtin.get(), label.lot.get())
}

/// [`label_key`] of what was scanned.
#[must_use]
pub fn label_key_of(gtin: &nguon_gs1::Gtin, lot: &nguon_gs1::Lot) -> [u8; 32] {
    hash(&[b"nguon/label/v1\n", gtin.to_string().as_bytes(), lot.as_str().as_bytes()])
}

/// `SHA-256("nguon/place/v1\n" ‖ u32 length of issuer ‖ issuer ‖ code)`: where the map keeps whose code it is.
#[must_use]
pub fn place_key(issuer: &Code, code: &Code) -> [u8; 32] {
    let length = u32::try_from(issuer.as_str().len()).unwrap_or(u32::MAX).to_be_bytes();
    hash(&[b"nguon/place/v1\n", &length, issuer.as_str().as_bytes(), code.as_str().as_bytes()])
}

/// `SHA-256("nguon/root/v1\n")`: where the map keeps the versions of the trust root.
#[must_use]
pub fn root_key() -> [u8; 32] {
    hash(&[b"nguon/root/v1\n"])
}

/// The value under [`label_key`] and [`place_key`]: the chain that took the name first.
#[must_use]
pub fn name_value(chain: &ChainId) -> [u8; 32] {
    map::value_hash(chain.as_bytes())
}

/// The value under [`label_key`] and [`place_key`] of a name that was taken and freed again.
#[must_use]
pub fn free_value() -> [u8; 32] {
    map::value_hash(&[])
}

/// The value under [`root_key`]: all versions, folded, and the number of the newest.
#[must_use]
pub fn root_value(entry: &EntryHash, version: u64) -> [u8; 32] {
    map::value_hash(&[&entry.0[..], &version.to_be_bytes()].concat())
}

impl From<Hash> for RootHash {
    fn from(hash: Hash) -> Self {
        Self::from_bytes(*hash.as_bytes())
    }
}

impl From<RootHash> for Hash {
    fn from(hash: RootHash) -> Self {
        Self::from_bytes(*hash.as_bytes())
    }
}
