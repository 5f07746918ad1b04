//! A co-op signs in the name of a household that has a telephone of its own.

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::ledger::Pen;
use nguon_core::verify::{At, Outcome};

use crate::support::{Insider, bundle, office, outcome, pen, refusal, season};

/// A lot opened for `household` by `pen`: what a reader says of it, and a server.
fn opened(pen: &Pen<'_>, household: &str) -> (Outcome, &'static str) {
    let pen = pen.on_behalf_of(season().id(household));
    let event = || Opened::new(season().id(household), "Vải thiều tươi".parse().unwrap());
    let mut insider = Insider::of("packer/export");
    for chain in ["early-coop", household] {
        insider = insider.with_chain(chain);
    }
    let batch = insider.begin(&pen, event());
    let admitted = season().ledger.clone().begin(&pen, event(), Nonce::from_bytes([1; 16]));
    let outcome = insider.about(batch).outcome();
    if let Outcome::Invalid { at, .. } = outcome {
        assert_eq!(at, Some(At { chain: batch, sequence: 0 }));
    }
    (outcome, admitted.map_or_else(|error| refusal::<()>(Err(error)).code(), |_| "accepted"))
}

fn refused((outcome, code): (Outcome, &'static str)) -> bool {
    matches!(outcome, Outcome::Invalid { code: "on_behalf", .. }) && code == "on_behalf"
}

#[test]
fn for_the_household_without_a_telephone_the_co_op_signs() {
    let coop = season().key("coop");
    assert_eq!(opened(&pen("coop", &coop), "suu"), (Outcome::Incomplete, "accepted"), "in order, and still empty");
    assert_eq!(outcome(&bundle("suu/0614")), Outcome::Unlogged);
}

#[test]
fn for_no_other() {
    let coop = season().key("coop");
    assert!(refused(opened(&pen("coop", &coop), "hung")));
}

#[test]
fn another_co_op_does_not_sign_for_it() {
    let early = season().key("early-coop");
    assert!(refused(opened(&pen("early-coop", &early), "suu")));
}

#[test]
fn a_neighbour_does_not_sign_for_it() {
    let hung = season().key("hung");
    assert!(refused(opened(&pen("hung", &hung), "suu")));
}

#[test]
fn not_even_the_authority_signs_for_it() {
    let officer = season().key("office/1");
    assert!(refused(opened(&office(&officer), "suu")));
}

#[test]
fn nobody_signs_for_a_company() {
    let coop = season().key("coop");
    assert!(refused(opened(&pen("coop", &coop), "packer")));
}
