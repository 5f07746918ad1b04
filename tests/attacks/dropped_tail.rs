//! The data operator cuts the newest records off a chain. With a log every reader sees that something is missing; without
//! one nobody can tell, which is why its best verdict is grey.

use nguon_core::verify::{Outcome, OutcomeKind};

use crate::log::{bundle, cut, found, logged, outcome, verdict};

const MISSING: (OutcomeKind, &str, Option<nguon_core::verify::At>) = (OutcomeKind::Incomplete, "not_in_map", None);

#[test]
fn the_whole_chain_is_green() {
    assert_eq!(outcome(&bundle("hung/0614")), Outcome::Valid);
}

#[test]
fn any_number_of_records_off_the_own_chain() {
    let batch = logged().id("hung/0614");
    let length = logged().ledger.records(&batch).len();
    assert!(length >= 3);
    for records in 1..length {
        let mut cut_off = bundle("hung/0614");
        cut(&mut cut_off, batch, records);
        // Nothing else gives it away but the map: without its harvest the batch is empty, too.
        let verdict = verdict(&cut_off);
        assert_eq!(verdict.outcome, Outcome::Incomplete, "{records}");
        assert!(verdict.findings.iter().any(|finding| finding.code() == "not_in_map"), "{records}");
    }
}

#[test]
fn off_every_other_chain_of_the_bundle() {
    let whole = bundle("packer/export");
    let deployment = logged().ledger.trust().deployment();
    let mut tried = 0;
    for chain in whole.chains.iter().skip(1).filter(|chain| chain.len() > 1) {
        let first = nguon_core::envelope::SignedRecord::from_bytes(chain[0].0.clone()).unwrap();
        let id = nguon_core::ids::ChainId::of_first(first.statement_id(deployment));
        let mut cut_off = whole.clone();
        cut(&mut cut_off, id, 1);
        let verdict = verdict(&cut_off);
        // A draw or a key that is gone may be missed by what rests on it, which is worse; never is it green.
        let kind = verdict.outcome.kind();
        assert!(matches!(kind, OutcomeKind::Incomplete | OutcomeKind::UntrustedKey | OutcomeKind::Invalid), "{kind}");
        assert!(verdict.findings.iter().any(|finding| finding.code() == "not_in_map"));
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
    assert_eq!(outcome(&whole), Outcome::Valid);
}

#[test]
fn cut_without_care_the_proof_does_not_even_fit() {
    let mut cut_off = bundle("hung/0614");
    cut_off.chains[0].pop();
    let batch = logged().id("hung/0614");
    let at = nguon_core::verify::At { chain: batch, sequence: 0 };
    assert_eq!(found(&verdict(&cut_off)), (OutcomeKind::Invalid, "bad_proof", Some(at)));
}

#[test]
fn a_chain_left_out_altogether() {
    let mut cut_off = bundle("packer/export");
    let lab = logged().id("lab");
    let slot = crate::support::slot_of(&cut_off, lab, logged().ledger.trust().deployment());
    cut_off.chains.remove(slot);
    crate::log::edit(&mut cut_off, |proof| {
        proof.chains.remove(slot);
    });
    cut_off.openings.retain(|opening| opening.record.as_bytes() != lab.as_bytes());
    let verdict = verdict(&cut_off);
    assert_eq!(verdict.outcome, Outcome::Incomplete);
    assert!(verdict.findings.iter().any(|finding| finding.code() == "missing_chain"));
}

#[test]
fn without_a_log_it_is_not_seen_and_never_green() {
    let mut cut_off = crate::support::bundle("thu/0528");
    assert!(matches!(crate::support::outcome(&cut_off), Outcome::Recalled { .. }));
    cut_off.chains[0].pop();
    assert_eq!(crate::support::outcome(&cut_off), Outcome::Unlogged);
}

#[test]
fn what_is_missing_is_told_as_missing() {
    let mut cut_off = bundle("seller/0526");
    cut(&mut cut_off, logged().id("seller/0526"), 1);
    assert_eq!(found(&verdict(&cut_off)), MISSING);
}
