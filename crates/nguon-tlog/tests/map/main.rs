//! What the Merkle map promises, held against a naive one.

mod bytes_are_as_specified;
mod every_size;
mod hostile_proofs;
mod naive;
mod only_the_canonical_proof;
mod updates;
