//! Writing a growing log as tiles and entry bundles.

use std::collections::VecDeque;
use std::mem;

use super::bundle::push_entry;
use super::error::{ReadError, TileError};
use super::name::{EntryBundle, FULL_WIDTH, Tile};
use super::reader::{TileReader, TiledTree};
use crate::hash::{self, Hash};
use crate::tree::Frontier;

/// 256^8 leaves are more than 64 bits can count.
const LEVELS: usize = 8;

/// How many bytes a full tile has.
const FULL_TILE: usize = FULL_WIDTH as usize * Hash::LENGTH;

/// Where a log's files are written: a directory, or object storage.
///
/// A path, once written, is only ever written again with the same bytes, as long as the log itself is continued with
/// the same entries: a writer may refuse others.
pub trait TileWriter {
    /// Why a file could not be written.
    type Error;

    /// Writes the whole file at this path below the log's prefix.
    ///
    /// # Errors
    /// The writer's own.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;
}

impl<W: TileWriter + ?Sized> TileWriter for &mut W {
    type Error = W::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        (**self).write(path, bytes)
    }
}

/// A growing log. In memory it keeps the right edge of the tree, and what was not flushed.
#[derive(Debug, Clone, Default)]
pub struct TileBuilder {
    frontier: Frontier,
    /// The bundle that is not full.
    bundle: Vec<u8>,
    /// By level, the tile that is not full.
    edge: [Vec<u8>; LEVELS],
    /// Full tiles and bundles that wait for a flush, with their paths.
    full: VecDeque<(String, Vec<u8>)>,
    /// The size at the last flush.
    flushed: u64,
}

impl TileBuilder {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Continues a log of `size` leaves, of whose files it reads the right edge.
    ///
    /// It checks lengths, and that the entries of a partial bundle are those of the tree. Whether the tree is the log's
    /// is for the caller to find out: compare [`Frontier::root`] with the checkpoint's.
    ///
    /// # Errors
    /// What is wrong with a file, or the reader's own error.
    pub fn resume<R: TileReader>(size: u64, reader: R) -> Result<Self, ReadError<R::Error>> {
        let tree = TiledTree::new(reader, size);
        let mut log = Self { frontier: Frontier::from_source(&tree, size)?, flushed: size, ..Self::default() };
        for (level, hashes) in (0..).zip(&mut log.edge) {
            if let Some(tile) = Tile::last_of(level, size).filter(|tile| tile.width() < FULL_WIDTH) {
                *hashes = tree.tile_bytes(&tile)?;
            }
        }
        if let Some(name) = EntryBundle::of(size / u64::from(FULL_WIDTH), size) {
            let [hashes, ..] = &log.edge;
            let (leaves, _) = hashes.as_chunks();
            for (position, (entry, leaf)) in tree.entries(name.index())?.iter().zip(leaves).enumerate() {
                if hash::leaf(entry).as_bytes() != leaf {
                    return Err(TileError::OtherEntry { path: name.path(), position }.into());
                }
                push_entry(&mut log.bundle, entry)?;
            }
        }
        Ok(log)
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The right edge of the tree: its root, and the proof of the last leaf.
    #[must_use]
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// [`TileError::EntryTooLong`]; the log is then as it was.
    pub fn append(&mut self, entry: &[u8]) -> Result<(), TileError> {
        push_entry(&mut self.bundle, entry)?;
        let edge = &mut self.edge;
        self.frontier.append_watched(hash::leaf(entry), |level, node| {
            if level % 8 == 0
                && let Some(hashes) = edge.get_mut(usize::from(level / 8))
            {
                hashes.extend_from_slice(node.as_bytes());
            }
        });
        if self.size().is_multiple_of(u64::from(FULL_WIDTH)) {
            self.set_full_aside();
        }
        Ok(())
    }

    /// Writes what came into being since the last flush: full tiles and bundles, and the partial ones of this size.
    ///
    /// After an error, flush again: what was not written is tried once more.
    ///
    /// # Errors
    /// The writer's own.
    pub fn flush<W: TileWriter + ?Sized>(&mut self, writer: &mut W) -> Result<(), W::Error> {
        while let Some((path, bytes)) = self.full.front() {
            writer.write(path, bytes)?;
            self.full.pop_front();
        }
        let size = self.size();
        if size != self.flushed
            && let Some(bundle) = EntryBundle::of(size / u64::from(FULL_WIDTH), size)
        {
            writer.write(&bundle.path(), &self.bundle)?;
        }
        for (level, hashes) in (0..).zip(&self.edge) {
            let has_grown = size >> (8 * level) != self.flushed >> (8 * level);
            if has_grown
                && !hashes.is_empty()
                && let Some(tile) = Tile::last_of(level, size)
            {
                writer.write(&tile.path(), hashes)?;
            }
        }
        self.flushed = size;
        Ok(())
    }

    /// Takes the bundle, and the tiles of every level that the last leaf filled, off the edge.
    fn set_full_aside(&mut self) {
        let size = self.size();
        if let Some(bundle) = EntryBundle::of(size / u64::from(FULL_WIDTH) - 1, size) {
            let room = Vec::with_capacity(self.bundle.len());
            self.full.push_back((bundle.path(), mem::replace(&mut self.bundle, room)));
        }
        for (level, hashes) in (0..).zip(&mut self.edge) {
            if hashes.len() < FULL_TILE {
                break;
            }
            if let Some(tile) = Tile::last_of(level, size) {
                let room = Vec::with_capacity(FULL_TILE);
                self.full.push_back((tile.path(), mem::replace(hashes, room)));
            }
        }
    }
}
