//! The files of a growing log are those of the specification's definition, whenever they are flushed.

use std::collections::BTreeMap;

use nguon_tlog::tile::{EntryBundle, Tile, TileBuilder, encode_entries};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::files::{Failure, Files, grown};
use crate::naive::{Naive, at, entry};

/// The files that a log of this size has: `MTH(D[(n · 256 + i) · 256^l : (n · 256 + i + 1) · 256^l])`, and entries.
fn defined(naive: &Naive, size: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for level in 0..8 {
        for tile in (0..).map_while(|index| Tile::of(level, index, size)) {
            let span = 256_u64.pow(level.into());
            let hashes = (0..u64::from(tile.width())).flat_map(|i| {
                let start = (tile.index() * 256 + i) * span;
                *naive.mth(at(start), at(start + span)).as_bytes()
            });
            files.insert(tile.path(), hashes.collect());
        }
    }
    for bundle in (0..).map_while(|index| EntryBundle::of(index, size)) {
        let first = bundle.index() * 256;
        let entries: Vec<_> = (first..first + u64::from(bundle.width())).map(entry).collect();
        files.insert(bundle.path(), encode_entries(&entries).unwrap());
    }
    files
}

#[test]
fn one_flush_writes_the_defined_files_at_every_size() {
    let naive = Naive::new(600);
    for size in 0..=600 {
        let files = Files::of(size);
        assert_eq!(files.files, defined(&naive, size), "size {size}");
    }
}

#[test]
fn a_flush_after_each_entry_leaves_every_partial_file_behind_it() {
    let naive = Naive::new(600);
    let (mut log, mut files, mut expected) = (TileBuilder::new(), Files::default(), BTreeMap::new());
    for size in 1..=600 {
        log = grown(log, size);
        log.flush(&mut files).unwrap();
        expected.extend(defined(&naive, size));
        assert_eq!(log.frontier().root(), naive.root(size));
    }
    assert_eq!(files.files, expected);
}

#[test]
fn the_specifications_log_of_70000_has_three_levels() {
    let size = 70_000;
    let naive = Naive::new(size);
    let log = grown(TileBuilder::new(), size);
    assert_eq!(log.frontier().root(), naive.root(size));
    assert_eq!(Files::of(size).files, defined(&naive, size));
}

#[test]
fn nothing_is_written_twice() {
    let mut files = Files::default();
    let mut log = grown(TileBuilder::new(), 300);
    log.flush(&mut files).unwrap();
    files.writes_left = Some(0);
    assert_eq!(log.flush(&mut files), Ok(()));
    // Only level 0 and its bundle have grown.
    files.writes_left = Some(2);
    assert_eq!(grown(log, 301).flush(&mut files), Ok(()));
}

#[test]
fn a_flush_that_failed_is_made_good_by_the_next() {
    let (unflushed, complete) = (grown(TileBuilder::new(), 70_000), Files::of(70_000));
    for writes in (0..complete.files.len()).step_by(37).chain([complete.files.len() - 1]) {
        let mut files = Files { writes_left: Some(writes), ..Files::default() };
        let mut log = unflushed.clone();
        assert_eq!(log.flush(&mut files), Err(Failure::Full));
        files.writes_left = None;
        log.flush(&mut files).unwrap();
        assert_eq!(files.files, complete.files);
    }
}

proptest! {
    // Each case builds a dozen logs.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn full_files_do_not_depend_on_when_they_were_flushed(steps in vec(0_u64..400, 1..12)) {
        let (mut log, mut files) = (TileBuilder::new(), Files::default());
        for step in steps {
            let size = log.size() + step;
            log = grown(log, size);
            log.flush(&mut files).unwrap();
            for (path, bytes) in Files::of(size).files {
                prop_assert_eq!(files.files.get(&path), Some(&bytes), "{} at {}", path, size);
            }
        }
    }
}
