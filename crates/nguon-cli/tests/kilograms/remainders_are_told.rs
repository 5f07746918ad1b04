use crate::common::day;
use crate::world::{harvest, pack, spray, world};

#[test]
fn what_is_asked_too_much_of_says_what_remains_in_kilograms_and_grams() {
    let (home, _server) = world();
    harvest(&home, "bay", "thua=850.5", "lo-1");
    // 4000 kg were allotted; 850.5 kg are gone.
    let refused =
        home.error(&["register", "--as", "coop", "--for", "bay", "--product", "vải thiều", "--harvest", "thua=3200"]);
    assert_eq!((refused["code"].as_str(), refused["remaining"].as_u64()), (Some("above_allotment"), Some(3_149_500)));
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("3,149.5 kg (3,149,500 g) remain"), "{message}");

    home.ok(&["register", "--as", "kho", "--product", "vải", "--alias", "thung"]);
    let drawn =
        |grams: u64| format!(r#"{{"drawn": {{"to": {{"chain": "thung"}}, "grams": {grams}, "why": "handover"}}}}"#);
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(800_000)]);
    let refused = home.error(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(60_000)]);
    assert_eq!((refused["code"].as_str(), refused["remaining"].as_u64()), (Some("over_drawn"), Some(50_500)));
    assert!(refused["message"].as_str().unwrap().contains("50.5 kg (50,500 g) remain"), "{refused}");
    assert!(refused["next"].as_str().unwrap().contains("nguon remaining"), "{refused}");

    let batch = home.json(&["remaining", "lo-1"]);
    assert_eq!((batch["in_g"].as_u64(), batch["remaining_g"].as_u64()), (Some(850_500), Some(50_500)), "{batch}");
    let plot = home.json(&["remaining", "thua"]);
    assert_eq!(plot["seasons"][0]["remaining_g"], 3_149_500, "{plot}");
    let area = home.json(&["remaining", "vung"]);
    assert_eq!(
        (area["seasons"][0]["allotted_g"].as_u64(), area["seasons"][0]["remaining_g"].as_u64()),
        (Some(7_000_000), Some(73_000_000))
    );
    assert!(home.ok(&["remaining", "vung", "--lang", "vi"]).stdout.contains("73.000 kg (73.000.000 g)"));
    home.error(&["remaining", "coop"]);
}

#[test]
fn the_server_says_what_remains_where_this_computer_did_not_know() {
    let (home, _server) = world();
    harvest(&home, "bay", "thua=850", "lo-1");
    home.ok(&["register", "--as", "kho", "--product", "vải", "--alias", "thung"]);
    home.ok(&["push"]);
    // Two computers of one co-op draw what is there once.
    let other = home.second_computer();
    let names = ["coop", "bay", "thua", "lo-1", "thung"].map(|alias| (alias, home.id(alias)));
    for (alias, id) in &names {
        other.ok(&["pull", id, "--alias", alias]);
    }
    let drawn =
        |grams: u64| format!(r#"{{"drawn": {{"to": {{"chain": "thung"}}, "grams": {grams}, "why": "handover"}}}}"#);
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(600_000)]);
    other.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(400_000)]);
    home.ok(&["push"]);
    let refused = other.run(&["push", "--rebase"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("250 kg (250,000 g) remain"), "{}", refused.stderr);
    let again = other.run(&["push", "--json"]).stdout;
    assert!(again.contains("\"remaining\": 250000"), "{again}");
    // What was refused holds up its own chain until it is taken back, and nothing else.
    assert_eq!(other.json(&["remaining", "lo-1"])["remaining_g"], 250_000);
    let held = other.error(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(1)]);
    assert_eq!(held["code"], "blocked", "{held}");
    other.ok(&["outbox", "drop", "1"]);
    other.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", &drawn(250_000)]);
    assert_eq!(other.json(&["push"])["left"], 0);
}

#[test]
fn a_plot_says_from_when_on_it_may_be_harvested() {
    let (home, _server) = world();
    assert!(home.json(&["plot", "thua"])["earliest_harvest"].is_null());
    spray(&home, "thua", "bay", 4, 14);
    let plot = home.json(&["plot", "thua"]);
    assert_eq!(plot["applied"][0]["product_lot"], "RG-24117", "{plot}");
    let said = home.ok(&["plot", "thua"]).stdout;
    assert!(said.contains(&format!("earliest harvest: {}", day(10))), "{said}");
    let refused =
        home.error(&["register", "--as", "coop", "--for", "bay", "--product", "vải thiều", "--harvest", "thua=10"]);
    assert_eq!(refused["code"], "harvest_too_early");
    assert!(refused["message"].as_str().unwrap().contains(&day(10)), "{refused}");
    // The neighbour's plot is another one.
    harvest(&home, "hai", "thua-hai=10", "lo-hai");
    home.error(&["plot", "lo-hai"]);
}

#[test]
fn boxes_hold_no_more_than_came_in() {
    let (home, _server) = world();
    harvest(&home, "bay", "thua=100", "lo-1");
    pack(&home, &[("lo-1", "bay", 100_000)], "thung", "VT-1");
    let more = r#"{"aggregated": {"sscc": "095212340000000013", "boxes": 21}}"#;
    let refused = home.error(&["append", "thung", "--as", "kho", "--event", more]);
    assert_eq!((refused["code"].as_str(), refused["remaining"].as_u64()), (Some("above_boxes"), Some(20)));
    assert!(refused["message"].as_str().unwrap().contains("20 boxes remain"), "{refused}");
}
