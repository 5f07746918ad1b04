//! Several records a request.

use nguon_core::envelope::SignedRecord;
use serde_json::Value;

use crate::live::Live;
use crate::world::{World, signed_otherwise};

const SEQUENCE: &str = "application/cbor-seq";

fn joined(records: &[&SignedRecord]) -> Vec<u8> {
    records.iter().flat_map(|record| record.as_bytes().to_vec()).collect()
}

fn words(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|result| result["status"].as_str().unwrap()).collect()
}

#[test]
fn each_record_gets_its_own_answer() {
    let mut world = World::new();
    let batch = world.batch(None);
    let live = Live::start(&world.trust);
    live.post("/v1/records", SEQUENCE, &world.sequence());
    let mut rival = world.clone();
    world.list(batch, 1);
    rival.list(batch, 2);
    let (next, late) = (world.records.last().unwrap(), rival.records.last().unwrap());
    let newer = [0xd2, 0x84, 0x00, 0x00, 0x00, 0x00];
    let mut body = joined(&[&world.records[0], &signed_otherwise(next), next, late]);
    body.extend_from_slice(&newer);
    let answer = live.post("/v1/records", SEQUENCE, &body);
    let json = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(words(&json), ["duplicate", "rejected", "accepted", "conflict", "rejected"]);
    for (index, result) in json["results"].as_array().unwrap().iter().enumerate() {
        assert_eq!(result["index"], index);
    }
    assert_eq!(json["results"][1]["problem"]["code"], "bad_signature");
    assert_eq!(json["results"][3]["problem"]["head"]["sequence"], 2);
    assert_eq!(json["results"][4]["problem"]["code"], "bad_envelope");
    assert_eq!(json["results"][4]["problem"]["offset"], 2);
    assert_eq!(json["results"][4]["problem"]["index"], 4);
    assert!(json["results"][4]["statement_id"].is_null());
}

#[test]
fn a_group_is_taken_whole() {
    let mut world = World::new();
    world.batch(Some("L1"));
    let live = Live::start(&world.trust);
    for word in ["accepted", "duplicate"] {
        let json = live.post("/v1/records?atomic=true", SEQUENCE, &world.sequence()).json();
        assert_eq!(words(&json), vec![word; world.records.len()]);
    }
    assert_eq!(live.count(), world.records.len() as u64);
}

#[test]
fn a_group_with_one_bad_record_leaves_nothing() {
    let mut world = World::new();
    world.batch(Some("L1"));
    let live = Live::start(&world.trust);
    for at in 0..world.records.len() {
        let forged = signed_otherwise(&world.records[at]);
        let mut group: Vec<&SignedRecord> = world.records.iter().collect();
        group[at] = &forged;
        let answer = live.post("/v1/records?atomic=true", SEQUENCE, &joined(&group));
        assert_eq!(answer.problem(422, "bad_signature")["index"], at);
        assert_eq!(live.count(), 0);
    }
    // A record that cannot even be decoded.
    let mut body = world.sequence();
    body.push(0x00);
    let answer = live.post("/v1/records?atomic=true", SEQUENCE, &body);
    assert_eq!(answer.problem(400, "bad_envelope")["index"], world.records.len());
    assert_eq!(live.count(), 0);
}

#[test]
fn a_group_with_an_input_before_its_draw_is_refused() {
    let mut world = World::new();
    let base = world.records.len();
    world.batch(None);
    let live = Live::start(&world.trust);
    let (mut group, last) = (world.records.clone(), world.records.len() - 1);
    group.swap(last, last - 1);
    let answer = live.post("/v1/records?atomic=true", SEQUENCE, &joined(&group.iter().collect::<Vec<_>>()));
    let problem = answer.problem(422, "undrawn_input");
    assert_eq!((problem["index"].as_u64(), problem["field"].as_str()), (Some(base as u64 + 1), Some("inputs")));
    assert_eq!(live.count(), 0);
}

#[test]
fn nothing_posted_is_nothing_stored() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let answer = live.post("/v1/records", SEQUENCE, &[]);
    assert_eq!((answer.status, answer.json()), (200, serde_json::json!({"results": []})));
}

#[test]
fn a_sequence_cut_anywhere_stores_only_whole_records_or_nothing() {
    let mut world = World::new();
    world.batch(None);
    let body = world.sequence();
    let live = Live::start(&world.trust);
    let ends: Vec<usize> = world
        .records
        .iter()
        .scan(0, |end, record| {
            *end += record.as_bytes().len();
            Some(*end)
        })
        .collect();
    for cut in (1..body.len()).filter(|cut| !ends.contains(cut)) {
        for path in ["/v1/records", "/v1/records?atomic=true"] {
            let problem = live.post(path, SEQUENCE, &body[..cut]).problem(400, "bad_sequence");
            let whole = ends.iter().filter(|end| **end < cut).count();
            assert_eq!(problem["index"], whole);
            assert_eq!(problem["offset"], whole.checked_sub(1).map_or(0, |last| ends[last]));
        }
    }
    assert_eq!(live.count(), 0);
}
