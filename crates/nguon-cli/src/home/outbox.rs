//! What was signed and not yet accepted, in the order it was signed.

use std::path::PathBuf;

use nguon_core::bytes::ByteString;
use nguon_core::envelope::{EnvelopeError, SignedRecord};
use nguon_core::ids::{ChainId, FieldDigest, KeyId, StatementId};
use nguon_core::opening::PersonalOpening;
use nguon_core::values::MediaType;
use nguon_draft::journal::{Journal, Note};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::files::{self, Mode};

const ENDING: &str = ".json";

/// An entry's number: what was signed earlier has a lower one.
pub type Number = u64;

/// Records that are sent together, all or nothing, with the personal data they seal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The records, in order.
    pub records: Vec<ByteString>,
    /// Openings of their fields, sent once the records are accepted.
    pub openings: Vec<PersonalOpening>,
    /// Photos and documents, sent after the openings.
    #[serde(default)]
    pub attachments: Vec<Waiting>,
    /// The records are accepted; openings or attachments are not sent yet.
    #[serde(default)]
    pub accepted: bool,
    /// Why the server refused the records when they were last offered.
    #[serde(default)]
    pub refused: Option<Refusal>,
}

/// An attachment that waits to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// The digest in its record.
    pub digest: FieldDigest,
    /// What kind of file.
    pub media_type: MediaType,
    /// Its bytes.
    pub bytes: ByteString,
}

/// A server's refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Its name for machines; `conflict`: the chain has gone on.
    pub code: String,
    /// The server's words.
    pub message: String,
}

/// A statement that was taken back: the next one by the same key on the same previous must say that it replaces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TakenBack {
    key: KeyId,
    chain: ChainId,
    previous: StatementId,
    statement: StatementId,
}

/// The folder.
#[derive(Debug)]
pub struct Outbox {
    dir: PathBuf,
}

impl Entry {
    /// Its records.
    pub fn signed(&self) -> Result<Vec<SignedRecord>, EnvelopeError> {
        self.records.iter().map(|record| SignedRecord::from_bytes(record.0.clone())).collect()
    }
}

impl Outbox {
    pub(super) fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> Result<Vec<(Number, Entry)>, Error> {
        let names = files::list(&self.dir, ENDING)?;
        let numbers = names.iter().filter_map(|name| name.strip_suffix(ENDING)?.parse::<Number>().ok());
        numbers.map(|number| Ok((number, self.read(number)?))).collect()
    }

    /// One entry, if it is there.
    pub fn entry(&self, number: Number) -> Result<Option<Entry>, Error> {
        let path = self.file(number);
        let bytes = files::read(&path)?;
        bytes
            .map(|bytes| serde_json::from_slice(&bytes).map_err(|error| self.damaged(&path, &error.to_string())))
            .transpose()
    }

    /// Adds an entry at the end.
    pub fn add(&self, entry: &Entry) -> Result<Number, Error> {
        files::make_private_folder(&self.dir)?;
        let last = files::list(&self.dir, ENDING)?
            .iter()
            .filter_map(|name| name.strip_suffix(ENDING)?.parse::<Number>().ok())
            .max();
        let number = last.unwrap_or(0) + 1;
        files::create(&self.file(number), &encode(entry)?, Mode::Private)?;
        Ok(number)
    }

    /// Writes an entry anew.
    pub fn replace(&self, number: Number, entry: &Entry) -> Result<(), Error> {
        files::write(&self.file(number), &encode(entry)?, Mode::Private)
    }

    /// Takes an entry out.
    pub fn remove(&self, number: Number) -> Result<(), Error> {
        files::remove(&self.file(number))
    }

    /// Notes that a signed statement was taken back.
    pub fn take_back(
        &self,
        key: KeyId,
        chain: ChainId,
        previous: StatementId,
        statement: StatementId,
    ) -> Result<(), Error> {
        let mut all = self.all_taken_back()?;
        all.push(TakenBack { key, chain, previous, statement });
        files::make_private_folder(&self.dir)?;
        files::write(&self.taken_back_file(), &serde_json::to_vec_pretty(&all).map_err(Error::system)?, Mode::Private)
    }

    /// The statements that this key took back on this previous.
    pub fn taken_back(&self, key: KeyId, previous: StatementId) -> Result<Vec<StatementId>, Error> {
        let all = self.all_taken_back()?;
        let same = all.into_iter().filter(|taken| taken.key == key && taken.previous == previous);
        Ok(same.map(|taken| taken.statement).collect())
    }

    /// All that was taken back, for drafts.
    pub fn journal(&self) -> Result<Journal, Error> {
        let note = |taken: TakenBack| {
            let TakenBack { key, chain, previous, statement } = taken;
            // At which place does not matter here: nothing is ever forgotten of it.
            Note { key, chain, sequence: u64::MAX, previous, statement, stored: false }
        };
        Ok(Journal::from(self.all_taken_back()?.into_iter().map(note).collect::<Vec<_>>()))
    }

    fn all_taken_back(&self) -> Result<Vec<TakenBack>, Error> {
        let path = self.taken_back_file();
        match files::read(&path)? {
            None => Ok(Vec::new()),
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|error| self.damaged(&path, &error.to_string())),
        }
    }

    fn read(&self, number: Number) -> Result<Entry, Error> {
        self.entry(number)?.ok_or_else(|| self.damaged(&self.file(number), "it is gone"))
    }

    fn file(&self, number: Number) -> PathBuf {
        self.dir.join(format!("{number:010}{ENDING}"))
    }

    fn taken_back_file(&self) -> PathBuf {
        self.dir.join("taken-back")
    }

    fn damaged(&self, path: &std::path::Path, why: &str) -> Error {
        Error::home(format_args!("{}: {why}", path.display()))
            .next("restore the file from a backup, or move it away and record again what it held")
            .code("damaged")
    }
}

fn encode(entry: &Entry) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(entry).map_err(Error::system)?;
    bytes.push(b'\n');
    Ok(bytes)
}
