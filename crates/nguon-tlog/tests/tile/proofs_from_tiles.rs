//! Proofs made from tiles are those of the tree, and need few tiles.

use nguon_tlog::tile::{ReadError, Tile, TileError, TiledTree};
use nguon_tlog::tree::{NodeSource, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion};

use crate::files::Files;
use crate::naive::{Naive, entry};

#[test]
fn roots_and_all_proofs_are_the_trees_at_every_size() {
    let naive = Naive::new(300);
    for size in 0..=300 {
        let files = Files::of(size);
        let tree = TiledTree::new(&files, size);
        assert_eq!(tree.size(), size);
        assert_eq!(root(&tree, size), Ok(naive.root(size)));
        for position in 0..size {
            assert_eq!(inclusion_proof(&tree, position, size), Ok(inclusion_proof(&naive, position, size).unwrap()));
            assert_eq!(
                consistency_proof(&tree, position, size),
                Ok(consistency_proof(&naive, position, size).unwrap())
            );
        }
    }
}

#[test]
fn proofs_hold_around_the_edges_of_the_levels() {
    const LARGEST: u64 = 131_400;
    let naive = Naive::new(LARGEST);
    let files = Files::of(LARGEST);
    let tree = TiledTree::new(&files, LARGEST);
    let newest = naive.root(LARGEST);
    assert_eq!(root(&tree, LARGEST), Ok(newest));
    for edge in [1, 256, 512, 65_280, 65_536, 70_000, 131_072, LARGEST - 1] {
        for position in [edge - 1, edge, edge + 1].into_iter().filter(|position| *position < LARGEST) {
            let proof = inclusion_proof(&tree, position, LARGEST).unwrap();
            assert_eq!(verify_inclusion(naive.leaf(position), position, LARGEST, &proof, &newest), Ok(()));
            let proof = consistency_proof(&tree, position, LARGEST).unwrap();
            assert_eq!(verify_consistency(position, LARGEST, &naive.root(position), &newest, &proof), Ok(()));
        }
    }
}

#[test]
fn an_older_tree_is_read_from_the_full_tiles_of_a_newer_log() {
    let naive = Naive::new(70_000);
    let files = Files::of(70_000);
    // Sizes whose partial tiles were never written, or were deleted when the full ones came.
    for size in [1, 255, 256, 257, 5_000, 65_535, 65_536] {
        let tree = TiledTree::new(&files, size);
        assert_eq!(root(&tree, size), Ok(naive.root(size)));
        let last = size - 1;
        assert_eq!(inclusion_proof(&tree, last, size), Ok(inclusion_proof(&naive, last, size).unwrap()));
        let entries = tree.entries(last / 256).unwrap();
        assert_eq!(entries, (last / 256 * 256..size).map(entry).collect::<Vec<_>>());
    }
}

#[test]
fn a_tile_is_read_once_for_all_proofs_of_a_checkpoint() {
    let files = Files::of(70_000);
    let tree = TiledTree::new(&files, 70_000);
    for position in 0..256 {
        inclusion_proof(&tree, position, 70_000).unwrap();
    }
    consistency_proof(&tree, 200, 70_000).unwrap();
    let mut reads = files.reads.borrow().clone();
    reads.sort();
    assert_eq!(reads, ["tile/0/000", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17"]);
}

#[test]
fn more_tiles_than_are_remembered_are_read_again() {
    let naive = Naive::new(70_000);
    let files = Files::of(70_000);
    let tree = TiledTree::new(&files, 70_000);
    for position in (0..70_000).step_by(256).chain((0..70_000).step_by(2_560)) {
        assert_eq!(tree.node(0, position), Ok(*naive.leaf(position)));
    }
}

#[test]
fn every_entry_of_the_log_is_read_and_none_behind_it() {
    let files = Files::of(600);
    let tree = TiledTree::new(&files, 600);
    let entries: Vec<_> = (0..3).flat_map(|bundle| tree.entries(bundle).unwrap()).collect();
    assert_eq!(entries, (0..600).map(entry).collect::<Vec<_>>());
    assert_eq!(tree.entries(3), Ok(Vec::new()));
    assert_eq!(tree.entries(u64::MAX), Ok(Vec::new()));
}

#[test]
fn nodes_outside_of_the_tree_are_refused() {
    let files = Files::of(300);
    let tree = TiledTree::new(&files, 300);
    for (level, index) in [(0, 300), (0, u64::MAX), (2, 75), (8, 1), (9, 0), (63, 0), (64, 0), (255, 0)] {
        let refused = TileError::Outside { level, index, size: 300 };
        assert_eq!(tree.node(level, index), Err(ReadError::Tile(refused)));
    }
    assert!(files.reads.borrow().is_empty());
    assert_eq!(tree.node(8, 0), Ok(Naive::new(300).mth(0, 256)));
    assert_eq!(*files.reads.borrow(), [Tile::new(1, 0, 1).unwrap().path()]);
}
