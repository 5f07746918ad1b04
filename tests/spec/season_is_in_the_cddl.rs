//! Every byte that the sample season signs or serves is what the page's CDDL says, and with small changes it is not.

use std::sync::LazyLock;

use ciborium::Value;
use nguon_core::cbor::to_canonical;
use nguon_core::serial::scans::{Day, DayCount, ScanCounts};
use nguon_core::serial::{LIMITS, SerialProof};
use nguon_core::values::Label;
use nguon_core::verify::Bundle;
use nguon_examples::season::{Season, Seed, Watch};

use crate::cddl::{fits, value};

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).expect("the season can be built"));

/// The same season, written down in a deployment with a log.
static LOGGED: LazyLock<Season> =
    LazyLock::new(|| Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged"));

fn entries(value: &mut Value) -> &mut Vec<(Value, Value)> {
    value.as_map_mut().expect("a map")
}

fn is_required(rule: &str, whole: &Value, field: &str) -> bool {
    let mut less = whole.clone();
    entries(&mut less).retain(|(key, _)| key.as_text() != Some(field));
    assert_ne!(less, *whole);
    !fits(rule, &less)
}

fn assert_strict(rule: &str, bytes: &[u8], required: &[&str]) {
    let whole = value(bytes);
    assert!(fits(rule, &whole), "{rule}: {whole:?}");
    for field in required {
        assert!(is_required(rule, &whole, field), "{rule} fits without {field}");
    }
    let mut more = whole.clone();
    entries(&mut more).push(("unknown".into(), 1.into()));
    assert!(!fits(rule, &more), "{rule} fits with an unknown field");
    for (at, (_, value)) in entries(&mut whole.clone()).iter().enumerate() {
        if matches!(value, Value::Bytes(bytes) if [16, 32].contains(&bytes.len())) {
            let mut longer = whole.clone();
            entries(&mut longer)[at].1.as_bytes_mut().expect("bytes, as above").push(0);
            assert!(!fits(rule, &longer), "{rule} fits with a longer {:?}", entries(&mut longer)[at].0);
        }
    }
}

#[test]
fn every_record() {
    assert!(SEASON.journal.len() > 100);
    let required = ["version", "kind", "sequence", "signer", "signed_at", "utc_offset", "event"];
    for record in &SEASON.journal {
        assert_strict("record", record.payload(), &required);
    }
}

#[test]
fn the_trust_root() {
    let signed = Season::root(&Seed::sample(), None).unwrap();
    assert_strict("signed_root", &signed.to_bytes().unwrap(), &["payload", "signatures"]);
    let required = ["version", "name", "issued", "expires", "root_keys", "threshold", "authorities"];
    assert_strict("root", &signed.payload.0, &required);
}

#[test]
fn every_bundle() {
    let batches = SEASON.names().filter_map(|(_, id)| SEASON.ledger.bundle(id).ok());
    let mut count = 0;
    for bundle in batches {
        assert_strict("bundle", &bundle.to_bytes().unwrap(), &["version", "roots", "chains", "openings"]);
        count += 1;
    }
    assert!(count > 20);
}

#[test]
fn every_proof_of_a_log() {
    let signed = LOGGED.ledger.trust().signed();
    let watched = ["version", "name", "issued", "expires", "root_keys", "threshold", "authorities"];
    assert_strict("root", &signed.payload.0, &watched);
    let bundles: Vec<Bundle> = LOGGED.names().filter_map(|(_, id)| LOGGED.ledger.bundle(id).ok()).collect();
    assert!(bundles.len() > 20);
    for bundle in bundles {
        assert_strict("bundle", &bundle.to_bytes().unwrap(), &["version", "roots", "chains", "openings"]);
        assert_strict("proof", &bundle.proof.unwrap().0, &["version", "head", "map", "roots", "chains"]);
    }
    let nobody = Label { gtin: "09521234000013".parse().unwrap(), lot: "NOBODY-1".parse().unwrap() };
    let absence = LOGGED.ledger.absence(&nobody).unwrap().to_bytes().unwrap();
    assert_strict("absence", &absence, &["version", "roots", "places", "head", "map"]);
}

#[test]
fn proofs_of_serials_and_counts_of_scans() {
    for case in SEASON.cases.iter().filter(|case| case.serial.is_some()) {
        let (batch, serial) = (case.batch.unwrap(), case.label.as_ref().unwrap().serial().unwrap());
        let printed = SEASON.printed.iter().find(|printed| printed.batch == batch).unwrap();
        let part = printed.list.prove(&batch, serial);
        assert_strict("serial_list_proof", &to_canonical(&part, LIMITS).unwrap(), &["root", "leaves"]);
        let leaf = to_canonical(&part.leaves[0], LIMITS).unwrap();
        assert_strict("serial_leaf", &leaf, &["serial", "index", "path"]);
        let proof = SerialProof::new(vec![part]).to_bytes().unwrap();
        assert_strict("serial_proof", &proof, &["version", "lists"]);
    }
    let day = |n: u64| DayCount { day: Day::from_number(20_618 + n), scans: 3 };
    for counts in [ScanCounts::new(Vec::new()), ScanCounts::new(vec![day(0), day(4)])] {
        assert_strict("scan_counts", &counts.to_bytes().unwrap(), &["days", "total", "kept_days"]);
    }
}
