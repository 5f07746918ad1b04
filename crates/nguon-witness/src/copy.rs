//! An auditor's own copy of a log: two files that only grow, and the checkpoint up to which they were audited.
//!
//! `leaves` holds each leaf's 41 bytes; `contents`, for each leaf that names something (all but map leaves and leaf 0),
//! its length in 32 bits, big-endian, and its bytes. Contents are made durable before their leaves, so that after a crash
//! there is at most too much of them, and a leaf cut short; both are cut off again.

mod reader;

pub(crate) use reader::{NamedLeaf, Reader};

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use nguon_core::log::{LEAF_LENGTH, Leaf};

use crate::error::Error;
use crate::file::{self, Lock};

pub(crate) const LEAVES: &str = "leaves";
pub(crate) const CONTENTS: &str = "contents";
pub(crate) const CHECKPOINT: &str = "checkpoint";

/// More than this many bytes do not wait to be written.
const MOST_WAITING: usize = 4 * 1024 * 1024;

/// A copy to be continued.
#[derive(Debug)]
pub(crate) struct Copy {
    folder: PathBuf,
    leaves: Growing,
    contents: Growing,
    _lock: Lock,
}

/// A file that grows. What waits is not in it yet.
#[derive(Debug)]
struct Growing {
    path: PathBuf,
    file: File,
    length: u64,
    waiting: Vec<u8>,
}

/// Whether a leaf names something that is kept beside it.
pub(super) const fn has_content(index: u64, leaf: &Leaf) -> bool {
    index != 0 && !matches!(leaf, Leaf::Map { .. })
}

impl Copy {
    /// Makes the folder or takes it up, showing each leaf that is there to `each`.
    pub(crate) fn open(
        folder: &Path,
        mut each: impl FnMut(u64, &Leaf, Option<&[u8]>) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let lock = Lock::take(folder)?;
        let [leaves, contents] = [LEAVES, CONTENTS].map(|name| Growing::open(folder.join(name)));
        let (mut leaves, mut contents) = (leaves?, contents?);
        file::sync_folder(folder).map_err(Error::file(folder))?;
        let mut reader = Reader::open(folder)?;
        let mut index = 0;
        for read in reader.by_ref() {
            let (leaf, content) = read?;
            each(index, &leaf, content.as_deref())?;
            index += 1;
        }
        leaves.cut(index * LEAF_LENGTH as u64)?;
        contents.cut(reader.contents_read())?;
        Ok(Self { folder: folder.to_owned(), leaves, contents, _lock: lock })
    }

    /// Takes up one more leaf, which is durable after the next [`Self::commit`].
    pub(crate) fn push(&mut self, index: u64, leaf: &Leaf, content: Option<&[u8]>) -> Result<(), Error> {
        if has_content(index, leaf) {
            let content = content.unwrap_or_default();
            let too_long = || Error::nonsense(self.folder.display().to_string(), "a content beyond 4 GiB");
            let length = u32::try_from(content.len()).map_err(|_| too_long())?;
            self.contents.waiting.extend_from_slice(&length.to_be_bytes());
            self.contents.waiting.extend_from_slice(content);
        }
        self.leaves.waiting.extend_from_slice(&leaf.to_bytes());
        if self.contents.waiting.len() > MOST_WAITING { self.commit() } else { Ok(()) }
    }

    /// Makes all leaves durable. After an error they wait for the next one.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        self.contents.commit()?;
        self.leaves.commit()
    }

    /// Keeps the checkpoint up to which all was audited.
    pub(crate) fn keep_checkpoint(&self, note: &str) -> Result<(), Error> {
        file::replace(&self.folder.join(CHECKPOINT), note.as_bytes())
    }

    /// The checkpoint kept last.
    pub(crate) fn checkpoint(&self) -> Result<Option<String>, Error> {
        file::read_text(&self.folder.join(CHECKPOINT))
    }

    /// The leaves from an index on, as many as are durable and at most so many.
    pub(crate) fn leaves(&self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, Error> {
        const WIDTH: u64 = LEAF_LENGTH as u64;
        let end = self.leaves.length.min(from.saturating_add(count).saturating_mul(WIDTH));
        let start = from.saturating_mul(WIDTH).min(end);
        let read = || {
            let mut file = File::open(&self.leaves.path)?;
            file.seek(SeekFrom::Start(start))?;
            let mut bytes = Vec::new();
            file.take(end - start).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(Error::file(&self.leaves.path))?;
        Ok(bytes.chunks_exact(LEAF_LENGTH).map(<[u8]>::to_vec).collect())
    }
}

impl Growing {
    fn open(path: PathBuf) -> Result<Self, Error> {
        let opened = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let file = opened.map_err(Error::file(&path))?;
        Ok(Self { path, file, length: 0, waiting: Vec::new() })
    }

    /// What lies behind was never confirmed.
    fn cut(&mut self, length: u64) -> Result<(), Error> {
        self.file.set_len(length).map_err(Error::file(&self.path))?;
        self.length = length;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let mut write = || {
            // An earlier attempt may have left a part.
            self.file.set_len(self.length)?;
            self.file.seek(SeekFrom::Start(self.length))?;
            self.file.write_all(&self.waiting)?;
            self.file.sync_data()
        };
        if self.waiting.is_empty() {
            return Ok(());
        }
        write().map_err(Error::file(&self.path))?;
        self.length += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }
}
