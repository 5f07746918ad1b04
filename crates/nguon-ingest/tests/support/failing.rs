//! A store whose answers fail when they are told to, before or after the work is done.

use std::sync::{Arc, Mutex};

use nguon_core::admit::Statement;
use nguon_core::gs1::Serial;
use nguon_core::ids::{ChainId, FieldDigest, KeyId, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::PersonalOpening;
use nguon_core::serial::scans::ScanCounts;
use nguon_core::serial::{SerialList, SerialProof};
use nguon_core::trace::{Direction, Walk};
use nguon_core::trust::{RootError, Roots, SignedRoot};
use nguon_core::values::{Label, Time};
use nguon_core::verify::Bundle;
use nguon_store::{
    Answer, AttachmentFile, Awaited, ChainHead, ChainRecords, Closed, GroupRefusal, Holdings, Households, KeyHolders,
    Logged, LoggedBundle, MapEntry, NeededChains, OpeningPolicy, OpeningRefusal, Origin, Outcome, Piece, Prepare,
    SerialsRefusal, Store, StoreError, StoredCheckpoint, UploadRefusal,
};
use nguon_tlog::hash::Hash;

/// What the disk does when it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done.
    Before,
    /// It is done, and nobody is told.
    After,
}

pub struct FailingStore {
    inner: Arc<dyn Store>,
    /// Which call, how many of its name are let go by before, and how it fails.
    next: Mutex<Vec<(&'static str, usize, Fault)>>,
}

impl FailingStore {
    pub fn over(inner: Arc<dyn Store>) -> Arc<Self> {
        Arc::new(Self { inner, next: Mutex::default() })
    }

    /// The next call of this name fails.
    pub fn fail(&self, call: &'static str, fault: Fault) {
        self.fail_later(call, 0, fault);
    }

    /// A call of this name fails, after so many others.
    pub fn fail_later(&self, call: &'static str, others: usize, fault: Fault) {
        self.next.lock().unwrap().push((call, others, fault));
    }

    /// Nothing more fails.
    pub fn forgive(&self) {
        self.next.lock().unwrap().clear();
    }

    fn fault(&self, call: &str) -> Option<Fault> {
        let mut next = self.next.lock().unwrap();
        let at = next.iter().position(|(name, ..)| *name == call)?;
        if next[at].1 > 0 {
            next[at].1 -= 1;
            return None;
        }
        Some(next.remove(at).2)
    }

    fn answer<'a, T: Send + 'a>(&'a self, call: &'static str, work: impl FnOnce() -> Answer<'a, T>) -> Answer<'a, T> {
        let failed = || Err(StoreError::from(rusqlite::Error::InvalidQuery));
        match self.fault(call) {
            None => work(),
            Some(Fault::Before) => Box::pin(async move { failed() }),
            Some(Fault::After) => {
                let done = work();
                Box::pin(async move {
                    done.await?;
                    failed()
                })
            }
        }
    }
}

macro_rules! pass_on {
    ($($name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        impl Store for FailingStore {
            $(fn $name(&self, $($argument: $type),*) -> Answer<'_, $answer> {
                self.answer(stringify!($name), move || self.inner.$name($($argument),*))
            })+

            fn roots(&self) -> Arc<Roots> {
                self.inner.roots()
            }
        }
    };
}

pass_on! {
    submit(statements: Vec<Statement>) -> Vec<Outcome>;
    submit_group(statements: Vec<Statement>) -> Result<Vec<Outcome>, GroupRefusal>;
    submit_groups(groups: Vec<Vec<Statement>>) -> Vec<Result<Vec<Outcome>, GroupRefusal>>;
    store_openings(openings: Vec<PersonalOpening>) -> Result<usize, OpeningRefusal>;
    store_attachment(digest: FieldDigest, bytes: Vec<u8>) -> Result<bool, OpeningRefusal>;
    awaited(digest: FieldDigest) -> Option<Awaited>;
    append_upload(digest: FieldDigest, offset: u64, bytes: Vec<u8>) -> Result<u64, UploadRefusal>;
    upload(digest: FieldDigest) -> Vec<u8>;
    finish_upload(digest: FieldDigest) -> Result<bool, OpeningRefusal>;
    drop_upload(digest: FieldDigest) -> bool;
    forget_uploads() -> usize;
    erase(actor: ChainId) -> usize;
    record(statement: StatementId) -> Option<Vec<u8>>;
    head(chain: ChainId) -> Option<ChainHead>;
    records(chain: ChainId) -> Vec<Vec<u8>>;
    records_from(chain: ChainId, from: u64) -> Option<Vec<Vec<u8>>>;
    positions(chain: ChainId, from: u64) -> Option<Vec<Position>>;
    read_chains(wanted: Vec<(ChainId, u64)>) -> Vec<ChainRecords>;
    batch_of_label(label: Label) -> Option<ChainId>;
    bundle(batch: ChainId, policy: OpeningPolicy) -> Option<Bundle>;
    begin_trace(origin: Origin, direction: Direction, most: u64, policy: OpeningPolicy, lines: usize) -> Option<Piece>;
    go_on_trace(walk: Walk, policy: OpeningPolicy, lines: usize) -> Piece;
    holdings(actor: ChainId, after: Option<ChainId>, most: usize, policy: OpeningPolicy) -> Option<Holdings>;
    key_holders(key: KeyId) -> KeyHolders;
    needed_chains(actor: ChainId) -> Option<NeededChains>;
    households(registrar: ChainId, after: Option<ChainId>, most: usize, policy: OpeningPolicy) -> Option<Households>;
    attachment(digest: FieldDigest) -> Option<AttachmentFile>;
    store_serials(batch: ChainId, list: SerialList) -> Result<(), SerialsRefusal>;
    serial_proof(batch: ChainId, serial: Serial) -> SerialProof;
    count_scan(batch: ChainId, serial: Serial) -> Option<ScanCounts>;
    scan_counts(batch: ChainId, serial: Serial) -> Option<ScanCounts>;
    forget_scans() -> usize;
    count() -> u64;
    add_root(root: SignedRoot) -> Result<u64, RootError>;
    root_places(size: u64) -> Vec<Vec<u64>>;
    log_size() -> u64;
    leaves(from: u64, count: u64) -> Vec<Vec<u8>>;
    logged_records(from: u64, count: u64) -> Vec<(u64, Vec<u8>)>;
    evidence(hash: [u8; 32]) -> Option<Vec<u8>>;
    position(statement: StatementId) -> Option<Logged>;
    map_contents(size: u64) -> Vec<MapEntry>;
    close(prepare: Prepare) -> Option<Closed>;
    sign_checkpoint(size: u64, tree_root: Hash, note: String) -> ();
    cosign_checkpoint(size: u64, note: String, as_of: Time) -> ();
    checkpoint(size: u64) -> Option<StoredCheckpoint>;
    newest_checkpoint() -> Option<StoredCheckpoint>;
    newest_cosigned() -> Option<StoredCheckpoint>;
    logged_bundle(batch: ChainId, policy: OpeningPolicy, size: u64) -> Option<LoggedBundle>;
    batch_of_label_at(label: Label, size: u64) -> Option<ChainId>;
}
