//! From a bundle's bytes to a verdict.
//!
//! [`verify`] is the only way from [`crate::envelope::SignedRecord`] (bytes) to [`VerifiedChain`]. What each outcome
//! promises stands at [`Outcome`].

mod absence;
mod bundle;
mod graph;
mod head;
mod history;
mod label;
mod places;
mod proof;
mod staged;
mod verdict;
mod verifier;
mod view;

pub use absence::{Absent, verify_absence};
pub use bundle::{Bundle, BundleError};
pub use graph::{Closure, closure};
pub use head::{Seen, check_checkpoint, hashes, newest_at, seen_by};
pub use history::{History, Opened, VerifiedChain, VerifiedRecord};
pub use label::ScannedLabel;
pub use places::proven_keys;
pub use proof::{Absence, ChainProof, MapHead, Proof, Skipped};
pub use staged::{Claim, Part, Stage, assemble, stages};
pub use verdict::{At, Finding, Note, Outcome, OutcomeKind, Subject, Verdict};
pub use verifier::{Options, Progress, SignatureJob, Staged, Verification, Verifier, verify};
pub use view::{BundleView, ChainView, OpeningView, RecordView, ValueView};
