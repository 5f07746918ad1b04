//! The newest checkpoint of each log that was verified here. Whatever is verified later must go on from it, and whatever is
//! signed here names it as its anchor.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::path::PathBuf;

use nguon_core::bytes::to_hex;
use nguon_core::envelope::Deployment;
use nguon_core::record::Anchor;
use nguon_core::verify::Seen;

use crate::error::Error;
use crate::files::{self, Mode};

/// What this home has seen, by deployment.
#[derive(Debug)]
pub struct SeenFile {
    path: PathBuf,
}

impl SeenFile {
    pub(super) const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The newest checkpoint of a deployment's log.
    pub fn newest(&self, deployment: &Deployment) -> Result<Option<Seen>, Error> {
        let found = self.read()?.remove(&to_hex(deployment.as_bytes()));
        Ok(found.map(|Anchor { size, root }| Seen { size, root }))
    }

    /// Keeps a checkpoint that was verified and goes on from the newest. An older one changes nothing.
    pub fn keep(&self, deployment: &Deployment, seen: Seen) -> Result<(), Error> {
        if let Some(folder) = self.path.parent() {
            files::make_private_folder(folder)?;
        }
        // Held for the moment of reading and writing: two verifications at once must not lose the newer one.
        let lock = self.path.with_extension("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock);
        let file = file.map_err(|error| Error::file(&lock, &error))?;
        file.lock().map_err(|error| Error::file(&lock, &error))?;
        let mut all = self.read()?;
        let key = to_hex(deployment.as_bytes());
        if all.get(&key).is_some_and(|newest| newest.size >= seen.size) {
            return Ok(());
        }
        all.insert(key, Anchor { size: seen.size, root: seen.root });
        let mut bytes = serde_json::to_vec_pretty(&all).map_err(Error::system)?;
        bytes.push(b'\n');
        files::write(&self.path, &bytes, Mode::Private)
    }

    fn read(&self) -> Result<BTreeMap<String, Anchor>, Error> {
        let Some(bytes) = files::read(&self.path)? else { return Ok(BTreeMap::new()) };
        serde_json::from_slice(&bytes).map_err(|error| {
            Error::home(format_args!("{}: {error}", self.path.display()))
                .next(
                    "restore it from a backup, or delete it: this computer then forgets which checkpoints it has seen",
                )
                .code("damaged")
        })
    }
}
