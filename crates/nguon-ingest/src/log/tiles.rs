//! The log's static files: tiles, entry bundles and the published checkpoint, in a folder. [`TileWriter`] is the seam at
//! which object storage may take its place.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nguon_tlog::tile::{EntryBundle, FULL_WIDTH, ReadError, Tile, TileBuilder, TileReader, TileWriter, TiledTree};

use super::crash::{self, Step};
use super::durable;
use super::error::LogError;

/// A folder of tiles.
#[derive(Debug, Clone)]
pub(crate) struct TileFolder {
    root: Arc<Path>,
}

impl TileFolder {
    /// Makes it if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, LogError> {
        fs::create_dir_all(path).map_err(LogError::file(path))?;
        Ok(Self { root: path.into() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.root
    }

    /// The tree of the first `size` leaves.
    pub(crate) fn tree(&self, size: u64) -> TiledTree<&Self> {
        TiledTree::new(self, size)
    }

    /// The bytes of a tile or entry bundle by its path; `None` if this is no such path, or there is no such file.
    pub(crate) fn static_file(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        // Only paths that the specification knows: no other file of the folder, or beyond it, can be named.
        if Tile::parse(path).is_err() && EntryBundle::parse(path).is_err() {
            return Ok(None);
        }
        durable::read(&self.root.join(path))
    }

    /// Writes all that came into being since the last flush, and answers when it is durable.
    pub(super) fn flush(&self, log: &mut TileBuilder) -> Result<(), LogError> {
        let mut batch = Batch { folder: self, touched: BTreeSet::new() };
        log.flush(&mut batch)?;
        batch.finish()
    }

    /// The published checkpoint; `None` before the first.
    pub(super) fn published(&self) -> Result<Option<String>, LogError> {
        let path = self.checkpoint_path();
        let bytes = durable::read(&path).map_err(LogError::file(&path))?;
        let text = |bytes| {
            let reason = "it is not a checkpoint".to_owned();
            String::from_utf8(bytes).map_err(|_| LogError::File { path: path.clone(), reason })
        };
        bytes.map(text).transpose()
    }

    /// Publishes a checkpoint.
    pub(super) fn publish(&self, note: &str) -> Result<(), LogError> {
        let path = self.checkpoint_path();
        let explain = || LogError::file(&path);
        durable::write_beside(&path, note.as_bytes()).map_err(explain())?;
        crash::after(Step::CheckpointWritten);
        durable::take_place(&path).map_err(explain())?;
        durable::sync_folder(&self.root).map_err(explain())
    }

    /// Removes the partial tiles and bundles for which there are full ones since the size was `from`. Nobody depends on
    /// it being done: readers who ask for a partial tile in vain take the full one (tlog-tiles, "Partial Tiles").
    pub(super) fn drop_partial(&self, from: u64, to: u64) {
        let full = u64::from(FULL_WIDTH);
        for (level, width) in [(0, full), (1, full * full), (2, full * full * full)] {
            for index in from / width..to / width {
                let tile = Tile::new(level, index, FULL_WIDTH).map(|tile| tile.path());
                let bundle = EntryBundle::new(index, FULL_WIDTH).map(|bundle| bundle.path());
                let bundle = bundle.ok().filter(|_| level == 0);
                for path in tile.into_iter().chain(bundle) {
                    let _ = fs::remove_dir_all(self.root.join(path + ".p"));
                }
            }
        }
    }

    fn checkpoint_path(&self) -> PathBuf {
        self.root.join("checkpoint")
    }
}

impl TileReader for TileFolder {
    type Error = io::Error;

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }
}

/// What is wrong with the folder, in words.
pub(super) fn unreadable(error: &ReadError<io::Error>) -> String {
    match error {
        ReadError::Reader { path, source } => format!("{path}: {source}"),
        other => other.to_string(),
    }
}

/// The files of one flush. Each is whole on disk before it gets its name; the names are durable after [`Self::finish`].
struct Batch<'a> {
    folder: &'a TileFolder,
    touched: BTreeSet<PathBuf>,
}

impl TileWriter for Batch<'_> {
    type Error = LogError;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), LogError> {
        let path = self.folder.root.join(path);
        let explain = || LogError::file(&path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(explain())?;
            let below = parent.ancestors().take_while(|folder| folder.starts_with(&self.folder.root));
            self.touched.extend(below.map(Path::to_owned));
        }
        match durable::read(&path).map_err(explain())? {
            // Written before a crash. Its name may not be durable yet.
            Some(found) if found == bytes => return Ok(()),
            Some(_) => return Err(LogError::OtherTile(path)),
            None => {}
        }
        durable::write_beside(&path, bytes).map_err(explain())?;
        crash::after(Step::TileWritten);
        durable::take_place(&path).map_err(explain())?;
        crash::after(Step::TileInPlace);
        Ok(())
    }
}

impl Batch<'_> {
    fn finish(self) -> Result<(), LogError> {
        self.touched.iter().try_for_each(|folder| durable::sync_folder(folder).map_err(LogError::file(folder)))
    }
}
