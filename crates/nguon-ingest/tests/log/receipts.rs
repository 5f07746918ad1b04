//! A receipt is a proof, not a promise.

use serde_json::Value;

use crate::site::{COSE, Running, SEQUENCE, Site};

/// Verifies a receipt as anyone can who has the keys in the trust root: index of the leaf, and size of the checkpoint.
fn verify(site: &Site, running: &Running, id: &str) -> (u64, u64) {
    let answer = running.get(&format!("/v1/receipts/{id}"));
    assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("published")));
    site.check_receipt(id, &answer.json())
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

#[test]
fn a_record_whose_sender_went_away_is_published_all_the_same() {
    let site = Site::new();
    let running = site.start();
    // As if the connection broke between the store's answer and the server's.
    running.ask(running.store.submit(vec![site.world.statement(&site.world.records[0])])).unwrap();
    let id = site.world.records[0].statement_id(site.world.trust.deployment()).to_string();
    running.until("its receipt", || running.get(&format!("/v1/receipts/{id}")).status == 200);
    verify(&site, &running, &id);
}

#[test]
fn those_who_wait_do_not_keep_others_from_being_taken() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let records: Vec<_> = (0..24).map(|number| site.one_more(batch, number)).collect();
    let before = site.world.records.len() - records.len();
    let mut log = nguon_ingest::LogConfig::new(crate::cosigners::log_key(), site.tiles());
    log.interval = std::time::Duration::from_millis(5);
    let limits = nguon_ingest::Limits { requests: 2, ..Default::default() };
    let running = Running::limited(&site.world, &site.store_path(), Some(log), limits).unwrap();
    site.cosigners.auditor.watch(running.address);
    running.await_state("publishing");
    let body: Vec<u8> = site.world.records[..before].iter().flat_map(|record| record.as_bytes().to_vec()).collect();
    assert_eq!(running.post("/v1/records?wait=60", SEQUENCE, &body).status, 200);
    site.cosigners.auditor.sleep(true);
    // Many more wait than requests are worked on at a time.
    std::thread::scope(|scope| {
        let address = running.address;
        let senders: Vec<_> = records
            .iter()
            .map(|record| {
                let sender = scope.spawn(move || {
                    let media_type = [("content-type", COSE)];
                    let client = crate::live::Client::new(address);
                    client.send("POST", "/v1/records?wait=60", &media_type, Some(record.as_bytes())).status
                });
                let id = record.statement_id(site.world.trust.deployment()).to_string();
                running.until("it is taken", || running.get(&format!("/v1/receipts/{id}")).status == 202);
                sender
            })
            .collect();
        site.cosigners.auditor.sleep(false);
        assert!(senders.into_iter().all(|sender| sender.join().unwrap() == 201));
    });
}
