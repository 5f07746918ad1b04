//! The log's Merkle tree (RFC 6962 §2.1): its root, inclusion proofs and consistency proofs.
//!
//! [`verify_inclusion`] and [`verify_consistency`] are what a reader needs; they are the algorithms of RFC 9162
//! §2.1.3.2 and §2.1.4.2, and read nothing but their arguments. [`Frontier`] and [`NodeSource`] are the writer's side.
//!
//! ```
//! use nguon_tlog::hash::leaf;
//! use nguon_tlog::tree::{Frontier, ProofError, verify_inclusion};
//!
//! let mut log = Frontier::new();
//! for data in [b"lychee", b"longan", b"pomelo"] {
//!     log.append(leaf(data));
//! }
//! let proof = log.last_leaf_proof();
//! verify_inclusion(&leaf(b"pomelo"), 2, 3, &proof, &log.root())?;
//! assert_eq!(verify_inclusion(&leaf(b"durian"), 2, 3, &proof, &log.root()), Err(ProofError::Root));
//! # Ok::<(), ProofError>(())
//! ```
//!
//! A root does not commit to the number of its leaves: whoever verifies takes both from one signed checkpoint.

mod frontier;
mod prove;
mod verify;

pub use frontier::Frontier;
pub use prove::{NodeSource, consistency_proof, inclusion_proof, root};
pub use verify::{ProofError, verify_consistency, verify_inclusion};
