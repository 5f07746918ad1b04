//! Those who watch the log: the witness and the map auditor, each a small server with a key and a memory of its own.
//!
//! A [`Witness`] (C2SP tlog-witness v1, `add-checkpoint`) cosigns (C2SP tlog-cosignature v1) whatever continues what it
//! cosigned before, and nothing else: a log has one history as long as enough of them are honest. A map [`Auditor`]
//! cosigns only what it has [replayed](Audit): every record's admission at its place, log times, anchors, first-come
//! labels and codes, forks, trust roots, and the heads map over all of it ([`nguon_core::replay`]). It adds what a replay
//! without a clock cannot judge: leaves more than [five minutes](audit::LENIENCE) ahead of its clock, or older by as much
//! than its previous cosignature, which said that there were no more leaves then.
//!
//! Both serve their newest cosigned checkpoint at `GET /{hex SHA-256(origin)}/checkpoint`, readable from any page.
//! Nothing is answered or served before it is durable, and a memory that does not hold stops the process:
//!
//! | file in the state folder | trusted for | losing it costs |
//! |---|---|---|
//! | `{hex}.checkpoint`: the newest cosigned checkpoint of a log | never cosigning another history | the key: make a new one |
//! | `leaves`, `contents`: an auditor's copy of the log, append-only | its own earlier verdicts: signatures in it are not checked again | a replay from leaf 0 |
//! | `checkpoint`: the checkpoint up to which the copy was audited | telling a log that turned back | that |
//! | `lock` | one process at a time | nothing |
//!
//! Left out: TLS and rate limits (a reverse proxy's work), `sign-subtree` of the witness's draft specification, and
//! pruned or mirrored logs: an audit needs every leaf and every record.
//!
//! ```
//! use nguon_core::SigningKey;
//! use nguon_tlog::checkpoint::Checkpoint;
//! use nguon_tlog::{hash, note, witness::AddCheckpoint};
//! use nguon_witness::{Cosigner, LogKey, Witness};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let log = SigningKey::from_bytes(&[1; 32]);
//! let cosigner = Cosigner::new("witness.example", SigningKey::from_bytes(&[2; 32]))?;
//! let witness = Witness::open(cosigner, vec![LogKey::new("log.example", &(&log).into())?], folder)?;
//!
//! let checkpoint = Checkpoint { origin: "log.example".into(), size: 1, root: hash::leaf(b"lychee"), extensions: vec![] };
//! let text = checkpoint.to_text();
//! let note = note::assemble(&text, &[note::sign(&text, "log.example", &log)]);
//! let request = AddCheckpoint { old_size: 0, proof: vec![], note };
//! let answer = witness.add(request.to_body().as_bytes(), 1_781_049_600)?;
//! assert!(answer.starts_with("— witness.example "));
//! # Ok(())
//! # }
//! ```

pub mod audit;
pub mod auditor;
mod clock;
mod copy;
mod cosigner;
mod error;
mod file;
mod listen;
mod log_id;
pub mod served;
mod shelf;
pub mod source;
mod stop;
pub mod witness;

pub use audit::Audit;
pub use auditor::Auditor;
pub use clock::Clock;
pub use cosigner::Cosigner;
pub use error::Error;
pub use listen::{Listening, serve_until_signal};
pub use log_id::{LogId, LogKey};
pub use source::Source;
pub use stop::Stop;
pub use witness::Witness;
