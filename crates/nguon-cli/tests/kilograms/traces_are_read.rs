use serde_json::Value;

use crate::common::{GTIN, Home, TestServer, text};
use crate::world::{LOT, fetched, harvest, lines, pack, spray, world};

/// Two harvests, packed into one labelled batch, shipped, on a pallet.
pub fn sold() -> (Home, TestServer, String) {
    let (home, server) = world();
    spray(&home, "thua", "bay", 20, 14);
    harvest(&home, "bay", "thua=1850.5", "lo-1");
    harvest(&home, "hai", "thua-hai=430", "lo-2");
    let packed = pack(&home, &[("lo-1", "bay", 800_000), ("lo-2", "hai", 400_000)], "thung", "VT-0612");
    home.ok(&["key", "new", "xe", "--no-passphrase"]);
    home.ok(&["enrol", "--as", "coop", "--role", "carrier", "--name", "Xe lạnh", "--key", "xe", "--alias", "xe"]);
    home.ok(&["register", "--as", "can", "--product", "vải", "--alias", "cho"]);
    let drawn = r#"{"drawn": {"to": {"chain": "cho"}, "grams": 1000000, "why": "handover"}}"#;
    home.ok(&["append", "thung", "--as", "kho", "--event", drawn]);
    let draw = home.json(&["show", "thung"])["records"].as_array().unwrap().len() - 1;
    let shipped = format!(
        r#"{{"shipped": {{"draw": {draw}, "carrier": {{"chain": "xe"}}, "document": {{"kind": "bill-of-lading", "number": "VD/77"}}}}}}"#
    );
    home.ok(&["append", "thung", "--as", "kho", "--event", &shipped]);
    home.ok(&[
        "append",
        "thung",
        "--as",
        "kho",
        "--event",
        r#"{"aggregated": {"sscc": "095212340000000013", "boxes": 80}}"#,
    ]);
    let received = r#"{"received": {"inputs": [{"from": {"chain": "thung"}, "grams": 990000}]}}"#;
    home.ok(&["append", "cho", "--as", "can", "--event", received]);
    home.ok(&["push"]);
    (home, server, packed)
}

fn chains(lines: &[Value]) -> Vec<String> {
    let nodes = lines.iter().filter_map(|line| line["node"]["chain"].as_str());
    nodes.map(ToOwned::to_owned).collect()
}

#[test]
fn both_ways_from_anything_that_has_a_name() {
    let (home, _server, packed) = sold();
    let found = lines(&home, &["trace", "thung"]);
    assert!(found[0]["start"][0] == packed.as_str() && found.last().unwrap()["end"]["cut"] == false, "{found:?}");
    for alias in ["thung", "lo-1", "lo-2", "thua", "thua-hai", "vung", "cho"] {
        assert!(chains(&found).contains(&home.id(alias)), "{alias}");
    }
    let link = format!("{}/01/{GTIN}/10/VT-0612", _server.url());
    for start in [
        &["trace", &link][..],
        &["trace", "--shipment", "bill-of-lading", "VD/77"],
        &["trace", "--pallet", "095212340000000013"],
        &["trace", &packed, "--sort", "batch"],
    ] {
        assert_eq!(lines(&home, start)[0]["start"][0], packed.as_str(), "{start:?}");
    }
    let back = chains(&lines(&home, &["trace", "thung", "--back"]));
    assert!(back.contains(&home.id("thua")) && !back.contains(&home.id("cho")));
    let forward = chains(&lines(&home, &["trace", "thua", "--forward"]));
    assert!(
        forward.contains(&home.id("cho")) && !forward.contains(&home.id("lo-2")) && !forward.contains(&home.id("vung"))
    );
    assert!(chains(&lines(&home, &["trace", "kho"])).contains(&packed));
    let plots = lines(&home, &["trace", "--product-lot", LOT, "--product", "Ridomil Gold 68WG"]);
    assert_eq!(plots[0]["start"], serde_json::json!([home.id("thua")]));
    assert_eq!(home.error(&["trace", "--product-lot", "KHONG-CO"])["code"], "no_such_chain");
    assert_eq!(home.error(&["trace", "--product-lot", LOT, "--product", "khác"])["code"], "no_such_chain");
    let cut = lines(&home, &["trace", "thung", "--most", "1"]);
    assert_eq!(cut.last().unwrap()["end"]["cut"], true);
}

#[test]
fn people_read_a_tree_with_kilograms_and_sheets_a_table() {
    let (home, _server, packed) = sold();
    let told = home.ok(&["trace", "thung", "--lang", "vi"]);
    for part in [
        "← về nguồn",
        "→ về phía sau",
        "lô thung, Vải thiều Lục Ngạn, Kho Lục Ngạn (cơ sở đóng gói): nhập 1.200 kg, xuất 1.000 kg, còn 200 kg, 240 thùng",
        "thửa thua",
        "vùng trồng vung",
        "1.000 kg (thiếu 10 kg)",
        "1.850,5 kg",
    ] {
        assert!(told.stdout.contains(part), "{part}\n{}", told.stdout);
    }
    assert!(told.stderr.contains("Đây là lời của"), "{}", told.stderr);
    let csv = home.ok(&["trace", "thung", "--csv"]).stdout;
    assert!(csv.starts_with("from,from_name,to,to_name,drawn_g,received_g,shortage_g,season,why,at\r\n"), "{csv}");
    let row = format!("{packed},thung,{},cho,1000000,990000,10000,,handover,", home.id("cho"));
    assert!(csv.contains(&row), "{csv}");
    let nodes = home.ok(&["trace", "thung", "--csv=nodes"]).stdout;
    assert!(
        nodes.lines().any(|line| line.starts_with(&packed) && line.contains(",1200000,1000000,0,0,0,200000,240,")),
        "{nodes}"
    );
}

#[test]
fn who_holds_what_now_is_listed() {
    let (home, _server, packed) = sold();
    let held = lines(&home, &["holdings", "kho"]);
    assert_eq!(chains(&held), [packed]);
    let told = home.ok(&["holdings", "kho", "--lang", "vi"]).stdout;
    assert!(told.contains("1 lô, tổng cộng 200 kg"), "{told}");
    assert!(home.ok(&["holdings", "bay", "--csv"]).stdout.lines().count() == 2);
    home.error(&["holdings", &"ab".repeat(32)]);
}

#[test]
fn offline_the_verdict_comes_first_and_only_what_is_proven_is_drawn() {
    let (home, _server, packed) = sold();
    let file = fetched(&home, "thung");
    let reader = Home::new();
    let root = home.file("root.nguon");
    reader.ok(&["root", "import", text(&root)]);
    let told = reader.run(&["trace", "--bundle", text(&file)]);
    assert_eq!(told.code, 2, "{told:?}");
    assert!(told.stdout.starts_with("– Signatures hold; completeness is not proven."), "{}", told.stdout);
    assert!(told.stdout.contains("800 kg") && told.stdout.contains("VN-BGOR-0123 (VN)"), "{}", told.stdout);
    let given = reader.run(&["trace", "--bundle", text(&file), "--json"]);
    let given: Vec<Value> = given.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(given[0]["verdict"]["outcome"], "unlogged");
    assert_eq!((given[1]["start"][0].as_str(), chains(&given).len()), (Some(packed.as_str()), 6), "{given:?}");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    let cut = home.beside("cut.cbor");
    std::fs::write(&cut, bytes).unwrap();
    let told = reader.run(&["trace", "--bundle", text(&cut)]);
    assert!(told.code == 1 && told.stdout.starts_with("✗ ") && !told.stdout.contains("800 kg"), "{told:?}");
}
