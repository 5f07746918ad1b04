//! Reading a copy from its beginning.

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};

use nguon_core::log::{LEAF_LENGTH, Leaf};

use super::{CONTENTS, LEAVES, has_content};
use crate::error::Error;

/// A leaf and what it names.
pub(crate) type NamedLeaf = (Leaf, Option<Vec<u8>>);

/// Leaves in order, each with what it names. A leaf cut short at the end is left out.
pub(crate) struct Reader {
    folder: PathBuf,
    leaves: BufReader<io::Take<File>>,
    contents: BufReader<File>,
    /// How many bytes of contents there were when it was opened: no length in them is trusted.
    contents_left: u64,
    contents_read: u64,
    index: u64,
}

impl Reader {
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        let open = |name| {
            let path = folder.join(name);
            let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
            opened.map_err(Error::file(&path))
        };
        // In this order, and no further than the leaves go now: a copy that grows meanwhile has what these leaves name.
        let (length, leaves) = open(LEAVES)?;
        let (contents_left, contents) = open(CONTENTS)?;
        Ok(Self {
            folder: folder.to_owned(),
            leaves: BufReader::with_capacity(1 << 20, leaves.take(length)),
            contents: BufReader::with_capacity(1 << 20, contents),
            contents_left,
            contents_read: 0,
            index: 0,
        })
    }

    /// How many bytes of the contents belong to the leaves read.
    pub(crate) const fn contents_read(&self) -> u64 {
        self.contents_read
    }

    fn read(&mut self) -> Result<Option<NamedLeaf>, Error> {
        let mut bytes = [0; LEAF_LENGTH];
        match self.leaves.read_exact(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read.map_err(Error::file(&self.folder.join(LEAVES)))?,
        }
        let leaf =
            Leaf::from_bytes(&bytes).map_err(|error| self.damaged(format_args!("leaf {}: {error}", self.index)))?;
        let content = if has_content(self.index, &leaf) { Some(self.content()?) } else { None };
        self.index += 1;
        Ok(Some((leaf, content)))
    }

    fn content(&mut self) -> Result<Vec<u8>, Error> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let length = u32::from_be_bytes(length);
        if u64::from(length) > self.contents_left {
            return Err(self.cut_short());
        }
        let mut content = vec![0; length as usize];
        self.fill(&mut content)?;
        Ok(content)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        let length = bytes.len() as u64;
        let left = self.contents_left.checked_sub(length).ok_or_else(|| self.cut_short())?;
        match self.contents.read_exact(bytes) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(self.cut_short()),
            read => read.map_err(Error::file(&self.folder.join(CONTENTS)))?,
        }
        self.contents_left = left;
        self.contents_read += length;
        Ok(())
    }

    fn cut_short(&self) -> Error {
        self.damaged(format_args!("the content of leaf {} is cut short", self.index))
    }

    fn damaged(&self, reason: impl ToString) -> Error {
        Error::Copy { path: self.folder.clone(), reason: reason.to_string() }
    }
}

impl Iterator for Reader {
    type Item = Result<NamedLeaf, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
