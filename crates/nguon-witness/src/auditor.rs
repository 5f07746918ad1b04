//! A map auditor: cosigns a checkpoint once every leaf up to it was replayed.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use nguon_core::trust::TrustRoot;
use nguon_tlog::note::VerifierKey;
use nguon_tlog::witness::Seen;

use crate::audit::{Audit, Progress, Times};
use crate::clock::Clock;
use crate::cosigner::Cosigner;
use crate::error::Error;
use crate::log_id::{LogId, LogKey};
use crate::served::Served;
use crate::shelf::{Newest, Shelf};
use crate::source::Source;
use crate::stop::Stop;

/// How often an auditor looks, and says again what it said.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From one look at the log to the next.
    pub poll: Duration,
    /// Seconds after which a checkpoint that still is the newest is cosigned again.
    pub recosign: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { poll: Duration::from_millis(250), recosign: 5 }
    }
}

/// A map auditor at work.
#[derive(Debug)]
pub struct Auditor {
    audit: Audit,
    cosigner: Cosigner,
    shelf: Shelf,
    shown: Arc<Shown>,
}

/// What an auditor serves while it works.
#[derive(Debug)]
pub struct Shown {
    origin: String,
    id: LogId,
    verifier: VerifierKey,
    newest: RwLock<Option<Newest>>,
}

/// What became of one look at the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Look {
    /// The log shows what was cosigned a moment ago.
    NothingNew,
    /// A checkpoint of this size was cosigned.
    Cosigned(u64),
}

impl Auditor {
    /// Takes up where the folder's last auditor left off; one process at a time.
    pub fn open(
        cosigner: Cosigner,
        first: TrustRoot,
        folder: &Path,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Self, Error> {
        let policy = first.payload().log.as_ref().ok_or(Error::NoLog)?;
        let log = LogKey::of_policy(policy).map_err(|_| Error::NoLog)?;
        // Its lock covers the shelf.
        let audit = Audit::open(first, Some(folder), watch)?;
        let shelf = Shelf::at(folder);
        let newest = shelf.load(&log, &cosigner)?;
        if let Some(Newest { seen, .. }) = &newest {
            let fits = audit.replay().check_checkpoint(seen.size, &seen.root);
            fits.map_err(|fault| Error::Copy { path: folder.to_owned(), reason: fault.to_string() })?;
        }
        let shown = Shown {
            origin: log.origin().to_owned(),
            id: log.id(),
            verifier: cosigner.verifier(),
            newest: RwLock::new(newest),
        };
        Ok(Self { audit, cosigner, shelf, shown: Arc::new(shown) })
    }

    /// What it serves.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        self.shown.clone()
    }

    /// The replay behind its cosignatures.
    #[must_use]
    pub const fn audit(&self) -> &Audit {
        &self.audit
    }

    /// Looks at the log once: replays what is new, and cosigns. A cosignature is on disk before it is served.
    pub fn look(
        &mut self,
        source: &Source,
        now: u64,
        recosign: u64,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Look, Error> {
        let Some(note) = source.pending()? else { return Ok(Look::NothingNew) };
        let newest = self.shown.newest();
        let previous = newest.as_ref().map(|newest| (newest.seen.size, newest.time));
        if let Some(newest) = &newest
            && text(&newest.note) == text(&note)
            && now < newest.time.saturating_add(recosign)
        {
            return Ok(Look::NothingNew);
        }
        let audited = self.audit.follow(&note, source, Times { now, previous }, watch)?;
        let size = audited.checkpoint.size;
        let cosigned = self.cosigner.cosign(&audited.note, &audited.log, now);
        self.shelf.store(&audited.log, &cosigned.note)?;
        let seen = Seen { size, root: audited.checkpoint.root };
        let newest = Newest { seen, time: now, note: cosigned.note };
        *self.shown.newest.write().unwrap_or_else(PoisonError::into_inner) = Some(newest);
        Ok(Look::Cosigned(size))
    }

    /// Looks until it is told to stop. What keeps it from cosigning is logged once, until it changes.
    pub fn run(&mut self, source: &Source, clock: &Clock, pace: Pace, stop: &Stop) {
        /// How long to wait where the log itself is at fault: nothing but its operator mends that.
        const AFTER_FAULT: Duration = Duration::from_secs(30);
        /// How long to wait for what may pass.
        const AFTER_ERROR: Duration = Duration::from_secs(1);

        let mut said = String::new();
        let mut pause = Duration::ZERO;
        while !stop.wait(pause) {
            pause = match self.look(source, clock.now(), pace.recosign, &mut tell) {
                Ok(look) => {
                    if let Look::Cosigned(size) = look {
                        tracing::info!(size, "cosigned");
                    }
                    said.clear();
                    pace.poll
                }
                Err(error) => {
                    let (code, words) = (error.code(), error.to_string());
                    if words != said && error.is_the_logs() {
                        tracing::error!(code, index = error.index(), error = %words, "the log is at fault: it is not cosigned any more");
                    } else if words != said {
                        tracing::warn!(code, error = %words, "nothing is cosigned for now");
                    }
                    said = words;
                    pace.poll.max(if error.is_the_logs() { AFTER_FAULT } else { AFTER_ERROR })
                }
            };
        }
    }
}

impl Shown {
    fn newest(&self) -> Option<Newest> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Served for Shown {
    fn newest(&self, log: &str) -> Option<String> {
        if log == self.id.to_string() { Some(self.newest()?.note) } else { None }
    }

    fn about(&self) -> String {
        format!("map auditor {}\naudits {}\n", self.verifier, self.origin)
    }
}

/// A note without its signatures.
fn text(note: &str) -> &str {
    note.split_once("\n\n").map_or(note, |(text, _)| text)
}

/// Long replays say how far they are.
fn tell(progress: Progress) {
    if let Progress::Replayed(done, all) = progress
        && all - done > 10_000
        && done % 8192 < 256
    {
        tracing::info!(done, all, "replaying");
    }
}
