//! Every field out of its range is refused, and the message names field and range. Range and shape are one table here; what
//! holds between fields and chains is in `chains_keep_their_rules`.

use ciborium::Value;
use nguon_core::cbor::to_canonical;
use nguon_core::record::{LIMITS, Record};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}
fn int(number: i64) -> Value {
    Value::Integer(number.into())
}
fn id() -> Value {
    Value::Bytes(vec![1; 32])
}
fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(key, value)| (text(key), value.clone())).collect())
}
fn list(items: &[Value]) -> Value {
    Value::Array(items.to_vec())
}

/// A sound first record of each shape that has fields of its own.
fn record(event: &str, body: &[(&str, Value)]) -> Value {
    map(&[
        ("version", int(1)),
        ("kind", text("batch")),
        ("sequence", int(0)),
        ("signer", map(&[("actor", id())])),
        ("signed_at", int(1_780_000_000)),
        ("utc_offset", int(420)),
        ("nonce", Value::Bytes(vec![3; 16])),
        ("event", map(&[(event, map(body))])),
    ])
}

fn scope() -> Value {
    map(&[("events", list(&[text("opened")]))])
}

fn samples() -> Vec<Value> {
    let input = map(&[("from", id()), ("grams", int(5))]);
    vec![
        record("enrolled", &[("role", text("farm")), ("name", id()), ("scope", scope()), ("commune", text("07525"))]),
        record(
            "place_registered",
            &[
                ("place", text("growing_area")),
                ("code", text("VN-1")),
                ("issuer", text("VN")),
                ("market", text("CN")),
                ("holder", id()),
                ("commune", text("07525")),
                ("from", int(1)),
                ("area_m2", int(5)),
                ("gln", text("9521234000006")),
                ("variety", text("vải thiều")),
            ],
        ),
        record(
            "input_applied",
            &[
                ("kind", text("plant_protection")),
                ("product", text("X 10EC")),
                ("active_ingredients", list(&[text("x")])),
                ("dose", map(&[("milligrams", int(5))])),
                ("area_m2", int(5)),
                ("phi_days", int(7)),
                ("water_ml", int(9)),
            ],
        ),
        record(
            "plots_allotted",
            &[("season", text("2026")), ("allotments", list(&[map(&[("plot", id()), ("grams", int(5))])]))],
        ),
        record(
            "opened",
            &[
                ("owner", id()),
                ("product", text("vải thiều")),
                ("label", map(&[("gtin", text("09521234543213")), ("lot", text("L1"))])),
            ],
        ),
        record("packed", &[("inputs", list(&[input])), ("boxes", int(1)), ("grams_per_box", int(1))]),
        record("recalled", &[("reason", text("other")), ("harvests", list(&[id()]))]),
        record("shipped", &[("draw", int(0)), ("carrier", id()), ("set_point_mc", int(4000))]),
    ]
}

/// Replaces (or adds) the value at a path of map keys.
fn set(value: &mut Value, path: &[&str], new: &Value) -> bool {
    let Value::Map(entries) = value else { return false };
    let found = entries.iter_mut().find(|(key, _)| *key == text(path[0]));
    match (found, path) {
        (Some((_, value)), [_]) => *value = new.clone(),
        (None, [last]) => entries.push((text(last), new.clone())),
        (Some((_, value)), _) => return set(value, &path[1..], new),
        (None, _) => return false,
    }
    true
}

/// The error of the sample that has this path, with the value replaced.
fn refusal(path: &str, value: &Value) -> String {
    let steps: Vec<&str> = path.split('.').collect();
    let mut sample = samples().into_iter().find_map(|mut sample| set(&mut sample, &steps, value).then_some(sample));
    let sample = sample.take().unwrap_or_else(|| panic!("no sample has {path}"));
    let payload = to_canonical(&sample, LIMITS).unwrap();
    Record::from_payload(&payload).expect_err(path).to_string()
}

#[test]
fn the_samples_are_sound() {
    for sample in samples() {
        Record::from_payload(&to_canonical(&sample, LIMITS).unwrap()).unwrap();
    }
}

#[test]
fn each_with_its_field_and_range() {
    let long = "x".repeat(121);
    let many = list(&vec![id(); 201]);
    let e = "event.";
    let cases: Vec<(String, Value, &str)> = vec![
        ("version".into(), int(0), "version is 1 in this format"),
        ("utc_offset".into(), int(841), "utc_offset: UtcOffset 841 is outside -840..=840"),
        ("utc_offset".into(), int(-841), "utc_offset: UtcOffset -841 is outside -840..=840"),
        ("signed_at".into(), int(-1), "signed_at: Time -1 is outside 0..=9007199254740991"),
        ("sequence".into(), int(-1), "sequence: is below 0"),
        ("kind".into(), text("farm"), "kind: `farm` is not a word for this"),
        ("nonce".into(), Value::Bytes(vec![3; 15]), "nonce: Nonce has 16 bytes, found 15"),
        ("anchor".into(), map(&[("size", int(1))]), "anchor.root: is missing"),
        ("replaces".into(), list(&[]), "replaces: a list of 0 items where 1 to 16 are permitted"),
        ("replaces".into(), list(&vec![id(); 17]), "replaces: a list of 17 items where 1 to 16 are permitted"),
        (
            "attachments".into(),
            list(&[map(&[("digest", id()), ("length", int(0)), ("media_type", text("image/jpeg"))])]),
            "attachments.0.length: Count 0 is outside 1..=9007199254740991",
        ),
        (
            "attachments".into(),
            list(&[map(&[("digest", id()), ("length", int(1)), ("media_type", text("image"))])]),
            "attachments.0.media_type: MediaType: type/subtype in lower case, at most 64 characters",
        ),
        ("colour".into(), int(1), "colour: is not a field here"),
        (format!("{e}enrolled.role"), text("chief"), "event.enrolled.role: `chief` is not a word for this"),
        (
            format!("{e}enrolled.name"),
            Value::Bytes(vec![1; 31]),
            "event.enrolled.name: FieldDigest has 32 bytes, found 31",
        ),
        (format!("{e}enrolled.commune"), text("7525"), "event.enrolled.commune: CommuneCode: five digits"),
        (
            format!("{e}enrolled.scope.events"),
            list(&[]),
            "event.enrolled.scope.events: a list of 0 items where 1 to 64 are permitted",
        ),
        (
            format!("{e}enrolled.scope.places"),
            many.clone(),
            "event.enrolled.scope.places: a list of 201 items where 1 to 200 are permitted",
        ),
        (format!("{e}enrolled.scope.gs1_prefixes"), list(&[text("952")]), "event.enrolled.scope.gs1_prefixes.0: GS1"),
        (
            format!("{e}enrolled.scope.markets"),
            list(&[text("cn")]),
            "event.enrolled.scope.markets.0: Market: two capital letters",
        ),
        (
            format!("{e}enrolled.key"),
            Value::Bytes(vec![1; 33]),
            "event.enrolled.key: PublicKeyBytes has 32 bytes, found 33",
        ),
        (
            format!("{e}place_registered.code"),
            text(" VN"),
            "event.place_registered.code: Code: 1 to 64 printable ASCII",
        ),
        (format!("{e}place_registered.code"), text(""), "event.place_registered.code: Code: 1 to 64 printable ASCII"),
        (format!("{e}place_registered.code"), text("mã"), "event.place_registered.code: Code: 1 to 64 printable ASCII"),
        (format!("{e}place_registered.gln"), text("9521234000007"), "event.place_registered.gln: GLN: "),
        (
            format!("{e}place_registered.area_m2"),
            int(0),
            "event.place_registered.area_m2: SquareMetres 0 is outside 1..=10000000000",
        ),
        (
            format!("{e}place_registered.area_m2"),
            int(10_000_000_001),
            "event.place_registered.area_m2: SquareMetres 10000000001 is outside 1..=10000000000",
        ),
        (
            format!("{e}place_registered.variety"),
            text(&long),
            "event.place_registered.variety: text of 121 bytes where 1 to 120 are permitted",
        ),
        (
            format!("{e}place_registered.variety"),
            text("vải\u{7}"),
            "event.place_registered.variety: text with a control character, or white space at an end",
        ),
        (
            format!("{e}input_applied.phi_days"),
            int(3651),
            "event.input_applied.phi_days: Days 3651 is outside 0..=3650",
        ),
        (
            format!("{e}input_applied.dose"),
            map(&[("litres", int(1))]),
            "event.input_applied.dose: `litres` is not a word for this",
        ),
        (
            format!("{e}input_applied.dose"),
            map(&[("milligrams", int(0))]),
            "event.input_applied.dose.milligrams: Count 0 is outside 1..=9007199254740991",
        ),
        (
            format!("{e}input_applied.active_ingredients"),
            list(&vec![text("x"); 9]),
            "event.input_applied.active_ingredients: a list of 9 items where 0 to 8 are permitted",
        ),
        (
            format!("{e}input_applied.water_ml"),
            text("9"),
            "event.input_applied.water_ml: expected a whole number, found text",
        ),
        (
            format!("{e}plots_allotted.allotments"),
            list(&[map(&[("plot", id()), ("grams", int(0))])]),
            "event.plots_allotted.allotments.0.grams: Grams 0 is outside 1..=9007199254740991",
        ),
        (format!("{e}opened.label.gtin"), text("09521234543214"), "event.opened.label.gtin: GTIN: "),
        (
            format!("{e}opened.label.gtin"),
            text("9521234543213"),
            "event.opened.label.gtin: GTIN must be written 09521234543213",
        ),
        (format!("{e}opened.label.lot"), text("a b"), "event.opened.label.lot: lot (10): "),
        (format!("{e}opened.label.lot"), text("123456789012345678901"), "event.opened.label.lot: lot (10): "),
        (format!("{e}opened.product"), text(""), "event.opened.product: text of 0 bytes where 1 to 120 are permitted"),
        (format!("{e}packed.inputs"), list(&[]), "event.packed.inputs: a list of 0 items where 1 to 200 are permitted"),
        (format!("{e}packed.boxes"), int(0), "event.packed.boxes: Count 0 is outside 1..=9007199254740991"),
        (format!("{e}packed.document"), map(&[("kind", text("x"))]), "event.packed.document.number: is missing"),
        (format!("{e}recalled.harvests"), many, "event.recalled.harvests: a list of 201 items where 1 to 200"),
        (format!("{e}recalled.reason"), text("whim"), "event.recalled.reason: `whim` is not a word for this"),
        (
            format!("{e}shipped.set_point_mc"),
            int(1 << 31),
            "event.shipped.set_point_mc: is outside -2147483648..=2147483647",
        ),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(path, value, message)| (refusal(path, value), message))
        .filter(|(found, message)| !found.starts_with(*message))
        .map(|(found, message)| format!("  said:     {found}\n  expected: {message}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A record without one of its required fields names it.
#[test]
fn each_missing_field_is_named() {
    for sample in samples() {
        let Value::Map(entries) = &sample else { unreachable!() };
        for left_out in 0..entries.len() {
            let mut entries = entries.clone();
            let (key, _) = entries.remove(left_out);
            let payload = to_canonical(&Value::Map(entries), LIMITS).unwrap();
            let found = Record::from_payload(&payload).expect_err("a required field").to_string();
            let key = key.as_text().unwrap();
            assert!(found.starts_with(&format!("{key}: is missing")) || found == "nonce is required in a first record");
        }
    }
}

#[test]
fn fields_of_first_and_later_records() {
    let base = samples().remove(4);
    let refused = |changes: &[(&str, Option<Value>)]| {
        let mut sample = base.clone();
        for (path, value) in changes {
            match value {
                Some(value) => assert!(set(&mut sample, &[path], value)),
                None => {
                    let Value::Map(entries) = &mut sample else { unreachable!() };
                    entries.retain(|(key, _)| *key != text(path));
                }
            }
        }
        Record::from_payload(&to_canonical(&sample, LIMITS).unwrap()).unwrap_err().to_string()
    };
    assert_eq!(refused(&[("nonce", None)]), "nonce is required in a first record");
    assert_eq!(refused(&[("chain", Some(id()))]), "chain is permitted only in a later record");
    assert_eq!(refused(&[("previous", Some(id()))]), "previous is permitted only in a later record");
    assert_eq!(refused(&[("sequence", Some(int(1)))]), "chain is required in a later record");
    let later = [("sequence", Some(int(1))), ("chain", Some(id()))];
    assert_eq!(refused(&later), "previous is required in a later record");
    let later = [("sequence", Some(int(1))), ("chain", Some(id())), ("previous", Some(id()))];
    assert_eq!(refused(&later), "nonce is permitted only in a first record");
}
