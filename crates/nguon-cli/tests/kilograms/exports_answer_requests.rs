//! "All lots from this place between these days": one command, against a server.

use crate::traces_are_read::sold;

#[test]
fn all_lots_from_a_place_between_days() {
    let (home, _server, packed) = sold();
    let out = home.beside("fsma.xlsx").display().to_string();
    let day = home.json(&["show", "thung"])["records"].as_array().unwrap().len();
    assert!(day > 0);
    // Without a log nothing proves that nothing is missing: exit code 2, and the file says so.
    let ended = home.run(&["export", "fsma", "--place", "vung", "--out", &out, "--json"]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    let told: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    let (lots, events) = (told["lots"].as_u64().unwrap(), told["events"].as_u64().unwrap());
    assert!(lots >= 2 && events >= 4, "the packed lot, and what its receiver has of it: {told}");
    let named = told["missing"].as_array().unwrap().iter().any(|one| one["field"] == "shipped/draw");
    assert!(!named, "the receiver's own history says to whom it was shipped: {told}");
    for (since, until, code) in [("2020-01-01", "2020-12-31", 3), ("2020-01-01", "2099-12-31", 2)] {
        let ended = home.run(&["export", "fsma", "--place", "vung", "--since", since, "--until", until, "--out", &out]);
        assert_eq!(ended.code, code, "{since}..{until}: {}", ended.stderr);
    }
    let link = format!("{}/01/{}/10/VT-0612", _server.url(), crate::common::GTIN);
    let ended = home.run(&["export", "epcis", &link, "--out", &home.beside("e.jsonld").display().to_string()]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    let document = std::fs::read_to_string(home.beside("e.jsonld")).unwrap();
    assert!(document.contains(&packed[..8]) || document.contains("VT-0612"));
    let nobody = home.run(&["export", "fsma", "--place", "nowhere", "--out", &out]);
    assert_eq!(nobody.code, 3);
}
