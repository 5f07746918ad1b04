//! What every store does. `tests/contract.rs` holds each implementation to it.

use std::pin::Pin;

use nguon_core::admit::Statement;
use nguon_core::ids::{ChainId, FieldDigest, StatementId};
use nguon_core::opening::PersonalOpening;
use nguon_core::record::ChainKind;
use nguon_core::values::{Label, MediaType};
use nguon_core::verify::Bundle;

use crate::error::StoreError;
use crate::outcome::{GroupRefusal, OpeningRefusal, Outcome};
use crate::policy::OpeningPolicy;

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

    /// Keeps openings of stored records, all or none; how many of them are there now. One that was erased stays away.
    fn store_openings(&self, openings: Vec<PersonalOpening>) -> Answer<'_, Result<usize, OpeningRefusal>>;

    /// Keeps an attachment whose opening is there; `false` if no opening for this digest is.
    fn store_attachment(&self, digest: FieldDigest, bytes: Vec<u8>) -> Answer<'_, Result<bool, OpeningRefusal>>;

    /// Deletes every opening and attachment about a person, so that the bytes are gone from the files; how many.
    fn erase(&self, actor: ChainId) -> Answer<'_, usize>;

    /// A record's bytes as signed.
    fn record(&self, statement: StatementId) -> Answer<'_, Option<Vec<u8>>>;

    /// A chain's newest record.
    fn head(&self, chain: ChainId) -> Answer<'_, Option<ChainHead>>;

    /// The records of a chain, oldest first; empty if there is no such chain.
    fn records(&self, chain: ChainId) -> Answer<'_, Vec<Vec<u8>>>;

    /// The batch behind a label.
    fn batch_of_label(&self, label: Label) -> Answer<'_, Option<ChainId>>;

    /// A batch's chain and every chain it needs as of one moment, with the openings that the policy lets out.
    fn bundle(&self, batch: ChainId, policy: OpeningPolicy) -> Answer<'_, Option<Bundle>>;

    /// An attachment.
    fn attachment(&self, digest: FieldDigest) -> Answer<'_, Option<AttachmentFile>>;

    /// How many records were accepted; answers only if the store works.
    fn count(&self) -> Answer<'_, u64>;
}
