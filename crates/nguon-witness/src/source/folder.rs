//! A log's tiles in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use nguon_tlog::tile::{FULL_WIDTH, ReadError, TileReader, TiledTree};

use super::LogFiles;
use crate::error::Error;

/// A folder with `checkpoint` and `tile/…`.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder itself, or `log` in it, as a server keeps it in its store.
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        let is_log = |folder: &PathBuf| folder.join("tile").is_dir();
        let found = [path.to_owned(), path.join("log")].into_iter().find(is_log);
        let none = || {
            let reason = "no tiles are there, nor in a folder named log in it: name a server's store, a folder of tiles or \
                          an auditor's state";
            Error::nonsense(path.display().to_string(), reason)
        };
        found.map(Self).ok_or_else(none)
    }
}

impl TileReader for Folder {
    type Error = Error;

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let path = self.0.join(path);
        fs::read(&path).map_err(Error::file(&path))
    }
}

impl LogFiles for Folder {
    fn checkpoint(&self) -> Result<String, Error> {
        let path = self.0.join("checkpoint");
        fs::read_to_string(&path).map_err(Error::file(&path))
    }

    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
        leaves_of(&TiledTree::new(self, size), from, &self.0.display().to_string())
    }
}

/// The leaves of one entry bundle, from an index on.
pub(super) fn leaves_of<R: TileReader<Error = Error>>(
    tree: &TiledTree<R>,
    from: u64,
    place: &str,
) -> Result<Vec<Vec<u8>>, Error> {
    let width = u64::from(FULL_WIDTH);
    let mut leaves = tree.entries(from / width).map_err(|error| match error {
        ReadError::Reader { source, .. } => source,
        other => Error::nonsense(place, other),
    })?;
    let before = usize::try_from(from % width).unwrap_or(usize::MAX).min(leaves.len());
    leaves.drain(..before);
    Ok(leaves)
}
