//! Signing without network: judged at once, kept in the outbox, sent later, and signed again after a lost race.

mod common;

use common::{GTIN, Home, TestServer, text};
use serde_json::Value;

const CERTIFIED: &str = r#"{"certified": {"scheme": "VietGAP", "number": "VG-1", "from": 1, "until": 2}}"#;

fn orchard() -> (Home, TestServer) {
    let mut home = Home::with_deployment();
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    (home, server)
}

fn spray(home: &Home, product: &str) -> Value {
    let event = serde_json::json!({ "input_applied": {
        "kind": "fertilizer", "product": product, "active_ingredients": [], "dose": { "milligrams": 1 }, "area_m2": 1, "phi_days": 0,
        "notes": { "seal": format!("bón {product}") },
    } });
    home.json(&["append", "thua", "--as", "coop", "--for", "bay", "--event", &event.to_string()])
}

fn outbox(home: &Home) -> Vec<Value> {
    home.json(&["outbox", "list"]).as_array().unwrap().clone()
}

#[test]
fn what_breaks_a_rule_is_never_signed_into_the_outbox() {
    let (home, _server) = orchard();
    home.make_batch("lo-1", "VT-0612");
    let before = outbox(&home);
    let register = ["register", "--as", "coop", "--for", "bay", "--product", "vải"];
    let cases: [(&[&str], &str); 9] = [
        // Wrong signer, wrong scope, wrong place.
        (
            &[
                "append",
                "thua",
                "--as",
                "authority",
                "--event",
                r#"{"harvest_drawn": {"season": "2026", "to": {"chain": "lo-1"}, "grams": 1}}"#,
            ],
            "not_permitted",
        ),
        (&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", CERTIFIED], "not_permitted"),
        (
            &[
                "append",
                "vung",
                "--as",
                "coop",
                "--event",
                r#"{"certified": {"scheme": "VietGAP", "number": "1", "from": 2, "until": 1}}"#,
            ],
            "bad_field",
        ),
        (
            &[
                "append",
                "lo-1",
                "--as",
                "coop",
                "--for",
                "bay",
                "--event",
                r#"{"packed": {"inputs": [{"from": {"chain": "lo-1"}, "grams": 1}], "boxes": 1, "grams_per_box": 1}}"#,
            ],
            "bad_field",
        ),
        (
            &[
                "place",
                "season",
                "thua",
                "--as",
                "coop",
                "--for",
                "bay",
                "--season",
                "2026",
                "--from",
                "2026-05-20",
                "--until",
                "2026-07-31",
            ],
            "bad_field",
        ),
        (
            &[
                "append",
                "thua",
                "--as",
                "coop",
                "--for",
                "bay",
                "--event",
                r#"{"input_applied": {"kind": "fertilizer"}}"#,
            ],
            "bad_record",
        ),
        // A label and a code that are taken, and a GTIN that is somebody else's.
        (&[&register[..], &["--gtin", GTIN, "--lot", "VT-0612"]].concat(), "taken"),
        (&[&register[..], &["--gtin", "09506000134352", "--lot", "A"]].concat(), "out_of_scope"),
        (
            &[
                "place",
                "area",
                "--as",
                "coop",
                "--code",
                "VN-BGOR-0123",
                "--issuer",
                "VN",
                "--commune",
                "07525",
                "--hectares",
                "1",
            ],
            "taken",
        ),
    ];
    for (arguments, code) in cases {
        let refused = home.error(arguments);
        assert_eq!(refused["code"], code, "{arguments:?}: {refused}");
    }
    assert_eq!(outbox(&home), before);
}

#[test]
fn what_cannot_be_read_is_explained() {
    let (home, _server) = orchard();
    for event in
        ["", "{", "[]", "{}", r#"{"a": {}, "b": {}}"#, r#"{"flown": {}}"#, r#"{"certified": 7}"#, "no-such-file.json"]
    {
        let refused = home.error(&["append", "vung", "--as", "coop", "--event", event]);
        assert_eq!(refused["at_fault"], "caller", "{event}: {refused}");
    }
    for arguments in [
        &["append", "thua", "--as", "coop", "--event", CERTIFIED, "--seal", "certified/scheme=VietGAP"][..],
        &["append", "thua", "--as", "coop", "--event", CERTIFIED, "--seal", "recalled/details=x"],
        &["append", "thua", "--as", "coop", "--event", CERTIFIED, "--attach", "no-such-file"],
        &["append", "nowhere", "--as", "coop", "--event", CERTIFIED],
        &["append", "thua", "--as", "nobody", "--event", CERTIFIED],
        &["append", "thua", "--event", CERTIFIED],
        &[
            "append",
            "thua",
            "--as",
            "coop",
            "--event",
            r#"{"certified": {"scheme": "VietGAP", "number": "1", "from": {"time": "mai"}, "until": 2}}"#,
        ],
        &["append", "thua", "--as", "coop", "--event", r#"{"opened": {"owner": {"chain": "bay"}, "product": "vải"}}"#],
        &["register", "--as", "coop", "--for", "bay", "--product", "vải", "--harvest", "thua"],
        &["register", "--as", "coop", "--for", "bay", "--product", "vải", "--harvest", "thua=1.200"],
        &["register", "--as", "authority", "--product", "vải"],
        &["register", "--as", "coop", "--for", "bay", "--product", "vải", "--alias", "thua"],
    ] {
        home.error(arguments);
    }
}

#[test]
fn text_is_normalised_where_it_enters() {
    let (home, _server) = orchard();
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("vải thiều").collect();
    assert_ne!(decomposed, "vải thiều");
    home.ok(&["register", "--as", "coop", "--for", "bay", "--product", &decomposed, "--alias", "lo-1"]);
    let event = serde_json::json!({ "recalled": { "reason": "other", "details": { "seal": decomposed } } });
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &event.to_string()]);
    assert_eq!(home.json(&["show", "lo-1"])["records"][0]["record"]["event"]["opened"]["product"], "vải thiều");
    // The server refuses openings that are not.
    home.ok(&["push"]);
}

#[test]
fn events_come_from_files_and_standard_input_as_well() {
    let (home, _server) = orchard();
    let file = home.beside("event.json");
    std::fs::write(&file, CERTIFIED).unwrap();
    home.ok(&["append", "vung", "--as", "coop", "--event", text(&file)]);
    let piped = home.run_with(&["append", "vung", "--as", "coop", "--event", "-"], &[], CERTIFIED);
    assert_eq!(piped.code, 0, "{piped:?}");
    assert_eq!(home.json(&["show", "vung"])["records"].as_array().unwrap().len(), 5);
}

#[test]
fn a_crash_between_accepting_and_clearing_is_a_duplicate() {
    let (home, _server) = orchard();
    let entry = home.file("outbox/0000000001.json");
    let kept = std::fs::read(&entry).unwrap();
    home.ok(&["push"]);
    assert!(!entry.exists());
    std::fs::write(&entry, kept).unwrap();
    let sent = home.json(&["push"]);
    assert_eq!((sent["results"][0]["status"].as_str(), sent["left"].as_u64()), (Some("duplicate"), Some(0)), "{sent}");
}

#[test]
fn without_network_nothing_is_lost() {
    let (home, mut server) = orchard();
    let before = outbox(&home);
    server.stop();
    let refused = home.error(&["push"]);
    assert_eq!(refused["code"], "not_reachable");
    assert_eq!(outbox(&home), before);
    assert!(
        home.error(&["push", "--server", "ftp://x"])["message"].as_str().unwrap().contains("not a server's address")
    );
}

#[test]
fn a_lost_race_is_shown_and_signed_again_on_demand() {
    let (home, _server) = orchard();
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["push"]);
    let other = home.second_computer();
    for (alias, chain) in [("thua", home.id("thua")), ("bay", home.id("bay")), ("lo-1", home.id("lo-1"))] {
        other.ok(&["pull", &chain, "--alias", alias]);
    }

    spray(&home, "NPK 16-16-8");
    let first = spray(&other, "Kali");
    spray(&other, "Lân");
    home.ok(&["push"]);
    let ended = other.run(&["push"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("conflict") && ended.stderr.contains("nguon push --rebase"), "{ended:?}");
    let waiting = outbox(&other);
    assert_eq!((waiting.len(), waiting[0]["refused"]["code"].as_str()), (2, Some("conflict")), "{waiting:?}");
    // Nothing more is signed onto a head that is not the head.
    let blocked = other.error(&["append", "thua", "--as", "coop", "--for", "bay", "--event", CERTIFIED]);
    assert_eq!(blocked["code"], "blocked", "{blocked}");

    // Having looked at what is new before changes nothing.
    other.ok(&["pull"]);
    let ended = other.run(&["push", "--rebase"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stderr.contains("new on thua") && ended.stderr.contains("input_applied"), "{ended:?}");
    let records = other.json(&["show", "thua"])["records"].as_array().unwrap().clone();
    let product = |n: usize| records[n]["record"]["event"]["input_applied"]["product"].as_str().unwrap().to_owned();
    assert_eq!([3, 4, 5].map(product), ["NPK 16-16-8", "Kali", "Lân"]);
    // When it happened is still when it was first signed.
    assert!(records[4]["record"]["event"]["input_applied"]["at"].is_u64());
    assert_ne!(records[4]["statement_id"], first["statement_id"]);
    home.ok(&["pull"]);
    assert_eq!(home.json(&["show", "thua"])["records"], Value::Array(records));
    assert_eq!(home.verify(&["lo-1"]).0, 2);
}

#[test]
fn a_shipment_follows_its_draw_when_both_move() {
    let (home, _server) = orchard();
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["register", "--as", "coop", "--for", "bay", "--product", "vải thiều", "--alias", "lo-2"]);
    home.ok(&["key", "new", "xe", "--no-passphrase"]);
    home.ok(&[
        "enrol",
        "--as",
        "coop",
        "--role",
        "carrier",
        "--name",
        "Xe lạnh Bắc Giang",
        "--key",
        "xe",
        "--alias",
        "xe",
    ]);
    home.ok(&["push"]);
    let other = home.second_computer();
    for alias in ["lo-1", "lo-2", "xe"] {
        other.ok(&["pull", &home.id(alias), "--alias", alias]);
    }
    other.ok(&["pull", &home.id("bay"), "--alias", "bay"]);
    home.ok(&["append", "lo-1", "--as", "coop", "--event", CERTIFIED]);
    home.ok(&["push"]);
    let signs = ["--as", "coop", "--for", "bay", "--event"];
    let drawn = r#"{"drawn": {"to": {"chain": "lo-2"}, "grams": 500000, "why": "handover"}}"#;
    other.ok(&[&["append", "lo-1"], &signs[..], &[drawn]].concat());
    let shipped = r#"{"shipped": {"draw": 2, "carrier": {"chain": "xe"}, "vehicle": {"seal": "98C-123.45"}}}"#;
    other.ok(&[&["append", "lo-1"], &signs[..], &[shipped]].concat());
    other.ok(&["push", "--rebase"]);
    let records = other.json(&["show", "lo-1"])["records"].clone();
    assert_eq!(records[4]["record"]["event"]["shipped"]["draw"], 3, "{records}");
}

#[test]
fn what_the_server_refuses_stays_with_its_reason_and_can_be_taken_back() {
    let (home, _server) = orchard();
    home.ok(&["push"]);
    let other = home.second_computer();
    for alias in ["thua", "bay"] {
        other.ok(&["pull", &home.id(alias), "--alias", alias]);
    }
    // Two computers, one lot: the second cannot know.
    home.make_batch("lo-1", "VT-0612");
    home.ok(&["push"]);
    other.ok(&["pull", &home.id("thua")]);
    other.make_batch("lo-1", "VT-0612");
    spray(&other, "Kali");
    let ended = other.run(&["push"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("rejected opened") && ended.stderr.contains("choose another lot"), "{ended:?}");
    assert!(ended.stderr.contains("waits for 1: input_applied"), "{ended:?}");
    assert_eq!(
        other.error(&["register", "--as", "coop", "--for", "bay", "--product", "vải", "--harvest", "thua=1"])["code"],
        "blocked"
    );

    let dropped = other.json(&["outbox", "drop", "1"]);
    assert_eq!(dropped["dropped"], serde_json::json!([1, 2]), "{dropped}");
    // The lot's local name is free again under another lot.
    let made = other.json(&[
        "register",
        "--as",
        "coop",
        "--for",
        "bay",
        "--product",
        "vải thiều",
        "--gtin",
        GTIN,
        "--lot",
        "VT-0613",
        "--harvest",
        "thua=850.5",
    ]);
    // Signed on the same head by the same key: it says which statement it takes the place of.
    let records = other.json(&["show", "thua"])["records"].clone();
    let last = records.as_array().unwrap().last().unwrap();
    assert_eq!(last["record"]["replaces"].as_array().map(Vec::len), Some(1), "{last}");
    assert_eq!(other.json(&["push"])["left"], 0);
    assert_eq!(other.verify(&[made["batch"].as_str().unwrap()]).0, 2);
}

#[test]
fn a_server_that_forgets_is_not_signed_on() {
    let (mut home, _server) = orchard();
    // What the second server will have: everything but what comes now.
    let copy = home.beside("copy");
    let status = std::process::Command::new("cp").arg("-r").args([home.dir(), &copy]).status().unwrap();
    assert!(status.success());
    spray(&home, "Kali");
    home.ok(&["push"]);
    let forgetful = TestServer::start(&home);
    home.ok(&["push", "--home", text(&copy), "--server", &forgetful.url()]);
    home.talks_to(&forgetful);
    let refused = home.error(&["pull", "thua"]);
    assert_eq!(refused["code"], "history_changed", "{refused}");
    assert_eq!(home.json(&["show", "thua"])["records"].as_array().unwrap().len(), 3);
}

#[test]
fn commands_at_the_same_time_take_turns() {
    let (home, _server) = orchard();
    home.make_batch("lo-1", "VT-0612");
    let before = home.json(&["show", "thua"])["records"].as_array().unwrap().len();
    std::thread::scope(|scope| {
        for n in 0..6 {
            let home = &home;
            scope.spawn(move || spray(home, &format!("NPK {n}")));
        }
    });
    assert_eq!(home.json(&["show", "thua"])["records"].as_array().unwrap().len(), before + 6);
    assert_eq!(home.json(&["push"])["left"], 0);
    assert_eq!(home.verify(&["lo-1"]).0, 2);
}
