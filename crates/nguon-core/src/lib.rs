//! Produce traceability records: how they are written, who may sign them, and what a reader may conclude from them.
//!
//! A [`record::Record`] is one signed statement about an actor, a place or a batch. Records are COSE_Sign1 envelopes
//! (RFC 9052) with Ed25519 (RFC 8032, RFC 9864) over deterministic CBOR (RFC 8949 §4.2.1), and each names the SHA-256 id
//! of the one before it on its chain. A [`verify::Bundle`] holds what is needed to verify one batch offline;
//! [`verify::verify`] turns its bytes into a [`verify::Verdict`].
//!
//! The byte formats stand in `SPEC.md` at the project's root. This crate reads no clock, no randomness, no file and no
//! network: times, keys and random bytes are arguments. [`log`] says what goes into the transparency log, whose trees and
//! notes are `nguon-tlog`'s; where a trust root names none, the best verdict is [`verify::Outcome::Unlogged`]. Kilograms
//! are summed in [`state`] (within a chain) and [`judge`] (between chains); pre-harvest intervals stand in [`state`]; which
//! value counts after a correction is decided in one place there; [`trace`] walks the graph that draws and inputs make.
//! Not in here: exports to EPCIS and other sheets.
//!

pub mod admit;
pub mod bytes;
pub mod cbor;
pub mod envelope;
pub mod event;
pub mod fault;
pub mod fork;
pub mod ids;
mod index;
pub mod judge;
pub mod key;
pub mod ledger;
pub mod log;
pub mod opening;
pub mod permission;
pub mod prelude;
pub mod recalls;
pub mod record;
pub mod replay;
pub mod serial;
pub mod state;
pub mod trace;
pub mod trust;
pub mod values;
pub mod verify;

/// What an error says. The shopper's page tells faults by their kind and not by these words: it is built without them
/// (`--cfg nguon_wordless`), which spares every shopper 2 KB.
pub(crate) fn words(error: &dyn std::fmt::Display) -> String {
    if cfg!(nguon_wordless) { String::new() } else { error.to_string() }
}

/// Whether codes are left out as well.
pub(crate) const CODELESS: bool = cfg!(all(nguon_wordless, feature = "codeless"));

/// The words of a fault, under the same terms.
pub(crate) const fn said(words: &'static str) -> &'static str {
    if cfg!(nguon_wordless) { "" } else { words }
}

pub use ed25519_dalek::SigningKey;
pub use nguon_gs1 as gs1;
