//! A witness: cosigns whatever continues what it cosigned before (C2SP tlog-witness v1), and remembers it first.

pub mod routes;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::Note;
use nguon_tlog::witness::{AddCheckpoint, Refusal, Seen, judge};

use crate::cosigner::Cosigner;
use crate::error::Error;
use crate::file::Lock;
use crate::log_id::{LogId, LogKey};
use crate::served::Served;
use crate::shelf::{Newest, Shelf};

/// A witness of some logs. It checks that each only grows, and nothing else.
#[derive(Debug)]
pub struct Witness {
    cosigner: Cosigner,
    shelf: Shelf,
    logs: BTreeMap<LogId, Watched>,
    _lock: Lock,
}

#[derive(Debug)]
struct Watched {
    key: LogKey,
    /// Held from looking up to having stored: a slower request must not roll a faster one back.
    newest: Mutex<Option<Newest>>,
}

/// Why a witness answered no cosignature.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddError {
    /// The log, or whoever sent the checkpoint, is told why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The witness cannot store what it would cosign; nothing was cosigned.
    #[error(transparent)]
    State(#[from] Error),
}

impl Witness {
    /// Takes up where the folder's last witness left off; one process at a time.
    pub fn open(cosigner: Cosigner, logs: Vec<LogKey>, folder: &Path) -> Result<Self, Error> {
        let lock = Lock::take(folder)?;
        let shelf = Shelf::at(folder);
        let mut watched = BTreeMap::new();
        for key in logs {
            let newest = Mutex::new(shelf.load(&key, &cosigner)?);
            if let Some(before) = watched.insert(key.id(), Watched { key, newest }) {
                return Err(Error::LogTwice(before.key.origin().to_owned()));
            }
        }
        Ok(Self { cosigner, shelf, logs: watched, _lock: lock })
    }

    /// Who it is.
    #[must_use]
    pub const fn cosigner(&self) -> &Cosigner {
        &self.cosigner
    }

    /// Judges the body of an `add-checkpoint` request at this time in Unix seconds: the answer's body. What it cosigned
    /// is on disk when this returns.
    pub fn add(&self, body: &[u8], now: u64) -> Result<String, AddError> {
        let request = AddCheckpoint::parse(body)?;
        let note = Note::parse(&request.note).map_err(|_| Refusal::BadRequest)?;
        let offered = Checkpoint::parse(note.text()).map_err(|_| Refusal::BadRequest)?;
        let log = self.logs.get(&LogId::of(&offered.origin)).ok_or(Refusal::UnknownLog)?;

        let mut newest = log.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = newest.as_ref().map(|newest| newest.seen);
        let checkpoint = judge(&request, log.key.note_key(), log.key.origin(), seen.as_ref())?;
        let cosigned = self.cosigner.cosign(&note, &log.key, now);
        self.shelf.store(&log.key, &cosigned.note)?;
        let seen = Seen { size: checkpoint.size, root: checkpoint.root };
        *newest = Some(Newest { seen, time: now, note: cosigned.note });
        Ok(cosigned.line)
    }
}

impl Served for Witness {
    fn newest(&self, log: &str) -> Option<String> {
        let log = self.logs.iter().find(|(id, _)| id.to_string() == log)?.1;
        log.newest.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|newest| newest.note.clone())
    }

    fn about(&self) -> String {
        let logs: Vec<&str> = self.logs.values().map(|log| log.key.origin()).collect();
        format!("witness {}\nwatches {}\n", self.cosigner.verifier(), logs.join(", "))
    }
}
