//! From a bundle's bytes to a verdict.
//!
//! [`verify`] is the only way from [`crate::envelope::SignedRecord`] (bytes) to [`VerifiedChain`]. What each outcome
//! promises stands at [`Outcome`].

mod bundle;
mod graph;
mod history;
mod label;
mod verdict;
mod verifier;
mod view;

pub use bundle::{Bundle, BundleError};
pub use graph::{Closure, closure};
pub use history::{History, Opened, VerifiedChain, VerifiedRecord};
pub use label::ScannedLabel;
pub use verdict::{At, Finding, Note, Outcome, OutcomeKind, Subject, Verdict};
pub use verifier::{Options, Progress, Verification, Verifier, verify};
pub use view::{BundleView, ChainView, OpeningView, RecordView, ValueView};
