use crate::common::{Home, text};
use crate::world::TestLog;

/// A home that has sent a batch, and its label's link.
pub fn sent() -> (Home, TestLog, String) {
    let (home, log) = TestLog::start();
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    let sent = home.json(&["push"]);
    assert_eq!(sent["log"]["pending"], 0, "{sent}");
    let link = home.json(&["label", "lo-1"])["link"].as_str().unwrap().to_owned();
    (home, log, link)
}

/// The same records in a home without a server: nobody can be asked.
pub fn offline(home: &Home) -> Home {
    let other = Home::new();
    other.ok(&["root", "import", text(&home.file("root.nguon"))]);
    other
}

#[test]
fn a_link_is_valid_as_of_a_moment_ago() {
    let (home, _log, link) = sent();
    let (code, verdict) = home.verify(&[&link]);
    assert_eq!((code, verdict["outcome"].as_str()), (0, Some("valid")), "{verdict}");
    assert!(verdict["as_of"].is_u64() && verdict["checkpoint"]["size"].as_u64().unwrap() > 8, "{verdict}");
    assert_eq!((&verdict["asked"]["witnesses"], &verdict["asked"]["answered"]), (&2.into(), &2.into()), "{verdict}");
    let told = home.ok(&["verify", &link, "--lang", "vi"]).stdout;
    assert!(told.starts_with("✓ Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi."), "{told}");
    assert!(told.contains("Sổ chung: ") && told.contains("được xác nhận đầy đủ tính đến"), "{told}");
}

#[test]
fn a_saved_file_is_valid_without_network_and_ages() {
    let (home, _log, _) = sent();
    let file = home.beside("lo-1.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    let reader = offline(&home);
    let (code, verdict) = reader.verify(&[text(&file)]);
    assert_eq!((code, verdict["outcome"].as_str()), (0, Some("valid")), "{verdict}");
    assert_eq!(verdict["asked"]["online"], false);
    let as_of = verdict["as_of"].as_u64().unwrap();
    let told = reader.ok(&["verify", text(&file)]).stdout;
    assert!(told.contains("Judged without network"), "{told}");
    // The deployment's policy: a day for readers without network, an hour for those with it.
    for (later, outcome, exit) in [(86_399, "valid", 0), (86_402, "stale", 2)] {
        let (code, verdict) = reader.verify(&[text(&file), "--now", &(as_of + later).to_string()]);
        assert_eq!((code, verdict["outcome"].as_str()), (exit, Some(outcome)), "{later}: {verdict}");
    }
    let (code, verdict) = home.verify(&[text(&file), "--now", &(as_of + 3_602).to_string()]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("stale")), "{verdict}");
    assert!(verdict["findings"].to_string().contains("\"old\""), "{verdict}");
    let told = reader.run(&["verify", text(&file), "--now", &(as_of + 90_000).to_string()]).stdout;
    assert!(told.starts_with("! True as of ") && told.contains("older than this deployment allows"), "{told}");
}

#[test]
fn asking_online_about_a_file_needs_somebody_to_ask() {
    let (home, log, link) = sent();
    let file = home.beside("lo-1.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    let reader = offline(&home);
    assert!(reader.error(&["verify", text(&file), "--online"])["next"].as_str().unwrap().contains("--server"));
    for named in [&["--server", &log.url()][..], &["--label", &link.replace("https://nguon.example", &log.url())]] {
        let arguments = [&[text(&file), "--online"], named].concat();
        let (code, verdict) = reader.verify(&arguments);
        assert_eq!((code, &verdict["asked"]["online"]), (0, &true.into()), "{verdict}");
    }
}

#[test]
fn a_file_without_its_proof_or_cut_is_incomplete() {
    let (home, _log, _) = sent();
    let file = home.beside("lo-1.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    let mut bundle = nguon_core::verify::Bundle::from_bytes(&std::fs::read(&file).unwrap()).unwrap();
    let proof = bundle.proof.take();
    std::fs::write(&file, bundle.to_bytes().unwrap()).unwrap();
    let (code, verdict) = home.verify(&[text(&file)]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("incomplete")), "{verdict}");
    let told = home.run(&["verify", text(&file), "--lang", "vi"]).stdout;
    assert!(told.contains("không kèm bằng chứng từ sổ chung"), "{told}");
    // With its proof, and without its last record: the map holds more.
    bundle.proof = proof;
    bundle.chains[0].pop().unwrap();
    std::fs::write(&file, bundle.to_bytes().unwrap()).unwrap();
    let (code, verdict) = home.verify(&[text(&file)]);
    assert_eq!(code, 1, "{verdict}");
    assert_ne!(verdict["outcome"], "valid");
}

#[test]
fn what_is_signed_names_the_newest_checkpoint_seen() {
    let (home, _log, _) = sent();
    let anchors = |home: &Home| -> Vec<Option<u64>> {
        let shown = home.json(&["show", "lo-1"]);
        shown["records"].as_array().unwrap().iter().map(|one| one["record"]["anchor"]["size"].as_u64()).collect()
    };
    assert!(anchors(&home).iter().all(Option::is_none), "nothing had been seen yet");
    let seen: serde_json::Value = serde_json::from_slice(&std::fs::read(home.file("seen.json")).unwrap()).unwrap();
    let seen = seen.as_object().unwrap().values().next().unwrap()["size"].as_u64().unwrap();
    let listed = r#"{"listed": {"marketplace": "san.example", "listing": "12345"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", listed]);
    assert_eq!(anchors(&home).last().unwrap(), &Some(seen));
    let sent = home.json(&["push"]);
    assert_eq!((&sent["left"], &sent["log"]["pending"]), (&0.into(), &0.into()), "{sent}");
    let (code, verdict) = home.verify(&["lo-1"]);
    assert_eq!((code, verdict["outcome"].as_str()), (0, Some("valid")), "{verdict}");
}
