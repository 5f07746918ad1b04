//! A label of its own for every box: issued, sent, printed, proven.

mod common;

use std::collections::BTreeSet;

use common::{GTIN, Home, TestServer, text};
use nguon_core::event::LabelsIssued;
use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;
use nguon_core::serial::{Answer, SerialList, Why, check};

/// A co-op's lot of ten boxes, with a label.
fn packed() -> (Home, TestServer, ChainId) {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    home.make_batch("lo-1", "VT-0612");
    let opened = ["register", "--as", "coop", "--product", "vải thiều", "--gtin", GTIN, "--lot", "VT-0613"];
    let batch = home.json(&[&opened[..], &["--alias", "hop"]].concat())["batch"].as_str().unwrap().parse().unwrap();
    let drawn = r#"{"drawn": {"to": {"chain": "hop"}, "grams": 100000, "why": "packing"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", drawn]);
    let inputs = r#"[{"from": {"chain": "lo-1"}, "grams": 100000}]"#;
    let packed = format!(r#"{{"packed": {{"inputs": {inputs}, "boxes": 10, "grams_per_box": 10000}}}}"#);
    home.ok(&["append", "hop", "--as", "coop", "--event", &packed]);
    (home, server, batch)
}

/// The serials that this home keeps, in the order of printing.
fn kept(home: &Home) -> Vec<Serial> {
    let mut all = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(home.file("serials")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        all.extend(text.lines().map(|line| line.parse::<Serial>().unwrap()));
    }
    all
}

fn get(server: &TestServer, path: &str) -> Vec<u8> {
    let agent = ureq::Agent::new_with_defaults();
    agent.get(format!("{}{path}", server.url())).call().unwrap().body_mut().read_to_vec().unwrap()
}

fn ask(server: &TestServer, batch: &ChainId, issued: &[LabelsIssued], serial: &Serial) -> Answer {
    check(batch, issued, serial, &get(server, &format!("/v1/serials/{batch}/{serial}")))
}

#[test]
fn from_the_boxes_to_a_proof_of_each() {
    let (home, server, batch) = packed();
    let issued = home.json(&["label", "issue", "hop", "--as", "coop"]);
    assert_eq!(issued["count"], 10);
    let serials = kept(&home);
    let alphabet: BTreeSet<char> = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().collect();
    assert!(serials.iter().all(|serial| serial.as_str().len() == 16));
    assert!(serials.iter().all(|serial| serial.as_str().chars().all(|c| alphabet.contains(&c))));
    assert_eq!(serials.iter().collect::<BTreeSet<_>>().len(), 10);
    let list = SerialList::of(&batch, &serials).unwrap();
    let labels = [list.labels().unwrap()];
    assert_eq!(issued["roots"], serde_json::json!([labels[0].root]));

    // The list goes with the record.
    assert_eq!(home.json(&["push"])["left"], 0);
    for serial in &serials {
        assert_eq!(ask(&server, &batch, &labels, serial), Answer::Issued);
    }
    let made_up: Serial = "0000000000000000".parse().unwrap();
    assert_eq!(ask(&server, &batch, &labels, &made_up), Answer::NeverIssued);
    assert_eq!(home.json(&["label", "send", "hop"])["labels"], 10);
}

#[test]
fn no_more_labels_than_boxes() {
    let (home, _server, _) = packed();
    let refused = home.error(&["label", "issue", "hop", "--as", "coop", "--count", "11"]);
    assert_eq!((refused["code"].as_str(), refused["remaining"].as_u64()), (Some("above_boxes"), Some(10)));
    assert!(!home.file("serials").exists());
    home.ok(&["label", "issue", "hop", "--as", "coop", "--count", "4"]);
    // The rest, as a second lot.
    assert_eq!(home.json(&["label", "issue", "hop", "--as", "coop"])["count"], 6);
    assert_eq!(kept(&home).len(), 10);
    let none = home.error(&["label", "issue", "hop", "--as", "coop"]);
    assert!(none["message"].as_str().unwrap().contains("no box without a label"), "{none}");
    let unlabelled = home.error(&["label", "issue", "thua", "--as", "coop"]);
    assert!(unlabelled["message"].as_str().unwrap().contains("no label"), "{unlabelled}");
}

#[test]
fn each_label_is_printed_once_with_its_own_serial() {
    let (home, _server, batch) = packed();
    home.ok(&["label", "issue", "hop", "--as", "coop"]);
    let out = home.beside("labels");
    let print = ["label", "print", "hop", "--at", "https://nguon.example", "--out", text(&out)];
    // Before the record is there, a label would lead to nothing.
    assert!(home.error(&print)["next"].as_str().unwrap().contains("nguon push"));
    home.ok(&["push"]);
    let printed = home.json(&print);
    assert_eq!((printed["labels"].as_u64(), printed["files"].as_u64()), (Some(10), Some(1)), "{printed}");
    let page = std::fs::read_to_string(out.join("page-00001.svg")).unwrap();
    for serial in kept(&home) {
        let link = format!("https://nguon.example/01/{GTIN}/10/VT-0613/21/{serial}#{}", batch.commitment());
        assert_eq!(page.matches(&link).count(), 1, "{link}");
    }
    let each = home.json(&[&print[..], &["--each", "png", "--dpi", "203"]].concat());
    assert_eq!(each["files"], 10);
    assert!(std::fs::read(out.join("label-00010.png")).unwrap().starts_with(b"\x89PNG"));
    // A computer that has no serials prints none.
    let other = home.second_computer();
    other.ok(&["pull", &batch.to_string()]);
    let refused = other.error(&["label", "print", &batch.to_string(), "--out", text(&out)]);
    assert!(refused["message"].as_str().unwrap().contains("serials are here"), "{refused}");
}

#[test]
fn a_server_is_not_given_what_nobody_signed_for() {
    let (home, server, batch) = packed();
    home.ok(&["label", "issue", "hop", "--as", "coop"]);
    let refused = home.error(&["label", "send", "hop"]);
    assert_eq!((refused["code"].as_str(), refused["at_fault"].as_str()), (Some("list_refused"), Some("server")));
    assert!(refused["next"].as_str().unwrap().contains("nguon push"), "{refused}");
    home.ok(&["push"]);
    // A list that lost a line is another list.
    let file = std::fs::read_dir(home.file("serials")).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, whole.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    let refused = home.error(&["label", "send", "hop"]);
    assert!(refused["message"].as_str().unwrap().contains("the list has 9 serials"), "{refused}");
    std::fs::write(&file, "a serial with spaces\n").unwrap();
    assert_eq!(home.error(&["label", "send", "hop"])["at_fault"], "home");
    let serial: Serial = whole.lines().next().unwrap().parse().unwrap();
    let labels = [SerialList::of(&batch, &whole.lines().map(|line| line.parse().unwrap()).collect::<Vec<_>>())
        .unwrap()
        .labels()
        .unwrap()];
    assert_eq!(ask(&server, &batch, &labels, &serial), Answer::Issued);
    assert_eq!(ask(&server, &ChainId::from_bytes([1; 32]), &labels, &serial), Answer::NotProven(Why::NoList));
}

#[test]
fn a_link_with_a_serial_is_verified_down_to_the_box() {
    let (home, server, batch) = packed();
    home.ok(&["label", "issue", "hop", "--as", "coop"]);
    home.ok(&["push"]);
    let link = |serial: &str| {
        format!("{}/01/{GTIN}/10/VT-0613/21/{}#{}", server.url(), serial.replace('/', "%2F"), batch.commitment())
    };
    let real = kept(&home)[3].to_string();
    for (serial, answer) in [(real.as_str(), "issued"), ("MADE/UP", "never_issued")] {
        let (code, verdict) = home.verify(&[&link(serial)]);
        assert_eq!((code, verdict["outcome"].as_str()), (2, Some("unlogged")), "{verdict}");
        let expected = serde_json::json!({"serial": serial, "answer": answer, "why": null});
        assert_eq!(verdict["serial"], expected);
    }
    let told = home.run(&["verify", &link(&real), "--lang", "vi"]).stdout;
    assert!(told.contains(&format!("tem số {real} nằm trong số tem đã phát hành")), "{told}");
    assert!(!told.contains("Tem chỉ theo lô"), "{told}");
    let told = home.run(&["verify", &link("MADE/UP"), "--lang", "en"]).stdout;
    assert!(told.contains("no label MADE/UP was ever issued for this lot"), "{told}");
    // Another lot issued none.
    let other = home.json(&["label", "lo-1"])["link"].as_str().unwrap().replace('#', &format!("/21/{real}#"));
    let (_, verdict) = home.verify(&[&other]);
    let expected = serde_json::json!({"serial": real, "answer": "not_proven", "why": "no_labels"});
    assert_eq!(verdict["serial"], expected);
    // A file says nothing of one box unless somebody can be asked.
    let file = home.beside("hop.cbor");
    home.ok(&["fetch", "hop", "--out", text(&file)]);
    let (_, verdict) = home.verify(&[text(&file), "--label", &link(&real)]);
    assert!(verdict["serial"].is_null());
    let (_, verdict) = home.verify(&[text(&file), "--label", &link(&real), "--online"]);
    assert_eq!(verdict["serial"]["answer"], "issued");
}
