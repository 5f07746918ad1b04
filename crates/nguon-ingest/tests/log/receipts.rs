//! A receipt is a proof, not a promise.

use nguon_core::log::Leaf;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::Note;
use nguon_tlog::tree::verify_inclusion;
use serde_json::Value;

use crate::cosigners::log_note_key;
use crate::site::{COSE, Running, SEQUENCE, Site};

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// Verifies a receipt as anyone can who has the keys in the trust root.
fn verify(site: &Site, running: &Running, id: &str) -> (u64, u64) {
    let answer = running.get(&format!("/v1/receipts/{id}"));
    let proof = answer.json();
    assert_eq!(
        (answer.status, proof["status"].as_str(), proof["statement_id"].as_str()),
        (200, Some("published"), Some(id))
    );
    let note = Note::parse(proof["checkpoint"].as_str().unwrap()).unwrap();
    assert!(note.signed_by(&log_note_key()));
    let cosigned = site.cosigners.witnesses.iter().filter(|witness| note.cosigned_by(&witness.note_key()).is_some());
    assert!(cosigned.count() >= 3);
    assert!(note.cosigned_by(&site.cosigners.auditor.note_key()).is_some());
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    let leaf = bytes(&proof["leaf"]);
    let Leaf::Record { log_time, statement } = Leaf::from_bytes(&leaf).unwrap() else { panic!("no record's leaf") };
    assert_eq!((statement.to_string().as_str(), Some(log_time.get())), (id, proof["log_time"].as_u64()));
    let index = proof["index"].as_u64().unwrap();
    let hash = |hex: &Value| Hash::from_bytes(bytes(hex).try_into().unwrap());
    let inclusion: Vec<Hash> = proof["inclusion"].as_array().unwrap().iter().map(hash).collect();
    verify_inclusion(&hash::leaf(&leaf), index, checkpoint.size, &inclusion, &checkpoint.root).unwrap();
    (index, checkpoint.size)
}

#[test]
fn a_post_waits_for_its_receipt_and_the_receipt_verifies() {
    let site = Site::new();
    let running = site.start();
    for (number, record) in site.world.records.iter().enumerate() {
        let answer = running.post("/v1/records?wait=60", COSE, record.as_bytes());
        let json = answer.json();
        assert_eq!((answer.status, json["status"].as_str()), (201, Some("accepted")), "{json:#}");
        let id = record.statement_id(site.world.trust.deployment()).to_string();
        let (index, size) = verify(&site, &running, &id);
        let receipt = &json["receipt"];
        assert_eq!(receipt["index"].as_u64(), Some(index));
        assert!(receipt["log_time"].is_u64() && receipt["size"].as_u64().unwrap() <= size);
        assert!(index < receipt["size"].as_u64().unwrap());

        let again = running.post("/v1/records", COSE, record.as_bytes());
        assert_eq!((again.status, again.json()["status"].as_str()), (200, Some("duplicate")), "record {number}");
        assert_eq!(again.json()["receipt"]["index"].as_u64(), Some(index));
    }
    site.cosigners.agree();
}

#[test]
fn a_group_is_published_together_at_consecutive_positions() {
    let mut site = Site::new();
    site.world.batch(Some("L1"));
    let running = site.start();
    let answer = site.post_all(&running);
    let json = answer.json();
    assert_eq!(answer.status, 200, "{json:#}");
    let receipts: Vec<&Value> = json["results"].as_array().unwrap().iter().map(|result| &result["receipt"]).collect();
    assert_eq!(receipts.len(), site.world.records.len());
    let first = receipts[0]["index"].as_u64().unwrap();
    for (number, receipt) in (first..).zip(&receipts) {
        assert_eq!(receipt["index"].as_u64(), Some(number));
        assert_eq!(receipt["size"], receipts[0]["size"]);
    }
}

#[test]
fn what_is_refused_has_no_receipt_and_does_not_hold_up_the_others() {
    let mut site = Site::new();
    site.world.batch(Some("L1"));
    let base = site.world.records.len();
    site.world.batch(Some("L1"));
    let running = site.start();
    let body: Vec<u8> =
        site.world.records.iter().take(base + 1).flat_map(|record| record.as_bytes().to_vec()).collect();
    let answer = running.post("/v1/records?wait=60", SEQUENCE, &body);
    let results = answer.json()["results"].clone();
    assert_eq!(answer.status, 200);
    assert_eq!((results[base]["status"].as_str(), results[base]["receipt"].is_null()), (Some("rejected"), true));
    assert!((0..base).all(|number| results[number]["receipt"]["index"].is_u64()), "{results:#}");
}

#[test]
fn whoever_does_not_wait_is_told_that_it_is_accepted_and_can_ask_later() {
    let site = Site::new();
    let running = site.start();
    // Nothing can be published: what is asked now is asked before it is.
    site.cosigners.auditor.sleep(true);
    let record = &site.world.records[0];
    let id = record.statement_id(site.world.trust.deployment()).to_string();
    let path = format!("/v1/receipts/{id}");
    running.get(&path).problem(404, "no_such_record");
    let answer = running.post("/v1/records?wait=0", COSE, record.as_bytes());
    let json = answer.json();
    assert_eq!((answer.status, json["status"].as_str(), json["receipt"].is_null()), (202, Some("accepted"), true));
    let again = running.post("/v1/records?wait=0&atomic=true", SEQUENCE, record.as_bytes());
    assert_eq!((again.status, again.json()["results"][0]["status"].as_str()), (202, Some("duplicate")));
    let pending = running.get(&path);
    assert_eq!((pending.status, pending.json()["status"].as_str()), (202, Some("accepted")));
    assert!(pending.json()["index"].is_u64());

    site.cosigners.auditor.sleep(false);
    running.until("the receipt", || running.get(&path).status == 200);
    verify(&site, &running, &id);
}

#[test]
fn addresses_that_cannot_be_read_are_explained() {
    let site = Site::new();
    let running = site.start();
    running.get("/v1/receipts/xyz").problem(400, "bad_address");
    running.post("/v1/records?wait=soon", COSE, b"").problem(400, "bad_address");
    running.post("/v1/records?wait=-1", COSE, b"").problem(400, "bad_address");
}
