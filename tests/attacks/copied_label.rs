//! Somebody photographs a label and prints it a thousand times. Without serials that cannot be told, and the page says so.

use nguon_core::verify::{Options, Outcome, ScannedLabel, Verdict, verify};
use nguon_gs1::LabelCode;

use crate::support::{bundle, season};

fn scan(label: &LabelCode) -> Verdict {
    let options = Options { label: Some(ScannedLabel::from(label)), ..Options::at(season().now()) };
    verify(&bundle("seller/0526").to_bytes().unwrap(), season().ledger.trust(), &options).verdict
}

fn notes(verdict: &Verdict) -> Vec<&'static str> {
    verdict.findings.iter().filter(|finding| finding.outcome.is_none()).map(|finding| finding.code()).collect()
}

#[test]
fn the_lots_records_hold_and_this_box_is_not_proven() {
    let verdict = scan(season().case("marketplace").label.as_ref().unwrap());
    assert_eq!(verdict.outcome, Outcome::Unlogged);
    assert!(notes(&verdict).contains(&"lot_only"));
    assert!(!notes(&verdict).contains(&"label_not_bound"));
}

#[test]
fn an_invented_serial_proves_nothing_more() {
    let label = season().case("marketplace").label.clone().unwrap().with_serial("7f3k9q2m5x8w".parse().unwrap());
    let verdict = scan(&label);
    assert_eq!(verdict.outcome, Outcome::Unlogged);
    assert!(notes(&verdict).contains(&"lot_only"));
}

#[test]
fn who_asks_without_a_label_is_told_nothing_about_one() {
    let verdict =
        verify(&bundle("seller/0526").to_bytes().unwrap(), season().ledger.trust(), &Options::at(season().now()))
            .verdict;
    assert!(!notes(&verdict).contains(&"lot_only"));
}
