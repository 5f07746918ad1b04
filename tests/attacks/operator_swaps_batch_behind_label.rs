//! The data operator, asked for the lot on a label, serves the history of another one.

use nguon_core::verify::{Options, Outcome, ScannedLabel, verify};
use nguon_gs1::LabelCode;

use crate::support::{bundle, season};

/// What a shopper finds who scanned `case`'s label and was served the bundle of `served`.
fn scan(case: &str, served: &str) -> nguon_core::verify::Verdict {
    let label = season().case(case).label.as_ref().map(ScannedLabel::from);
    let options = Options { label, ..Options::at(season().now()) };
    verify(&bundle(served).to_bytes().unwrap(), season().ledger.trust(), &options).verdict
}

const WRONG: Outcome = Outcome::Invalid { code: "wrong_label", at: None };

#[test]
fn the_right_lot_behind_its_label_passes() {
    assert_eq!(scan("marketplace", "seller/0526").outcome, Outcome::Unlogged);
}

#[test]
fn a_better_looking_lot_behind_the_same_label() {
    assert_eq!(scan("marketplace", "hung/0614").outcome, WRONG);
    assert_eq!(scan("recalled", "lien/0526").outcome, WRONG);
}

#[test]
fn the_same_lot_number_on_another_batch() {
    // GTIN and lot agree; only the commitment tells the two apart.
    assert_eq!(scan("wrong-label", "seller/0526").outcome, WRONG);
}

#[test]
fn a_label_without_commitment_says_that_it_is_not_bound() {
    let verdict = scan("unbound-label", "seller/0526");
    assert_eq!(verdict.outcome, Outcome::Unlogged);
    assert!(verdict.findings.iter().any(|finding| finding.code() == "label_not_bound"));
    assert_eq!(scan("unbound-label", "hung/0614").outcome, WRONG);
}

#[test]
fn a_commitment_that_differs_in_its_last_bit() {
    let case = season().case("marketplace");
    let printed = case.label.clone().unwrap();
    let mut bytes = *printed.commitment().unwrap().as_bytes();
    bytes[15] ^= 1;
    let near: LabelCode = printed.with_commitment(nguon_gs1::Commitment::new(bytes));
    let options = Options { label: Some(ScannedLabel::from(&near)), ..Options::at(season().now()) };
    let found = verify(&bundle("seller/0526").to_bytes().unwrap(), season().ledger.trust(), &options);
    assert_eq!(found.verdict.outcome, WRONG);
}

#[test]
fn a_batch_asked_for_by_id() {
    let ask = |batch| Options { batch: Some(season().id(batch)), ..Options::at(season().now()) };
    let bytes = bundle("hung/0614").to_bytes().unwrap();
    let read = |options| verify(&bytes, season().ledger.trust(), &options).verdict.outcome;
    assert_eq!(read(ask("hung/0614")), Outcome::Unlogged);
    assert_eq!(read(ask("hung/0620")), WRONG);
}
