//! Two households on one growing area, a collector, a packing house, and their keys.

use serde_json::Value;

use crate::common::{GTIN, Home, TestServer, day, text};

pub const LOT: &str = "RG-24117";

/// The orchard of [`Home::make_orchard`], a second household, a collector and a packing house; all of it sent.
pub fn world() -> (Home, TestServer) {
    world_of(&[])
}

/// The same in a deployment made with these options too.
pub fn world_of(options: &[&str]) -> (Home, TestServer) {
    let mut home = Home::new();
    home.ok(&[&["init", "--name", "Sở Nông nghiệp và Môi trường (mẫu)", "--no-passphrase"], options].concat());
    let server = TestServer::start(&home);
    home.talks_to(&server);
    home.make_orchard();
    home.ok(&["enrol", "--as", "coop", "--role", "farm", "--name", "Trần Thị Hai", "--without-key", "--alias", "hai"]);
    let plot = ["place", "plot", "--as", "coop", "--area", "vung", "--household", "hai", "--hectares", "0.4"];
    home.ok(&[&plot[..], &["--variety", "vải thiều Thanh Hà", "--alias", "thua-hai"]].concat());
    let (from, until) = (day(-30), day(60));
    let season = ["--season", "2026", "--from", &from, "--until", &until];
    home.ok(&[&["place", "season", "thua-hai", "--as", "coop", "--for", "hai"], &season[..]].concat());
    home.ok(&["place", "allot", "vung", "--as", "coop", "--season", "2026", "thua-hai=3000"]);
    for (key, role, name) in [("can", "collector", "Điểm cân Phượng Sơn"), ("kho", "packing-house", "Kho Lục Ngạn")]
    {
        home.ok(&["key", "new", key, "--no-passphrase"]);
        let enrol = ["enrol", "--as", "coop", "--role", role, "--name", name, "--key", key, "--alias", key];
        home.ok(&[&enrol[..], &["--gs1-prefix", "9521234"]].concat());
    }
    home.ok(&["push"]);
    (home, server)
}

/// A spray of the lot, so many days ago.
pub fn spray(home: &Home, plot: &str, household: &str, days_ago: i64, phi_days: u64) {
    let event = format!(
        r#"{{"input_applied": {{"kind": "plant_protection", "product": "Ridomil Gold 68WG", "active_ingredients": [],
            "product_lot": "{LOT}", "dose": {{"milligrams": 1500000}}, "area_m2": 4000, "phi_days": {phi_days},
            "at": {{"time": "{} 06:30"}}}}}}"#,
        day(-days_ago)
    );
    home.ok(&["append", plot, "--as", "coop", "--for", household, "--event", &event]);
}

/// A batch of a household. Gives its id.
pub fn harvest(home: &Home, household: &str, share: &str, alias: &str) -> String {
    let args = ["register", "--as", "coop", "--for", household, "--product", "vải thiều", "--harvest", share];
    let made = home.json(&[&args[..], &["--alias", alias]].concat());
    made["batch"].as_str().unwrap().to_owned()
}

/// Draws of two batches into a packed one with a label. Gives its id.
pub fn pack(home: &Home, from: &[(&str, &str, u64)], alias: &str, lot: &str) -> String {
    let args = ["register", "--as", "kho", "--product", "Vải thiều Lục Ngạn", "--gtin", GTIN, "--lot", lot];
    let made = home.json(&[&args[..], &["--alias", alias]].concat());
    let mut inputs = Vec::new();
    for (batch, household, grams) in from {
        let drawn = format!(r#"{{"drawn": {{"to": {{"chain": "{alias}"}}, "grams": {grams}, "why": "packing"}}}}"#);
        home.ok(&["append", batch, "--as", "coop", "--for", household, "--event", &drawn]);
        inputs.push(format!(r#"{{"from": {{"chain": "{batch}"}}, "grams": {grams}}}"#));
    }
    let boxes = from.iter().map(|(_, _, grams)| grams).sum::<u64>() / 5000;
    let inputs = inputs.join(", ");
    let packed = format!(r#"{{"packed": {{"inputs": [{inputs}], "boxes": {boxes}, "grams_per_box": 5000}}}}"#);
    home.ok(&["append", alias, "--as", "kho", "--event", &packed]);
    made["batch"].as_str().unwrap().to_owned()
}

/// One JSON object a line.
pub fn lines(home: &Home, arguments: &[&str]) -> Vec<Value> {
    let said = home.ok(&[arguments, &["--json"]].concat()).stdout;
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The bundle of a batch in a file.
pub fn fetched(home: &Home, batch: &str) -> std::path::PathBuf {
    let file = home.beside(&format!("{batch}.cbor"));
    home.ok(&["fetch", batch, "--out", text(&file)]);
    file
}
