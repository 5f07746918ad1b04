//! What can be wrong with tiles.

/// Why a tile, an entry bundle or its path was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TileError {
    /// The caller's path or numbers name no tile.
    #[error("{0} is not the path of a tile or entry bundle")]
    Name(String),
    /// The caller's entry does not fit a bundle, whose lengths are 16 bits.
    #[error("an entry of {0} bytes is too long for the log: at most 65535 fit")]
    EntryTooLong(usize),
    /// The store's file has another length than its path demands.
    #[error("{path} has {found} bytes instead of {expected}: restore it from a copy of the log")]
    Length {
        /// Which file.
        path: String,
        /// How long it is.
        found: usize,
        /// How long it must be.
        expected: usize,
    },
    /// The store's entry bundle does not hold the entries that its path promises, whole and with nothing after them.
    #[error("{path} does not hold exactly {expected} whole entries: restore it from a copy of the log")]
    Entries {
        /// Which file.
        path: String,
        /// How many it must hold.
        expected: u16,
    },
    /// The store's entry bundle and tile disagree.
    #[error("entry {position} of {path} is not the one that the log's tree holds: restore it from a copy of the log")]
    OtherEntry {
        /// Which entry bundle.
        path: String,
        /// Which of its entries, counted from 0.
        position: usize,
    },
    /// The caller asked for a node that this tree does not have.
    #[error("a log of {size} entries has no node {index} at level {level}")]
    Outside {
        /// Its level: it would stand over 2^level leaves.
        level: u8,
        /// Its index in the level.
        index: u64,
        /// How many leaves there are.
        size: u64,
    },
}

/// Why something could not be had from a store of tiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError<E> {
    /// What the store gave is not what it should be.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// The store failed, or has no such file.
    #[error("{path} cannot be read")]
    Reader {
        /// Which file.
        path: String,
        /// The store's own error.
        source: E,
    },
}
