//! A log that is started again goes on where it was.

use nguon_core::prelude::Outcome;

use crate::cosigners::Manner;
use crate::site::{COSE, Site};

#[test]
fn the_same_checkpoint_is_published_again_and_continued() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let (before, bundle) = {
        let running = site.start();
        site.post_all(&running);
        (running.checkpoint().0, running.get(&format!("/v1/bundles/{batch}")).body)
    };
    for number in 0..3 {
        let running = site.start();
        let (after, _) = running.checkpoint();
        assert!(after.size >= before.size);
        if number == 0 {
            assert_eq!(after, before, "nothing was added");
        }
        let record = site.one_more(batch, number);
        assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
        let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
        assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    }
    // An old bundle still verifies: what it proves is merely older.
    assert_eq!(site.verify(&bundle).verdict.outcome, Outcome::Valid);
    site.cosigners.agree();
}

#[test]
fn what_was_accepted_while_nobody_cosigned_is_published_after_a_restart() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    {
        let running = site.start();
        site.post_all(&running);
        site.cosigners.auditor.sleep(true);
        for witness in &site.cosigners.witnesses[..2] {
            witness.set(Manner::Broken);
        }
        for number in 0..4 {
            let record = site.one_more(batch, number);
            assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
            running.await_state("waiting");
        }
    }
    for witness in &site.cosigners.witnesses {
        witness.set(Manner::Honest);
    }
    site.cosigners.auditor.sleep(false);
    let running = site.start();
    let path = format!("/v1/bundles/{batch}");
    let whole = || {
        let bundle = running.get(&path).body;
        nguon_core::verify::Bundle::from_bytes(&bundle).is_ok_and(|bundle| bundle.chains[0].len() == 6)
    };
    running.until("all of it", whole);
    let verified = site.verify(&running.get(&path).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    site.cosigners.agree();
}

#[test]
fn lost_tiles_are_made_anew() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    for number in 0..260 {
        site.one_more(batch, number);
    }
    let before = {
        let running = site.start();
        site.post_all(&running);
        running.checkpoint().0
    };
    for damage in 0..3 {
        match damage {
            0 => std::fs::remove_dir_all(site.tiles()).unwrap(),
            1 => std::fs::remove_dir_all(site.tiles().join("tile/0/001.p")).unwrap(),
            _ => std::fs::write(site.tiles().join("tile/1/000.p/1"), [7; 32]).unwrap(),
        }
        if damage == 2 {
            // A file that says something else is never written over: whose it is must be found out.
            let error = site.start_with(|_| {}).err().unwrap();
            assert!(error.to_string().contains("tile/1/000.p/1"), "{error}");
            std::fs::remove_file(site.tiles().join("tile/1/000.p/1")).unwrap();
        }
        let running = site.start();
        assert_eq!(running.checkpoint().0, before);
        let record = running.get(&format!("/v1/log/consistency/1/{}", before.size));
        assert_eq!(record.status, 200);
        let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
        assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    }
    site.cosigners.agree();
}

#[test]
fn a_stop_does_not_wait_for_cosigners_who_are_away() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    for witness in &site.cosigners.witnesses {
        witness.set(Manner::Silent);
    }
    let record = site.one_more(batch, 1);
    let (address, mut running) = (running.address, running);
    // Somebody waits for a receipt that does not come: they are told what holds before the server ends.
    let waiting = std::thread::spawn(move || {
        let media_type = [("content-type", COSE)];
        crate::live::Client::new(address).send("POST", "/v1/records?wait=60", &media_type, Some(record.as_bytes()))
    });
    running.await_state("waiting");
    running.stop();
    let answer = waiting.join().unwrap();
    assert_eq!((answer.status, answer.json()["status"].as_str()), (202, Some("accepted")));
}
