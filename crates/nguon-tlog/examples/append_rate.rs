//! How fast a log grows, beside the bare hashing of the same leaves and nodes:
//! `cargo run --release -p nguon-tlog --example append_rate`

use std::convert::Infallible;
use std::hint::black_box;
use std::time::{Duration, Instant};

use nguon_tlog::tile::{TileBuilder, TileWriter};
use sha2::{Digest as _, Sha256};

const LEAVES: u64 = 1_000_000;

/// As long as the log's own leaves: kind, time and a statement's id.
const LEAF_LENGTH: usize = 41;

/// How many leaves come between two flushes.
const BATCH: u64 = 128;

/// Counts what it is given, and keeps nothing.
#[derive(Default)]
struct Counter {
    files: u64,
    bytes: u64,
}

impl TileWriter for Counter {
    type Error = Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        self.files += 1;
        self.bytes += black_box((path, bytes)).1.len() as u64;
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Twice each, by turns, the better one counts: the machine may be busy.
    let (mut hashing, mut appending) = (Duration::MAX, Duration::MAX);
    let mut counter = Counter::default();
    for _ in 0..2 {
        hashing = hashing.min(bare_hashing());
        counter = Counter::default();
        appending = appending.min(append_all(&mut counter)?);
    }
    println!("{LEAVES} leaves of {LEAF_LENGTH} bytes, a flush every {BATCH}");
    println!("SHA-256 alone  {:.3} s", hashing.as_secs_f64());
    println!("tiles          {:.3} s", appending.as_secs_f64());
    println!("ratio          {:.2}", appending.as_secs_f64() / hashing.as_secs_f64());
    println!("written        {} files, {} MB", counter.files, counter.bytes / 1_000_000);
    Ok(())
}

/// Hashes as many leaves and nodes as the tree has, already with their prefixes.
fn bare_hashing() -> Duration {
    let (mut leaf, node) = ([0; 1 + LEAF_LENGTH], [1; 65]);
    let nodes = LEAVES - u64::from(LEAVES.count_ones());
    let start = Instant::now();
    for index in 0..LEAVES {
        leaf[1..9].copy_from_slice(&index.to_be_bytes());
        black_box(Sha256::digest(black_box(&leaf)));
    }
    for _ in 0..nodes {
        black_box(Sha256::digest(black_box(&node)));
    }
    start.elapsed()
}

fn append_all(counter: &mut Counter) -> Result<Duration, Box<dyn std::error::Error>> {
    let mut leaf = [0; LEAF_LENGTH];
    let mut log = TileBuilder::new();
    let start = Instant::now();
    for index in 0..LEAVES {
        leaf[..8].copy_from_slice(&index.to_be_bytes());
        log.append(&leaf)?;
        if log.size().is_multiple_of(BATCH) {
            log.flush(counter)?;
        }
    }
    log.flush(counter)?;
    black_box(log.frontier().root());
    Ok(start.elapsed())
}
