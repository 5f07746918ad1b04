//! A label with a serial that nobody ever issued; and an operator who calls it issued, or an issued one made up.

use nguon_core::event::LabelsIssued;
use nguon_core::serial::{Answer, ListProof, SerialList, SerialProof, Why, check, issued};
use nguon_gs1::Serial;

use crate::server::Live;
use crate::support::{bundle, printed, read, season};

const LOT: &str = "packer/export";

fn made_up() -> Serial {
    let label = season().case("made-up-serial").label.as_ref().and_then(|label| label.serial());
    label.unwrap().clone()
}

fn real() -> Serial {
    printed(LOT).serials[17].clone()
}

fn signed() -> Vec<LabelsIssued> {
    issued(&read(&bundle(LOT)).history.unwrap())
}

/// What a reader of the lot's true history concludes from these bytes.
fn ask(serial: &Serial, proof: &[u8]) -> Answer {
    check(&printed(LOT).batch, &signed(), serial, proof)
}

fn proof(lists: Vec<ListProof>) -> Vec<u8> {
    SerialProof::new(lists).to_bytes().unwrap()
}

/// What an honest server answers.
fn honest(serial: &Serial) -> Vec<u8> {
    proof(vec![printed(LOT).list.prove(&printed(LOT).batch, serial)])
}

const BROKEN: Answer = Answer::NotProven(Why::Broken);

#[test]
fn a_number_that_was_never_printed() {
    let live = Live::with_season();
    let batch = printed(LOT).batch;
    assert_eq!(live.hand_in(batch, &printed(LOT).list), (200, None));
    assert_eq!(ask(&real(), &live.serial(batch, &real())), Answer::Issued);
    assert_eq!(ask(&made_up(), &live.serial(batch, &made_up())), Answer::NeverIssued);
    // It cannot fill the table of scans either.
    assert_eq!(live.count(batch, &real()).map(|counts| counts.total), Some(1));
    assert_eq!(live.count(batch, &made_up()), None);
}

#[test]
fn a_serial_of_another_lot() {
    let other = printed("seller/0622").serials[0].clone();
    assert_eq!(ask(&other, &honest(&other)), Answer::NeverIssued);
    // With the proof that its own lot has it.
    let labels = printed("seller/0622");
    let theirs = proof(vec![labels.list.prove(&labels.batch, &other)]);
    assert_eq!(ask(&other, &theirs), Answer::NotProven(Why::OtherLabels));
}

#[test]
fn a_real_serials_proof_under_a_made_up_one() {
    assert_eq!(ask(&real(), &honest(&real())), Answer::Issued);
    assert_eq!(ask(&made_up(), &honest(&real())), BROKEN);
}

#[test]
fn an_operators_own_list_with_the_number_in_it() {
    let (live, labels) = (Live::with_season(), printed(LOT));
    let mut serials = labels.serials.clone();
    serials[0] = made_up();
    let forged = SerialList::of(&labels.batch, &serials).unwrap();
    assert_eq!(live.hand_in(labels.batch, &forged), (422, Some("serials_not_signed".to_owned())));
    assert_eq!(live.hand_in(labels.batch, &labels.list), (200, None));
    // Whoever runs the server needs no permission of it: the reader does not know that root.
    let mut part = forged.prove(&labels.batch, &made_up());
    assert_eq!(ask(&made_up(), &proof(vec![part.clone()])), Answer::NotProven(Why::OtherLabels));
    part.root = labels.list.root();
    assert_eq!(ask(&made_up(), &proof(vec![part])), BROKEN);
}

#[test]
fn a_leaf_that_is_none() {
    let labels = printed(LOT);
    let mut part = labels.list.prove(&labels.batch, &real());
    part.leaves[0].serial = nguon_core::ids::SerialHash::of(&labels.batch, &made_up());
    assert_eq!(ask(&made_up(), &proof(vec![part])), BROKEN);
}

/// An operator who would ruin a lot's name calls its boxes fakes.
#[test]
fn an_issued_serial_is_not_made_up_by_anybody() {
    let labels = printed(LOT);
    assert_eq!(ask(&real(), &honest(&real())), Answer::Issued);
    // No list, as if it had never come; neighbours that are none; the gap of another number.
    assert_eq!(ask(&real(), &proof(Vec::new())), Answer::NotProven(Why::NoList));
    let gap = labels.list.prove(&labels.batch, &made_up());
    assert_eq!(gap.leaves.len(), 2);
    assert_eq!(ask(&real(), &proof(vec![gap])), BROKEN);
    let leaf = |n: usize| labels.list.prove(&labels.batch, &labels.serials[n]).leaves.remove(0);
    let mut all: Vec<_> = (0..labels.serials.len()).map(leaf).collect();
    all.sort_by_key(|leaf| leaf.index);
    let hash = nguon_core::ids::SerialHash::of(&labels.batch, &real());
    let at = all.iter().position(|leaf| leaf.serial == hash).unwrap();
    let around = vec![all[at - 1].clone(), all[at + 1].clone()];
    let part = |leaves| proof(vec![ListProof { root: labels.list.root(), leaves }]);
    assert_eq!(ask(&real(), &part(around.clone())), BROKEN);
    let mut moved = around;
    moved[1].index -= 1;
    assert_eq!(ask(&real(), &part(moved)), BROKEN);
    assert_eq!(ask(&real(), &part(vec![all[0].clone()])), BROKEN);
}

/// The seller of a lot without serials prints some all the same.
#[test]
fn a_lot_that_issued_none() {
    let history = read(&bundle("hung/0614")).history.unwrap();
    assert!(issued(&history).is_empty());
    let answer = check(&season().id("hung/0614"), &issued(&history), &made_up(), &proof(Vec::new()));
    assert_eq!(answer, Answer::NotProven(Why::NoLabels));
}
