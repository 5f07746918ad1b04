//! Many groups a request, in a deployment with a log: each has its receipts.

use nguon_core::envelope::SignedRecord;
use serde_json::Value;

use crate::live::Answer;
use crate::site::{SEQUENCE, Site};

/// An array of byte strings (RFC 8949 §3), fewer than 24.
fn group(records: &[SignedRecord]) -> Vec<u8> {
    let mut bytes = vec![0x80 | u8::try_from(records.len()).unwrap()];
    for record in records {
        bytes.push(0x59);
        bytes.extend_from_slice(&u16::try_from(record.as_bytes().len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(record.as_bytes());
    }
    bytes
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200);
    let text = std::str::from_utf8(&answer.body).unwrap();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.pop().unwrap()["end"]["groups"], lines.len());
    lines
}

#[test]
fn every_record_of_every_group_has_a_receipt_that_verifies() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    for number in 0..150 {
        site.world.list(batch, number);
    }
    let running = site.start();
    let mut body: Vec<u8> = site.world.records.chunks(2).flat_map(group).collect();
    // What is refused in between has none, and holds nobody up.
    body.extend(group(&[crate::world::signed_otherwise(&site.world.records[0]), site.world.records[3].clone()]));
    let mut forged = crate::world::World::named(3);
    forged.batch(None);
    body.extend(group(&forged.records[..1]));
    let lines = lines(&running.post("/v1/groups?wait=60", SEQUENCE, &body));
    let (refused, stored) = lines.split_last().unwrap();
    assert_eq!(refused["status"], 422);
    let mut last = 0;
    for line in &stored[..stored.len() - 1] {
        assert_eq!(line["status"], 200, "{line:#}");
        for result in line["results"].as_array().unwrap() {
            let index = result["receipt"]["index"].as_u64().unwrap();
            assert!(index > last, "consecutive groups have rising positions");
            last = index;
        }
    }
    for record in [&site.world.records[0], site.world.records.last().unwrap()] {
        let id = record.statement_id(site.world.trust.deployment()).to_string();
        site.check_receipt(&id, &running.get(&format!("/v1/receipts/{id}")).json());
    }
    // Where they stand is told for a whole chain as for each record.
    let told = running.get(&format!("/v1/chains/{batch}/positions?from=2")).json();
    let positions = told["positions"].as_array().unwrap();
    assert_eq!(positions.len(), 150);
    assert_eq!(positions[149][0], last);
    assert!(positions.iter().all(|at| at[1].is_u64() && at[2] == 0));
}

#[test]
fn groups_that_are_on_disk_and_not_published_say_so() {
    let site = Site::new();
    let running = site.start();
    site.cosigners.auditor.sleep(true);
    let body: Vec<u8> = site.world.records.chunks(1).flat_map(group).collect();
    let lines = lines(&running.post("/v1/groups?wait=0", SEQUENCE, &body));
    for line in &lines {
        assert_eq!((line["status"].as_u64(), line["results"][0]["status"].as_str()), (Some(202), Some("accepted")));
        assert!(line["results"][0]["receipt"].is_null());
    }
    site.cosigners.auditor.sleep(false);
    let again = lines_of_published(&running.post("/v1/groups?wait=60", SEQUENCE, &body));
    assert_eq!(again, lines.len());
}

fn lines_of_published(answer: &Answer) -> usize {
    lines(answer).iter().filter(|line| line["status"] == 200 && line["results"][0]["receipt"]["index"].is_u64()).count()
}
