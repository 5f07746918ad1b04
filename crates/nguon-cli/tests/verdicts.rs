//! `nguon verify` says what it found and nothing more, in its exit code too.

mod common;

use common::{GTIN, Home, TestServer, text};

fn sent() -> (Home, TestServer, std::path::PathBuf) {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["push"]);
    let file = home.beside("lo-1.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    (home, server, file)
}

#[test]
fn a_bundle_cut_at_any_byte_is_neither_valid_nor_unlogged() {
    let (home, _server, file) = sent();
    let whole = std::fs::read(&file).unwrap();
    let cut = home.beside("cut.cbor");
    for length in (0..whole.len()).step_by(whole.len() / 40).chain([whole.len() - 1]) {
        std::fs::write(&cut, &whole[..length]).unwrap();
        let (code, verdict) = home.verify(&[text(&cut)]);
        assert_eq!((code, verdict["outcome"].as_str()), (1, Some("invalid")), "{length}: {verdict}");
    }
    let told = home.run(&["verify", text(&cut), "--lang", "vi"]).stdout;
    assert!(told.starts_with("✗ Hồ sơ không hợp lệ: tệp hồ sơ bị hỏng, không đọc được."), "{told}");
}

#[test]
fn a_changed_byte_is_found_and_its_record_named() {
    let (home, _server, file) = sent();
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(7).position(|window| window == b"thi\xe1\xbb\x81u").unwrap();
    bytes[at] = b'T';
    let changed = home.beside("changed.cbor");
    std::fs::write(&changed, &bytes).unwrap();
    let (code, verdict) = home.verify(&[text(&changed)]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("invalid")), "{verdict}");
    assert!(verdict["findings"][0]["sequence"].is_u64() && verdict["findings"][0]["chain"].is_string(), "{verdict}");
    assert!(verdict["message"].as_str().unwrap().contains("is not valid"));
}

#[test]
fn another_deployments_root_recognises_nothing() {
    let (home, _server, file) = sent();
    let other = Home::with_deployment();
    let (code, verdict) = other.verify(&[text(&file)]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("invalid")), "{verdict}");
    let (code, verdict) = other.verify(&[text(&file), "--root", text(&home.file("root.nguon"))]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("unlogged")), "{verdict}");
    // A root file that is none gives no verdict at all.
    let refused = home.error(&["verify", text(&file), "--root", text(&file)]);
    assert_eq!(refused["code"], "bad_root");
    let refused = Home::new().error(&["verify", text(&file)]);
    assert_eq!(refused["code"], "no_root");
}

#[test]
fn a_label_of_another_batch_is_refused() {
    let (home, server, file) = sent();
    let link = home.json(&["label", "lo-1"])["link"].as_str().unwrap().to_owned();
    let bare = link.split('#').next().unwrap();
    let swapped = format!("{bare}#AAECAwQFBgcICQoLDA0ODw");
    for subject in [&[swapped.as_str()][..], &[text(&file), "--label", &swapped]] {
        let (code, verdict) = home.verify(subject);
        assert_eq!((code, verdict["code"].as_str()), (1, Some("wrong_label")), "{verdict}");
    }
    let (code, verdict) = home.verify(&[bare]);
    assert_eq!(code, 2);
    assert!(verdict["findings"].to_string().contains("label_not_bound"), "{verdict}");
    let (code, verdict) = home.verify(&[&bare.replace("VT-0612", "VT-9999")]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("no_such_batch")));
    // The code under the symbol, at the server that is named.
    let typed = format!("(01) {GTIN} (10) VT-0612");
    assert_eq!(home.verify(&[&typed]).0, 2);
    assert_eq!(home.verify(&["lo-1", "--server", &server.url()]).0, 2);
}

#[test]
fn an_expired_root_is_stale_and_no_worse() {
    let (home, _server, file) = sent();
    let (code, verdict) = home.verify(&[text(&file), "--now", "2100-01-01"]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("stale")), "{verdict}");
}

#[test]
fn an_opened_batch_without_fruit_is_incomplete() {
    let (home, _server, _) = sent();
    home.ok(&["register", "--as", "coop", "--for", "bay", "--product", "vải thiều", "--alias", "trong"]);
    home.ok(&["push"]);
    let (code, verdict) = home.verify(&["trong"]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("incomplete")), "{verdict}");
}

#[test]
fn no_verdict_is_exit_code_three() {
    let (home, mut server, file) = sent();
    let link = home.json(&["label", "lo-1"])["link"].as_str().unwrap().to_owned();
    server.stop();
    let refused = home.error(&["verify", &link]);
    assert_eq!(
        (refused["code"].as_str(), refused["at_fault"].as_str()),
        (Some("not_reachable"), Some("server")),
        "{refused}"
    );
    // The saved file needs no server.
    assert_eq!(home.verify(&[text(&file)]).0, 2);
    for arguments in [
        &["verify"][..],
        &["verify", "no-such-file.cbor"],
        &["verify", "https://nguon.example/01/09521234543214/10/A"],
        &["verify", text(&file), "--now", "tomorrow"],
        &["verify", text(&file), "--label", "(01)1"],
        &["verify", text(&file), "--unknown"],
        &["unknown"],
        &[],
    ] {
        let ended = home.run(arguments);
        assert_eq!(ended.code, 3, "{arguments:?}: {ended:?}");
        assert!(!ended.stderr.is_empty(), "{arguments:?}");
    }
}
