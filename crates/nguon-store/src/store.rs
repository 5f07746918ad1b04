//! What every store does. `tests/contract.rs` holds each implementation to it.

use std::pin::Pin;
use std::sync::Arc;

use nguon_core::admit::Statement;
use nguon_core::gs1::Serial;
use nguon_core::ids::{ChainId, FieldDigest, KeyId, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::PersonalOpening;
use nguon_core::record::ChainKind;
use nguon_core::serial::scans::ScanCounts;
use nguon_core::serial::{SerialList, SerialProof};
use nguon_core::trace::{Direction, Walk};
use nguon_core::trust::{RootError, Roots, SignedRoot};
use nguon_core::values::{Label, MediaType, Time};
use nguon_core::verify::Bundle;
use nguon_tlog::hash::Hash;

use crate::error::StoreError;
use crate::log::{Closed, Logged, LoggedBundle, MapEntry, Prepare, StoredCheckpoint};
use crate::outcome::{GroupRefusal, OpeningRefusal, Outcome, SerialsRefusal};
use crate::policy::OpeningPolicy;
use crate::register::{Households, KeyHolders, NeededChains};
use crate::trace::{Holdings, Origin, Piece};
use crate::upload::{Awaited, UploadRefusal};

/// An answer to come, independent of any runtime.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A chain's newest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead {
    /// The chain.
    pub chain: ChainId,
    /// What it is about.
    pub kind: ChainKind,
    /// Sequence of its newest record.
    pub sequence: u64,
    /// That record.
    pub head: StatementId,
}

/// Records of a chain, from a sequence on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRecords {
    /// The chain.
    pub chain: ChainId,
    /// Sequence of the first of them.
    pub from: u64,
    /// As they were signed, oldest first.
    pub records: Vec<Vec<u8>>,
    /// Where each stands in the log; empty in a deployment without one.
    pub positions: Vec<Position>,
}

/// An attachment's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentFile {
    /// As the record says.
    pub media_type: MediaType,
    /// `attachments/n`, by which policies decide.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Durable storage of accepted records. A call that changes something answers only when the change is durable; an error
/// says that nothing of the call was stored.
pub trait Store: Send + Sync {
    /// Judges each record by itself and adds those that may be added, in the order given; one outcome each.
    fn submit(&self, statements: Vec<Statement>) -> Answer<'_, Vec<Outcome>>;

    /// Adds all records at consecutive positions in the order given, or none.
    fn submit_group(&self, statements: Vec<Statement>) -> Answer<'_, Result<Vec<Outcome>, GroupRefusal>>;

    /// Takes several groups in the order given, each whole or not at all, all in one commit; one answer each. A group that
    /// is refused leaves nothing behind and stops none of the others.
    fn submit_groups(&self, groups: Vec<Vec<Statement>>) -> Answer<'_, Vec<Result<Vec<Outcome>, GroupRefusal>>>;

    /// Keeps openings of stored records, all or none; how many of them are there now. One that was erased stays away.
    fn store_openings(&self, openings: Vec<PersonalOpening>) -> Answer<'_, Result<usize, OpeningRefusal>>;

    /// Keeps an attachment whose opening is there; `false` if no opening for this digest is.
    fn store_attachment(&self, digest: FieldDigest, bytes: Vec<u8>) -> Answer<'_, Result<bool, OpeningRefusal>>;

    /// What is known of an attachment whose opening is there; `None` if no opening for this digest is.
    fn awaited(&self, digest: FieldDigest) -> Answer<'_, Option<Awaited>>;

    /// Keeps the next piece of an attachment, which begins at this byte; how many bytes of it are there then.
    fn append_upload(&self, digest: FieldDigest, offset: u64, bytes: Vec<u8>)
    -> Answer<'_, Result<u64, UploadRefusal>>;

    /// The pieces that have come, put together; empty if none has.
    fn upload(&self, digest: FieldDigest) -> Answer<'_, Vec<u8>>;

    /// Keeps the pieces as the attachment, as [`Store::store_attachment`] does; they are gone afterwards, also if they are
    /// not what was signed.
    fn finish_upload(&self, digest: FieldDigest) -> Answer<'_, Result<bool, OpeningRefusal>>;

    /// Deletes the pieces of an attachment; whether there were any.
    fn drop_upload(&self, digest: FieldDigest) -> Answer<'_, bool>;

    /// Deletes pieces of attachments to which nothing was added for too long; of how many. To be called every day.
    fn forget_uploads(&self) -> Answer<'_, usize>;

    /// Deletes every opening and attachment about a person, unfinished ones too, so that the bytes are gone from the files; how many.
    fn erase(&self, actor: ChainId) -> Answer<'_, usize>;

    /// A record's bytes as signed.
    fn record(&self, statement: StatementId) -> Answer<'_, Option<Vec<u8>>>;

    /// A chain's newest record.
    fn head(&self, chain: ChainId) -> Answer<'_, Option<ChainHead>>;

    /// The records of a chain, oldest first; empty if there is no such chain.
    fn records(&self, chain: ChainId) -> Answer<'_, Vec<Vec<u8>>>;

    /// The records of a chain from a sequence on, oldest first; `None` if there is no such chain.
    fn records_from(&self, chain: ChainId, from: u64) -> Answer<'_, Option<Vec<Vec<u8>>>>;

    /// Where those records stand in the log; empty in a deployment without one, `None` if there is no such chain.
    fn positions(&self, chain: ChainId, from: u64) -> Answer<'_, Option<Vec<Position>>>;

    /// Of each of these chains the records from its sequence on, and where they stand in the log; chains that are not
    /// there are left out.
    fn read_chains(&self, wanted: Vec<(ChainId, u64)>) -> Answer<'_, Vec<ChainRecords>>;

    /// The batch behind a label.
    fn batch_of_label(&self, label: Label) -> Answer<'_, Option<ChainId>>;

    /// A batch's chain and every chain it needs as of one moment, with the openings that the policy lets out.
    fn bundle(&self, batch: ChainId, policy: OpeningPolicy) -> Answer<'_, Option<Bundle>>;

    /// Begins a walk over the trace graph as it is now and gives about so many of its first lines; `None` if there is
    /// nothing of the origin's name. At most `most` edges are given in all.
    fn begin_trace(
        &self,
        origin: Origin,
        direction: Direction,
        most: u64,
        policy: OpeningPolicy,
        lines: usize,
    ) -> Answer<'_, Option<Piece>>;

    /// About so many further lines of a walk. What came since its last piece may be among them.
    fn go_on_trace(&self, walk: Walk, policy: OpeningPolicy, lines: usize) -> Answer<'_, Piece>;

    /// At most so many of the batches that an actor holds, ascending behind `after`; `None` if there is no such actor.
    fn holdings(
        &self,
        actor: ChainId,
        after: Option<ChainId>,
        most: usize,
        policy: OpeningPolicy,
    ) -> Answer<'_, Option<Holdings>>;

    /// Who has a key or had it. Nobody may.
    fn key_holders(&self, key: KeyId) -> Answer<'_, KeyHolders>;

    /// The chains that a device of an actor needs; `None` if there is no such actor.
    fn needed_chains(&self, actor: ChainId) -> Answer<'_, Option<NeededChains>>;

    /// At most so many of the actors below a registrar, ascending behind `after`; `None` if there is no such registrar.
    fn households(
        &self,
        registrar: ChainId,
        after: Option<ChainId>,
        most: usize,
        policy: OpeningPolicy,
    ) -> Answer<'_, Option<Households>>;

    /// An attachment.
    fn attachment(&self, digest: FieldDigest) -> Answer<'_, Option<AttachmentFile>>;

    /// Keeps a list of serials that a `labels_issued` record of the batch commits to; one that is there changes nothing.
    fn store_serials(&self, batch: ChainId, list: SerialList) -> Answer<'_, Result<(), SerialsRefusal>>;

    /// What shows that a serial of a batch was issued, or that no list kept here has it. Empty if none is kept, also where
    /// there is no such batch.
    fn serial_proof(&self, batch: ChainId, serial: Serial) -> Answer<'_, SerialProof>;

    /// Counts a scan of a serial today, and all that is counted of it then; `None` if no list kept here has it.
    fn count_scan(&self, batch: ChainId, serial: Serial) -> Answer<'_, Option<ScanCounts>>;

    /// What is counted of a serial; `None` if no list kept here has it.
    fn scan_counts(&self, batch: ChainId, serial: Serial) -> Answer<'_, Option<ScanCounts>>;

    /// Deletes counts that are older than they are kept; how many rows. To be called every day.
    fn forget_scans(&self) -> Answer<'_, usize>;

    /// How many records were accepted; answers only if the store works.
    fn count(&self) -> Answer<'_, u64>;

    /// The trust roots known now. In a deployment with a log, each with its place there.
    fn roots(&self) -> Arc<Roots>;

    // What follows is the log's. In a deployment without one, what asks finds nothing and what changes something
    // answers `StoreError::NoLog`.

    /// Adds the next version of the trust root as a leaf; its index. One that is there already changes nothing.
    fn add_root(&self, root: SignedRoot) -> Answer<'_, Result<u64, RootError>>;

    /// `[index, log time]` of each version of the trust root among the first `size` leaves.
    fn root_places(&self, size: u64) -> Answer<'_, Vec<Vec<u64>>>;

    /// How many leaves there are, the pending ones (those no checkpoint covers) among them.
    fn log_size(&self) -> Answer<'_, u64>;

    /// The data of at most `count` leaves of every sort, from an index on.
    fn leaves(&self, from: u64, count: u64) -> Answer<'_, Vec<Vec<u8>>>;

    /// The records among those leaves, as signed, each with its index.
    fn logged_records(&self, from: u64, count: u64) -> Answer<'_, Vec<(u64, Vec<u8>)>>;

    /// Evidence of two histories, by the hash that its leaf holds.
    fn evidence(&self, hash: [u8; 32]) -> Answer<'_, Option<Vec<u8>>>;

    /// Where a record stands in the log.
    fn position(&self, statement: StatementId) -> Answer<'_, Option<Logged>>;

    /// All the map held after the first `size` leaves, in no particular order. A size beyond the log is the log's.
    fn map_contents(&self, size: u64) -> Answer<'_, Vec<MapEntry>>;

    /// Closes a checkpoint: hands the map's changes since the last one to `prepare`, and appends the root it answers as
    /// the map leaf. `None`, and `prepare` is not called, if there is no leaf since the last map leaf.
    fn close(&self, prepare: Prepare) -> Answer<'_, Option<Closed>>;

    /// Keeps the note in which the log signed a closed checkpoint. Another tree root for the same size is refused.
    fn sign_checkpoint(&self, size: u64, tree_root: Hash, note: String) -> Answer<'_, ()>;

    /// Keeps the cosigned note of a signed checkpoint, as fresh as it is known to be. A less fresh one changes nothing.
    fn cosign_checkpoint(&self, size: u64, note: String, as_of: Time) -> Answer<'_, ()>;

    /// The checkpoint of this size.
    fn checkpoint(&self, size: u64) -> Answer<'_, Option<StoredCheckpoint>>;

    /// The largest checkpoint, signed or not.
    fn newest_checkpoint(&self) -> Answer<'_, Option<StoredCheckpoint>>;

    /// The largest cosigned checkpoint.
    fn newest_cosigned(&self) -> Answer<'_, Option<StoredCheckpoint>>;

    /// A batch's bundle as of the first `size` leaves, and what its proof needs. Openings are those of now.
    fn logged_bundle(&self, batch: ChainId, policy: OpeningPolicy, size: u64) -> Answer<'_, Option<LoggedBundle>>;

    /// The batch behind a label as of the first `size` leaves.
    fn batch_of_label_at(&self, label: Label, size: u64) -> Answer<'_, Option<ChainId>>;
}
