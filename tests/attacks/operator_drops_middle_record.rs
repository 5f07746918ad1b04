//! The data operator leaves out a record, or a whole chain.

use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::ChainId;
use nguon_core::verify::{Bundle, Finding, Outcome, Subject};

use crate::support::{bundle, invalid, outcome, read, season, slot};

fn without(chain: &str, sequence: usize) -> Outcome {
    let mut bundle = bundle("seller/0526");
    assert_eq!(outcome(&bundle), Outcome::Unlogged);
    let slot = slot(&bundle, season().id(chain));
    bundle.chains[slot].remove(sequence);
    outcome(&bundle)
}

#[test]
fn a_record_in_the_middle() {
    assert_eq!(without("seller/0526", 1), invalid("wrong_sequence", "seller/0526", 1));
}

#[test]
fn a_spray_in_the_field_log() {
    assert_eq!(without("lien/plot", 4), invalid("wrong_sequence", "lien/plot", 4));
}

#[test]
fn a_first_record() {
    assert_eq!(without("lien/0526", 0), invalid("wrong_sequence", "lien/0526", 0));
}

#[test]
fn a_chain_that_leads_to_nothing_further() {
    for chain in ["early-coop", "inspector", "lien", "seller"] {
        let mut bundle = bundle("seller/0526");
        let slot = slot(&bundle, season().id(chain));
        bundle.chains.remove(slot);
        bundle.openings.retain(|opening| opening.record.as_bytes() != season().id(chain).as_bytes());
        assert_eq!(outcome(&bundle), Outcome::Incomplete, "{chain}");
    }
}

#[test]
fn every_missing_chain_is_named() {
    for (chain, id) in season().names() {
        let mut bundle = bundle("seller/0526");
        let Some(slot) = (1..bundle.chains.len()).find(|slot| slot_of(&bundle, *slot) == id) else { continue };
        bundle.chains.remove(slot);
        let found = read(&bundle).verdict;
        let missing = |finding: &Finding| finding.subject == Subject::Fault(Fault::MissingChain(id));
        assert!(found.findings.iter().any(missing), "{chain}");
    }
}

fn slot_of(bundle: &Bundle, slot: usize) -> ChainId {
    let first = SignedRecord::from_bytes(bundle.chains[slot][0].0.clone()).unwrap();
    ChainId::of_first(first.statement_id(season().ledger.trust().deployment()))
}
