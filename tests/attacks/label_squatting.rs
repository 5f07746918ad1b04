//! Somebody inside a company puts a second lot behind a label that is taken, with the operator's help: the log takes the
//! record. The map keeps the first, readers are shown nothing green, and the first replay names the leaf.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{DrawReason, Drawn, Event, Inputs, Opened, Packed};
use nguon_core::ids::{ChainId, Nonce};
use nguon_core::ledger::{Ledger, begin_record};
use nguon_core::record::Record;
use nguon_core::replay::{Cause, Replay};
use nguon_core::values::{Count, Grams};
use nguon_core::verify::{Options, Outcome, OutcomeKind, ScannedLabel, verify, verify_absence};
use nguon_gs1::LabelCode;

use crate::log::{all, bundle, close, found, key, later, logged, now, pen};

/// The export lot's label, printed without what binds it to its history.
fn label() -> LabelCode {
    let printed = logged().case("export").label.clone().unwrap();
    LabelCode::new(*printed.gtin(), printed.lot().clone())
}

/// A lot of somebody's own under the label of the export lot, with some fruit in it.
fn squatted() -> (Ledger, ChainId) {
    let packer = key("packer");
    let mut ledger = logged().ledger.clone();
    let first = Record::from_payload(ledger.records(&logged().id("packer/export"))[0].payload()).unwrap();
    let Event::Opened(first) = first.event else { panic!("not a batch") };
    let opened = Opened { ..first };
    let record = begin_record(&pen("packer", &packer, later(10)), opened.into(), Nonce::from_bytes([9; 16]));
    let signed = SignedRecord::sign(&record, &packer, ledger.trust().deployment()).unwrap();
    ledger.set_time(later(10));
    let batch = ChainId::of_first(ledger.log_unjudged(signed).unwrap());
    let grams = Grams::new(10_000).unwrap();
    let drawn = Drawn { to: batch, grams, why: DrawReason::Packing };
    ledger.append(&pen("packer", &packer, later(20)), logged().id("packer/intake"), drawn).unwrap();
    let packed = Packed::new(Inputs::one(logged().id("packer/intake"), grams), Count::new(1).unwrap(), grams);
    ledger.append(&pen("packer", &packer, later(30)), batch, packed).unwrap();
    close(&mut ledger, later(60), &all());
    (ledger, batch)
}

#[test]
fn the_second_lot_behind_a_label_is_never_green() {
    let (ledger, batch) = squatted();
    let options = Options { label: Some(ScannedLabel::from(&label())), online: true, ..Options::at(later(60)) };
    let read = |batch| {
        let bytes = ledger.bundle(batch).unwrap().to_bytes().unwrap();
        verify(&bytes, ledger.trust(), &options).verdict
    };
    assert_eq!(found(&read(batch)), (OutcomeKind::Incomplete, "not_in_map", None));
    assert_eq!(read(logged().id("packer/export")).outcome, Outcome::Valid, "the first to take it keeps it");
}

#[test]
fn the_first_replay_names_the_leaf() {
    let (ledger, batch) = squatted();
    let mut replay = Replay::new(ledger.trust().clone());
    let mut at = None;
    for (index, (leaf, content)) in (0..).zip(ledger.leaves()) {
        if let nguon_core::log::Leaf::Record { statement, .. } = leaf
            && statement.as_bytes() == batch.as_bytes()
        {
            at = Some(index);
        }
        if let Err(fault) = replay.apply(&leaf, content) {
            assert_eq!(Some(fault.index), at);
            assert!(matches!(&fault.cause, Cause::Record(fault) if fault.code() == "taken"), "{fault}");
            return;
        }
    }
    panic!("a squatted label went through");
}

#[test]
fn another_batch_behind_an_unbound_label_is_not_what_the_map_says() {
    // Another lot of the packer, served for this label: GTIN and lot already differ.
    let options = Options { label: Some(ScannedLabel::from(&label())), ..Options::at(now()) };
    let served = bundle("packer/shops").to_bytes().unwrap();
    let wrong = verify(&served, logged().ledger.trust(), &options).verdict.outcome;
    assert_eq!(wrong, Outcome::Invalid { code: "wrong_label", at: None });
}

#[test]
fn no_such_lot_is_proven_and_not_claimed() {
    let nowhere = logged().case("no-such-lot").label.clone().unwrap();
    let of =
        |code: &LabelCode| nguon_core::values::Label { gtin: (*code.gtin()).into(), lot: code.lot().clone().into() };
    let absence = logged().ledger.absence(&of(&nowhere)).unwrap();
    let bytes = absence.to_bytes().unwrap();
    let trust = logged().ledger.trust();
    let absent = verify_absence(&bytes, trust, nowhere.gtin(), nowhere.lot(), later(60)).unwrap();
    assert_eq!((absent.as_of, absent.stale), (now(), false));
    assert!(verify_absence(&bytes, trust, nowhere.gtin(), nowhere.lot(), later(3_601)).unwrap().stale);
    // The operator says so of a lot that there is: nothing proves it.
    let there = label();
    let fault = verify_absence(&bytes, trust, there.gtin(), there.lot(), later(60)).unwrap_err();
    assert_eq!(fault.code(), "not_in_map");
    let proof = logged().ledger.absence(&of(&there)).unwrap().to_bytes().unwrap();
    let fault = verify_absence(&proof, trust, there.gtin(), there.lot(), later(60)).unwrap_err();
    assert_eq!(fault.code(), "not_in_map");
}
