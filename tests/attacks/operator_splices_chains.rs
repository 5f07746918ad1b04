//! The data operator puts true records where they were not written.

use nguon_core::verify::Outcome;

use crate::support::{bundle, invalid, outcome, read, season, slot};

/// Two lots of one household: same owner, same key, same events.
const LOT: &str = "hung/0614";
const OTHER: &str = "hung/0620";

#[test]
fn untouched_both_pass() {
    assert_eq!(outcome(&bundle(LOT)), Outcome::Unlogged);
    assert_eq!(outcome(&bundle(OTHER)), Outcome::Unlogged);
}

#[test]
fn a_record_of_the_other_lot_at_its_own_position() {
    for position in 1..bundle(LOT).chains[0].len() {
        let mut spliced = bundle(LOT);
        spliced.chains[0][position] = bundle(OTHER).chains[0][position].clone();
        let sequence = u64::try_from(position).unwrap();
        let found = read(&spliced).verdict;
        let named = found.findings.iter().find(|finding| finding.code() == "wrong_chain").and_then(|one| one.at);
        assert_eq!(named.map(|at| at.sequence), Some(sequence));
        assert!(matches!(found.outcome, Outcome::Invalid { code: "wrong_chain", .. }), "{:?}", found.outcome);
    }
}

#[test]
fn the_other_lots_first_record_under_this_lots_tail() {
    let mut spliced = bundle(LOT);
    spliced.chains[0][0] = bundle(OTHER).chains[0][0].clone();
    assert!(matches!(outcome(&spliced), Outcome::Invalid { code: "wrong_chain", .. }));
}

#[test]
fn the_other_lots_tail() {
    let mut spliced = bundle(LOT);
    let end = spliced.chains[0].len();
    spliced.chains[0].extend(bundle(OTHER).chains[0][1..].to_vec());
    assert_eq!(outcome(&spliced), invalid("wrong_chain", LOT, u64::try_from(end).unwrap()));
}

#[test]
fn a_record_told_twice() {
    let mut spliced = bundle(LOT);
    let twice = spliced.chains[0][1].clone();
    spliced.chains[0].insert(2, twice);
    assert_eq!(outcome(&spliced), invalid("wrong_sequence", LOT, 2));
}

#[test]
fn a_chain_told_twice() {
    let mut spliced = bundle(LOT);
    let twice = spliced.chains[1].clone();
    spliced.chains.insert(2, twice);
    assert!(matches!(outcome(&spliced), Outcome::Invalid { code: "chain_twice", .. }));
}

#[test]
fn a_chain_that_nothing_leads_to() {
    let mut spliced = bundle(LOT);
    let stray = season().ledger.bundle(season().id("tuan/0530")).unwrap().chains[0].clone();
    spliced.chains.push(stray);
    // By ascending id, as the format wants it.
    let mut others = spliced.chains.split_off(1);
    others.sort_by_key(|chain| {
        let first = nguon_core::envelope::SignedRecord::from_bytes(chain[0].0.clone()).unwrap();
        first.statement_id(season().ledger.trust().deployment())
    });
    spliced.chains.extend(others);
    let place = slot(&spliced, season().id("tuan/0530"));
    assert!(place > 0);
    assert!(matches!(outcome(&spliced), Outcome::Invalid { code: "unreachable", .. }));
}
