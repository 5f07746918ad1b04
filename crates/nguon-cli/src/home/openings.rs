//! Personal data kept here, a folder a person, so that erasing a person is deleting a folder.

use std::path::PathBuf;

use nguon_core::ids::{ChainId, StatementId};
use nguon_core::opening::{FieldValue, PersonalOpening};

use crate::error::Error;
use crate::files::{self, Mode};

const ENDING: &str = ".json";

/// The folder.
#[derive(Debug)]
pub struct Openings {
    dir: PathBuf,
}

impl Openings {
    pub(super) fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Keeps an opening.
    pub fn keep(&self, personal: &PersonalOpening) -> Result<(), Error> {
        let folder = self.folder(&personal.about);
        files::make_private_folder(&folder)?;
        let bytes = serde_json::to_vec_pretty(personal).map_err(Error::system)?;
        files::write(&folder.join(file_name(&personal.opening.record, &personal.opening.path)), &bytes, Mode::Private)
    }

    /// Deletes one opening: its record has been signed anew under another id.
    pub fn forget(&self, personal: &PersonalOpening) -> Result<(), Error> {
        let name = file_name(&personal.opening.record, &personal.opening.path);
        files::remove(&self.folder(&personal.about).join(name))
    }

    /// The words of a person's field, if they are kept here.
    pub fn text(&self, about: &ChainId, record: &StatementId, path: &str) -> Option<String> {
        let bytes = files::read(&self.folder(about).join(file_name(record, path))).ok()??;
        let personal: PersonalOpening = serde_json::from_slice(&bytes).ok()?;
        match FieldValue::from_bytes(&personal.opening.value?.0)? {
            FieldValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The name of an actor, if it is kept here.
    pub fn name_of(&self, actor: &ChainId) -> Option<String> {
        self.text(actor, &StatementId::from_bytes(*actor.as_bytes()), "enrolled/name")
    }

    /// Deletes all that is about a person, and says how many fields that were.
    pub fn erase(&self, about: &ChainId) -> Result<usize, Error> {
        let folder = self.folder(about);
        let names = files::list(&folder, ENDING)?;
        for name in &names {
            files::remove(&folder.join(name))?;
        }
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| Error::file(&folder, &error))?;
        }
        Ok(names.len())
    }

    fn folder(&self, about: &ChainId) -> PathBuf {
        self.dir.join(about.to_string())
    }
}

/// A path holds `/`, which a file name does not.
fn file_name(record: &StatementId, path: &str) -> String {
    format!("{record}-{}{ENDING}", path.replace('/', "-"))
}
