//! Local names for chains: `coop` instead of 64 digits. They never leave this computer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nguon_core::ids::ChainId;

use crate::error::Error;
use crate::files::{self, Mode};

/// The names there are.
#[derive(Debug)]
pub struct Names {
    path: PathBuf,
    names: BTreeMap<String, ChainId>,
}

impl Names {
    pub(super) fn load(path: PathBuf) -> Result<Self, Error> {
        let names = match files::read(&path)? {
            None => BTreeMap::new(),
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                Error::home(format_args!("{}: {error}", path.display()))
                    .next("correct the file, or delete it: only local names are lost")
                    .code("damaged")
            })?,
        };
        Ok(Self { path, names })
    }

    /// The chain of this name.
    pub fn get(&self, name: &str) -> Option<ChainId> {
        self.names.get(name).copied()
    }

    /// The name of a chain, if it has one.
    pub fn of(&self, chain: &ChainId) -> Option<&str> {
        self.names.iter().find(|(_, named)| *named == chain).map(|(name, _)| name.as_str())
    }

    /// All names, by chain.
    pub fn all(&self) -> BTreeMap<ChainId, String> {
        self.names.iter().map(|(name, chain)| (*chain, name.clone())).collect()
    }

    /// Refuses a name that cannot be given.
    pub fn check(&self, name: &str) -> Result<(), Error> {
        let like_an_id = name.len() >= 8 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if name.is_empty() || name.contains(['=', '/']) || name.starts_with('-') || like_an_id {
            return Err(Error::caller(format_args!("{name:?} cannot be a name"))
                .next("choose one that does not look like an id, without '=' and '/'"));
        }
        match self.get(name) {
            Some(chain) => Err(Error::caller(format_args!("{name} is the name of chain {chain} already"))
                .next("choose another --alias")),
            None => Ok(()),
        }
    }

    /// Names a chain.
    pub fn set(&mut self, name: &str, chain: ChainId) -> Result<(), Error> {
        self.check(name)?;
        self.names.insert(name.to_owned(), chain);
        self.save()
    }

    /// Takes the names of a chain away: it never began.
    pub fn forget(&mut self, chain: &ChainId) -> Result<(), Error> {
        self.names.retain(|_, named| named != chain);
        self.save()
    }

    fn save(&self) -> Result<(), Error> {
        let mut bytes = serde_json::to_vec_pretty(&self.names).map_err(Error::system)?;
        bytes.push(b'\n');
        files::write(&self.path, &bytes, Mode::Private)
    }
}
