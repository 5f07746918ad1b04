//! One record a request.

use nguon_core::ids::ChainId;

use crate::live::Live;
use crate::world::{World, signed_otherwise};

fn filled() -> (World, ChainId, Live) {
    let mut world = World::new();
    let batch = world.batch(Some("L1"));
    let live = Live::start(&world.trust);
    let answer = live.post("/v1/records?atomic=true", "application/cbor-seq", &world.sequence());
    assert_eq!(answer.status, 200);
    (world, batch, live)
}

#[test]
fn accepted_then_duplicate() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let first = &world.records[0];
    let id = first.statement_id(world.trust.deployment()).to_string();
    for (status, word) in [(201, "accepted"), (200, "duplicate"), (200, "duplicate")] {
        let answer = live.post_record(first.as_bytes());
        let expected = serde_json::json!({"status": word, "statement_id": id, "chain": id, "sequence": 0});
        assert_eq!((answer.status, answer.json()), (status, expected));
    }
    assert_eq!(live.count(), 1);
}

#[test]
fn what_was_accepted_is_served_as_it_was_signed() {
    let (world, batch, live) = filled();
    for record in &world.records {
        let id = record.statement_id(world.trust.deployment());
        let answer = live.get(&format!("/v1/records/{id}"));
        assert_eq!((answer.status, answer.body.as_slice()), (200, record.as_bytes()));
        assert!(answer.header("content-type").starts_with("application/cose"));
        assert!(answer.header("cache-control").contains("immutable"));
    }
    let answer = live.get(&format!("/v1/chains/{batch}/records"));
    let records: Vec<u8> = world.ledger.records(&batch).iter().flat_map(|record| record.as_bytes().to_vec()).collect();
    assert_eq!((answer.header("content-type"), answer.body.as_slice()), ("application/cbor-seq", records.as_slice()));
}

#[test]
fn a_chain_has_a_head() {
    let (world, batch, live) = filled();
    let head = world.ledger.records(&batch).last().unwrap().statement_id(world.trust.deployment());
    let answer = live.get(&format!("/v1/chains/{batch}"));
    let expected = serde_json::json!({"chain": batch, "kind": "batch", "sequence": 1, "head": head});
    assert_eq!((answer.status, answer.json()), (200, expected));
}

#[test]
fn another_signature_over_the_same_statement_is_a_duplicate_and_the_first_is_kept() {
    let (world, _, live) = filled();
    let first = &world.records[0];
    let answer = live.post_record(signed_otherwise(first).as_bytes());
    assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("duplicate")));
    let id = first.statement_id(world.trust.deployment());
    assert_eq!(live.get(&format!("/v1/records/{id}")).body, first.as_bytes());
}

#[test]
fn whoever_lost_a_race_is_told_the_head() {
    let (mut world, batch, live) = filled();
    let mut rival = world.clone();
    let won = world.list(batch, 1);
    rival.list(batch, 2);
    assert_eq!(live.post_record(world.records.last().unwrap().as_bytes()).status, 201);
    let lost = live.post_record(rival.records.last().unwrap().as_bytes());
    let problem = lost.problem(409, "conflict");
    assert_eq!(problem["head"], serde_json::json!({"sequence": 2, "statement_id": won}));
    assert_eq!((problem["chain"].as_str(), problem["sequence"].as_u64()), (Some(&*batch.to_string()), Some(2)));
    assert_eq!(live.get(&format!("/v1/chains/{batch}")).json()["head"], won.to_string());
}

#[test]
fn a_broken_rule_names_chain_sequence_and_field() {
    let (mut world, batch, live) = filled();
    let count = live.count();
    world.list(batch, 1);
    let forged = signed_otherwise(world.records.last().unwrap());
    let problem = live.post_record(forged.as_bytes()).problem(422, "bad_signature");
    assert_eq!(problem["field"], "signature");
    assert_eq!((problem["chain"].as_str(), problem["sequence"].as_u64()), (Some(&*batch.to_string()), Some(2)));

    let base = world.records.len();
    world.batch(Some("L1"));
    let problem = live.post_record(world.records[base].as_bytes()).problem(422, "taken");
    assert_eq!(problem["field"], "label");
    assert!(problem["detail"].as_str().unwrap().contains(&batch.to_string()));
    assert_eq!(live.count(), count);
}

#[test]
fn a_record_before_its_chain_is_refused_until_the_chain_is_there() {
    let mut world = World::new();
    let batch = world.batch(None);
    let live = Live::start(&world.trust);
    let later = &world.ledger.records(&batch)[1];
    live.post_record(later.as_bytes()).problem(422, "missing_chain");
    for record in &world.records {
        assert_eq!(live.post_record(record.as_bytes()).status, 201);
    }
}
