//! A log as another auditor copied it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nguon_core::log::Leaf;
use nguon_core::trust::SignedRoot;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::Note;

use super::{Contents, LogFiles};
use crate::copy::{CHECKPOINT, NamedLeaf, Reader};
use crate::error::Error;
use crate::file;

/// How many leaves are handed out at a time.
const BATCH: u64 = 256;

type Leaves = Arc<Vec<NamedLeaf>>;

/// The copy, in memory. Its auditor may go on writing it: it is read again when its checkpoint has grown.
#[derive(Clone)]
pub(super) struct Copied {
    folder: PathBuf,
    leaves: Arc<Mutex<Leaves>>,
}

impl Copied {
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let leaves = Arc::new(Mutex::new(read(folder)?));
        Ok(Self { folder: folder.to_owned(), leaves })
    }

    fn leaves(&self) -> Leaves {
        self.leaves.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the copy again if it was shorter than a checkpoint says.
    fn reach(&self, note: &str) -> Result<(), Error> {
        let checkpoint = Note::parse(note).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
        let size = checkpoint.and_then(|checkpoint| usize::try_from(checkpoint.size).ok());
        if size.is_some_and(|size| size > self.leaves().len()) {
            *self.leaves.lock().unwrap_or_else(PoisonError::into_inner) = read(&self.folder)?;
        }
        Ok(())
    }
}

fn read(folder: &Path) -> Result<Leaves, Error> {
    Reader::open(folder)?.collect::<Result<_, _>>().map(Arc::new)
}

/// Leaves from an index on, with their indexes.
fn part(leaves: &Leaves, from: u64, count: u64) -> impl Iterator<Item = (u64, &NamedLeaf)> {
    let [skip, take] = [from, count].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    (from..).zip(leaves.iter().skip(skip).take(take))
}

impl LogFiles for Copied {
    fn checkpoint(&self) -> Result<String, Error> {
        let path = self.folder.join(CHECKPOINT);
        let note = file::read_text(&path)?;
        let note = note.ok_or_else(|| Error::unreachable(path.display().to_string(), "there is no such file"))?;
        self.reach(&note)?;
        Ok(note)
    }

    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
        let count = BATCH.min(size.saturating_sub(from));
        Ok(part(&Copied::leaves(self), from, count).map(|(_, (leaf, _))| leaf.to_bytes().to_vec()).collect())
    }
}

impl Contents for Copied {
    fn records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let record = |(index, (leaf, content)): (u64, &NamedLeaf)| match leaf {
            Leaf::Record { .. } => content.clone().map(|content| (index, content)),
            _ => None,
        };
        Ok(part(&self.leaves(), from, count).filter_map(record).collect())
    }

    fn roots(&self) -> Result<Vec<SignedRoot>, Error> {
        let read = |bytes: &Vec<u8>| {
            SignedRoot::from_bytes(bytes).map_err(|error| Error::nonsense(self.folder.display().to_string(), error))
        };
        let leaves = self.leaves();
        let roots = leaves.iter().filter(|(leaf, _)| matches!(leaf, Leaf::Root { .. }));
        roots.filter_map(|(_, content)| content.as_ref()).map(read).collect()
    }

    fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        let leaves = self.leaves();
        let found = leaves.iter().find(|(leaf, _)| matches!(leaf, Leaf::Fork { evidence, .. } if evidence == hash));
        Ok(found.and_then(|(_, content)| content.clone()))
    }
}
