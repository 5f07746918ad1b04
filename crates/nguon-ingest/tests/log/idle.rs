//! A log to which nothing is added stays fresh.

use std::time::Duration;

use nguon_core::prelude::Outcome;

use crate::site::Site;

#[test]
fn the_same_checkpoint_is_cosigned_again_and_again() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start_with(|log| log.recosign_every = Duration::from_secs(1)).unwrap();
    running.await_state("publishing");
    site.post_all(&running);
    let (checkpoint, _) = running.checkpoint();
    let as_of = || running.health()["as_of"].as_u64().unwrap();
    let mut before = as_of();
    for _ in 0..3 {
        running.until("a newer cosignature", || as_of() > before);
        before = as_of();
    }
    let (again, note) = running.checkpoint();
    assert_eq!(again, checkpoint, "nothing was added");
    let newest = |key: &nguon_tlog::note::NoteKey| note.cosigned_by(key);
    let mut times: Vec<u64> =
        site.cosigners.witnesses.iter().filter_map(|witness| newest(&witness.note_key())).collect();
    times.sort_unstable();
    let auditor = newest(&site.cosigners.auditor.note_key()).unwrap();
    assert!(times.len() >= 3 && times[times.len() - 3].min(auditor) >= before);
    // One line a key: a note does not grow with its age.
    assert!(note.signatures().len() <= 6);
    // What bundles carry, and what is on disk for a static host, is the same.
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid);
    assert!(verified.verdict.as_of.unwrap().get() >= before);
    let file = || std::fs::read(site.tiles().join("checkpoint")).unwrap();
    running.until("the file", || file() == running.get("/log/checkpoint").body);
    site.cosigners.agree();
}

#[test]
fn cosigners_that_go_away_are_noticed_and_age_shows() {
    let site = Site::new();
    let running = site.start_with(|log| log.recosign_every = Duration::from_secs(1)).unwrap();
    running.await_state("publishing");
    for witness in &site.cosigners.witnesses[..2] {
        witness.set(crate::cosigners::Manner::Broken);
    }
    running.await_state("waiting");
    let health = running.health();
    assert_eq!((health["witnesses_answering"].as_u64(), health["witnesses_needed"].as_u64()), (Some(2), Some(3)));
    for witness in &site.cosigners.witnesses[..2] {
        witness.set(crate::cosigners::Manner::Honest);
    }
    running.await_state("publishing");
}
