//! Where an auditor reads a log: leaves and checkpoints in one place, what the leaves name in the same or another.

mod copy;
mod folder;
mod http;
mod sequence;
mod store;

use std::path::Path;

use nguon_core::envelope::Deployment;
use nguon_core::trust::SignedRoot;

use crate::error::Error;
use folder::Folder;
use http::Server;

/// A log's files. Nothing they say is believed before it fits a signed checkpoint.
pub trait LogFiles: Send {
    /// The published checkpoint's note.
    fn checkpoint(&self) -> Result<String, Error>;

    /// The newest checkpoint that the log signed, published or not; `None` while the log shows none, as after a crash,
    /// when records wait that no checkpoint covers.
    fn pending(&self) -> Result<Option<String>, Error> {
        self.checkpoint().map(Some)
    }

    /// The data of leaf `from` and at most some hundreds after it, of a log of `size` leaves.
    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error>;
}

/// What leaves name. Nothing is believed before it has the hash that its leaf names.
pub trait Contents: Send {
    /// The records among `count` leaves from an index on, each with its index: all of them, or the first some.
    fn records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, Error>;

    /// The versions of the trust root, signed; version 1 may be left out.
    fn roots(&self) -> Result<Vec<SignedRoot>, Error>;

    /// Evidence of two histories, by its hash.
    fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, Error>;
}

/// A log to be read.
pub struct Source {
    pub(crate) files: Box<dyn LogFiles>,
    pub(crate) contents: Box<dyn Contents>,
}

impl Source {
    /// Files and contents that are read in other ways than the ones below.
    #[must_use]
    pub fn new(files: Box<dyn LogFiles>, contents: Box<dyn Contents>) -> Self {
        Self { files, contents }
    }

    /// The note of the published checkpoint.
    pub fn checkpoint(&self) -> Result<String, Error> {
        self.files.checkpoint()
    }

    /// The note of the newest checkpoint that the log signed, published or not; `None` while it shows none.
    pub fn pending(&self) -> Result<Option<String>, Error> {
        self.files.pending()
    }

    /// The log behind an address: `{address}/log/checkpoint` and so on, contents from `{records}/v1/…`, the same
    /// address if none is given.
    pub fn at_address(address: &str, records: Option<&str>) -> Result<Self, Error> {
        let (files, contents) = (Server::at(address)?, Server::at(records.unwrap_or(address))?);
        Ok(Self::new(Box::new(files), Box::new(contents)))
    }

    /// The log of a deployment in a folder: an auditor's copy; a server's store or a backup of it, with its tiles if they
    /// are there; or a folder of tiles alone, whose contents are read at an address.
    pub fn in_folder(folder: &Path, records: Option<&str>, deployment: &Deployment) -> Result<Self, Error> {
        let contents = records.map(Server::at).transpose()?.map(|server| Box::new(server) as Box<dyn Contents>);
        if folder.join(crate::copy::LEAVES).exists() {
            let copy = copy::Copied::open(folder)?;
            let contents = contents.unwrap_or_else(|| Box::new(copy.clone()));
            return Ok(Self::new(Box::new(copy), contents));
        }
        if store::is_one(folder) {
            let stored = store::Stored::open(folder, deployment)?;
            let files: Box<dyn LogFiles> = match Folder::of(folder) {
                Ok(tiles) => Box::new(tiles),
                Err(_) => Box::new(stored.clone()),
            };
            return Ok(Self::new(files, contents.unwrap_or_else(|| Box::new(stored))));
        }
        let files = Folder::of(folder)?;
        let nowhere = || {
            let reason = "it holds tiles, but not the records: name a server that has them with --records URL";
            Error::nonsense(folder.display().to_string(), reason)
        };
        Ok(Self::new(Box::new(files), contents.ok_or_else(nowhere)?))
    }
}
