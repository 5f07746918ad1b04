//! The whole path: a deployment, its people and places, a batch, the server, the label, the verdict, and erasure.

mod common;

use common::{GTIN, Home, TestServer, day, text};

fn season() -> (Home, TestServer) {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    (home, server)
}

#[test]
fn from_the_orchard_to_a_verdict() {
    let (home, _server) = season();
    let spray = r#"{"input_applied": {"kind": "plant_protection", "product": "Ridomil Gold 68WG",
        "active_ingredients": ["mancozeb", "metalaxyl-M"], "dose": {"milligrams": 1500000}, "area_m2": 5000, "phi_days": 14,
        "at": {"time": "SPRAYED 06:30"}}}"#;
    let spray = &spray.replace("SPRAYED", &day(-20));
    home.ok(&[
        "append",
        "thua",
        "--as",
        "coop",
        "--for",
        "bay",
        "--event",
        spray,
        "--seal",
        "input_applied/operator=Nguyễn Văn Bảy",
    ]);
    let batch = home.make_batch("lo-1", "VT-0612");
    let sent = home.json(&["push"]);
    assert_eq!((sent["sent"].as_u64(), sent["left"].as_u64()), (Some(9), Some(0)), "{sent}");
    assert_eq!(home.ok(&["push"]).stdout, "Nothing waits.\n");

    let link = home.json(&["label", "lo-1"])["link"].as_str().unwrap().to_owned();
    assert!(link.contains(&format!("/01/{GTIN}/10/VT-0612#")), "{link}");
    let (code, verdict) = home.verify(&[&link]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("unlogged")), "{verdict}");
    assert_eq!(verdict["batch"], batch.as_str());

    let told = home.run(&["verify", &link, "--lang", "vi"]);
    assert_eq!(told.code, 2);
    assert!(
        told.stdout.starts_with("– Chữ ký hợp lệ, nhưng chưa kiểm tra được hồ sơ có đầy đủ hay không."),
        "{}",
        told.stdout
    );
    assert!(told.stdout.contains("hợp tác xã ghi thay Nguyễn Văn Bảy (nông hộ), 850,5 kg nhập"), "{}", told.stdout);
    let told = home.run_with(&["verify", &link], &[("LC_ALL", "en_US.UTF-8")], "");
    assert!(told.stdout.contains("Signatures hold; completeness is not proven."), "{}", told.stdout);

    let file = home.beside("lo-1.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&file)]);
    let (code, verdict) = home.verify(&[text(&file), "--label", &link]);
    assert_eq!((code, verdict["outcome"].as_str()), (2, Some("unlogged")));
}

#[test]
fn erasing_a_person_leaves_every_history_standing() {
    let (home, server) = season();
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["push"]);
    let before = home.beside("before.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&before)]);
    assert!(home.run(&["verify", text(&before)]).stdout.contains("Nguyễn Văn Bảy"));

    // It asks, and without somebody to ask it does nothing.
    let store = text(server.store());
    assert!(
        home.error(&["erase", "bay", "--store", store])["message"].as_str().unwrap().contains("nobody here to ask")
    );
    let erased = home.json(&["erase", "bay", "--store", store, "--yes"]);
    // Name and phone, the plot's location, and who picked.
    assert_eq!((erased["erased_in_store"].as_u64(), erased["erased_here"].as_u64()), (Some(4), Some(4)), "{erased}");
    assert_eq!(home.json(&["erase", "bay", "--store", store, "--yes"])["erased_in_store"], 0);

    let after = home.beside("after.cbor");
    home.ok(&["fetch", "lo-1", "--out", text(&after)]);
    for bundle in [&before, &after] {
        assert_eq!(home.verify(&[text(bundle)]).0, 2);
    }
    let told = home.run(&["verify", text(&after)]).stdout;
    assert!(!told.contains("Nguyễn Văn Bảy") && told.contains("name withheld"), "{told}");
    for folder in [home.dir(), server.store()] {
        assert!(!holds(folder, "Nguyễn Văn Bảy".as_bytes()), "the name is still in {}", folder.display());
    }
    // Other people's names stay.
    assert!(told.contains("Checked:"));
    assert!(
        holds(home.dir(), "Hợp tác xã Hồng Giang".as_bytes())
            || holds(server.store(), "Hợp tác xã Hồng Giang".as_bytes())
    );
}

/// A photo of one pixel, with words in a comment.
fn photo_saying(words: &[u8]) -> Vec<u8> {
    let length = u16::try_from(words.len() + 2).unwrap().to_be_bytes();
    let frame = [0xff, 0xc0, 0, 0x0b, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff, 0xd9];
    [&[0xff, 0xd8, 0xff, 0xfe], &length[..], words, &frame[..], &scan[..]].concat()
}

#[test]
fn erasing_before_sending_sends_no_words() {
    let (home, server) = season();
    home.make_batch("lo-1", "VT-0612");
    let photo = home.beside("phieu-can.jpg");
    std::fs::write(&photo, photo_saying(b"a weighing slip")).unwrap();
    let certified = r#"{"certified": {"scheme": "VietGAP", "number": "VG-1", "from": 1, "until": 2}}"#;
    home.ok(&["append", "thua", "--as", "coop", "--event", certified, "--attach", text(&photo)]);
    // A store exists once a server has run.
    home.ok(&["erase", "bay", "--store", text(server.store()), "--yes"]);
    home.ok(&["push"]);
    assert!(!holds(server.store(), "Nguyễn Văn Bảy".as_bytes()) && !holds(server.store(), b"weighing slip"));
    assert_eq!(home.verify(&["lo-1"]).0, 2);
}

#[test]
fn an_attachment_travels_with_its_record() {
    let (home, server) = season();
    home.make_batch("lo-1", "VT-0612");
    let photo = home.beside("phieu-can.jpg");
    std::fs::write(&photo, photo_saying(b"a weighing slip")).unwrap();
    let certified = r#"{"certified": {"scheme": "VietGAP", "number": "VG-1", "from": 1, "until": 2}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--event", certified, "--attach", text(&photo)]);
    home.ok(&["push"]);
    assert!(holds(server.store(), b"weighing slip"));
    assert_eq!(home.verify(&["lo-1"]).0, 2);
}

#[test]
fn a_revoked_key_makes_its_records_suspect() {
    let (home, _server) = season();
    home.ok(&["key", "new", "phone", "--no-passphrase"]);
    home.ok(&["key", "add", "bay", "phone", "--as", "coop"]);
    // From now on the household signs for itself, and the co-op may not.
    let refused = home.error(&[
        "append",
        "thua",
        "--as",
        "coop",
        "--for",
        "bay",
        "--event",
        r#"{"recalled": {"reason": "other"}}"#,
    ]);
    assert_eq!(refused["code"], "on_behalf", "{refused}");
    home.ok(&[
        "register",
        "--as",
        "phone",
        "--product",
        "vải thiều",
        "--gtin",
        GTIN,
        "--lot",
        "VT-0613",
        "--harvest",
        "thua=10",
        "--alias",
        "lo-2",
    ]);
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-2"]).0, 2);
    home.ok(&["key", "revoke", "bay", "phone", "--as", "coop", "--reason", "lost", "--suspect-since", "2026-06-10"]);
    home.ok(&["push"]);
    let (code, verdict) = home.verify(&["lo-2"]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("suspect")), "{verdict}");
    let refused = home.error(&["append", "thua", "--as", "phone", "--event", r#"{"recalled": {"reason": "other"}}"#]);
    assert_eq!(refused["code"], "revoked_key");
}

#[test]
fn a_recall_is_the_verdict_and_the_custodian_may_record_it() {
    let (home, _server) = season();
    home.make_batch("lo-1", "VT-0612");
    let recalled = r#"{"recalled": {"reason": "pesticide_residue", "details": {"seal": "mẫu 0612-3"}}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", recalled]);
    home.ok(&["push"]);
    let (code, verdict) = home.verify(&["lo-1"]);
    assert_eq!(
        (code, verdict["outcome"].as_str(), verdict["reason"].as_str()),
        (1, Some("recalled"), Some("pesticide_residue"))
    );
}

/// Whether any file under a folder holds these bytes, as they are or in hexadecimal.
fn holds(folder: &std::path::Path, wanted: &[u8]) -> bool {
    let hex = nguon_core::bytes::to_hex(wanted);
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, wanted);
        }
        let bytes = std::fs::read(&path).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        has(wanted) || has(hex.as_bytes())
    })
}
