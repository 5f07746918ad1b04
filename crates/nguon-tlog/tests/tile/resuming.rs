//! A log that is resumed from its files goes on as if it had never stopped.

use nguon_tlog::tile::{ReadError, TileBuilder, TileError};

use crate::files::{Files, grown};
use crate::naive::Naive;

/// Stops a log at one size, resumes it from its files, goes on to another, and gives its files and itself.
fn interrupted(at: u64, size: u64) -> (Files, TileBuilder) {
    let mut files = Files::of(at);
    let mut log = grown(TileBuilder::resume(at, &files).unwrap(), size);
    log.flush(&mut files).unwrap();
    (files, log)
}

#[test]
fn it_has_the_same_root_proof_and_files_wherever_it_stopped() {
    let naive = Naive::new(600);
    for at in 0..=600 {
        let resumed = TileBuilder::resume(at, &Files::of(at)).unwrap();
        assert_eq!(resumed.size(), at);
        assert_eq!(resumed.frontier().root(), naive.root(at));
        assert_eq!(resumed.frontier().nodes(), grown(TileBuilder::new(), at).frontier().nodes());

        let (files, log) = interrupted(at, 600);
        assert_eq!(log.frontier().root(), naive.root(600));
        for (path, bytes) in Files::of(600).files {
            assert_eq!(files.files.get(&path), Some(&bytes), "{path} after a stop at {at}");
        }
    }
}

#[test]
fn it_goes_on_across_the_edges_of_the_levels() {
    let size = 66_000;
    let complete = Files::of(size);
    for at in [65_279, 65_280, 65_281, 65_535, 65_536, 65_537, size - 1] {
        let (files, _) = interrupted(at, size);
        for (path, bytes) in &complete.files {
            assert_eq!(files.files.get(path), Some(bytes), "{path} after a stop at {at}");
        }
    }
}

#[test]
fn it_writes_nothing_before_something_is_appended() {
    for at in [0, 1, 255, 256, 300] {
        let mut files = Files { writes_left: Some(0), ..Files::of(at) };
        assert_eq!(TileBuilder::resume(at, &files).unwrap().flush(&mut files), Ok(()));
    }
}

#[test]
fn files_flushed_behind_the_last_checkpoint_do_no_harm() {
    // Killed after a flush at 600, before the checkpoint of that size was signed: the same entries are appended again.
    let (mut files, _) = interrupted(300, 600);
    let mut log = TileBuilder::resume(300, &files).unwrap();
    for size in 301..=600 {
        log = grown(log, size);
        log.flush(&mut files).unwrap();
    }
    assert_eq!(log.frontier().root(), Naive::new(600).root(600));
}

#[test]
fn an_entry_that_is_not_the_trees_is_refused() {
    let mut files = Files::of(300);
    let bundle = files.files.get_mut("tile/entries/001.p/44").unwrap();
    *bundle.last_mut().unwrap() ^= 1;
    let refused = TileError::OtherEntry { path: "tile/entries/001.p/44".to_owned(), position: 43 };
    assert_eq!(TileBuilder::resume(300, &files).err(), Some(ReadError::Tile(refused)));
}

#[test]
fn a_log_without_its_files_is_not_resumed() {
    for path in ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"] {
        let mut files = Files::of(300);
        files.files.remove(path);
        let error = TileBuilder::resume(300, &files).unwrap_err();
        assert_eq!(error.to_string(), format!("{path} cannot be read"));
    }
}
