//! Encoding and decoding are inverse, in CBOR and in the JSON view; and no two payloads give the same record.

use ciborium::Value;
use nguon_core::cbor::to_canonical;
use nguon_core::event::EventName;
use nguon_core::record::{LIMITS, Record};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use crate::canonical_check_agrees_with_an_oracle::{damage, damaged, oracle};
use crate::strategies;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn cbor_there_and_back(record in strategies::record()) {
        let payload = record.to_payload().unwrap();
        prop_assert!(oracle(&payload, 8));
        prop_assert_eq!(Record::from_payload(&payload).unwrap(), record);
    }

    #[test]
    fn json_there_and_back_gives_the_same_bytes(record in strategies::record()) {
        let json = serde_json::to_string(&record).unwrap();
        let again: Record = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(again.to_payload().unwrap(), record.to_payload().unwrap());
    }

    /// The JSON view says the same: key for key what a reader of the CBOR sees, byte strings as hexadecimal.
    #[test]
    fn the_json_view_is_the_cbor(record in strategies::record()) {
        let cbor: Value = ciborium::from_reader(&*record.to_payload().unwrap()).unwrap();
        prop_assert_eq!(serde_json::to_value(&record).unwrap(), as_json(&cbor));
    }

    /// The law that makes a signature mean one thing: what decodes is what would have been encoded.
    #[test]
    fn what_decodes_encodes_to_the_same_bytes(record in strategies::record(), damage in damage()) {
        let payload = damaged(record.to_payload().unwrap(), &damage);
        if let Ok(record) = Record::from_payload(&payload) {
            prop_assert_eq!(record.to_payload().unwrap(), payload);
        }
    }

    /// The same under damage to the structure: values swapped, wrapped into maps and arrays, unwrapped, renamed.
    #[test]
    fn what_decodes_after_restructuring_encodes_to_the_same_bytes(
        record in strategies::record(),
        changes in prop::collection::vec(any::<(Index, Index, u8)>(), 1..4),
    ) {
        let mut value: Value = ciborium::from_reader(&*record.to_payload().unwrap()).unwrap();
        for (at, other, how) in &changes {
            restructure(&mut value, at, other, *how);
        }
        if let Ok(payload) = to_canonical(&value, LIMITS)
            && let Ok(record) = Record::from_payload(&payload)
        {
            prop_assert_eq!(record.to_payload().unwrap(), payload);
        }
    }
}

fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Integer(number) => serde_json::json!(i64::try_from(*number).unwrap()),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        Value::Text(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(as_json).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.as_text().unwrap().to_owned(), as_json(value))).collect()
        }
        other => panic!("{other:?} is in no record"),
    }
}

/// How many values are in this one, itself and the keys of maps counted.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|(key, value)| size(key) + size(value)).sum(),
        _ => 0,
    }
}

/// Does something to the `n`-th value, outermost first.
fn at<R>(value: &mut Value, n: &mut usize, act: &mut dyn FnMut(&mut Value) -> R) -> Option<R> {
    if *n == 0 {
        return Some(act(value));
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| at(item, n, act)),
        Value::Map(entries) => {
            entries.iter_mut().find_map(|(key, value)| at(key, n, act).or_else(|| at(value, n, act)))
        }
        _ => None,
    }
}

/// Puts some other value of the record in some form where another one stands.
fn restructure(value: &mut Value, place: &Index, other: &Index, how: u8) {
    let (place, other) = (place.index(size(value)), other.index(size(value)));
    let other = at(value, &mut other.clone(), &mut |other| other.clone()).unwrap();
    at(value, &mut place.clone(), &mut |value| {
        let old = value.clone();
        *value = match (how % 6, old) {
            (0, _) => other.clone(),
            (1, old @ Value::Text(_)) => Value::Map(vec![(old, other.clone())]),
            (1, old) => Value::Map(vec![(other.clone(), old)]),
            (2, Value::Map(mut entries)) if entries.len() == 1 => entries.remove(0).0,
            (2, Value::Array(mut items)) if items.len() == 1 => items.remove(0),
            (3, Value::Map(mut entries)) => {
                entries.push((other.clone(), Value::Text("other".into())));
                Value::Map(entries)
            }
            (3, Value::Array(mut items)) => {
                items.push(other.clone());
                Value::Array(items)
            }
            (4, Value::Map(mut entries)) => {
                entries.pop();
                Value::Map(entries)
            }
            (4, Value::Text(text)) => Value::Bytes(text.into_bytes()),
            (4, Value::Integer(number)) => Value::Text(i128::from(number).to_string()),
            (5, old) => Value::Array(vec![old]),
            (_, old) => old,
        };
    });
}

/// Forms that general decoders take for the same: each is refused, and the message names the place.
#[test]
fn each_value_has_one_form() {
    let text = |text: &str| Value::Text(text.into());
    let map = |name: &str, value| Value::Map(vec![(text(name), value)]);
    let id = || Value::Bytes(vec![1; 32]);
    let drawn =
        Value::Map(vec![(text("to"), id()), (text("grams"), Value::Integer(1.into())), (text("why"), text("packing"))]);
    let sound = vec![
        (text("version"), Value::Integer(1.into())),
        (text("kind"), text("batch")),
        (text("chain"), id()),
        (text("sequence"), Value::Integer(3.into())),
        (text("previous"), id()),
        (text("signer"), map("actor", id())),
        (text("signed_at"), Value::Integer(1_780_000_000.into())),
        (text("utc_offset"), Value::Integer(420.into())),
        (text("event"), map("drawn", drawn)),
    ];
    let payload = |entries: &[(Value, Value)]| to_canonical(&Value::Map(entries.to_vec()), LIMITS).unwrap();
    Record::from_payload(&payload(&sound)).unwrap();
    let wrong = [
        ("kind", map("batch", text("chain")), "kind: expected text, found a map"),
        ("kind", Value::Integer(2.into()), "kind: expected text, found a whole number"),
        ("kind", Value::Bytes(b"batch".to_vec()), "kind: expected text, found a byte string"),
        ("signer", text("actor"), "signer: expected a map of one entry, found text"),
        ("signer", Value::Array(vec![text("actor"), id()]), "signer: expected a map of one entry, found an array"),
        ("signer", map("actor", text(&"01".repeat(32))), "signer.actor: expected a byte string, found text"),
        ("chain", Value::Array(vec![id()]), "chain: expected a byte string, found an array"),
        ("signed_at", text("1780000000"), "signed_at: expected a whole number, found text"),
        ("event", text("drawn"), "event: expected a map of one entry, found text"),
        (
            "event",
            map("drawn", Value::Array(vec![id(), Value::Integer(1.into()), text("packing")])),
            "event.drawn: expected a map, found an array",
        ),
    ];
    let told: Vec<(String, &str)> = wrong
        .into_iter()
        .map(|(field, value, message)| {
            let mut entries = sound.clone();
            entries.iter_mut().find(|(key, _)| *key == text(field)).unwrap().1 = value;
            (Record::from_payload(&payload(&entries)).unwrap_err().to_string(), message)
        })
        .filter(|(found, message)| found != message)
        .collect();
    assert_eq!(told, []);
}

/// The strategies reach every event and both presences of every optional field, so the laws above are about all of them.
#[test]
fn every_event_is_tried() {
    let mut runner = TestRunner::new(Config::default());
    let strategy = strategies::record();
    let mut seen = std::collections::BTreeSet::new();
    while seen.len() < EventName::ALL.len() {
        seen.insert(strategy.new_tree(&mut runner).unwrap().current().event.name());
    }
}
