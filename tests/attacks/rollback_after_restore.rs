//! The operator loses its disk, restores a backup and goes on from there: what came after the backup is gone, and the log
//! grows another way. (`nguon restore` and the sequencer refuse; this is the operator who makes them not refuse.)

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::ledger::Ledger;
use nguon_core::verify::{Outcome, OutcomeKind, Seen};
use nguon_examples::season::{LOG_KEY, ORIGIN};
use nguon_tlog::note::NoteKey;
use nguon_tlog::witness::{self, AddCheckpoint, Refusal};

use crate::log::{all, close, found, key, later, logged, pen, read_at, read_having_seen};

fn with_a_batch(ledger: &Ledger, nonce: u8, at: u64) -> Ledger {
    let hung = key("hung");
    let mut ledger = ledger.clone();
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    ledger.begin(&pen("hung", &hung, later(at)), opened, Nonce::from_bytes([nonce; 16])).unwrap();
    close(&mut ledger, later(at), &all());
    ledger
}

fn newest(ledger: &Ledger) -> Seen {
    let newest = ledger.checkpoints().last().unwrap();
    Seen { size: newest.size, root: newest.root }
}

fn ask_witness(seen: &Seen, ledger: &Ledger) -> Result<(), Refusal> {
    let log = NoteKey::new(ORIGIN, key(LOG_KEY).verifying_key().as_bytes()).unwrap();
    let note = ledger.checkpoints().last().unwrap().note.clone();
    let request = AddCheckpoint { old_size: seen.size, proof: Vec::new(), note };
    let seen = witness::Seen { size: seen.size, root: seen.root.into() };
    witness::judge(&request, &log, ORIGIN, Some(&seen)).map(|_| ())
}

#[test]
fn a_witness_refuses_what_lies_behind_it() {
    let before = with_a_batch(&logged().ledger, 1, 60);
    let lost = with_a_batch(&before, 2, 120);
    // The restored log as it was.
    assert!(ask_witness(&newest(&lost), &before).is_err());
    // Grown to the same size another way.
    let other = with_a_batch(&before, 3, 180);
    assert_eq!(newest(&other).size, newest(&lost).size);
    assert!(matches!(ask_witness(&newest(&lost), &other), Err(Refusal::OtherRoot { .. })));
    // The same checkpoint once more is what it signs again and again.
    assert!(ask_witness(&newest(&lost), &lost).is_ok());
}

#[test]
fn a_reader_who_saw_what_was_lost_tells() {
    let before = with_a_batch(&logged().ledger, 1, 60);
    let lost = with_a_batch(&before, 2, 120);
    let other = with_a_batch(&before, 3, 180);
    let batch = logged().id("hung/0614");
    let verdict = read_having_seen(&other.bundle(batch).unwrap(), &newest(&lost), None, later(200)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Forked, "split_log", None));
    let verdict = read_having_seen(&before.bundle(batch).unwrap(), &newest(&lost), None, later(200)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Stale, "behind", None));
    let verdict = read_having_seen(&lost.bundle(batch).unwrap(), &newest(&lost), None, later(200)).verdict;
    assert_eq!(verdict.outcome, Outcome::Valid);
}

#[test]
fn whoever_remembers_nothing_sees_what_enough_others_cosigned() {
    let other = with_a_batch(&with_a_batch(&logged().ledger, 1, 60), 3, 180);
    assert_eq!(read_at(&other.bundle(logged().id("hung/0614")).unwrap(), later(200)).verdict.outcome, Outcome::Valid);
    let mut alone = with_a_batch(&logged().ledger, 1, 60);
    let hung = key("hung");
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    alone.begin(&pen("hung", &hung, later(180)), opened, Nonce::from_bytes([4; 16])).unwrap();
    close(&mut alone, later(180), &[]);
    let verdict = read_at(&alone.bundle(logged().id("hung/0614")).unwrap(), later(200)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Incomplete, "not_cosigned", None));
}
