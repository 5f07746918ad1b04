//! The data operator serves a recalled lot without its recall.

use nguon_core::verify::{At, Outcome, OutcomeKind};

use crate::log::{bundle, cut, found, logged, outcome, verdict};

fn is_recalled(name: &str) {
    assert!(matches!(outcome(&bundle(name)), Outcome::Recalled { .. }), "{name}");
}

#[test]
fn off_the_lot_itself() {
    is_recalled("thu/0528");
    let mut hidden = bundle("thu/0528");
    cut(&mut hidden, logged().id("thu/0528"), 1);
    assert_eq!(found(&verdict(&hidden)), (OutcomeKind::Incomplete, "not_in_map", None));
}

#[test]
fn off_the_lot_that_a_sold_box_came_from() {
    is_recalled("seller/0528");
    let mut hidden = bundle("seller/0528");
    cut(&mut hidden, logged().id("thu/0528"), 1);
    assert_eq!(found(&verdict(&hidden)), (OutcomeKind::Incomplete, "not_in_map", None));
}

#[test]
fn edited_in_its_place_it_is_still_signed() {
    let mut edited = bundle("thu/0528");
    let last = edited.chains[0].len() - 1;
    let byte = edited.chains[0][last].0.len() - 70;
    edited.chains[0][last].0[byte] ^= 1;
    let verdict = verdict(&edited);
    assert_eq!(verdict.outcome.kind(), OutcomeKind::Invalid);
    let at = At { chain: logged().id("thu/0528"), sequence: last as u64 };
    assert!(verdict.findings.iter().any(|finding| finding.at == Some(at)));
}

/// Nobody who has the recall is talked out of it by other faults: it is among the findings whatever the outcome.
#[test]
fn a_recall_that_is_there_is_told_beside_anything_worse() {
    let mut broken = bundle("thu/0528");
    crate::log::edit(&mut broken, |proof| proof.head.inclusion.0.clear());
    let verdict = verdict(&broken);
    assert_eq!(verdict.outcome, Outcome::Invalid { code: "bad_inclusion", at: None });
    assert!(verdict.findings.iter().any(|finding| finding.code() == "recalled"));
}
