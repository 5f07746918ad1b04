//! Bundles prove that they are whole and fresh, against whatever is published when they are asked for.

use nguon_core::cbor::split_sequence;
use nguon_core::event::{DrawReason, Drawn, Input, Received};
use nguon_core::ledger::Pen;
use nguon_core::prelude::Outcome;
use nguon_core::trace::Line;
use nguon_core::values::{Grams, List};
use nguon_core::verify::{Bundle, assemble};

use crate::site::{COSE, Site};
use crate::world::{NOW, time};

#[test]
fn a_bundle_is_valid_by_the_logs_word() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    assert_eq!(site.post_all(&running).status, 200);
    for path in [format!("/v1/bundles/{batch}"), "/v1/bundles/01/09521234543213/10/L1".to_owned()] {
        let answer = running.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/cbor"));
        let verified = site.verify(&answer.body);
        assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
        let (checkpoint, _) = running.checkpoint();
        let seen = verified.checkpoint.unwrap();
        assert_eq!((seen.size, seen.root), (checkpoint.size, checkpoint.root.into()));
    }
    site.cosigners.agree();
}

#[test]
fn a_bundle_without_its_proof_is_incomplete() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    let mut bundle = Bundle::from_bytes(&running.get(&format!("/v1/bundles/{batch}")).body).unwrap();
    bundle.proof = None;
    let verified = site.verify(&bundle.to_bytes().unwrap());
    assert_eq!(verified.verdict.outcome, Outcome::Incomplete, "{:?}", verified.verdict);
}

#[test]
fn what_is_not_published_is_not_shown_and_what_is_published_grows() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let path = format!("/v1/bundles/{batch}");
    let before = running.get(&path);
    let tag = before.header("etag").to_owned();
    assert_eq!(running.get_with(&path, &[("if-none-match", &tag)]).status, 304);

    site.cosigners.auditor.sleep(true);
    let more = site.one_more(batch, 1);
    let other = site.world.batch(Some("L2"));
    let records = &site.world.records[site.world.records.len() - 3..];
    assert_eq!(running.post("/v1/records?wait=0", COSE, more.as_bytes()).status, 202);
    for record in records {
        assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    }
    let held = Bundle::from_bytes(&running.get(&path).body).unwrap();
    assert_eq!(held.record_count(), Bundle::from_bytes(&before.body).unwrap().record_count());
    assert_eq!(site.verify(&running.get(&path).body).verdict.outcome, Outcome::Valid);
    running.get(&format!("/v1/bundles/{other}")).problem(404, "no_such_batch");

    site.cosigners.auditor.sleep(false);
    running.until("the other batch", || running.get(&format!("/v1/bundles/{other}")).status == 200);
    let grown = running.get(&path);
    let verified = site.verify(&grown.body);
    assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
    let grown = Bundle::from_bytes(&grown.body).unwrap();
    assert_eq!(grown.chains[0].len(), held.chains[0].len() + 1);
}

#[test]
fn readers_are_served_whole_proofs_while_checkpoints_follow_one_another() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let more: Vec<_> = (0..40).map(|number| site.one_more(batch, number)).collect();
    let path = format!("/v1/bundles/{batch}");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for record in &more {
                let answer = running.post("/v1/records?wait=60", COSE, record.as_bytes());
                assert_eq!(answer.status, 201, "{:#}", answer.json());
            }
        });
        while !writer.is_finished() {
            let verified = site.verify(&running.get(&path).body);
            assert_eq!(verified.verdict.outcome, Outcome::Valid, "{:?}", verified.verdict);
        }
    });
    let whole = Bundle::from_bytes(&running.get(&path).body).unwrap();
    assert_eq!(whole.chains[0].len(), 2 + more.len());
    site.cosigners.agree();
}

#[test]
fn the_json_view_is_there_too() {
    let mut site = Site::new();
    let batch = site.world.batch(None);
    let running = site.start();
    site.post_all(&running);
    let view = running.get_with(&format!("/v1/bundles/{batch}"), &[("accept", "application/json")]);
    assert_eq!((view.status, view.header("content-type")), (200, "application/json"));
    assert!(view.json()["chains"].is_array());
}

#[test]
fn a_large_bundle_comes_in_stages_to_those_who_take_them() {
    let mut site = Site::new();
    let farm_key = site.world.farm_key.clone();
    let pen = Pen::new(site.world.farm, &farm_key, time(NOW));
    let (sources, grams): (Vec<_>, _) =
        ((0..110).map(|_| site.world.batch(None)).collect(), Grams::new(1_000).unwrap());
    let opened = site.world.opened(Some("L1"));
    let merged = site.world.begin(&pen, opened);
    for source in &sources {
        let drawn = Drawn { to: merged, grams, why: DrawReason::Merging };
        site.world.append(&pen, *source, drawn).unwrap();
    }
    let inputs = List::new(sources.iter().map(|from| Input { from: *from, grams }).collect()).unwrap();
    site.world.append(&pen, merged, Received::new(inputs)).unwrap();
    let running = site.start();
    assert_eq!(site.post_all(&running).status, 200);
    let path = format!("/v1/bundles/{merged}");
    let whole = running.get(&path);
    assert_eq!(whole.header("content-type"), "application/cbor");
    let staged = running.get_with(&path, &[("accept", "application/cbor-seq, application/cbor")]);
    assert_eq!(staged.header("content-type"), "application/cbor-seq");
    let items = split_sequence(&staged.body).unwrap();
    assert_eq!(items.len(), Bundle::from_bytes(&whole.body).unwrap().chains.len());
    assert_eq!(site.verify(&assemble(&items).unwrap().to_bytes().unwrap()).verdict.outcome, Outcome::Valid);
    // A small one comes as it always did.
    let small = running.get_with(&format!("/v1/bundles/{}", sources[0]), &[("accept", "application/cbor-seq")]);
    assert_eq!(small.header("content-type"), "application/cbor");
}

#[test]
fn a_trace_says_how_far_the_log_had_come() {
    let mut site = Site::new();
    let batch = site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let answer = running.get(&format!("/v1/trace/both/batch/{batch}"));
    let first = String::from_utf8(answer.body).unwrap().lines().next().unwrap().to_owned();
    let Line::Start(start) = serde_json::from_str(&first).unwrap() else { panic!("{first}") };
    assert!(start.as_of.unwrap().size > site.world.records.len() as u64);
}
