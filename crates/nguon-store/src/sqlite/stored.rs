//! The store itself: writer, readers and lock put together.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::ids::{ChainId, FieldDigest, StatementId};
use nguon_core::opening::PersonalOpening;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Label;
use nguon_core::verify::Bundle;

use super::location::Location;
use super::lock::Lock;
use super::readers::Readers;
use super::writer::Writer;
use super::{accept, connect, erase, keep, read, schema};
use crate::error::StoreError;
use crate::outcome::{GroupRefusal, OpeningRefusal, Outcome};
use crate::policy::OpeningPolicy;
use crate::store::{Answer, AttachmentFile, ChainHead, Store};

/// How much memory and how many threads a store takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Chains whose states the writer keeps in memory; a busy chain takes about 50 bytes a record.
    pub cached_chains: NonZeroUsize,
    /// Threads that read.
    pub readers: NonZeroUsize,
}

impl Default for Tuning {
    fn default() -> Self {
        const CHAINS: NonZeroUsize = NonZeroUsize::new(50_000).unwrap();
        const READERS: NonZeroUsize = NonZeroUsize::new(4).unwrap();
        Self { cached_chains: CHAINS, readers: READERS }
    }
}

/// A store in SQLite. Dropping it finishes what was submitted.
#[derive(Debug)]
pub struct SqliteStore {
    // Dropped in this order: the lock goes last.
    readers: Readers,
    writer: Writer,
    trust: Arc<TrustRoot>,
    _lock: Lock,
}

impl SqliteStore {
    /// Opens the store at this path (see [`Location`]), making or migrating it as needed.
    pub fn open(path: &Path, trust: TrustRoot) -> Result<Self, StoreError> {
        Self::open_tuned(path, trust, Tuning::default())
    }

    /// The same, with other limits.
    pub fn open_tuned(path: &Path, trust: TrustRoot, tuning: Tuning) -> Result<Self, StoreError> {
        let location = Location::of(path);
        location.make_folder()?;
        let lock = Lock::take(&location.lock)?;
        Self::open_locked(&location, trust, tuning, lock).map_err(|error| explain(error, &location))
    }

    fn open_locked(at: &Location, trust: TrustRoot, tuning: Tuning, lock: Lock) -> Result<Self, StoreError> {
        let mut connection = connect::writer(at)?;
        schema::check(&connection, at)?;
        connect::make_durable(&connection, "main")?;
        connect::make_durable(&connection, connect::PERSONAL)?;
        schema::migrate(&mut connection, at, trust.deployment())?;
        let readers = Readers::start(at, tuning.readers.get())?;
        let trust = Arc::new(trust);
        let writer = Writer::start(connection, trust.clone(), tuning.cached_chains);
        Ok(Self { readers, writer: writer.map_err(StoreError::file(&at.records))?, trust, _lock: lock })
    }
}

/// Says which file is meant when SQLite only says that it is none of its own.
fn explain(error: StoreError, at: &Location) -> StoreError {
    match &error {
        StoreError::Database(inner) if inner.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            StoreError::NotAStore { path: at.records.clone(), reason: "it is not a SQLite database".to_owned() }
        }
        _ => error,
    }
}

impl Store for SqliteStore {
    fn submit(&self, statements: Vec<Statement>) -> Answer<'_, Vec<Outcome>> {
        self.writer.run(move |desk| accept::each(desk, &statements))
    }

    fn submit_group(&self, statements: Vec<Statement>) -> Answer<'_, Result<Vec<Outcome>, GroupRefusal>> {
        self.writer.run(move |desk| accept::group(desk, &statements))
    }

    fn store_openings(&self, openings: Vec<PersonalOpening>) -> Answer<'_, Result<usize, OpeningRefusal>> {
        self.writer.run(move |desk| keep::openings(desk, &openings))
    }

    fn store_attachment(&self, digest: FieldDigest, bytes: Vec<u8>) -> Answer<'_, Result<bool, OpeningRefusal>> {
        self.writer.run(move |desk| keep::attachment(desk, digest, &bytes))
    }

    fn erase(&self, actor: ChainId) -> Answer<'_, usize> {
        self.writer.run_alone(move |connection| erase::erase_attached(connection, &actor))
    }

    fn record(&self, statement: StatementId) -> Answer<'_, Option<Vec<u8>>> {
        self.readers.run(move |snapshot| read::record(snapshot, &statement))
    }

    fn head(&self, chain: ChainId) -> Answer<'_, Option<ChainHead>> {
        self.readers.run(move |snapshot| read::head(snapshot, &chain))
    }

    fn records(&self, chain: ChainId) -> Answer<'_, Vec<Vec<u8>>> {
        self.readers.run(move |snapshot| read::records(snapshot, &chain))
    }

    fn batch_of_label(&self, label: Label) -> Answer<'_, Option<ChainId>> {
        self.readers.run(move |snapshot| read::batch_of_label(snapshot, &label))
    }

    fn bundle(&self, batch: ChainId, policy: OpeningPolicy) -> Answer<'_, Option<Bundle>> {
        let trust = self.trust.clone();
        self.readers.run(move |snapshot| read::bundle(snapshot, &trust, batch, &policy))
    }

    fn attachment(&self, digest: FieldDigest) -> Answer<'_, Option<AttachmentFile>> {
        self.readers.run(move |snapshot| read::attachment(snapshot, &digest))
    }

    fn count(&self) -> Answer<'_, u64> {
        self.readers.run(|snapshot| read::count(snapshot))
    }
}
