//! The home folder: where it is, and one process at a time in it.

mod keys;
mod names;
mod openings;
mod outbox;
mod positions;
mod seen;
mod serials;

pub use keys::{KeyFile, KeyName};
pub use names::Names;
pub use openings::Openings;
pub use outbox::{Entry, Number, Outbox, Refusal, Waiting};
pub use positions::{PositionFiles, Positions};
pub use seen::SeenFile;
pub use serials::SerialFiles;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::trust::TrustRoot;

use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::remark;
use crate::sequence;

/// The home folder.
#[derive(Debug, Clone)]
pub struct Home {
    dir: PathBuf,
}

/// Held while a command reads and changes the home, so that two commands do not sign on the same head.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Home {
    /// The folder given, or `.nguon` in the user's own.
    pub fn new(given: Option<PathBuf>) -> Result<Self, Error> {
        let own = || std::env::home_dir().filter(|dir| !dir.as_os_str().is_empty()).map(|dir| dir.join(".nguon"));
        let dir = given
            .or_else(own)
            .ok_or_else(|| Error::caller("this account has no home folder").next("give one with --home DIR"))?;
        Ok(Self { dir })
    }

    /// Makes the folder if it is not there, and waits until no other command is at work in it.
    pub fn lock(&self) -> Result<Lock, Error> {
        files::make_private_folder(&self.dir)?;
        let path = self.dir.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| Error::file(&path, &error))?;
        if file.try_lock().is_err() {
            remark("Waiting for another nguon command in this home to end …");
            file.lock().map_err(|error| Error::file(&path, &error))?;
        }
        Ok(Lock { _file: file })
    }

    /// Where the trust root is.
    pub fn root_file(&self) -> PathBuf {
        self.dir.join("root.nguon")
    }

    /// The trust root this home trusts.
    pub fn trust(&self) -> Result<TrustRoot, Error> {
        let path = self.root_file();
        let bytes = files::read(&path)?.ok_or_else(|| {
            Error::home(format_args!("{} is not there", path.display()))
                .next("make a deployment with `nguon init`, or take over an existing one's root with `nguon root import FILE`")
                .code("no_root")
        })?;
        read_root(&bytes, &path)
    }

    /// The keys.
    pub fn keys(&self) -> PathBuf {
        self.dir.join("keys")
    }

    /// Local names of chains.
    pub fn names(&self) -> Result<Names, Error> {
        Names::load(self.dir.join("names.json"))
    }

    /// What waits to be sent.
    pub fn outbox(&self) -> Outbox {
        Outbox::at(self.dir.join("outbox"))
    }

    /// Personal data kept here.
    pub fn openings(&self) -> Openings {
        Openings::at(self.dir.join("openings"))
    }

    /// The newest checkpoints verified here.
    pub fn seen(&self) -> SeenFile {
        SeenFile::at(self.dir.join("seen.json"))
    }

    /// Where a log has records of the chains fetched.
    pub fn positions(&self) -> PositionFiles {
        PositionFiles::at(self.dir.join("positions"))
    }

    /// Serials of labels issued from here.
    pub fn serials(&self) -> SerialFiles {
        SerialFiles::at(self.dir.join("serials"))
    }

    /// The lists of recalls, one an authority.
    pub fn recalls(&self) -> PathBuf {
        self.dir.join("recalls")
    }

    /// The chains fetched or sent.
    pub fn chain_ids(&self) -> Result<Vec<ChainId>, Error> {
        let names = files::list(&self.chains(), CHAIN)?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(CHAIN)?.parse().ok()).collect())
    }

    /// A chain's records as the server has them; none if it was never fetched.
    pub fn chain(&self, chain: &ChainId) -> Result<Vec<SignedRecord>, Error> {
        let path = self.chain_file(chain);
        let bytes = files::read(&path)?.unwrap_or_default();
        sequence::split(&bytes).map_err(|(at, error)| {
            Error::home(format_args!("{} is damaged at byte {at}: {error}", path.display()))
                .next(format_args!("delete it and run `nguon pull {chain}`"))
                .code("damaged")
        })
    }

    /// Keeps a chain's records.
    pub fn keep_chain(&self, chain: &ChainId, records: &[SignedRecord]) -> Result<(), Error> {
        files::make_private_folder(&self.chains())?;
        files::write(&self.chain_file(chain), &sequence::join(records), Mode::Private)
    }

    fn chains(&self) -> PathBuf {
        self.dir.join("chains")
    }

    fn chain_file(&self, chain: &ChainId) -> PathBuf {
        self.chains().join(format!("{chain}{CHAIN}"))
    }
}

const CHAIN: &str = ".cbor-seq";

/// Reads and checks a trust root.
pub fn read_root(bytes: &[u8], path: &Path) -> Result<TrustRoot, Error> {
    TrustRoot::from_bytes(bytes).map_err(|error| {
        Error::caller(format_args!("{}: {error}", path.display()))
            .next("take the root file again from whoever runs this deployment, and compare its id")
            .code("bad_root")
    })
}
