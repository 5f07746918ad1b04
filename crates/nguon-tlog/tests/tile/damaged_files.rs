//! A file that is truncated, too long, missing or swapped is named, or shows in the root and the proofs.

use std::error::Error as _;

use nguon_tlog::tile::{ReadError, TileBuilder, TileError, TiledTree};
use nguon_tlog::tree::{ProofError, inclusion_proof, root, verify_inclusion};

use crate::files::{Failure, Files};
use crate::naive::{Naive, at};

const SIZE: u64 = 70_000;

/// The tiles that the proof of leaf 69,000 is made of.
const NEEDED: [&str; 4] = ["tile/0/269", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"];

#[test]
fn a_tile_of_another_length_is_named() {
    let complete = Files::of(SIZE);
    for path in NEEDED {
        let length = complete.files[path].len();
        let others = [0, 1, 31, 32, length - 32, length - 1, length + 1, length + 32, 2 * length];
        for found in others.into_iter().filter(|found| *found != length) {
            let mut files = complete.clone();
            files.files.get_mut(path).unwrap().resize(found, 0);
            let refused = TileError::Length { path: path.to_owned(), found, expected: length };
            let error = inclusion_proof(&TiledTree::new(&files, SIZE), 69_000, SIZE).unwrap_err();
            assert_eq!(error, ReadError::Tile(refused));
            assert!(error.to_string().starts_with(path), "{error}");
        }
    }
}

#[test]
fn a_missing_tile_is_named_with_the_stores_own_reason() {
    let complete = Files::of(SIZE);
    for path in NEEDED {
        let mut files = complete.clone();
        files.files.remove(path);
        let error = inclusion_proof(&TiledTree::new(&files, SIZE), 69_000, SIZE).unwrap_err();
        assert_eq!(error, ReadError::Reader { path: path.to_owned(), source: Failure::Missing });
        assert_eq!(error.to_string(), format!("{path} cannot be read"));
        assert_eq!(error.source().unwrap().to_string(), "no such file");
    }
}

#[test]
fn a_full_tile_in_place_of_a_partial_one_must_be_full() {
    let mut files = Files::of(SIZE);
    let partial = files.files.remove("tile/0/273.p/112").unwrap();
    files.files.insert("tile/0/273".to_owned(), partial);
    let refused = TileError::Length { path: "tile/0/273".to_owned(), found: 112 * 32, expected: 8_192 };
    assert_eq!(root(&TiledTree::new(&files, SIZE), SIZE), Err(ReadError::Tile(refused)));
}

#[test]
fn swapped_tiles_give_a_proof_that_is_refused() {
    let naive = Naive::new(SIZE);
    let mut files = Files::of(SIZE);
    let (one, other) = (files.files["tile/0/100"].clone(), files.files["tile/0/269"].clone());
    files.files.insert("tile/0/100".to_owned(), other);
    files.files.insert("tile/0/269".to_owned(), one);
    let proof = inclusion_proof(&TiledTree::new(&files, SIZE), 69_000, SIZE).unwrap();
    let found = verify_inclusion(naive.leaf(69_000), 69_000, SIZE, &proof, &naive.root(SIZE));
    assert_eq!(found, Err(ProofError::Root));
}

#[test]
fn a_flipped_bit_on_the_right_edge_gives_another_root() {
    let size = 600;
    let expected = Naive::new(size).root(size);
    let complete = Files::of(size);
    for path in ["tile/0/002.p/88", "tile/1/000.p/2"] {
        for byte in (0..complete.files[path].len()).step_by(13) {
            let mut files = complete.clone();
            files.files.get_mut(path).unwrap()[byte] ^= 0x10;
            assert_ne!(root(&TiledTree::new(&files, size), size), Ok(expected), "{path} {byte}");
        }
    }
}

#[test]
fn a_resumed_log_shows_a_swapped_right_edge_in_its_root() {
    let size = 600;
    let mut files = Files::of(size);
    let tile = files.files.get_mut("tile/1/000.p/2").unwrap();
    tile.rotate_left(32);
    let log = TileBuilder::resume(size, &files).unwrap();
    assert_ne!(log.frontier().root(), Naive::new(size).root(size));
}

#[test]
fn a_damaged_bundle_is_named() {
    let complete = Files::of(600);
    for (bundle, path, expected) in [(0, "tile/entries/000", 256), (2, "tile/entries/002.p/88", 88)] {
        let length = complete.files[path].len();
        for found in [0, 1, length / 2, length - 1, length + 1] {
            let mut files = complete.clone();
            files.files.get_mut(path).unwrap().resize(found, 0);
            let refused = ReadError::Tile(TileError::Entries { path: path.to_owned(), expected });
            assert_eq!(TiledTree::new(&files, 600).entries(bundle), Err(refused));
        }
    }
    assert_eq!(at(600) - 2 * 256, 88);
}
