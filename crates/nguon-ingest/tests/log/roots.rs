//! Versions of the trust root come into the log by their signatures, and count from their leaf on.

use nguon_core::cbor::split_sequence;
use nguon_core::prelude::{Outcome, RootPayload};
use nguon_core::trust::{SignedRoot, TrustRoot};
use nguon_core::values::{List, Time};

use crate::cosigners::{Manner, log_key, log_note_key, next_log_key, now, signed};
use crate::site::{COSE, Running, Site};
use crate::world::root_key;

const CBOR: &str = "application/cbor";

fn after(before: &TrustRoot, change: impl FnOnce(&mut RootPayload)) -> SignedRoot {
    let [issued, expires] = [now(), now() + 100_000_000].map(|seconds| Time::new(seconds).unwrap());
    let mut payload = RootPayload::after(before, issued, expires);
    change(&mut payload);
    SignedRoot::sign(&payload, &[&root_key()]).unwrap()
}

fn post(running: &Running, root: &SignedRoot) -> crate::live::Answer {
    running.post("/v1/roots", CBOR, &root.to_bytes().unwrap())
}

#[test]
fn a_rotation_turns_to_other_witnesses() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let old = running.get(&format!("/v1/bundles/{batch}")).body;
    let fifth = site.cosigners.add_witness();
    let first = site.cosigners.witnesses[0].clone();
    let second = after(&site.world.trust, |payload| {
        let log = payload.log.as_mut().unwrap();
        let listed: Vec<_> = site.cosigners.witnesses[1..].iter().map(|witness| witness.listed()).collect();
        log.witnesses = List::new(listed).unwrap();
        log.witness_threshold = 4;
    });
    let answer = post(&running, &second);
    let json = answer.json();
    assert_eq!((answer.status, json["version"].as_u64()), (200, Some(2)), "{json:#}");
    let index = json["index"].as_u64().unwrap();
    running.until("its leaf", || running.checkpoint().0.size > index);
    let before = first.state().cosigned.len();

    let record = site.one_more(batch, 1);
    assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    let (checkpoint, note) = running.checkpoint();
    assert!(note.signed_by(&log_note_key()));
    assert!(note.cosigned_by(&fifth.note_key()).is_some(), "the new witness");
    assert!(note.cosigned_by(&first.note_key()).is_none(), "the retired one");
    assert_eq!((fifth.size(), first.state().cosigned.len()), (checkpoint.size, before));

    // Whoever pins version 1 follows, and what was published before still holds.
    let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    assert_eq!(site.verify(&old).verdict.outcome, Outcome::Valid);
    let absent = running.get("/v1/bundles/01/09521234543213/10/L9");
    let label = crate::world::label("L9");
    let at = Time::new(now()).unwrap();
    nguon_core::verify::verify_absence(&absent.body, &site.world.trust, label.gtin.get(), label.lot.get(), at).unwrap();

    let body = running.get("/v1/log/roots").body;
    let served = split_sequence(&body).unwrap();
    assert_eq!(served, [second.to_bytes().unwrap()], "version 1 is not among them");
    assert_eq!(post(&running, &second).json()["index"].as_u64(), Some(index), "the same again is harmless");

    // A restart turns to the same witnesses.
    drop(running);
    let running = site.start();
    let record = site.one_more(batch, 2);
    assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    assert!(running.checkpoint().1.cosigned_by(&fifth.note_key()).is_some());
    site.cosigners.agree();
}

#[test]
fn what_does_not_follow_is_refused() {
    let site = Site::new();
    let running = site.start();
    running.post("/v1/roots", CBOR, b"\xa0").problem(400, "bad_root");
    running.post("/v1/roots", CBOR, b"").problem(400, "bad_root");
    running.post("/v1/roots", "text/plain", b"x").problem(415, "unsupported_media_type");
    running.post("/v1/roots", CBOR, &vec![0; 600 * 1024]).problem(413, "body_too_large");

    let mut unsigned = after(&site.world.trust, |_| {});
    unsigned.signatures.clear();
    post(&running, &unsigned).problem(422, "root_refused");
    let second = after(&site.world.trust, |_| {});
    let third = {
        let next = site.world.trust.verify_next(second.clone()).unwrap();
        after(&next, |_| {})
    };
    post(&running, &third).problem(409, "root_version");
    let without_log = after(&site.world.trust, |payload| payload.log = None);
    post(&running, &without_log).problem(422, "root_refused");
    assert_eq!(post(&running, &second).status, 200);
    // Another version 2 is too late, however well signed.
    let rival = after(&site.world.trust, |payload| payload.name = "Khác".parse().unwrap());
    post(&running, &rival).problem(409, "root_version");
    assert_eq!(post(&running, &third).status, 200);
    assert_eq!(split_sequence(&running.get("/v1/log/roots").body).unwrap().len(), 2);
}

#[test]
fn a_log_goes_on_under_its_next_key() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let second = after(&site.world.trust, |payload| payload.log.as_mut().unwrap().key = (&next_log_key()).into());
    let index = post(&running, &second).json()["index"].as_u64().unwrap();
    // A checkpoint that holds the version must be signed with the key that it names, which this server does not have.
    running.await_state("stopped");
    let reason = running.health()["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("--log-key"), "{reason}");
    assert!(running.checkpoint().0.size <= index);
    assert_eq!(site.verify(&running.get(&format!("/v1/bundles/{batch}")).body).verdict.outcome, Outcome::Valid);
    drop(running);

    let error = site.start_with(|_| {}).err().unwrap();
    assert!(error.to_string().contains("--log-key"), "{error}");
    for _ in 0..2 {
        let running = site.start_with(|log| log.key = next_log_key()).unwrap();
        running.await_state("publishing");
        let record = site.one_more(batch, 1);
        let answer = running.post("/v1/records?wait=60", COSE, record.as_bytes());
        assert_eq!(answer.status, 201, "{:#}", answer.json());
        let verified = site.verify(&running.get(&format!("/v1/bundles/{batch}")).body);
        assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
        assert!(verified.checkpoint.unwrap().size > index);
    }
    site.cosigners.agree();
}

#[test]
fn a_key_that_was_replaced_cannot_stop_the_log() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let second = after(&site.world.trust, |payload| payload.log.as_mut().unwrap().key = (&next_log_key()).into());
    post(&running, &second);
    running.await_state("stopped");
    drop(running);
    let running = site.start_with(|log| log.key = next_log_key()).unwrap();
    running.await_state("publishing");
    // Whoever stole the old key shows a checkpoint that nobody has, through a witness of theirs.
    let size = running.health()["size"].as_u64().unwrap() + 1000;
    let witness = &site.cosigners.witnesses[3];
    witness.state().note = Some(signed(&log_key(), size, nguon_tlog::hash::Hash::from_bytes([7; 32])));
    witness.set(Manner::ClaimsSize(size));
    for number in 0..5 {
        let record = site.one_more(batch, number);
        assert_eq!(running.post("/v1/records?wait=60", COSE, record.as_bytes()).status, 201);
    }
    running.until("the witness is told apart", || {
        let health = running.health();
        let fourth = health["cosigners"].as_array().unwrap().iter().find(|cosigner| cosigner["name"] == "w3.example");
        fourth.unwrap()["problem"].as_str().is_some_and(|problem| problem.contains("never signed"))
    });
    assert_eq!(running.health()["state"], "publishing");
}
