//! Serials of printed labels, and what commits to them.

use nguon_core::ids::{ChainId, RootHash};
use nguon_tlog::hash;
use nguon_tlog::tree::Frontier;
use sha2::{Digest as _, Sha256};

use super::seed::Seed;

/// Merkle root (RFC 6962 §2.1) over the sorted hashes of a batch's serials, numbered from 0.
pub(super) fn root(seed: &Seed, batch: &ChainId, count: u64) -> RootHash {
    let mut hashes: Vec<[u8; 32]> = (0..count).map(|n| hashed(batch, &seed.serial(batch, n))).collect();
    hashes.sort_unstable();
    let mut tree = Frontier::new();
    for hashed in &hashes {
        tree.append(hash::leaf(hashed));
    }
    tree.root().into()
}

fn hashed(batch: &ChainId, serial: &str) -> [u8; 32] {
    let mut state = Sha256::new();
    for part in [b"nguon/serial/v1\n".as_slice(), batch.as_bytes(), serial.as_bytes()] {
        state.update(part);
    }
    state.finalize().into()
}
