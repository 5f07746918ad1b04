//! Somebody signs two histories of one chain: one for the buyer, one for the inspector. The log keeps the evidence, the
//! chain is marked for ever, and only an authority may add to it.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{DrawReason, Drawn};
use nguon_core::fork::Evidence;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Ledger, LedgerError, next_record};
use nguon_core::replay::Replay;
use nguon_core::values::Grams;
use nguon_core::verify::{At, Outcome, OutcomeKind};

use crate::log::{all, close, found, key, later, logged, now, pen, read_at};

/// Two draws of other weights by one key after the same record of `hung/0614`.
fn two_histories(ledger: &Ledger) -> [SignedRecord; 2] {
    let hung = key("hung");
    let chain = ledger.chain(&logged().id("hung/0614")).unwrap();
    [1_000, 2_000].map(|grams| {
        let to = logged().id("packer/intake");
        let drawn = Drawn { to, grams: Grams::new(grams).unwrap(), why: DrawReason::Handover };
        let record = next_record(&pen("hung", &hung, now()), drawn.into(), &chain);
        SignedRecord::sign(&record, &hung, ledger.trust().deployment()).unwrap()
    })
}

fn forked() -> Ledger {
    let mut ledger = logged().ledger.clone();
    let [first, second] = two_histories(&ledger);
    ledger.admit(first).unwrap();
    assert!(ledger.admit(second).is_err(), "a second history is never accepted");
    close(&mut ledger, later(60), &all());
    ledger
}

#[test]
fn readers_trust_neither() {
    let ledger = forked();
    let chain = logged().id("hung/0614");
    let sequence = ledger.chain(&chain).unwrap().sequence;
    let verdict = read_at(&ledger.bundle(chain).unwrap(), later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Forked, "forked_chain", Some(At { chain, sequence })));
    // It reaches what came from it.
    let export = read_at(&ledger.bundle(logged().id("packer/export")).unwrap(), later(60)).verdict;
    assert_eq!(export.outcome, Outcome::Forked);
}

#[test]
fn one_history_is_fine() {
    let mut ledger = logged().ledger.clone();
    let [first, _] = two_histories(&ledger);
    ledger.admit(first.clone()).unwrap();
    ledger.admit(first).expect("the same again is no fork");
    close(&mut ledger, later(60), &all());
    let verdict = read_at(&ledger.bundle(logged().id("hung/0614")).unwrap(), later(60)).verdict;
    assert_eq!(verdict.outcome, Outcome::Valid);
}

#[test]
fn the_operator_cannot_hide_the_fork() {
    let mut bundle = forked().bundle(logged().id("hung/0614")).unwrap();
    crate::log::edit(&mut bundle, |proof| proof.chains[0].forked = None);
    assert_eq!(found(&read_at(&bundle, later(60)).verdict), (OutcomeKind::Incomplete, "not_in_map", None));
}

#[test]
fn the_evidence_convinces_anybody() {
    let ledger = forked();
    let deployment = ledger.trust().deployment();
    let mut seen = 0;
    for (leaf, content) in ledger.leaves() {
        if let nguon_core::log::Leaf::Fork { .. } = leaf {
            let evidence = Evidence::from_bytes(content.unwrap(), deployment).unwrap();
            let hung = ledger.chain(&logged().id("hung")).unwrap();
            let public = hung.actor().unwrap().key(&evidence.key_id()).unwrap().key;
            evidence.verify(&public).unwrap();
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
    // And a replay of the whole log finds nothing wrong with how it was handled.
    let mut replay = Replay::new(ledger.trust().clone());
    for (leaf, content) in ledger.leaves() {
        replay.apply(&leaf, content).unwrap();
    }
}

#[test]
fn only_an_authority_adds_to_it() {
    let mut ledger = forked();
    let hung = key("hung");
    let drawn = Drawn { to: logged().id("packer/intake"), grams: Grams::new(10).unwrap(), why: DrawReason::Handover };
    let refused = ledger.append(&pen("hung", &hung, later(90)), logged().id("hung/0614"), drawn);
    let Err(LedgerError::Rejected(fault)) = refused else { panic!("{refused:?}") };
    assert_eq!(fault.code(), "forked_chain");
    let office = key("office/1");
    let recall = nguon_core::event::Recalled {
        reason: nguon_core::event::RecallReason::Other,
        harvests: None,
        consignment: None,
        product_lot: None,
        details: None,
    };
    let officer = nguon_core::ledger::Pen::new(logged().authority, &office, later(90));
    ledger.append(&officer, logged().id("hung/0614"), recall).expect("an authority may");
}

/// A laboratory, or the thief of its key, may certify any lot; it cannot block one by certifying it twice.
#[test]
fn who_may_only_attest_cannot_block_a_lot() {
    let mut ledger = logged().ledger.clone();
    let (lab, id) = (key("lab"), logged().id("packer/export"));
    let chain = ledger.chain(&id).unwrap();
    let outcomes = ["1", "2"].map(|number| {
        let certified = nguon_core::event::Certified {
            scheme: "VietGAP".parse().unwrap(),
            number: number.parse().unwrap(),
            from: now(),
            until: later(86_400),
        };
        let record = next_record(&pen("lab", &lab, now()), certified.into(), &chain);
        ledger.admit(SignedRecord::sign(&record, &lab, ledger.trust().deployment()).unwrap()).is_ok()
    });
    assert_eq!(outcomes, [true, false]);
    close(&mut ledger, later(60), &all());
    assert_eq!(read_at(&ledger.bundle(id).unwrap(), later(60)).verdict.outcome, Outcome::Valid);
}
