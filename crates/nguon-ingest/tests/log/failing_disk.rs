//! Disks that fail at any step, before it is done or after: the log waits, says so, and goes on when it can.

use std::sync::Arc;
use std::time::Duration;

use nguon_core::prelude::Outcome;
use nguon_ingest::{Limits, LogConfig};
use nguon_store::sqlite::SqliteStore;

use crate::cosigners::log_key;
use crate::failing::{FailingStore, Fault};
use crate::live::Answer;
use crate::site::{COSE, Running, SEQUENCE, Site};

fn start(site: &Site) -> (Running, Arc<FailingStore>) {
    let store = SqliteStore::open(&site.store_path(), site.world.trust.clone()).unwrap();
    let failing = FailingStore::over(Arc::new(store));
    let mut log = LogConfig::new(log_key(), site.tiles());
    log.interval = Duration::from_millis(5);
    let running = Running::over(&site.world, failing.clone(), Some(log), Limits::default()).unwrap();
    site.cosigners.auditor.watch(running.address);
    running.await_state("publishing");
    (running, failing)
}

#[test]
fn a_store_that_fails_between_any_two_steps() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let (running, failing) = start(&site);
    assert_eq!(site.post_all(&running).status, 200);
    let mut number = 0;
    for calls in [
        &["close"][..],
        &["sign_checkpoint"],
        &["cosign_checkpoint"],
        &["close", "close", "newest_checkpoint"],
        &["close", "map_contents"],
        &["close", "leaves", "sign_checkpoint", "cosign_checkpoint"],
    ] {
        for fault in [Fault::Before, Fault::After] {
            let before = running.checkpoint().0;
            for call in calls {
                failing.fail(call, fault);
            }
            number += 1;
            let record = site.one_more(batch, number);
            let answer = running.post("/v1/records?wait=60", COSE, record.as_bytes());
            assert_eq!(answer.status, 201, "{calls:?} {fault:?}: {:#}", answer.json());
            assert!(running.checkpoint().0.size > before.size);
            let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
            assert_eq!(verified.verdict.outcome, Outcome::Valid, "{calls:?} {fault:?}: {:?}", verified.verdict);
            // One of several may not have come to pass: it does not matter to the next turn.
            failing.forgive();
        }
    }
    running.await_state("publishing");
    drop((running, failing));
    let running = site.start();
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    site.cosigners.agree();
}

#[test]
fn a_failure_that_leaves_nothing_to_do_is_over_when_it_is_over() {
    let site = Site::new();
    let (running, failing) = start(&site);
    site.post_all(&running);
    failing.fail("close", Fault::Before);
    running.await_state("waiting");
    assert!(running.health()["reason"].as_str().unwrap().contains("database"));
    running.await_state("publishing");
}

#[test]
fn a_folder_that_cannot_be_written() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let size = running.checkpoint().0.size;
    // Something stands where the next partial tiles and the next checkpoint are written.
    let blocked = site.tiles().join("tile/0/000.p").join((size + 2).to_string());
    std::fs::create_dir_all(blocked.with_extension("new")).unwrap();
    let record = site.one_more(batch, 1);
    assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    running.await_state("waiting");
    assert!(running.health()["reason"].as_str().unwrap().contains("tile/0/000.p"));
    assert_eq!(running.get("/log/pending").status, 404, "nothing old is cosigned again while leaves wait");
    std::fs::remove_dir_all(blocked.with_extension("new")).unwrap();
    running.until("the record", || running.checkpoint().0.size > size);
    running.await_state("publishing");

    let checkpoint = site.tiles().join("checkpoint.new");
    std::fs::create_dir_all(&checkpoint).unwrap();
    let record = site.one_more(batch, 2);
    assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    running.await_state("waiting");
    std::fs::remove_dir_all(&checkpoint).unwrap();
    running.until("the next record", || running.checkpoint().0.size > size + 2);
    site.cosigners.agree();
}

#[test]
fn a_commit_that_fails_is_told_to_its_groups_and_no_others() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let (running, failing) = start(&site);
    site.post_all(&running);
    let body: Vec<u8> = (0..400)
        .flat_map(|number| {
            let record = site.one_more(batch, number);
            let length = u16::try_from(record.as_bytes().len()).unwrap().to_be_bytes();
            [&[0x81, 0x59][..], &length, record.as_bytes()].concat()
        })
        .collect();
    let post = || running.post("/v1/groups?wait=60", SEQUENCE, &body);
    // Nothing is stored, or nobody knows whether it is: the request as a whole has failed.
    failing.fail("submit_groups", Fault::Before);
    post().problem(503, "store_unavailable");
    // The second commit fails: what the first one holds is acknowledged, with receipts.
    failing.fail_later("submit_groups", 1, Fault::Before);
    let statuses = |answer: &Answer| -> Vec<u64> {
        assert_eq!(answer.status, 200);
        let text = std::str::from_utf8(&answer.body).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter_map(|line| line["status"].as_u64()).collect()
    };
    let first = statuses(&post());
    let (stored, failed) = first.split_at(first.iter().position(|status| *status != 200).unwrap());
    assert!(stored.len() > 100 && failed.len() > 100 && first.len() == 400);
    assert!(failed.iter().all(|status| *status == 503));
    failing.fail("submit_groups", Fault::After);
    post().problem(503, "store_unavailable");
    // A phone posts the same until all is said.
    assert_eq!(statuses(&post()), [200; 400]);
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
}
