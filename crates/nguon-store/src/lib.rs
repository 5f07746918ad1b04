//! Durable storage of accepted records: admission and commit in one step, bundles, openings, erasure.
//!
//! [`Store`] says what any store must do; [`sqlite::SqliteStore`] does it in two SQLite files:
//!
//! | file | holds | losing it costs |
//! |---|---|---|
//! | `nguon.db` | every record as it was signed, in order of acceptance; who has which label and place code | the history; signed copies are with their signers and in saved bundles |
//! | `nguon.personal.db` | openings of salted fields, attachments, and which of them were erased | names and photos read "withheld"; every history still verifies |
//!
//! Nothing in either file is trusted by a reader: bundles are verified where they are read. The store itself trusts its
//! records, whose signatures it checked when it took them; a row that was changed since gives [`StoreError::Damaged`].
//!
//! What is promised: an answer is given only after the commit that makes it durable (SQLite in WAL mode with
//! `synchronous=FULL`); a record that is refused leaves nothing behind; the order of acceptance is that of `position`.
//! One process writes records (a lock file sees to it); erasing may happen from another at the same time.
//!
//! Left out: the transparency log, sums of kilograms, deletion of records (there is none).

mod error;
mod outcome;
mod policy;
pub mod sqlite;
mod store;

pub use error::StoreError;
pub use outcome::{Entry, GroupRefusal, OpeningRefusal, Outcome};
pub use policy::OpeningPolicy;
pub use store::{Answer, AttachmentFile, ChainHead, Store};
