//! The Merkle tree: the standards' vectors, the definition for every size, an independent implementation, tampering.

mod naive;
mod oracle;
mod proofs_for_every_size;
mod tampering;
mod vectors;
