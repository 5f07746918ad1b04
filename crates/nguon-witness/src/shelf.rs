//! What was cosigned last, a file a log.

use std::path::{Path, PathBuf};

use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::Note;
use nguon_tlog::witness::Seen;

use crate::cosigner::Cosigner;
use crate::error::Error;
use crate::file;
use crate::log_id::LogKey;

/// A folder with the newest cosigned checkpoint of each log, which is both the cosigner's memory and what it serves.
/// Losing it is losing the promise never to cosign another history: a cosigner that lost it needs a new key.
#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

/// The checkpoint cosigned last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Newest {
    pub seen: Seen,
    /// When, by the cosigner's clock.
    pub time: u64,
    pub note: String,
}

impl Newest {
    /// Reads a note that this cosigner wrote about this log.
    pub(crate) fn parse(note: String, log: &LogKey, cosigner: &Cosigner) -> Option<Self> {
        let parsed = Note::parse(&note).ok()?;
        let time = cosigner.time_of(&parsed)?;
        let checkpoint = Checkpoint::parse(parsed.text()).ok().filter(|read| read.origin == log.origin())?;
        Some(Self { seen: Seen { size: checkpoint.size, root: checkpoint.root }, time, note })
    }
}

impl Shelf {
    /// The folder must be locked by the caller.
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// What was cosigned last. A file that is there and does not hold is an error, never a beginning.
    pub(crate) fn load(&self, log: &LogKey, cosigner: &Cosigner) -> Result<Option<Newest>, Error> {
        let path = self.path(log);
        let Some(note) = file::read_text(&path)? else { return Ok(None) };
        let newest = Newest::parse(note, log, cosigner);
        newest.map(Some).ok_or_else(|| Error::State { path, name: cosigner.name().to_owned() })
    }

    /// Answers once it is durable.
    pub(crate) fn store(&self, log: &LogKey, note: &str) -> Result<(), Error> {
        file::replace(&self.path(log), note.as_bytes())
    }

    fn path(&self, log: &LogKey) -> PathBuf {
        self.folder.join(format!("{}.checkpoint", log.id()))
    }
}
