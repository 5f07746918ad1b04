use crate::common::Home;
use crate::world::{fetched, harvest, spray, world};

/// A correction by the co-op for the household.
fn correct(home: &Home, chain: &str, sequence: &str, change: &str) -> serde_json::Value {
    let by = ["--reason", "weighing", "--as", "coop", "--for", "bay"];
    home.json(&[&["correct", chain, sequence, change], &by[..]].concat())
}

#[test]
fn one_that_takes_away_counts_at_once_and_both_values_are_shown() {
    let (home, _server) = world();
    harvest(&home, "bay", "thua=850.5", "lo-1");
    let corrected = correct(&home, "lo-1", "1", "inputs.0.grams=845kg");
    assert_eq!((corrected["at_once"].as_bool(), corrected["sequence"].as_u64()), (Some(true), Some(2)), "{corrected}");
    assert_eq!(home.json(&["remaining", "lo-1"])["remaining_g"], 845_000);
    let shown = home.ok(&["show", "lo-1"]).stdout;
    assert!(
        shown.contains("850500") && shown.contains("counts as record 2 corrects it: inputs.0.grams 850.5 kg → 845 kg"),
        "{shown}"
    );
    home.ok(&["push"]);
    let file = fetched(&home, "lo-1");
    let told = home.run(&["verify", file.to_str().unwrap()]).stdout;
    assert!(told.contains("what counts since record 2: inputs.0.grams 850.5 kg → 845 kg"), "{told}");
    assert!(told.contains("Weight: 845 kg"), "{told}");
}

#[test]
fn one_that_gives_waits_for_somebody_above_who_signed_neither() {
    let (home, _server) = world();
    spray(&home, "thua", "bay", 4, 14);
    let sprayed = home.json(&["plot", "thua"])["applied"][0]["sequence"].to_string();
    // A shorter interval would let fruit be picked earlier.
    let corrected = correct(&home, "thua", &sprayed, "phi_days=3");
    assert_eq!(corrected["at_once"], false, "{corrected}");
    let correction = corrected["sequence"].to_string();
    assert_eq!(home.json(&["plot", "thua"])["applied"][0]["phi_days"], 14);
    assert!(home.ok(&["show", "thua"]).stdout.contains("waits for an approval"));

    let refused = home.error(&["approve", "thua", &correction, "--as", "coop"]);
    assert!(refused["message"].as_str().unwrap().contains("who signed"), "{refused}");
    home.error(&["approve", "thua", &sprayed, "--as", "authority"]);
    let approved =
        home.json(&["approve", "thua", &correction, "--as", "authority", "--details", "đã đối chiếu nhãn thuốc"]);
    assert_eq!(approved["differences"][0]["field"], "phi_days", "{approved}");
    assert_eq!(home.json(&["plot", "thua"])["applied"][0]["phi_days"], 3);
    harvest(&home, "bay", "thua=10", "lo-1");
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-1"]).0, 2);
    home.error(&["approve", "thua", &correction, "--as", "authority"]);
    // A longer one counts at once.
    assert_eq!(correct(&home, "thua", &sprayed, "phi_days=4")["at_once"], true);
}

#[test]
fn one_that_cannot_be_is_refused_and_says_why() {
    let (home, _server) = world();
    harvest(&home, "bay", "thua=850.5", "lo-1");
    let by = ["--reason", "typing", "--as", "coop", "--for", "bay"];
    let refused = |arguments: &[&str]| home.error(&[&["correct", "lo-1"], arguments, &by[..]].concat());
    assert!(refused(&["0", "product=khác"])["message"].as_str().unwrap().contains("cannot be corrected"));
    assert!(refused(&["9", "grams=1"])["message"].as_str().unwrap().contains("no record 9"));
    assert!(refused(&["1", "inputs.0.grams=850.5kg"])["message"].as_str().unwrap().contains("says already"));
    assert!(refused(&["1", "inputs.4.grams=1kg"])["message"].as_str().unwrap().contains("no field"));
    // What the packing house has taken cannot be taken back.
    home.ok(&["register", "--as", "kho", "--product", "vải", "--alias", "thung"]);
    let drawn = r#"{"drawn": {"to": {"chain": "thung"}, "grams": 800000, "why": "handover"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", drawn]);
    let received = r#"{"received": {"inputs": [{"from": {"chain": "lo-1"}, "grams": 800000}]}}"#;
    home.ok(&["append", "thung", "--as", "kho", "--event", received]);
    let refused = refused(&["1", "inputs.0.grams=700kg"]);
    assert_eq!(
        (refused["code"].as_str(), refused["remaining"].as_u64()),
        (Some("over_drawn"), Some(50_500)),
        "{refused}"
    );
}

#[test]
fn personal_words_of_the_original_are_sealed_anew() {
    let (home, _server) = world();
    let spray = r#"{"input_applied": {"kind": "fertilizer", "product": "NPK 16-16-8", "active_ingredients": [],
        "dose": {"milligrams": 9000000}, "area_m2": 4000, "phi_days": 0, "operator": {"seal": "Nguyễn Văn Bảy"}}}"#;
    home.ok(&["append", "thua", "--as", "coop", "--for", "bay", "--event", spray]);
    let sequence = home.json(&["plot", "thua"])["applied"][0]["sequence"].to_string();
    let by = ["--reason", "typing", "--details", "gõ nhầm", "--as", "coop", "--for", "bay"];
    let corrected = home.json(&[&["correct", "thua", &sequence, "dose.milligrams=8000000"], &by[..]].concat());
    assert_eq!(corrected["differences"].as_array().unwrap().len(), 1, "{corrected}");
    home.ok(&["push"]);
    // The server holds openings against digests: it has taken those of the correction's own words and of the name inside.
    assert_eq!(home.json(&["outbox", "list"]).as_array().unwrap().len(), 0);
    let kept = |path: &str| {
        let folder = home.file(&format!("openings/{}", home.id("bay")));
        let mut names =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.any(|name| name.ends_with(&format!("-{path}.json")))
    };
    assert!(kept("corrected-details") && kept("corrected-operator"));
}
