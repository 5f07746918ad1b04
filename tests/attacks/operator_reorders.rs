//! The data operator tells the records in another order.

use nguon_core::verify::{Bundle, Outcome};

use crate::support::{bundle, invalid, outcome, season, slot};

fn reordered(change: impl FnOnce(&mut Bundle)) -> Outcome {
    let mut bundle = bundle("hung/0614");
    assert_eq!(outcome(&bundle), Outcome::Unlogged);
    change(&mut bundle);
    outcome(&bundle)
}

#[test]
fn two_records_in_each_others_place() {
    assert_eq!(reordered(|bundle| bundle.chains[0].swap(1, 2)), invalid("wrong_sequence", "hung/0614", 1));
}

#[test]
fn a_spray_moved_to_after_the_harvest() {
    let plot = season().id("hung/plot");
    let moved = reordered(|bundle| {
        let slot = slot(bundle, plot);
        let spray = bundle.chains[slot].remove(7);
        bundle.chains[slot].push(spray);
    });
    assert_eq!(moved, invalid("wrong_sequence", "hung/plot", 7));
}

#[test]
fn a_chain_told_backwards() {
    let backwards = reordered(|bundle| bundle.chains[0].reverse());
    assert_eq!(backwards, invalid("wrong_sequence", "hung/0614", 0));
}

#[test]
fn another_chain_put_first() {
    // A person's chain where the batch's should stand: that is no batch.
    let Outcome::Invalid { code, .. } = reordered(|bundle| {
        let person = slot(bundle, season().id("hung"));
        bundle.chains.swap(0, person);
    }) else {
        panic!("not invalid")
    };
    assert_eq!(code, "wrong_reference");
}

#[test]
fn chains_out_of_order() {
    let Outcome::Invalid { code, .. } = reordered(|bundle| bundle.chains.swap(1, 2)) else { panic!("not invalid") };
    assert_eq!(code, "chain_order");
}
