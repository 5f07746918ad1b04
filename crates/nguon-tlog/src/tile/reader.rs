//! Reading a tree out of tiles.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::bundle::decode_entries;
use super::error::{ReadError, TileError};
use super::name::{EntryBundle, Tile};
use super::rows::Rows;
use crate::hash::Hash;
use crate::tree::NodeSource;

/// How many tiles a [`TiledTree`] remembers: one proof needs at most two at each of the eight levels.
const REMEMBERED: usize = 16;

/// Where a log's files are read: a directory, or a web server.
pub trait TileReader {
    /// Why a file could not be read.
    type Error;

    /// The whole file at this path below the log's prefix.
    ///
    /// # Errors
    /// The reader's own, also when there is no such file.
    fn read(&self, path: &str) -> Result<Vec<u8>, Self::Error>;
}

impl<R: TileReader + ?Sized> TileReader for &R {
    type Error = R::Error;

    fn read(&self, path: &str) -> Result<Vec<u8>, Self::Error> {
        (**self).read(path)
    }
}

/// The tree of the first `size` leaves of a log, out of its tiles.
///
/// Every tile's length is checked; whether its hashes are the log's shows only in the root or the proofs. It remembers
/// the tiles it read last, so make one for a checkpoint and ask it for all proofs.
///
/// Where a partial tile or bundle cannot be read, the full one is tried: a log may delete the former for the latter.
pub struct TiledTree<R> {
    reader: R,
    size: u64,
    recent: RefCell<VecDeque<(Tile, Rows)>>,
}

impl<R: TileReader> TiledTree<R> {
    /// The tree of the first `size` leaves. Nothing is read yet.
    pub fn new(reader: R, size: u64) -> Self {
        Self { reader, size, recent: RefCell::default() }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The entries of a bundle, as many as this tree has of it; none if it lies behind the last leaf.
    ///
    /// # Errors
    /// [`TileError::Entries`] if the bundle is truncated or too long, or the reader's own.
    pub fn entries(&self, bundle: u64) -> Result<Vec<Vec<u8>>, ReadError<R::Error>> {
        let Some(name) = EntryBundle::of(bundle, self.size) else { return Ok(Vec::new()) };
        let (found, bytes) = self.read_either(name, name.full(), EntryBundle::path)?;
        let entries = decode_entries(&found, &bytes)?;
        Ok(entries.into_iter().take(usize::from(name.width())).map(<[u8]>::to_vec).collect())
    }

    /// The bytes of a tile, as many as this tree has of it.
    pub(super) fn tile_bytes(&self, tile: &Tile) -> Result<Vec<u8>, ReadError<R::Error>> {
        let (found, mut bytes) = self.read_either(*tile, tile.full(), Tile::path)?;
        if bytes.len() != found.byte_length() {
            let (path, expected) = (found.path(), found.byte_length());
            return Err(TileError::Length { path, found: bytes.len(), expected }.into());
        }
        bytes.truncate(tile.byte_length());
        Ok(bytes)
    }

    /// The file of this name or, failing that, its full one; and which of them it is.
    fn read_either<N: PartialEq>(
        &self,
        name: N,
        full: N,
        path: fn(&N) -> String,
    ) -> Result<(N, Vec<u8>), ReadError<R::Error>> {
        let source = match self.reader.read(&path(&name)) {
            Ok(bytes) => return Ok((name, bytes)),
            Err(source) => source,
        };
        if full != name
            && let Ok(bytes) = self.reader.read(&path(&full))
        {
            return Ok((full, bytes));
        }
        Err(ReadError::Reader { path: path(&name), source })
    }

    /// Looks at a tile, which is read unless it is remembered.
    fn look<T>(&self, tile: Tile, at: impl FnOnce(&Rows) -> T) -> Result<T, ReadError<R::Error>> {
        if let Some((_, rows)) = self.recent.borrow().iter().find(|(recent, _)| *recent == tile) {
            return Ok(at(rows));
        }
        let rows = Rows::from_bytes(&self.tile_bytes(&tile)?);
        let answer = at(&rows);
        let mut recent = self.recent.borrow_mut();
        recent.truncate(REMEMBERED - 1);
        recent.push_front((tile, rows));
        Ok(answer)
    }
}

impl<R: TileReader> NodeSource for TiledTree<R> {
    type Error = ReadError<R::Error>;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        let outside = || TileError::Outside { level, index, size: self.size };
        if index >= self.size.checked_shr(level.into()).unwrap_or(0) {
            return Err(outside().into());
        }
        let (tile_level, row) = (level / 8, level % 8);
        let nodes_in_row = 256 >> row;
        let tile = Tile::of(tile_level, index / nodes_in_row, self.size).ok_or_else(outside)?;
        let place = usize::try_from(index % nodes_in_row).map_err(|_| outside())?;
        let node = self.look(tile, |rows| rows.get(row, place))?;
        Ok(node.ok_or_else(outside)?)
    }
}
