//! `log.append`: a million leaves with tiles and entry bundles, against the bare hashing of the same leaves and nodes.

use std::convert::Infallible;
use std::hint::black_box;

use nguon_tlog::tile::{TileBuilder, TileWriter};
use sha2::{Digest as _, Sha256};
use xtask_bench::best::Best;
use xtask_bench::deployment::{CHECKPOINT, LEAVES};
use xtask_bench::figures::{AtMost, Wanted, report};

const LEAF_LENGTH: usize = nguon_core::log::LEAF_LENGTH;

/// Ten checkpoints, under a millisecond.
const PIECE: usize = 1280;

/// A whole log is built in each.
const ROUNDS: usize = 9;

/// Looks at what it is given, and keeps nothing.
struct Nowhere;

impl TileWriter for Nowhere {
    type Error = Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        black_box((path, bytes));
        Ok(())
    }
}

pub fn measure(wanted: &Wanted) {
    if !wanted.has("log.append") {
        return;
    }
    let indexes: Vec<u64> = (0..LEAVES).collect();
    let pieces: Vec<&[u64]> = indexes.chunks(PIECE).collect();
    let (mut appending, mut hashing) = (Best::of(pieces.len()), Best::of(pieces.len()));
    for _ in 0..ROUNDS {
        let mut log = TileBuilder::new();
        for (at, piece) in pieces.iter().enumerate() {
            appending.time(at, || append(&mut log, piece));
            hashing.time(at, || hash(piece));
        }
        black_box(log.frontier().root());
    }
    report("log.append", appending.seconds() * 1e3, "ms", Some(AtMost { ratio: 2.0, of: hashing.seconds() * 1e3 }));
}

fn append(log: &mut TileBuilder, indexes: &[u64]) {
    let mut leaf = [0; LEAF_LENGTH];
    for index in indexes {
        leaf[..8].copy_from_slice(&index.to_be_bytes());
        log.append(&leaf).expect("a short entry");
        if log.size().is_multiple_of(CHECKPOINT) {
            let Ok(()) = log.flush(&mut Nowhere);
        }
    }
}

/// The hashes of the same leaves, and of the nodes that they complete, prefixes already in place.
fn hash(indexes: &[u64]) {
    let (mut leaf, node) = ([0; 1 + LEAF_LENGTH], [1; 65]);
    for index in indexes {
        leaf[1..9].copy_from_slice(&index.to_be_bytes());
        black_box(Sha256::digest(black_box(&leaf)));
        for _ in 0..index.trailing_ones() {
            black_box(Sha256::digest(black_box(&node)));
        }
    }
}
