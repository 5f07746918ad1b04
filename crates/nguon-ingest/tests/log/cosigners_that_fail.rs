//! Slow, silent, broken and lying witnesses: none holds up the log, and none spoils a checkpoint.

use std::time::Duration;

use nguon_core::prelude::Outcome;
use nguon_tlog::hash::Hash;

use crate::cosigners::{Manner, log_key, log_note_key, now, signed};
use crate::site::{COSE, Site};

/// One of four fails in this manner: three are enough.
#[track_caller]
fn one_of_four(manner: Manner) {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.cosigners.witnesses[3].set(manner.clone());
    // Far more patient than the test: what is published does not wait for the one that fails.
    assert_eq!(site.post_all(&running).status, 200, "{manner:?}");
    for number in 0..3 {
        let record = site.one_more(batch, number);
        let answer = running.post("/v1/records?wait=60", COSE, record.as_bytes());
        assert_eq!(answer.status, 201, "{manner:?}: {:#}", answer.json());
    }
    let (checkpoint, note) = running.checkpoint();
    assert!(note.signed_by(&log_note_key()));
    for line in note.signatures() {
        let known = site.cosigners.witnesses.iter().map(|witness| witness.note_key());
        let known = known.chain([site.cosigners.auditor.note_key(), log_note_key()]);
        let sound = known.filter(|key| key.name() == line.name());
        let sound =
            sound.filter(|key| note.signed_by(key) || note.cosigned_by(key).is_some_and(|time| time < now() + 600));
        assert_eq!(sound.count(), 1, "{manner:?}: a line of {} that no reader counts", line.name());
    }
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{manner:?}: {:?}", verified.verdict);
    assert_eq!(running.health()["state"], "publishing");

    // Honest again, it is caught up with and cosigns again.
    site.cosigners.witnesses[3].set(Manner::Honest);
    let mut number = 10;
    running.until("the fourth witness", || {
        let record = site.one_more(batch, number);
        number += 1;
        assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
        site.cosigners.witnesses[3].size() > checkpoint.size
    });
    site.cosigners.agree();
}

#[test]
fn a_slow_witness() {
    one_of_four(Manner::Slow(Duration::from_secs(3)));
}

#[test]
fn a_silent_witness() {
    one_of_four(Manner::Silent);
}

#[test]
fn a_broken_witness() {
    one_of_four(Manner::Broken);
}

#[test]
fn a_witness_that_signs_nonsense() {
    one_of_four(Manner::SignsNonsense);
}

#[test]
fn a_witness_that_is_ahead_of_time() {
    one_of_four(Manner::AheadOfTime);
}

#[test]
fn a_witness_that_signs_under_anothers_name() {
    one_of_four(Manner::UnderAnotherName);
}

#[test]
fn a_witness_that_claims_to_have_seen_more_and_shows_nothing() {
    one_of_four(Manner::ClaimsSize(1_000_000));
}

#[test]
fn a_witness_that_claims_to_have_seen_less() {
    one_of_four(Manner::ClaimsSize(1));
}

#[test]
fn a_witness_that_never_stops_talking() {
    one_of_four(Manner::Endless);
}

#[test]
fn a_witness_that_shows_a_forged_checkpoint_does_not_stop_a_start() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    site.cosigners.witnesses[1].set(Manner::ShowsForgery);
    let running = site.start();
    assert_eq!(site.post_all(&running).status, 200);
    assert_eq!(site.verify(&running.get(&format!("/v1/bundles/{batch}")).body).verdict.outcome, Outcome::Valid);
}

#[test]
fn without_enough_witnesses_records_are_accepted_and_published_later() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let (before, _) = running.checkpoint();
    site.cosigners.witnesses[0].set(Manner::Silent);
    site.cosigners.witnesses[1].set(Manner::Broken);
    let mut waiting = Vec::new();
    for number in 0..5 {
        let record = site.one_more(batch, number);
        let answer = running.post("/v1/records?wait=0", COSE, record.as_bytes());
        let json = answer.json();
        assert_eq!((answer.status, json["status"].as_str()), (202, Some("accepted")));
        waiting.push(json["statement_id"].as_str().unwrap().to_owned());
    }
    running.await_state("waiting");
    let health = running.health();
    assert!(health["reason"].as_str().unwrap().contains("2 of the 3 witnesses"), "{health:#}");
    assert_eq!(running.checkpoint().0, before, "nothing is published");
    assert_eq!(site.verify(&running.get(&format!("/v1/bundles/{batch}")).body).verdict.outcome, Outcome::Valid);
    // More is accepted while it waits, and closed so that it does not grow old.
    let size = || running.get("/log/pending").body;
    let first = size();
    let record = site.one_more(batch, 100);
    assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    running.until("a later checkpoint is signed", || !first.is_empty() && size() != first);

    for witness in &site.cosigners.witnesses[..2] {
        witness.set(Manner::Honest);
    }
    for id in waiting {
        running.until("a receipt", || running.get(&format!("/v1/receipts/{id}")).status == 200);
    }
    running.await_state("publishing");
    assert!(running.checkpoint().0.size > before.size);
    assert_eq!(site.verify(&running.get(&format!("/v1/bundles/{batch}")).body).verdict.outcome, Outcome::Valid);
    site.cosigners.agree();
}

#[test]
fn without_an_auditor_nothing_is_published() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    let (before, _) = running.checkpoint();
    site.cosigners.auditor.sleep(true);
    let record = site.one_more(batch, 1);
    assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    running.await_state("waiting");
    assert!(running.health()["reason"].as_str().unwrap().contains("no map auditor"));
    assert_eq!(running.checkpoint().0, before);
    site.cosigners.auditor.sleep(false);
    running.await_state("publishing");
    running.until("it", || running.checkpoint().0.size > before.size);
}

#[test]
fn a_witness_that_really_has_seen_more_ends_publication() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let (before, _) = running.checkpoint();
    // Somebody else ran this log with its key, and showed it to one witness.
    let elsewhere = signed(&log_key(), before.size + 100, Hash::from_bytes([7; 32]));
    let witness = &site.cosigners.witnesses[2];
    witness.state().note = Some(elsewhere);
    witness.set(Manner::ClaimsSize(before.size + 100));
    let record = site.one_more(batch, 1);
    let answer = running.post("/v1/records?wait=0", COSE, record.as_bytes());
    assert_eq!(answer.status, 202);
    running.until("the stop", || {
        // Each further record makes it ask once more, should the others have been faster.
        let record = site.one_more(batch, 2);
        running.post("/v1/records?wait=0", COSE, record.as_bytes());
        running.health()["state"] == "stopped"
    });
    let health = running.get("/v1/health");
    assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("log_stopped")));
    let reason = running.health()["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("w2.example") && reason.contains(&(before.size + 100).to_string()), "{reason}");
    let record = site.one_more(batch, 3);
    running.post("/v1/records", COSE, record.as_bytes()).problem(503, "log_stopped");
    assert_eq!(running.get("/log/pending").status, 404, "no auditor is asked for anything any more");
    // What was published is served on.
    assert_eq!(site.verify(&running.get(&format!("/v1/bundles/{batch}")).body).verdict.outcome, Outcome::Valid);
}
