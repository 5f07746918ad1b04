use nguon_core::envelope::SignedRecord;
use nguon_core::event::HarvestDrawn;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::record::{Anchor, ChainKind, Record, Signer};
use nguon_core::trust::TrustRoot;
use nguon_core::values::{Grams, Time, UtcOffset};
use nguon_ingest::read_key;

use crate::common::{Ended, Home, day};
use crate::world::TestLog;

/// A spray that is said to lie this many days back.
fn spray(home: &Home, days_ago: i64) -> Ended {
    let event = r#"{"input_applied": {"kind": "plant_protection", "product": "Ridomil Gold 68WG", "active_ingredients": [],
        "dose": {"milligrams": 1500000}, "area_m2": 4000, "phi_days": 14, "at": {"time": "DAY 06:30"}}}"#;
    let event = event.replace("DAY", &day(-days_ago));
    home.ok(&["append", "thua", "--as", "coop", "--for", "bay", "--event", &event])
}

/// A harvest as a device signs it that judges nothing, at a claimed time; it is sent to the server right away.
fn harvest_elsewhere(home: &Home, log: &TestLog, batch: &str, claimed: Time) {
    let trust = TrustRoot::from_bytes(&std::fs::read(home.file("root.nguon")).unwrap()).unwrap();
    let seen: std::collections::BTreeMap<String, Anchor> =
        serde_json::from_slice(&std::fs::read(home.file("seen.json")).unwrap()).unwrap();
    let shown = home.json(&["show", "thua"]);
    let records = shown["records"].as_array().unwrap();
    let previous: StatementId = records.last().unwrap()["statement_id"].as_str().unwrap().parse().unwrap();
    let id = |name: &str| -> ChainId { home.id(name).parse().unwrap() };
    let mut event = HarvestDrawn::new("2026".parse().unwrap(), batch.parse().unwrap(), Grams::new(10_000).unwrap());
    event.at = Some(claimed);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let record = Record {
        version: 1,
        kind: ChainKind::Place,
        chain: Some(id("thua")),
        sequence: u64::try_from(records.len()).unwrap(),
        previous: Some(previous),
        signer: Signer::Actor(id("coop")),
        on_behalf_of: Some(id("bay")),
        signed_at: Time::new(now).unwrap(),
        utc_offset: UtcOffset::UTC,
        anchor: seen.into_values().next(),
        replaces: None,
        event: event.into(),
        attachments: None,
        nonce: None,
    };
    let key = read_key(&home.file("keys/coop.key"), || None).unwrap();
    let signed = SignedRecord::sign(&record, &key, trust.deployment()).unwrap();
    let answer = ureq::post(format!("{}/v1/records?wait=30", log.url()))
        .content_type("application/cose")
        .send(signed.as_bytes());
    assert!(answer.unwrap().status().is_success());
}

#[test]
fn a_chain_that_the_log_counts_otherwise_than_is_claimed_is_taken() {
    let (home, log) = TestLog::start();
    home.make_orchard();
    let register = ["register", "--as", "coop", "--for", "bay", "--product", "vải thiều"];
    let batch = home.json(&[&register[..], &["--alias", "lo-1"]].concat())["batch"].as_str().unwrap().to_owned();
    home.ok(&["push", "--wait", "30"]);
    // Long before the season, says the picker; the log vouches for a week and counts it as of the checkpoint named.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    harvest_elsewhere(&home, &log, &batch, Time::new(now - 100 * 86_400).unwrap());

    let pulled = home.json(&["pull", "thua"]);
    assert!(pulled.as_array().unwrap().iter().any(|one| one["new"] == 1), "{pulled}");
    assert_eq!(home.json(&["plot", "thua"])["seasons"][0]["harvested_g"], 10_000);
    // On another computer too, and what is signed on top of it is accepted.
    let other = home.second_computer();
    for name in ["coop", "bay", "thua"] {
        other.ok(&["pull", &home.id(name), "--alias", name]);
    }
    assert_eq!(other.json(&["plot", "thua"])["seasons"][0]["harvested_g"], 10_000);
    other.ok(&[&register[..], &["--harvest", "thua=20"]].concat());
    assert_eq!(other.json(&["push", "--wait", "30"])["left"], 0);
}

#[test]
fn an_interval_begins_when_the_log_says_so() {
    let (home, _log) = TestLog::start();
    home.make_orchard();
    home.ok(&["push", "--wait", "30"]);
    assert!(spray(&home, 20).stderr.contains("vouches for no time more than a week back"));
    home.ok(&["push", "--wait", "30"]);
    // By what was claimed it was over six days ago.
    let plot = home.ok(&["plot", "thua"]).stdout;
    assert!(plot.contains(&format!("earliest harvest: {}", day(14))), "{plot}");
    let early = ["register", "--as", "coop", "--for", "bay", "--product", "vải thiều", "--harvest", "thua=20"];
    assert_eq!(home.error(&early)["code"], "harvest_too_early");
    let other = home.second_computer();
    for name in ["coop", "bay", "thua"] {
        other.ok(&["pull", &home.id(name), "--alias", name]);
    }
    assert_eq!(other.error(&early)["code"], "harvest_too_early");
}
