//! Authorities' lists of recalls, each in a file of its own beside the tiles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use nguon_core::ids::AuthorityId;
use nguon_core::recalls::RecallList;
use nguon_core::trust::Roots;

use super::durable;
use super::error::LogError;

/// What became of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    Yes,
    /// Of this time.
    NewerIsHere(u64),
}

/// The newest list of each authority.
#[derive(Debug)]
pub(crate) struct Recalls {
    folder: PathBuf,
    lists: RwLock<BTreeMap<AuthorityId, (u64, Vec<u8>)>>,
}

impl Recalls {
    /// Reads those that are there. One that is not signed by an authority any more is left where it is, and not served.
    pub(super) fn open(beside: &Path, roots: &Roots) -> Result<Self, LogError> {
        let folder = beside.join("recalls");
        std::fs::create_dir_all(&folder).map_err(LogError::file(&folder))?;
        let mut lists = BTreeMap::new();
        let authorities = roots.newest().payload().authorities.iter();
        for authority in authorities.map(|authority| authority.id) {
            let path = file(&folder, &authority);
            let Some(bytes) = durable::read(&path).map_err(LogError::file(&path))? else { continue };
            match RecallList::verify(bytes.clone(), roots) {
                Ok(list) if list.authority == authority => {
                    lists.insert(authority, (list.issued.get(), bytes));
                }
                Ok(_) => tracing::warn!(path = %path.display(), "a list of recalls of another authority"),
                Err(error) => tracing::warn!(path = %path.display(), %error, "a list of recalls that does not verify"),
            }
        }
        Ok(Self { folder, lists: RwLock::new(lists) })
    }

    /// An authority's list, or the newest of all.
    pub(crate) fn newest(&self, of: Option<AuthorityId>) -> Option<Vec<u8>> {
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        match of {
            Some(authority) => lists.get(&authority),
            None => lists.values().max_by_key(|(issued, _)| *issued),
        }
        .map(|(_, bytes)| bytes.clone())
    }

    /// Keeps a list whose signature was checked, if it is newer than its authority's last.
    pub(crate) fn keep(&self, list: &RecallList, bytes: Vec<u8>) -> Result<Kept, LogError> {
        let issued = list.issued.get();
        // Held while it is written: of two lists at a time the newer one stays.
        let mut lists = self.lists.write().unwrap_or_else(PoisonError::into_inner);
        match lists.get(&list.authority) {
            Some((_, same)) if *same == bytes => return Ok(Kept::Yes),
            Some((newest, _)) if *newest >= issued => return Ok(Kept::NewerIsHere(*newest)),
            _ => {}
        }
        let path = file(&self.folder, &list.authority);
        durable::replace(&path, &bytes).map_err(LogError::file(&path))?;
        lists.insert(list.authority, (issued, bytes));
        Ok(Kept::Yes)
    }
}

fn file(folder: &Path, authority: &AuthorityId) -> PathBuf {
    folder.join(authority.to_string())
}
