//! The store itself: writer, readers and lock put together.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::gs1::Serial;
use nguon_core::ids::{ChainId, FieldDigest, KeyId, SerialHash, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::PersonalOpening;
use nguon_core::serial::scans::ScanCounts;
use nguon_core::serial::{SerialList, SerialProof};
use nguon_core::trace::{Direction, Walk};
use nguon_core::trust::{RootError, Roots, SignedRoot, TrustRoot};
use nguon_core::values::{Label, Time};
use nguon_core::verify::Bundle;
use nguon_tlog::hash::Hash;

use super::clock::Clock;
use super::location::Location;
use super::lock::Lock;
use super::readers::Readers;
use super::tail::Shared;
use super::writer::{Book, Writer};
use super::{accept, connect, erase, keep, log, names, read, register, scans, schema, serials, trace, uploads};
use crate::error::StoreError;
use crate::log::{Closed, Logged, LoggedBundle, MapEntry, Prepare, StoredCheckpoint};
use crate::outcome::{GroupRefusal, OpeningRefusal, Outcome, SerialsRefusal};
use crate::policy::OpeningPolicy;
use crate::register::{Households, KeyHolders, NeededChains};
use crate::store::{Answer, AttachmentFile, ChainHead, ChainRecords, Store};
use crate::trace::{Holdings, Origin, Piece};
use crate::upload::{Awaited, UploadLimits, UploadRefusal};

/// How much memory and how many threads a store takes, and where it reads the time.
#[derive(Debug, Clone)]
pub struct Tuning {
    /// Chains whose states the writer keeps in memory; a busy chain takes about 50 bytes a record.
    pub cached_chains: NonZeroUsize,
    /// Threads that read.
    pub readers: NonZeroUsize,
    /// When records are accepted.
    pub clock: Clock,
    /// How much of unfinished attachments is kept.
    pub uploads: UploadLimits,
}

impl Default for Tuning {
    fn default() -> Self {
        const CHAINS: NonZeroUsize = NonZeroUsize::new(50_000).unwrap();
        const READERS: NonZeroUsize = NonZeroUsize::new(4).unwrap();
        Self { cached_chains: CHAINS, readers: READERS, clock: Clock::default(), uploads: UploadLimits::default() }
    }
}

/// A store in SQLite. Dropping it finishes what was submitted.
#[derive(Debug)]
pub struct SqliteStore {
    // Dropped in this order: the lock goes last.
    readers: Readers,
    writer: Writer,
    roots: Arc<Shared>,
    clock: Clock,
    uploads: UploadLimits,
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
        Self::open_locked(&location, trust, tuning, lock).map_err(|error| error.about(&location.records))
    }

    fn open_locked(at: &Location, trust: TrustRoot, tuning: Tuning, lock: Lock) -> Result<Self, StoreError> {
        let mut connection = connect::writer(at)?;
        schema::check(&connection, at)?;
        connect::make_durable(&connection, "main")?;
        connect::make_durable(&connection, connect::PERSONAL)?;
        schema::migrate(&mut connection, at, trust.deployment())?;
        let tail = log::open(&mut connection, trust, tuning.clock.now())?;
        let readers = Readers::start(at, tuning.readers.get())?;
        let roots = Arc::new(Shared::new(tail.roots.clone()));
        let clock = tuning.clock.clone();
        let book = Book { connection, clock: tuning.clock, tail, shared: roots.clone() };
        let writer = Writer::start(book, tuning.cached_chains).map_err(StoreError::file(&at.records))?;
        Ok(Self { readers, writer, roots, clock, uploads: tuning.uploads, _lock: lock })
    }
}

impl Store for SqliteStore {
    fn submit(&self, statements: Vec<Statement>) -> Answer<'_, Vec<Outcome>> {
        self.writer.run(move |desk| accept::each(desk, &statements))
    }

    fn submit_group(&self, statements: Vec<Statement>) -> Answer<'_, Result<Vec<Outcome>, GroupRefusal>> {
        self.writer.run(move |desk| accept::group(desk, &statements))
    }

    fn submit_groups(&self, groups: Vec<Vec<Statement>>) -> Answer<'_, Vec<Result<Vec<Outcome>, GroupRefusal>>> {
        self.writer.run(move |desk| groups.iter().map(|group| accept::group(desk, group)).collect())
    }

    fn store_openings(&self, openings: Vec<PersonalOpening>) -> Answer<'_, Result<usize, OpeningRefusal>> {
        self.writer.run(move |desk| keep::openings(desk, &openings))
    }

    fn store_attachment(&self, digest: FieldDigest, bytes: Vec<u8>) -> Answer<'_, Result<bool, OpeningRefusal>> {
        self.writer.run(move |desk| keep::attachment(desk, digest, &bytes))
    }

    fn awaited(&self, digest: FieldDigest) -> Answer<'_, Option<Awaited>> {
        self.readers.run(move |snapshot| uploads::awaited(snapshot, digest))
    }

    fn append_upload(
        &self,
        digest: FieldDigest,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Answer<'_, Result<u64, UploadRefusal>> {
        let limits = self.uploads;
        self.writer.run(move |desk| uploads::append(desk, digest, offset, &bytes, &limits))
    }

    fn upload(&self, digest: FieldDigest) -> Answer<'_, Vec<u8>> {
        self.readers.run(move |snapshot| uploads::pieces(snapshot, digest))
    }

    fn finish_upload(&self, digest: FieldDigest) -> Answer<'_, Result<bool, OpeningRefusal>> {
        self.writer.run(move |desk| uploads::finish(desk, digest))
    }

    fn drop_upload(&self, digest: FieldDigest) -> Answer<'_, bool> {
        self.writer.run(move |desk| uploads::discard(desk, digest))
    }

    fn forget_uploads(&self) -> Answer<'_, usize> {
        let kept = self.uploads.kept;
        self.writer.run(move |desk| uploads::forget(desk, kept))
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

    fn records_from(&self, chain: ChainId, from: u64) -> Answer<'_, Option<Vec<Vec<u8>>>> {
        self.readers.run(move |snapshot| read::records_from(snapshot, &chain, from))
    }

    fn positions(&self, chain: ChainId, from: u64) -> Answer<'_, Option<Vec<Position>>> {
        self.readers.run(move |snapshot| read::positions(snapshot, &chain, from))
    }

    fn read_chains(&self, wanted: Vec<(ChainId, u64)>) -> Answer<'_, Vec<ChainRecords>> {
        self.readers.run(move |snapshot| read::chains(snapshot, &wanted))
    }

    fn batch_of_label(&self, label: Label) -> Answer<'_, Option<ChainId>> {
        self.readers.run(move |snapshot| names::holder_of_label(snapshot, &label))
    }

    fn bundle(&self, batch: ChainId, policy: OpeningPolicy) -> Answer<'_, Option<Bundle>> {
        let roots = self.roots.get();
        self.readers.run(move |snapshot| read::bundle(snapshot, &roots, batch, &policy))
    }

    fn begin_trace(
        &self,
        origin: Origin,
        direction: Direction,
        most: u64,
        policy: OpeningPolicy,
        lines: usize,
    ) -> Answer<'_, Option<Piece>> {
        self.readers.run(move |snapshot| trace::begin(snapshot, &origin, direction, most, &policy, lines))
    }

    fn go_on_trace(&self, walk: Walk, policy: OpeningPolicy, lines: usize) -> Answer<'_, Piece> {
        self.readers.run(move |snapshot| trace::go_on(snapshot, walk, &policy, lines))
    }

    fn holdings(
        &self,
        actor: ChainId,
        after: Option<ChainId>,
        most: usize,
        policy: OpeningPolicy,
    ) -> Answer<'_, Option<Holdings>> {
        self.readers.run(move |snapshot| trace::holdings(snapshot, &actor, after.as_ref(), most, &policy))
    }

    fn key_holders(&self, key: KeyId) -> Answer<'_, KeyHolders> {
        self.readers.run(move |snapshot| register::key_holders(snapshot, key))
    }

    fn needed_chains(&self, actor: ChainId) -> Answer<'_, Option<NeededChains>> {
        self.readers.run(move |snapshot| register::needed_chains(snapshot, actor))
    }

    fn households(
        &self,
        registrar: ChainId,
        after: Option<ChainId>,
        most: usize,
        policy: OpeningPolicy,
    ) -> Answer<'_, Option<Households>> {
        self.readers.run(move |snapshot| register::households(snapshot, &registrar, after.as_ref(), most, &policy))
    }

    fn attachment(&self, digest: FieldDigest) -> Answer<'_, Option<AttachmentFile>> {
        self.readers.run(move |snapshot| read::attachment(snapshot, &digest))
    }

    fn store_serials(&self, batch: ChainId, list: SerialList) -> Answer<'_, Result<(), SerialsRefusal>> {
        Box::pin(async move {
            match self.readers.run(move |snapshot| serials::check(snapshot, batch, &list)).await? {
                Ok(pieces) => self.writer.run(move |desk| serials::keep(desk, &pieces)).await.map(Ok),
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    }

    fn serial_proof(&self, batch: ChainId, serial: Serial) -> Answer<'_, SerialProof> {
        let wanted = SerialHash::of(&batch, &serial);
        self.readers.run(move |snapshot| serials::prove(snapshot, &batch, &wanted))
    }

    fn count_scan(&self, batch: ChainId, serial: Serial) -> Answer<'_, Option<ScanCounts>> {
        let (wanted, today) = (SerialHash::of(&batch, &serial), scans::day(self.clock.now()));
        Box::pin(async move {
            // Serials that were never issued cost a read, and no write.
            let found = self.readers.run(move |snapshot| scans::counted(snapshot, &batch, &wanted, today)).await?;
            match found {
                None => Ok(None),
                Some((_, counts)) if scans::is_full(&counts, today) => Ok(Some(counts)),
                Some((label, _)) => self.writer.run(move |desk| scans::count(desk, label)).await.map(Some),
            }
        })
    }

    fn scan_counts(&self, batch: ChainId, serial: Serial) -> Answer<'_, Option<ScanCounts>> {
        let (wanted, today) = (SerialHash::of(&batch, &serial), scans::day(self.clock.now()));
        self.readers
            .run(move |snapshot| Ok(scans::counted(snapshot, &batch, &wanted, today)?.map(|(_, counts)| counts)))
    }

    fn forget_scans(&self) -> Answer<'_, usize> {
        self.writer.run(|desk| scans::forget(desk.connection, scans::day(desk.now)))
    }

    fn count(&self) -> Answer<'_, u64> {
        self.readers.run(|snapshot| read::count(snapshot))
    }

    fn roots(&self) -> Arc<Roots> {
        self.roots.get()
    }

    fn add_root(&self, root: SignedRoot) -> Answer<'_, Result<u64, RootError>> {
        self.writer.run(move |desk| log::add_root(desk, root))
    }

    fn root_places(&self, size: u64) -> Answer<'_, Vec<Vec<u64>>> {
        self.readers.run(move |snapshot| Ok(log::roots(snapshot, size)?.1))
    }

    fn log_size(&self) -> Answer<'_, u64> {
        self.readers.run(|snapshot| log::size(snapshot))
    }

    fn leaves(&self, from: u64, count: u64) -> Answer<'_, Vec<Vec<u8>>> {
        self.readers.run(move |snapshot| log::leaves(snapshot, from, count))
    }

    fn logged_records(&self, from: u64, count: u64) -> Answer<'_, Vec<(u64, Vec<u8>)>> {
        self.readers.run(move |snapshot| log::records(snapshot, from, count))
    }

    fn evidence(&self, hash: [u8; 32]) -> Answer<'_, Option<Vec<u8>>> {
        self.readers.run(move |snapshot| log::evidence(snapshot, &hash))
    }

    fn position(&self, statement: StatementId) -> Answer<'_, Option<Logged>> {
        self.readers.run(move |snapshot| log::position_of(snapshot, &statement))
    }

    fn map_contents(&self, size: u64) -> Answer<'_, Vec<MapEntry>> {
        self.readers.run(move |snapshot| log::map_contents(snapshot, size))
    }

    fn close(&self, prepare: Prepare) -> Answer<'_, Option<Closed>> {
        self.writer.run(move |desk| log::close(desk, prepare))
    }

    fn sign_checkpoint(&self, size: u64, tree_root: Hash, note: String) -> Answer<'_, ()> {
        self.writer.run(move |desk| log::sign(desk, size, &tree_root, &note))
    }

    fn cosign_checkpoint(&self, size: u64, note: String, as_of: Time) -> Answer<'_, ()> {
        self.writer.run(move |desk| log::cosign(desk, size, &note, as_of))
    }

    fn checkpoint(&self, size: u64) -> Answer<'_, Option<StoredCheckpoint>> {
        self.readers.run(move |snapshot| log::checkpoint(snapshot, size))
    }

    fn newest_checkpoint(&self) -> Answer<'_, Option<StoredCheckpoint>> {
        self.readers.run(|snapshot| log::newest(snapshot))
    }

    fn newest_cosigned(&self) -> Answer<'_, Option<StoredCheckpoint>> {
        self.readers.run(|snapshot| log::newest_cosigned(snapshot))
    }

    fn logged_bundle(&self, batch: ChainId, policy: OpeningPolicy, size: u64) -> Answer<'_, Option<LoggedBundle>> {
        self.readers.run(move |snapshot| log::bundle(snapshot, batch, &policy, size))
    }

    fn batch_of_label_at(&self, label: Label, size: u64) -> Answer<'_, Option<ChainId>> {
        self.readers.run(move |snapshot| names::holder_of_label_at(snapshot, &label, log::bounded(size)))
    }
}
