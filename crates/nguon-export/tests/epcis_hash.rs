//! Event hash ids are those of the standard's worked examples, and of the same event however it is spelt.

use nguon_export::epcis::hash::{Version, agrees, event_id};
use nguon_export::epcis::model::Event;
use nguon_export::epcis::read::{FaultKind, Limits, read_all};
use serde_json::{Value, json};

fn examples() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("epcis/event_hash.json")).unwrap();
    file["examples"].as_array().unwrap().clone()
}

fn only_event(document: &Value) -> Event {
    let mut events = read_all(document.to_string().as_bytes(), &Limits::default()).unwrap();
    assert_eq!(events.len(), 1);
    events.remove(0)
}

#[test]
fn the_worked_examples_have_the_ids_that_the_documentation_gives() {
    for example in examples() {
        let event = only_event(&example["document"]);
        for (version, key, name) in [(Version::Cbv20, "cbv20", "CBV2.0"), (Version::Cbv21, "cbv21", "CBV2.1")] {
            let expected = format!("ni:///sha-256;{}?ver={name}", example[key].as_str().unwrap());
            assert_eq!(event_id(&event, version).as_str(), expected, "{}", example["title"]);
        }
    }
}

#[test]
fn an_id_is_checked_when_it_is_read() {
    for mut example in examples() {
        for (key, name) in [("cbv20", "CBV2.0"), ("cbv21", "CBV2.1")] {
            let id = format!("ni:///sha-256;{}?ver={name}", example[key].as_str().unwrap());
            let document = &mut example["document"];
            document["epcisBody"]["eventList"][0]["eventID"] = json!(id);
            assert!(agrees(&only_event(document)));
            let mut changed = document.clone();
            changed["epcisBody"]["eventList"][0]["action"] = json!("DELETE");
            let faults = read_all(changed.to_string().as_bytes(), &Limits::default()).unwrap_err();
            assert_eq!(faults.listed()[0].path, "/epcisBody/eventList/0/eventID");
            assert_eq!(faults.listed()[0].kind, FaultKind::EventHash);
        }
    }
}

#[test]
fn spelling_changes_no_id() {
    let plain = json!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"x": "https://ns.example.com/x/"}],
        "type": "ObjectEvent", "eventTime": "2026-06-01T01:30:00Z", "eventTimeZoneOffset": "+07:00", "action": "ADD",
        "bizStep": "commissioning", "x:a": "12.50", "x:b": {"x:d": 1, "x:c": [2, 3]},
        "epcList": ["https://id.gs1.org/01/09521234543213/21/7", "https://id.gs1.org/00/095212340000000013"],
        "quantityList": [{"epcClass": "https://id.gs1.org/01/09521234543213/10/A1", "quantity": 2.5, "uom": "KGM"}],
        "bizLocation": {"id": "https://id.gs1.org/414/9521234000006"}
    });
    let other = json!({
        "@context": [{"y": "https://ns.example.com/x/"}, "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "y:b": {"y:c": [3, 2], "y:d": "1.0"}, "y:a": 12.5,
        "bizLocation": {"id": "urn:epc:id:sgln:9521234.00000.0"},
        "quantityList": [{"uom": "KGM", "quantity": 2.50, "epcClass": "urn:epc:class:lgtin:9521234.054321.A1"}],
        "epcList": ["urn:epc:id:sscc:9521234.0000000001", "https://nguon.example/gtin/9521234543213/lot/A1/ser/7?17=261231"],
        "bizStep": "https://ref.gs1.org/cbv/BizStep-commissioning", "action": "ADD", "recordTime": "2026-06-02T00:00:00Z",
        "type": "ObjectEvent", "eventTime": "2026-06-01T08:30:00.000+07:00", "eventTimeZoneOffset": "+07:00"
    });
    let [plain, other] = [plain, other].map(|event| event_id(&only_event(&event), Version::Cbv20));
    assert_eq!(plain, other);
}
