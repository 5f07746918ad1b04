//! What an audit promises: an honest log is sound, however it is read and interrupted; the first fault of any other is
//! named.

mod support;

use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::replay::Cause;
use nguon_tlog::hash::Hash;
use nguon_witness::audit::{Audited, Progress, Times};
use nguon_witness::{Audit, Error, Source};
use proptest::prelude::*;
use support::{Growing, LOG, NOW, Shown, Stage, sign, time, trust};
use tempfile::TempDir;

const TIMES: Times = Times { now: NOW + 1000, previous: None };

fn follow(audit: &mut Audit, source: &Source) -> Result<Audited, Error> {
    let note = source.checkpoint()?;
    audit.follow(&note, source, TIMES, &mut |_| {})
}

fn fresh() -> Audit {
    Audit::open(trust(), None, &mut |_| {}).unwrap()
}

/// Audits once, from nothing.
fn audit(shown: Shown) -> Result<Audited, Error> {
    follow(&mut fresh(), &shown.source())
}

/// The index and code of a fault.
fn fault(shown: Shown) -> (Option<u64>, &'static str) {
    let error = audit(shown).unwrap_err();
    (error.index(), error.code())
}

fn grown() -> Growing {
    let mut log = Growing::new();
    log.grow(5, NOW + 10).grow(3, NOW + 20).grow(1, NOW + 30);
    log
}

#[test]
fn an_honest_log_is_sound_and_an_audit_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let mut log = Growing::new();
    for round in 1..=4 {
        log.grow(round * 3, NOW + u64::from(round));
        let mut resumed = 0;
        let mut watch = |progress| {
            if let Progress::Replayed(..) = progress {
                resumed += 1;
            }
        };
        let mut audit = Audit::open(trust(), Some(folder.path()), &mut watch).unwrap();
        let source = log.shown().source();
        let note = source.checkpoint().unwrap();
        let audited = audit.follow(&note, &source, TIMES, &mut watch).unwrap();
        assert_eq!(resumed, 1, "only what is new is replayed");
        assert_eq!(audited.checkpoint.size, log.ledger.replay().unwrap().size());
        assert_eq!(audit.replay().map().root(), log.ledger.replay().unwrap().map().root());
    }
    // The copy is a source as well.
    let copied = Source::in_folder(folder.path(), None, trust().deployment()).unwrap();
    let mut second = fresh();
    follow(&mut second, &copied).unwrap();
    assert_eq!(second.replay().tree().root(), log.ledger.replay().unwrap().tree().root());
}

#[test]
fn a_log_whose_key_was_replaced_is_judged_by_the_newest_root() {
    let mut log = grown();
    log.rotate(77, NOW + 40).grow(2, NOW + 50);
    let audited = audit(log.shown()).unwrap();
    assert_eq!(audited.log.note_key().public(), (PublicKeyBytes::from(&support::key(77))).as_bytes());
    // The old key signs nothing any more, and no root may be kept back.
    let mut old = log.shown();
    old.note = sign(&old.checkpoint_of_leaves(), LOG);
    assert_eq!(fault(old), (None, "not_the_logs"));
    let mut kept_back = log.shown();
    assert!(matches!(kept_back.leaf(13), Leaf::Root { .. }));
    kept_back.leaves[13].1 = None;
    assert_eq!(fault(kept_back), (Some(13), "missing_content"));
}

#[test]
fn a_checkpoint_that_is_not_the_logs_is_refused() {
    let mut shown = grown().shown();
    let checkpoint = shown.checkpoint_of_leaves();
    for note in ["".to_owned(), "hello\n\n".to_owned(), sign(&checkpoint, 3), shown.note.replace("log.ex", "other.ex")]
    {
        shown.note = note;
        assert_eq!(fault(shown.clone()), (None, "not_the_logs"));
    }
    shown.note = sign(&nguon_tlog::checkpoint::Checkpoint { origin: "other.example".into(), ..checkpoint }, LOG);
    assert_eq!(fault(shown), (None, "not_the_logs"));
}

#[test]
fn the_first_fault_is_named() {
    // Leaf 0 is the trust root, 1 to 5 are records, 6 the map, 7 to 9 records, 10 the map, 11 a record, 12 the map.
    let honest = grown().shown();
    assert_eq!(honest.leaves.len(), 13);

    let mut missing = honest.clone();
    missing.leaves[8].1 = None;
    assert_eq!(fault(missing), (Some(8), "missing_content"));

    let mut other_record = honest.clone();
    other_record.leaves[8].1 = honest.leaves[7].1.clone();
    assert_eq!(fault(other_record), (Some(8), "other_content"));

    let mut omitted = honest.clone();
    omitted.set_leaf(10, Leaf::Map { log_time: time(NOW + 20), root: Hash::from_bytes([7; 32]) });
    assert_eq!(fault(omitted.clone().signed()), (Some(10), "map_root"));
    // The same without the log's signature over it is no fault of the log's, but of whoever shows its files.
    assert_eq!(fault(omitted), (Some(12), "tree_root"));

    let mut turned_back = honest.clone();
    let Leaf::Record { statement, .. } = honest.leaf(9) else { panic!() };
    turned_back.set_leaf(9, Leaf::Record { log_time: time(NOW + 9), statement });
    assert_eq!(fault(turned_back.signed()), (Some(9), "log_time"));

    let mut twice = honest.clone();
    twice.leaves[8] = twice.leaves[7].clone();
    assert_eq!(fault(twice.signed()), (Some(8), "wrong_chain"));

    let mut not_closed = honest.clone();
    not_closed.leaves.truncate(12);
    assert_eq!(fault(not_closed.signed()), (Some(11), "map_not_last"));

    let mut headless = honest.clone();
    headless.leaves.remove(0);
    assert_eq!(fault(headless.signed()), (Some(0), "first_leaf"));

    let mut nonsense = honest.clone();
    nonsense.leaves[3].0 = vec![9; 41];
    assert_eq!(fault(nonsense.signed()), (Some(3), "bad_leaf"));

    let mut cut = honest.clone();
    cut.leaves.truncate(9);
    assert_eq!(fault(cut), (None, "not_reachable"));

    let mut swapped = honest;
    swapped.leaves.swap(1, 2);
    assert_eq!(fault(swapped), (Some(12), "tree_root"));
}

#[test]
fn an_unsound_record_is_found_though_the_map_fits_it() {
    let mut log = grown();
    // Signed by a key that this trust root never named, and logged by an operator who looked away.
    let stranger = support::key(99);
    let name = FieldValue::Text("ai đó".into()).seal(&Salt::from_bytes([1; 16]), "enrolled/name");
    let enrolled = Enrolled::new(Role::Farm, name, Scope::of_events(EventName::ALL).unwrap(), None);
    let pen = Pen::new(AuthorityId::from_bytes([9; 32]), &stranger, time(NOW));
    let record = nguon_core::ledger::begin_record(&pen, enrolled.into(), Nonce::from_bytes([1; 16]));
    let signed = nguon_core::envelope::SignedRecord::sign(&record, &stranger, trust().deployment()).unwrap();
    log.ledger.log_unjudged(signed).unwrap();
    log.grow(1, NOW + 40);
    let error = audit(log.shown()).unwrap_err();
    assert_eq!(error.index(), Some(13));
    let Error::Fault(fault) = &error else { panic!("{error:?}") };
    assert!(matches!(fault.cause, Cause::Record(_)) && error.is_the_logs(), "{error:?}");
}

#[test]
fn a_log_that_tells_another_history_is_caught_where_it_begins() {
    let folder = TempDir::new().unwrap();
    let mut log = Growing::new();
    log.grow(5, NOW + 10).grow(3, NOW + 20);
    let stage = Stage::new(log.shown());
    let source = stage.source();
    let mut audit = Audit::open(trust(), Some(folder.path()), &mut |_| {}).unwrap();
    follow(&mut audit, &source).unwrap();

    let mut other = Growing::new();
    other.grow(5, NOW + 10).grow(2, NOW + 20).grow(4, NOW + 30);
    stage.show(other.shown());
    let error = follow(&mut audit, &source).unwrap_err();
    assert!(error.is_the_logs() && error.code() == "rewritten", "{error}");
    assert_eq!(error.index(), Some(9), "the second history closes where the first goes on");

    // Another tree of a size already seen.
    let mut same_size = Growing::new();
    same_size.grow(4, NOW + 10).grow(4, NOW + 20);
    stage.show(same_size.shown());
    assert_eq!(follow(&mut audit, &source).unwrap_err().code(), "tree_root");

    // And an old checkpoint is no other history, but no news either.
    let mut older = Growing::new();
    older.grow(5, NOW + 10);
    stage.show(older.shown());
    assert!(matches!(follow(&mut audit, &source), Err(Error::Shrunk { size: 7, seen: 11 })));

    stage.show(log.grow(1, NOW + 30).shown());
    follow(&mut audit, &source).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_copy_cut_by_a_crash_is_gone_on_with_or_refused(cut in any::<prop::sample::Index>(), which in 0..2_usize) {
        let folder = TempDir::new().unwrap();
        let mut log = Growing::new();
        log.grow(5, NOW + 10);
        let source = log.shown().source();
        follow(&mut Audit::open(trust(), Some(folder.path()), &mut |_| {}).unwrap(), &source).unwrap();
        // As if the process had ended while the second checkpoint was copied: its leaves are cut, its contents whole.
        let sizes = ["leaves", "contents"].map(|name| std::fs::metadata(folder.path().join(name)).unwrap().len());
        let kept = std::fs::read(folder.path().join("checkpoint")).unwrap();
        log.grow(3, NOW + 20);
        let source = log.shown().source();
        follow(&mut Audit::open(trust(), Some(folder.path()), &mut |_| {}).unwrap(), &source).unwrap();
        std::fs::write(folder.path().join("checkpoint"), kept).unwrap();
        let cut_file = |name: &str, least: u64| {
            let file = std::fs::File::options().write(true).open(folder.path().join(name)).unwrap();
            let length = file.metadata().unwrap().len();
            let room = usize::try_from(length - least).unwrap() + 1;
            file.set_len(least + cut.index(room) as u64).unwrap();
        };
        cut_file("leaves", sizes[0]);
        if which == 1 {
            // Contents go to disk first: none is lost whose leaf is there.
            let whole = std::fs::metadata(folder.path().join("leaves")).unwrap().len();
            if whole < sizes[0] + 41 {
                cut_file("contents", sizes[1]);
            }
        }
        let mut audit = Audit::open(trust(), Some(folder.path()), &mut |_| {}).unwrap();
        follow(&mut audit, &source).unwrap();
        prop_assert_eq!(audit.replay().map().root(), log.ledger.replay().unwrap().map().root());
    }

    #[test]
    fn a_flipped_byte_of_the_copy_is_noticed_at_the_latest_by_the_next_checkpoint(
        at in any::<prop::sample::Index>(), bit in 0..8_u8, which in 0..2_usize
    ) {
        let folder = TempDir::new().unwrap();
        let mut log = Growing::new();
        log.grow(5, NOW + 10);
        let source = log.shown().source();
        follow(&mut Audit::open(trust(), Some(folder.path()), &mut |_| {}).unwrap(), &source).unwrap();
        let path = folder.path().join(["leaves", "contents"][which]);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        std::fs::write(&path, bytes).unwrap();
        let mut nothing = |_| {};
        let opened = Audit::open(trust(), Some(folder.path()), &mut nothing);
        let noticed = match opened {
            Err(error) => matches!(error, Error::Copy { .. }),
            // A signature in the copy: the next audit does not look at it, and no verdict depends on it.
            Ok(mut audit) => which == 1 && follow(&mut audit, &log.grow(2, NOW + 20).shown().source()).is_ok(),
        };
        prop_assert!(noticed);
    }
}
