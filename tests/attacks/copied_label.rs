//! Somebody photographs a label and prints it a thousand times. No proof tells a copy from the label, and none says so; with
//! a serial, the copies are counted together.

use nguon_core::serial::scans::Advice;
use nguon_core::serial::{Answer, check, issued};
use nguon_core::verify::{Options, Outcome, ScannedLabel, Verdict, verify};
use nguon_gs1::LabelCode;

use crate::server::Live;
use crate::support::{bundle, printed, read, season};

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

/// Every copy of a label that was issued is proven to be issued: that is all that is ever said of one.
#[test]
fn a_copy_says_what_the_label_says_and_its_scans_add_up() {
    let live = Live::with_season();
    let (labels, other) = (printed("packer/export"), &printed("packer/export").serials[1]);
    let (batch, copied) = (labels.batch, &labels.serials[0]);
    assert_eq!(live.hand_in(batch, &labels.list), (200, None));
    let history = read(&bundle("packer/export")).history.unwrap();
    let ask = |serial| check(&batch, &issued(&history), serial, &live.serial(batch, serial));
    assert_eq!((ask(copied), ask(other)), (Answer::Issued, Answer::Issued));
    // One box, looked at in the shop and at home; beside it, thirty boxes with the same label.
    let scanned = |serial, times| (0..times).map(|_| live.count(batch, serial).unwrap().advice()).last();
    assert_eq!(scanned(other, 1), Some(Advice::First));
    assert_eq!(scanned(other, 1), Some(Advice::Usual));
    assert_eq!(scanned(copied, 30), Some(Advice::Many));
    assert_eq!(live.count(batch, other).unwrap().advice(), Advice::Usual);
    // And the verdict is what it was: a count is the server's word.
    assert_eq!(read(&bundle("packer/export")).verdict.outcome, Outcome::Unlogged);
}
