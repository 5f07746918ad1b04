//! A deployment's log and its cosigners: named at the beginning, changed by ceremony.

mod common;

use std::path::PathBuf;

use common::{Home, text};
use serde_json::Value;

/// A witness or auditor elsewhere, which tells its public key.
fn cosigner(name: &str) -> String {
    let home = Home::new();
    home.ok(&["key", "new", name, "--no-passphrase"]);
    let shown = home.json(&["key", "show", name])["public_key"].as_str().unwrap().to_owned();
    assert!(shown.len() == 64 && shown.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert!(home.ok(&["key", "show", name]).stdout.contains(&shown));
    shown
}

struct Keys {
    witnesses: [String; 4],
    auditor: String,
}

impl Keys {
    fn new() -> Self {
        Self { witnesses: ["a", "b", "c", "d"].map(cosigner), auditor: cosigner("auditor") }
    }

    /// `nguon init` with four witnesses and an auditor.
    fn init(&self, options: &[&str]) -> Vec<String> {
        let mut all: Vec<String> =
            ["init", "--name", "Sở mẫu", "--no-passphrase", "--log", "log.nguon.example"].map(Into::into).into();
        for (name, key) in ["a", "b", "c", "d"].iter().zip(&self.witnesses) {
            all.extend(["--witness".into(), format!("{name}.example={key}@https://{name}.example")]);
        }
        all.extend(["--auditor".into(), format!("audit.example={}", self.auditor)]);
        all.extend(options.iter().map(ToString::to_string));
        all
    }
}

fn run(home: &Home, arguments: &[String]) -> common::Ended {
    home.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_log_is_named_at_the_beginning() {
    let keys = Keys::new();
    let home = Home::new();
    let made = run(&home, &keys.init(&[]));
    assert!(made.code == 0 && made.stdout.contains("3 of 4 must cosign"), "{made:?}");
    assert!(made.stdout.contains("give keys/log.key to the server"), "{made:?}");
    let shown = home.json(&["root", "show"]);
    let log = &shown["root"]["log"];
    assert_eq!((&log["origin"], &log["witness_threshold"]), (&"log.nguon.example".into(), &3.into()));
    assert_eq!((&log["fresh_online"], &log["fresh_offline"]), (&3600.into(), &86_400.into()));
    assert_eq!(
        (&log["witnesses"][0]["key"], &log["witnesses"][0]["url"]),
        (&keys.witnesses[0].clone().into(), &"https://a.example".into())
    );
    assert_eq!((&log["auditors"][0]["key"], &log["auditors"][0]["url"]), (&keys.auditor.clone().into(), &Value::Null));
    // Its key is a key file like the others.
    assert_eq!(home.json(&["key", "show", "log"])["public_key"], log["key"]);
    let file: Value = serde_json::from_slice(&std::fs::read(home.file("keys/log.key")).unwrap()).unwrap();
    assert_eq!((&file["format"], &file["public_key"]), (&"nguon-key-v1".into(), &log["key"]));
}

#[test]
fn freshness_and_threshold_are_chosen() {
    let keys = Keys::new();
    let home = Home::new();
    let made = run(&home, &keys.init(&["--witness-threshold", "2", "--fresh-online", "10m", "--fresh-offline", "2d"]));
    assert!(
        made.stdout.contains("2 of 4 must cosign") && made.stdout.contains("fresh       for 10m online, 2d offline"),
        "{made:?}"
    );
    assert_eq!(home.json(&["root", "show"])["root"]["log"]["fresh_offline"], 172_800);
}

#[test]
fn a_log_that_cannot_be_is_not_begun() {
    let keys = Keys::new();
    let w = |text: &str| vec!["--witness".to_owned(), text.to_owned()];
    let key = cosigner("other");
    let fifth = |text: String| w(&text);
    for (wrong, said) in [
        (vec!["--witness-threshold".into(), "5".into()], "a threshold of 5 over 4 keys"),
        (vec!["--witness-threshold".into(), "0".into()], "a threshold of 0"),
        (fifth(format!("e.example={}", keys.witnesses[0])), "twice"),
        (fifth(format!("e.example={}", keys.auditor)), "twice"),
        (fifth(format!("a.example={key}")), "key name a.example"),
        (fifth(format!("e+example={key}")), "'+'"),
        (fifth(format!("e example={key}")), "space"),
        (fifth(format!("e.example={key}@e.example")), "https://"),
        (fifth(format!("e.example={key}@")), "address"),
        (fifth("e.example".into()), "NAME=KEY@URL"),
        (fifth("e.example=00".into()), "no key named 00"),
        (fifth(format!("e.example={}", "00".repeat(32))), "key"),
        (vec!["--fresh-online".into(), "soon".into()], "length of time"),
    ] {
        let home = Home::new();
        let ended = run(&home, &[keys.init(&[]), wrong.clone()].concat());
        assert!(ended.code == 3 && ended.stderr.contains(said), "{wrong:?}: {ended:?}");
        assert!(!home.file("root.nguon").exists() && !home.file("keys").exists(), "{wrong:?}");
    }
    // A log needs witnesses and an auditor, and they need a log.
    let home = Home::new();
    let init = ["init", "--name", "Sở mẫu", "--no-passphrase"];
    let witness = format!("a={key}");
    for wrong in
        [&["--log", "log.example"][..], &["--log", "log.example", "--witness", &witness], &["--witness", &witness]]
    {
        assert_eq!(home.run(&[&init[..], wrong].concat()).code, 3, "{wrong:?}");
    }
    // A key of the name is there: nothing is begun beside it.
    home.ok(&["key", "new", "log", "--no-passphrase"]);
    let ended = run(&home, &keys.init(&[]));
    assert!(ended.code == 3 && ended.stderr.contains("a key named log already"), "{ended:?}");
    assert!(!home.file("keys/root-1.key").exists());
}

#[test]
fn cosigners_change_by_ceremony() {
    let keys = Keys::new();
    let home = Home::new();
    assert_eq!(run(&home, &keys.init(&[])).code, 0);
    let new = ["new-a", "new-auditor", "e"].map(cosigner);
    let (a, auditor, e) = (
        format!("a.example={}@https://a.example", new[0]),
        format!("audit-2.example={}@http://127.0.0.1:1", new[1]),
        format!("e.example={}", new[2]),
    );
    let payload = home.beside("root-2.payload");
    let said = home.json(&[
        "root",
        "propose",
        "--out",
        text(&payload),
        "--retire-witness",
        "a.example",
        "--add-witness",
        &a,
        "--add-witness",
        &e,
        "--witness-threshold",
        "4",
        "--add-auditor",
        &auditor,
        "--retire-auditor",
        "audit.example",
        "--fresh-online",
        "30m",
        "--fresh-offline",
        "3d",
    ]);
    let changes: Vec<&str> = said["changes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for start in [
        "adds witness a.example",
        "adds witness e.example",
        "retires witness a.example",
        "witnesses that must cosign: 4 of 5, was 3 of 4",
        "adds map auditor audit-2.example",
        "retires map auditor audit.example",
        "fresh online for: 30m, was 1h",
        "fresh offline for: 3d, was 1d",
    ] {
        assert!(changes.iter().any(|change| change.starts_with(start)), "{start}: {changes:?}");
    }
    let signed = home.json(&["root", "sign", text(&payload), "--key", "root-1"]);
    let signature = PathBuf::from(signed["signature"].as_str().unwrap());
    let second = home.json(&["root", "combine", text(&payload), text(&signature)]);
    home.ok(&["root", "import", second["out"].as_str().unwrap()]);
    let log = home.json(&["root", "show"])["root"]["log"].clone();
    assert_eq!(log["witnesses"].as_array().unwrap().len(), 5);
    assert_eq!((&log["witness_threshold"], &log["fresh_online"]), (&4.into(), &1800.into()));
    assert_eq!(log["auditors"][0]["url"], "http://127.0.0.1:1");

    let out = home.beside("wrong.payload");
    let refused = |options: &[&str]| home.error(&[&["root", "propose", "--out", text(&out)], options].concat());
    let unknown = refused(&["--retire-witness", "z.example"]);
    assert!(unknown["next"].as_str().unwrap().contains("there are: b.example"), "{unknown}");
    assert!(refused(&["--retire-auditor", "audit-2.example"])["message"].as_str().unwrap().contains("map auditor"));
    let fewer = refused(&["--retire-witness", "b.example", "--retire-witness", "c.example"]);
    assert!(fewer["next"].as_str().unwrap().contains("--witness-threshold"), "{fewer}");
    assert!(refused(&["--add-auditor", &e])["message"].as_str().unwrap().contains("twice"));
    assert!(!out.exists());
}
