//! Two histories: of a chain, or of the log.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let here = leaves(&base);
    let mut there = here.clone();
    there[5] = naive::leaf_hash(b"rewritten");
    let split = found("forked", "split_log");
    let same_size = seen(&there, there.len(), None);
    let grown = grown();
    let after = leaves(&grown);
    let rewritten = seen(&there, here.len(), Some(consistency(here.len(), &after)));
    let mut ahead = there.clone();
    ahead.extend(&after[here.len()..]);
    let elsewhere = seen(&ahead, ahead.len(), Some(consistency(here.len(), &ahead)));
    vec![
        two_histories(),
        case("the reader has seen another root at this size", with(input(&whole), "seen", same_size), split.clone()),
        case(
            "the log did not grow from what the reader has seen",
            with(input(&picked(&grown)), "seen", rewritten),
            split.clone(),
        ),
        case(
            "a witness shows a larger log that did not grow from this one",
            with(with(input(&whole), "online", true), "seen", elsewhere),
            split,
        ),
    ]
}

/// The household signed two records after the same one, and the log holds the evidence.
fn two_histories() -> Case {
    let mut world = world();
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let pen = Pen::new(world.farm, key(4), time(NOW));
    for number in [1, 2] {
        let record = next_record(&pen, listed(&number.to_string()).into(), &chain);
        let signed = SignedRecord::sign(&record, key(4), trust().deployment()).expect("signed");
        match world.ledger.admit(signed) {
            Ok(_) => assert_eq!(number, 1),
            Err(LedgerError::Conflict(_)) => assert_eq!(number, 2),
            Err(error) => panic!("{error}"),
        }
    }
    close(&mut world, CLOSED + 20);
    let expect = at("forked", "forked_chain", world.picked, chain.sequence + 1);
    case("a batch with two histories", input(&picked(&world)), expect)
}
