//! Durable storage of accepted records: admission and commit in one step, bundles, openings, erasure.
//!
//! [`Store`] says what any store must do; [`sqlite::SqliteStore`] does it in two SQLite files:
//!
//! | file | holds | losing it costs |
//! |---|---|---|
//! | `nguon.db` | every record as it was signed, in order of acceptance; who has, or had, which label and place code; the trace graph and the register; the log's leaves, checkpoints, trust roots and evidence; hashes of printed serials and how often each was scanned | the history, and the log ends; signed copies are with their signers and in saved bundles |
//! | `nguon.personal.db` | openings of salted fields, attachments and unfinished pieces of them, and which were erased | names and photos read "withheld"; every history still verifies |
//!
//! Nothing in either file is trusted by a reader: bundles are verified where they are read. The store itself trusts its
//! records, whose signatures it checked when it took them; a row that was changed since gives [`StoreError::Damaged`].
//!
//! What is promised: an answer is given only after the commit that makes it durable (SQLite in WAL mode with
//! `synchronous=FULL`); a record that is refused leaves nothing behind; the order of acceptance is that of `position`.
//! One process writes records (a lock file sees to it); erasing may happen from another at the same time.
//!
//! Where the trust root names a log, the store is its durable half: each record accepted gets the next leaf and its time
//! within the same commit, [`Store::close`] appends the heads map's root as the last leaf of a checkpoint, and signed and
//! cosigned notes are kept beside it. What was at any earlier size can be asked again ([`Store::map_contents`],
//! [`Store::logged_bundle`]). Evidence of two histories is kept, and a chain that has it is forked. Trees, tiles, map nodes
//! and signatures are the sequencer's. [`sqlite::backup`] copies a store while it is in use, and [`sqlite::restore`] does
//! not bring back less than what it replaces.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use nguon_core::admit::Statement;
//! use nguon_core::prelude::*;
//! use nguon_store::{Outcome, Store, sqlite::SqliteStore};
//!
//! let [root, office, coop] = [1, 2, 3].map(|n| SigningKey::from_bytes(&[n; 32])); // yours: random bytes
//! let [now, later] = [Time::new(1_780_000_000)?, Time::new(1_790_000_000)?];
//! let authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse()?, (&office).into());
//! let by_office = Pen::new(authority.id, &office, now);
//! let payload = RootPayload::of_one_authority(authority, (&root).into(), now, later);
//! let trust = TrustRoot::verify_first(SignedRoot::sign(&payload, &[&root])?)?;
//! let name = FieldValue::Text("Hợp tác xã mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
//! let scope = Scope::of_events(EventName::ALL)?;
//! let enrolled = Enrolled::new(Role::Registrar, name, scope, Some((&coop).into()));
//! let mut ledger = Ledger::new(trust.clone());
//! let actor = ledger.begin(&by_office, enrolled, Nonce::from_bytes([1; 16]))?;
//! let record = ledger.records(&actor)[0].clone();
//!
//! let folder = tempfile::tempdir()?;
//! let store = SqliteStore::open(folder.path(), trust.clone())?;
//! let runtime = tokio::runtime::Builder::new_current_thread().build()?; // any runtime will do
//! let outcomes = runtime.block_on(store.submit(vec![Statement::decode(record, trust.deployment())?]))?;
//! assert!(matches!(outcomes[..], [Outcome::Accepted(entry)] if entry.chain == actor)); // and it is on disk
//! # Ok(())
//! # }
//! ```
//!
//! What a record says of the trace graph (`nguon_core::trace`) is noted in the commit that takes it: edges with effective
//! grams, a batch's sums, recalls, and what plots and batches are found by ([`Origin`]). A walk reads no record; it is taken
//! in pieces ([`Store::begin_trace`], [`Store::go_on_trace`]), each from a snapshot of its own, so that a slow reader holds
//! nothing up. Older files are filled from their records when they are opened.
//!
//! Beside the records stand lists of printed serials (`nguon_core::serial`), each taken only if a record of its batch signs
//! for its root, and counts of scans by serial and day, which are deleted after 400 days ([`Store::forget_scans`]). Both are
//! hashes and numbers; nothing says who scanned.
//!
//! A register beside the graph says who is enrolled by whom and with which keys ([`Store::key_holders`]), which chains a device
//! needs ([`Store::needed_chains`]), and what the households below a registrar grow ([`Store::households`]). It is derived from
//! records in the commit that takes them, and older files are filled when they are opened.
//!
//! Attachments may come in pieces ([`Store::append_upload`]). Pieces stand in the file of personal data, go with an erasure, are
//! bounded per person and in all ([`UploadLimits`]), and are deleted a week after the last one came.
//!
//! Left out: deletion of records (there is none).

mod error;
mod log;
mod outcome;
mod policy;
mod register;
pub mod sqlite;
mod store;
mod trace;
mod upload;

pub use error::StoreError;
pub use log::{Closed, Cosigned, Logged, LoggedBundle, MapEntry, Prepare, StoredCheckpoint};
pub use outcome::{Entry, GroupRefusal, OpeningRefusal, Outcome, SerialsRefusal};
pub use policy::OpeningPolicy;
pub use register::{
    AreaSeason, AreaSums, Household, HouseholdPlot, Households, KeyHolder, KeyHolders, KeyRevocation, Moment,
    NeededChain, NeededChains, PlotSeason, Why,
};
pub use store::{Answer, AttachmentFile, ChainHead, ChainRecords, Store};
pub use trace::{Holdings, Origin, Piece};
pub use upload::{Awaited, UploadLimits, UploadRefusal};
