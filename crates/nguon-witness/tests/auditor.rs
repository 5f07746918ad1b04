//! What a map auditor promises: its cosignature says that every leaf was replayed, at an honest time.

mod support;

use std::path::Path;
use std::time::Duration;

use nguon_core::log::Leaf;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::Note;
use nguon_witness::auditor::{Look, Pace};
use nguon_witness::served::{self, Served};
use nguon_witness::{Auditor, Clock, Cosigner, Error, LogId, Source, Stop};
use support::http::Live;
use support::{Growing, NOW, ORIGIN, Shown, Stage, auditor, key, time, trust};
use tempfile::TempDir;

const RECOSIGN: u64 = 60;

fn open(folder: &Path) -> Auditor {
    Auditor::open(auditor(), trust(), folder, &mut |_| {}).unwrap()
}

fn look(auditor: &mut Auditor, source: &Source, now: u64) -> Result<Look, Error> {
    auditor.look(source, now, RECOSIGN, &mut |_| {})
}

/// Size and time of the newest cosignature served.
fn served(auditor: &Auditor) -> Option<(u64, u64)> {
    let note = Note::parse(&auditor.shown().newest(&LogId::of(ORIGIN).to_string())?).unwrap();
    let checkpoint = nguon_tlog::checkpoint::Checkpoint::parse(note.text()).unwrap();
    Some((checkpoint.size, note.cosigned_by(&support::auditor().verifier().key)?))
}

fn grown(at: u64) -> Shown {
    Growing::new().grow(3, at).shown()
}

#[test]
fn what_was_replayed_is_cosigned_and_cosigned_again_while_it_stands() {
    let folder = TempDir::new().unwrap();
    let mut log = Growing::new();
    let stage = Stage::new(log.grow(3, NOW).shown());
    let source = stage.source();
    let mut auditor = open(folder.path());
    assert_eq!(served(&auditor), None);
    assert_eq!(look(&mut auditor, &source, NOW + 1).unwrap(), Look::Cosigned(5));
    assert_eq!(look(&mut auditor, &source, NOW + 2).unwrap(), Look::NothingNew);
    assert_eq!(served(&auditor), Some((5, NOW + 1)));
    assert_eq!(look(&mut auditor, &source, NOW + 1 + RECOSIGN).unwrap(), Look::Cosigned(5));
    stage.show(log.grow(2, NOW + 70).shown());
    assert_eq!(look(&mut auditor, &source, NOW + 71).unwrap(), Look::Cosigned(8));

    drop(auditor);
    let mut again = open(folder.path());
    assert_eq!(served(&again), Some((8, NOW + 71)), "what was cosigned is served again at once");
    assert_eq!(look(&mut again, &source, NOW + 72).unwrap(), Look::NothingNew);
}

#[test]
fn a_map_that_omits_a_record_is_never_cosigned() {
    let folder = TempDir::new().unwrap();
    let mut log = Growing::new();
    let stage = Stage::new(log.grow(3, NOW).shown());
    let source = stage.source();
    let mut auditor = open(folder.path());
    look(&mut auditor, &source, NOW + 1).unwrap();

    let mut lying = log.grow(1, NOW + 10).shown();
    lying.set_leaf(6, Leaf::Map { log_time: time(NOW + 10), root: Hash::from_bytes([3; 32]) });
    stage.show(lying.signed());
    for later in [11, 600, 700] {
        let error = look(&mut auditor, &source, NOW + later).unwrap_err();
        assert!(error.is_the_logs() && error.index() == Some(6), "{error}");
    }
    assert_eq!(served(&auditor), Some((5, NOW + 1)));
}

#[test]
fn leaves_from_the_future_wait_until_the_clock_has_come_there() {
    let folder = TempDir::new().unwrap();
    let mut auditor = open(folder.path());
    let source = grown(NOW + 400).source();
    let error = look(&mut auditor, &source, NOW + 99).unwrap_err();
    assert!(matches!(error, Error::Ahead { index: 1, .. }) && !error.is_the_logs(), "{error}");
    assert_eq!(look(&mut auditor, &source, NOW + 100).unwrap(), Look::Cosigned(5));
}

#[test]
fn leaves_dated_before_the_previous_cosignature_are_refused() {
    for (dated, refused) in [(699, true), (700, false)] {
        let folder = TempDir::new().unwrap();
        let mut log = Growing::new();
        let stage = Stage::new(log.grow(3, NOW).shown());
        let source = stage.source();
        let mut auditor = open(folder.path());
        look(&mut auditor, &source, NOW + 1000).unwrap();

        stage.show(log.grow(1, NOW + dated).shown());
        let looked = look(&mut auditor, &source, NOW + 1001);
        if refused {
            let error = looked.unwrap_err();
            assert!(matches!(error, Error::Late { index: 5, .. }) && error.is_the_logs(), "{error}");
            drop(auditor);
            look(&mut open(folder.path()), &source, NOW + 1001).unwrap_err();
        } else {
            assert_eq!(looked.unwrap(), Look::Cosigned(7));
        }
    }
}

#[test]
fn a_folder_serves_one_key_and_one_process() {
    let folder = TempDir::new().unwrap();
    let mut first = open(folder.path());
    look(&mut first, &grown(NOW).source(), NOW).unwrap();
    let open_as = |cosigner| Auditor::open(cosigner, trust(), folder.path(), &mut |_| {});
    assert!(matches!(open_as(auditor()), Err(Error::InUse(_))));
    drop(first);
    let other = Cosigner::new("auditor.example", key(1)).unwrap();
    assert!(matches!(open_as(other), Err(Error::State { .. })));
}

#[test]
fn a_cosignature_without_its_copy_is_not_forgotten_silently() {
    let folder = TempDir::new().unwrap();
    let mut auditor = open(folder.path());
    look(&mut auditor, &grown(NOW).source(), NOW).unwrap();
    drop(auditor);
    for name in ["leaves", "contents", "checkpoint"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    let opened = Auditor::open(support::auditor(), trust(), folder.path(), &mut |_| {});
    assert!(matches!(opened, Err(Error::Copy { .. })));
}

#[test]
fn an_auditor_at_work_follows_and_serves_and_stops() {
    let folder = TempDir::new().unwrap();
    let mut log = Growing::new();
    let stage = Stage::new(log.grow(3, NOW).shown());
    let mut auditor = open(folder.path());
    let live = Live::start(served::routes::<nguon_witness::auditor::Shown>(auditor.shown()));
    let path = format!("/{}/checkpoint", LogId::of(ORIGIN));
    let wait_for = |size: &str| loop {
        let answer = live.get(&path);
        if answer.status == 200 && answer.body.lines().nth(1) == Some(size) {
            assert!(answer.anybody_may_read);
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let stop = Stop::new();
    std::thread::scope(|scope| {
        let (source, told) = (stage.source(), stop.clone());
        let pace = Pace { poll: Duration::from_millis(5), ..Pace::default() };
        scope.spawn(move || auditor.run(&source, &Clock::of(|| NOW + 30), pace, &told));
        wait_for("5");
        stage.show(log.grow(2, NOW + 20).shown());
        wait_for("8");
        stop.now();
    });
}
