//! Serials of labels issued from here. Whoever has them can print those labels, so only this home does; a server is given
//! their hashes.

use std::path::PathBuf;

use nguon_core::ids::{ChainId, RootHash};
use nguon_gs1::Serial;

use crate::error::Error;
use crate::files::{self, Mode};

/// The folder: a file a `labels_issued` record, one serial a line in the order of printing.
#[derive(Debug)]
pub struct SerialFiles {
    dir: PathBuf,
}

const ENDING: &str = ".txt";

impl SerialFiles {
    pub(super) const fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Keeps the serials behind a root.
    pub fn keep(&self, batch: &ChainId, root: &RootHash, serials: &[Serial]) -> Result<(), Error> {
        files::make_private_folder(&self.dir)?;
        let text: String = serials.iter().map(|serial| format!("{serial}\n")).collect();
        files::write(&self.file(batch, root), text.as_bytes(), Mode::Private)
    }

    /// The serials behind a root; `None` if they were issued elsewhere.
    pub fn of(&self, batch: &ChainId, root: &RootHash) -> Result<Option<Vec<Serial>>, Error> {
        let path = self.file(batch, root);
        let Some(bytes) = files::read(&path)? else { return Ok(None) };
        let damaged = |why: String| {
            Error::home(format_args!("{} is damaged: {why}", path.display()))
                .next("restore it from a backup; without it the labels cannot be printed again")
                .code("damaged")
        };
        let text = String::from_utf8(bytes).map_err(|error| damaged(error.to_string()))?;
        let serials =
            text.lines().map(|line| line.parse().map_err(|error: nguon_gs1::Error| damaged(error.to_string())));
        serials.collect::<Result<_, _>>().map(Some)
    }

    fn file(&self, batch: &ChainId, root: &RootHash) -> PathBuf {
        self.dir.join(format!("{batch}-{root}{ENDING}"))
    }
}
