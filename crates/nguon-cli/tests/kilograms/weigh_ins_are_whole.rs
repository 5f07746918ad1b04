use crate::common::text;
use crate::world::world;

#[test]
fn a_collector_takes_in_one_batch_a_farmer_all_or_nothing() {
    let (home, _server) = world();
    let weighed = home.json(&[
        "weigh-in",
        "thua=850.5",
        "thua-hai=430",
        "--product",
        "vải thiều",
        "--as",
        "can",
        "--draws-as",
        "coop",
    ]);
    let weighed = weighed["weighed"].as_array().unwrap().clone();
    assert_eq!(weighed.len(), 2, "{weighed:?}");
    let entries = home.json(&["outbox", "list"]);
    for entry in entries.as_array().unwrap() {
        let events: Vec<&str> =
            entry["records"].as_array().unwrap().iter().map(|one| one["event"].as_str().unwrap()).collect();
        assert_eq!(events, ["opened", "harvest_drawn", "harvested"]);
    }
    home.ok(&["push"]);
    for one in &weighed {
        let batch = one["batch"].as_str().unwrap();
        assert_eq!(home.verify(&[batch]).0, 2);
        assert_eq!(home.json(&["remaining", batch])["remaining_g"], one["grams"]);
    }
    // More than one farmer has left: the other's weighing is signed, and neither half of this one is.
    let refused = home.error(&["weigh-in", "thua-hai=9000", "--product", "vải", "--as", "can", "--draws-as", "coop"]);
    assert_eq!((refused["code"].as_str(), refused["remaining"].as_u64()), (Some("above_allotment"), Some(2_570_000)));
    assert_eq!(home.json(&["outbox", "list"]).as_array().unwrap().len(), 0);
    home.error(&["weigh-in", "vung=1", "--product", "vải", "--as", "can", "--draws-as", "coop"]);
}

#[test]
fn a_farmer_signs_the_draw_on_a_phone_and_the_collector_the_rest() {
    let (home, _server) = world();
    // The household's own home.
    let phone = home.second_computer();
    phone.ok(&["key", "new", "dien-thoai", "--no-passphrase"]);
    std::fs::copy(phone.file("keys/dien-thoai.key"), home.file("keys/dien-thoai.key")).unwrap();
    home.ok(&["key", "add", "bay", "dien-thoai", "--as", "coop"]);
    std::fs::remove_file(home.file("keys/dien-thoai.key")).unwrap();
    home.ok(&["register", "--as", "can", "--product", "vải thiều", "--alias", "lo-bay"]);
    home.ok(&["push"]);
    for alias in ["bay", "thua", "lo-bay"] {
        phone.ok(&["pull", &home.id(alias), "--alias", alias]);
    }
    let drawn = r#"{"harvest_drawn": {"season": "2026", "to": {"chain": "lo-bay"}, "grams": 500000}}"#;
    phone.ok(&["append", "thua", "--as", "dien-thoai", "--event", drawn]);
    let file = phone.beside("can-bay.json");
    phone.ok(&["outbox", "export", "1", "--out", text(&file)]);

    let taken = home.json(&["weigh-in", "--batch", "lo-bay", "--draw", text(&file), "--as", "can"]);
    assert_eq!(taken["weighed"][0]["grams"], 500_000, "{taken}");
    assert_eq!(home.json(&["push"])["left"], 0);
    assert_eq!(home.verify(&["lo-bay"]).0, 2);
    // The farmer's own copy is the same record.
    let sent = phone.json(&["push"]);
    assert_eq!(sent["results"][0]["status"], "duplicate", "{sent}");

    let spray = home.beside("other.json");
    std::fs::write(&spray, "{}").unwrap();
    home.error(&["weigh-in", "--batch", "lo-bay", "--draw", text(&spray), "--as", "can"]);
}
