//! Many groups a request: what a phone signed while it had no network.

use nguon_core::envelope::SignedRecord;
use nguon_ingest::Limits;
use serde_json::Value;

use crate::live::{Answer, Live};
use crate::world::{World, signed_otherwise};

const SEQUENCE: &str = "application/cbor-seq";

/// A CBOR head of this major type (RFC 8949 §3), as short as can be.
fn head(major: u8, number: usize) -> Vec<u8> {
    let number = u32::try_from(number).unwrap();
    match number {
        0..24 => vec![major << 5 | u8::try_from(number).unwrap()],
        24..256 => vec![major << 5 | 24, u8::try_from(number).unwrap()],
        256..65_536 => [vec![major << 5 | 25], u16::try_from(number).unwrap().to_be_bytes().to_vec()].concat(),
        _ => [vec![major << 5 | 26], number.to_be_bytes().to_vec()].concat(),
    }
}

fn group(records: &[SignedRecord]) -> Vec<u8> {
    let strings = records.iter().map(|record| [head(2, record.as_bytes().len()), record.as_bytes().to_vec()].concat());
    [head(4, records.len()), strings.collect::<Vec<_>>().concat()].concat()
}

fn post(live: &Live, body: &[u8]) -> Answer {
    live.post("/v1/groups", SEQUENCE, body)
}

/// The lines of a whole answer, but for the last.
fn lines(answer: &Answer, groups: usize) -> Vec<Value> {
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-ndjson"));
    let text = std::str::from_utf8(&answer.body).unwrap();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.pop(), Some(serde_json::json!({"end": {"groups": groups}})));
    assert_eq!(lines.len(), groups);
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(line["group"], at);
        assert_eq!(line["status"] == 200, line["results"].is_array(), "{line:#}");
        assert_eq!(line["problem"].is_object(), !line["results"].is_array(), "{line:#}");
    }
    lines
}

#[test]
fn each_group_gets_the_answer_that_it_would_get_alone() {
    let mut world = World::new();
    let base = world.records.len();
    let batch = world.batch(Some("L1"));
    world.list(batch, 1);
    let mut rival = world.clone();
    world.list(batch, 2);
    rival.list(batch, 3);
    rival.list(batch, 4);
    let late = rival.records[rival.records.len() - 2..].to_vec();
    let forged = signed_otherwise(world.records.last().unwrap());
    let groups = [
        world.records[..base].to_vec(),
        vec![world.records[base].clone(), forged],
        world.records[base..base + 3].to_vec(),
        vec![],
        world.records[base + 3..].to_vec(),
        late,
        world.records[..base].to_vec(),
    ];
    let (together, alone) = (Live::start(&world.trust), Live::start(&world.trust));
    let body: Vec<u8> = groups.iter().flat_map(|records| group(records)).collect();
    let lines = lines(&post(&together, &body), groups.len());
    for (line, records) in lines.iter().zip(&groups) {
        let body: Vec<u8> = records.iter().flat_map(|record| record.as_bytes().to_vec()).collect();
        let single = alone.post("/v1/records?atomic=true", SEQUENCE, &body);
        assert_eq!(line["status"], single.status);
        let told = if single.status == 200 { &line["results"] } else { &line["problem"] };
        let expected = if single.status == 200 { single.json()["results"].clone() } else { single.json() };
        assert_eq!(*told, expected);
    }
    let statuses: Vec<u64> = lines.iter().map(|line| line["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [200, 422, 200, 200, 200, 409, 200]);
    assert_eq!(lines[5]["problem"]["head"]["sequence"], 3);
    assert_eq!(together.count(), alone.count());
}

#[test]
fn a_week_offline_is_one_request() {
    let mut world = World::new();
    let base = world.records.len();
    let batch = world.batch(None);
    let live = Live::start(&world.trust);
    live.post("/v1/records", SEQUENCE, &world.sequence());
    let first = world.records.len();
    for number in 0..500 {
        world.list(batch, number);
    }
    let body: Vec<u8> = world.records[first..].chunks(1).flat_map(group).collect();
    for word in ["accepted", "duplicate"] {
        let lines = lines(&post(&live, &body), 500);
        assert!(lines.iter().all(|line| line["results"][0]["status"] == word));
    }
    assert_eq!(live.count(), (base + 3 + 500) as u64);
}

#[test]
fn groups_that_cannot_be_decoded_stop_no_others() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let first = group(&world.records[..1]);
    // No array; an array of numbers; an array in a longer form than needed; a record that is none.
    let strange: [&[u8]; 4] = [&[0x01], &[0x81, 0x01], &[0x98, 0x01, 0x40], &[0x81, 0x41, 0x00]];
    let body = [strange.concat(), first].concat();
    let lines = lines(&post(&live, &body), 5);
    let codes: Vec<&str> = lines[..4].iter().map(|line| line["problem"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["bad_group", "bad_group", "bad_group", "bad_envelope"]);
    assert_eq!(lines[3]["problem"]["index"], 0);
    assert_eq!((lines[4]["status"].as_u64(), live.count()), (Some(200), 1));
}

#[test]
fn a_body_cut_anywhere_stores_nothing() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let body: Vec<u8> = world.records.chunks(3).flat_map(group).collect();
    let ends: Vec<usize> = world
        .records
        .chunks(3)
        .scan(0, |end, one| {
            *end += group(one).len();
            Some(*end)
        })
        .collect();
    for cut in (1..body.len()).filter(|cut| !ends.contains(cut)) {
        let problem = post(&live, &body[..cut]).problem(400, "bad_sequence");
        assert_eq!(problem["index"], ends.iter().filter(|end| **end < cut).count());
    }
    assert_eq!(live.count(), 0);
    assert!(lines(&post(&live, &[]), 0).is_empty());
}

#[test]
fn what_is_too_much_is_told() {
    let world = World::new();
    let live = Live::start(&world.trust);
    let most = Limits::default().groups;
    post(&live, &vec![0x80; 1_001]).problem(413, "too_many_groups");
    lines(&post(&live, &vec![0x80; 1_000]), 1_000);
    post(&live, &vec![0; most + 1]).problem(413, "body_too_large");
    let many = [head(4, 1_001), vec![0x40; 1_001]].concat();
    let line = &lines(&post(&live, &many), 1)[0];
    assert_eq!((line["status"].as_u64(), line["problem"]["code"].as_str()), (Some(413), Some("too_many_records")));
    live.post("/v1/groups", "application/cose", world.records[0].as_bytes()).problem(415, "unsupported_media_type");
    live.post("/v1/groups?wait=soon", SEQUENCE, &[]).problem(400, "bad_address");
    assert_eq!(live.count(), 0);
}

#[test]
fn groups_longer_than_other_bodies_may_be_are_taken() {
    let mut world = World::new();
    let batch = world.batch(None);
    let live = Live::with(&world.trust, |config| nguon_ingest::Config {
        limits: Limits { body: 20_000, groups: 40_000, requests: 1, ..config.limits },
        ..config
    });
    for number in 0..60 {
        world.list(batch, number);
    }
    let body: Vec<u8> = world.records.chunks(1).flat_map(group).collect();
    assert!(body.len() > 20_000 && body.len() < 40_000, "{}", body.len());
    let lines = lines(&post(&live, &body), world.records.len());
    assert!(lines.iter().all(|line| line["status"] == 200));
}

#[test]
fn what_was_signed_for_another_deployment_is_refused_and_the_answer_says_so() {
    // A practice root: another authority. And one with the same authority and keys, but another root.
    let mut practice = World::named(3);
    practice.batch(None);
    let mut twin = World::logged();
    twin.batch(None);
    let live = Live::start(&World::new().trust);
    for (other, code) in [(practice, "unknown_authority"), (twin, "bad_signature")] {
        let body: Vec<u8> = other.records.chunks(1).flat_map(group).collect();
        let lines = lines(&post(&live, &body), other.records.len());
        assert_eq!(lines[0]["problem"]["code"], code);
        let detail = lines[0]["problem"]["detail"].as_str().unwrap();
        assert!(detail.contains("another deployment, such as practice"), "{detail}");
        assert!(lines.iter().all(|line| line["status"] == 422 || line["status"] == 400), "{lines:#?}");
        live.post_record(other.records[0].as_bytes()).problem(422, code);
    }
    assert_eq!(live.count(), 0);
}
