//! A packing house's EPCIS events become records that a person signs: all of them, or none.

use serde_json::json;

use crate::common::{GTIN, Home, text};
use crate::world::{harvest, world};

/// A packing house with an open lot, and fruit drawn for it.
fn drawn() -> (Home, crate::common::TestServer) {
    let (home, server) = world();
    harvest(&home, "bay", "thua=1000", "lo-1");
    let args = ["register", "--as", "kho", "--product", "Vải thiều Lục Ngạn", "--gtin", GTIN, "--lot", "VT-0612"];
    home.ok(&[&args[..], &["--alias", "thung"]].concat());
    let draw = r#"{"drawn": {"to": {"chain": "thung"}, "grams": 500000, "why": "packing"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", draw]);
    (home, server)
}

fn name_of(id: &str) -> String {
    use std::fmt::Write as _;
    // RFC 6920: base64url of the 32 bytes.
    let bytes: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()).collect();
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut name = "ni:///sha-256;".to_owned();
    for part in bytes.chunks(3) {
        let bits = part.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for at in 0..=part.len() {
            write!(name, "{}", char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize])).unwrap();
        }
    }
    name
}

fn document(home: &Home, file: &str, kilograms: f64) -> std::path::PathBuf {
    let path = home.beside(file);
    let lot = format!("https://id.gs1.org/01/{GTIN}/10/VT-0612");
    let packed = json!({
        "type": "TransformationEvent",
        "eventTime": "2026-11-20T08:00:00+07:00",
        "eventTimeZoneOffset": "+07:00",
        "bizStep": "packing",
        "inputQuantityList": [{"epcClass": name_of(&home.id("lo-1")), "quantity": kilograms, "uom": "KGM"}],
        "outputQuantityList": [{"epcClass": lot, "quantity": 100}, {"epcClass": lot, "quantity": kilograms, "uom": "KGM"}],
    });
    let document = json!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            {"nguon": "https://github.com/nguon/nguon/blob/main/docs/epcis.md#"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-11-20T09:00:00Z",
        "epcisBody": {"eventList": [packed]},
    });
    std::fs::write(&path, document.to_string()).unwrap();
    path
}

#[test]
fn a_packing_is_previewed_signed_and_sent() {
    let (home, _server) = drawn();
    let file = document(&home, "packing.jsonld", 500.0);
    let before = home.json(&["show", "thung"])["records"].as_array().unwrap().len();
    let preview = home.json(&["import", text(&file), "--preview"]);
    let proposals = preview["proposals"].as_array().unwrap();
    assert!(proposals.iter().any(|one| one["event"].get("packed").is_some()), "{preview}");
    assert_eq!(home.json(&["show", "thung"])["records"].as_array().unwrap().len(), before, "nothing is signed");

    let taken = home.json(&["import", text(&file), "--as", "kho"]);
    assert!(!taken["outbox"].is_null(), "{taken}");
    home.ok(&["push"]);
    let shown = home.json(&["show", "thung"]);
    assert!(shown.to_string().contains("\"boxes\":100"), "{shown}");
    assert_eq!(shown["records"].as_array().unwrap().len(), before + 1);
}

#[test]
fn a_fault_anywhere_takes_nothing_and_names_its_path() {
    let (home, _server) = drawn();
    let file = document(&home, "wrong.jsonld", 500.0);
    let wrong =
        std::fs::read_to_string(&file).unwrap().replace("KGM", "XYZ").replace("2026-11-20T08:00", "2026-13-20T08:00");
    std::fs::write(&file, wrong).unwrap();
    let ended = home.run(&["import", text(&file), "--as", "kho"]);
    assert_eq!(ended.code, 3);
    assert!(ended.stderr.contains("/epcisBody/eventList/0/eventTime"), "{}", ended.stderr);
    assert!(ended.stderr.contains("nothing was taken"), "{}", ended.stderr);

    // More than was drawn: the record's own rule, at its path; nothing is left in the outbox.
    let file = document(&home, "more.jsonld", 500.0);
    let more = std::fs::read_to_string(&file)
        .unwrap()
        .replace("500.0", "505.0")
        .replace("\"quantity\":100}", "\"quantity\":101}");
    std::fs::write(&file, more).unwrap();
    let before = home.json(&["show", "thung"])["records"].as_array().unwrap().len();
    let ended = home.run(&["import", text(&file), "--as", "kho"]);
    assert_ne!(ended.code, 0, "{}", ended.stdout);
    assert!(ended.stderr.contains("/epcisBody/eventList/0"), "{}", ended.stderr);
    assert_eq!(home.json(&["show", "thung"])["records"].as_array().unwrap().len(), before);
}
