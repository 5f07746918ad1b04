//! The one permitted encoding.

use serde_json::{Value, json};

use super::File;

fn format(expect: Value) -> Value {
    let input = json!({"bytes": "hexadecimal", "length": "bytes permitted", "depth": "arrays and maps permitted inside each other"});
    json!({"input": input, "expect": expect})
}

fn input(hex: &str) -> Value {
    json!({"bytes": hex, "length": 64, "depth": 8})
}

pub fn good() -> File {
    let cases = [
        ("zero", "00"),
        ("the largest in one byte", "17"),
        ("24", "1818"),
        ("256", "190100"),
        ("65536", "1a00010000"),
        ("2^32", "1b0000000100000000"),
        ("2^53 - 1", "1b001fffffffffffff"),
        ("-1", "20"),
        ("-(2^53 - 1)", "3b001ffffffffffffe"),
        ("empty byte string", "40"),
        ("byte string of 24", "5818 000102030405060708090a0b0c0d0e0f1011121314151617"),
        ("text in two bytes a letter and more", "69 76e1baa369 c491c3a0"),
        ("false", "f4"),
        ("true", "f5"),
        ("empty array", "80"),
        ("empty map", "a0"),
        ("keys in bytewise order", "a2 6161 01 6162 02"),
        ("a shorter key comes before a longer one", "a2 6162 01 626161 02"),
        ("eight deep", "8181818181818181 00"),
    ];
    File {
        name: "canonical_cbor_good",
        kind: "canonical_cbor",
        purpose: "Encodings that the check takes: each just inside a limit (SPEC.md section 1, RFC 8949 section 4.2.1).",
        shared: None,
        format: format(json!({"accepted": "true"})),
        cases: cases.iter().map(|(name, hex)| (name.to_string(), input(hex), json!({"accepted": true}))).collect(),
    }
}

pub fn bad() -> File {
    let cases = [
        ("23 in two bytes", "1817", "long_form", 0),
        ("255 in three", "1900ff", "long_form", 0),
        ("65535 in five", "1a0000ffff", "long_form", 0),
        ("2^32 - 1 in nine", "1b00000000ffffffff", "long_form", 0),
        ("-24 in two", "3817", "long_form", 0),
        ("a byte string's length in two", "580100", "long_form", 0),
        ("a key's length in two", "a1 780161 00", "long_form", 1),
        ("indefinite byte string", "5f 4100 ff", "indefinite", 0),
        ("indefinite text", "7f 6161 ff", "indefinite", 0),
        ("indefinite array inside", "82 00 9f ff", "indefinite", 2),
        ("indefinite map", "bf ff", "indefinite", 0),
        ("break by itself", "ff", "indefinite", 0),
        ("tag", "c1 00", "tag", 0),
        ("tag inside", "82 00 d903e8 00", "tag", 2),
        ("half float", "f93c00", "float", 0),
        ("single float", "fa3f800000", "float", 0),
        ("double float", "fb3ff0000000000000", "float", 0),
        ("null", "f6", "null", 0),
        ("undefined", "f7", "null", 0),
        ("null as a value", "a1 6161 f6", "null", 3),
        ("unassigned simple value", "e5", "reserved", 0),
        ("simple value in two bytes", "f8ff", "reserved", 0),
        ("reserved length", "1c", "reserved", 0),
        ("2^53", "1b0020000000000000", "integer_range", 0),
        ("-2^53", "3b001fffffffffffff", "integer_range", 0),
        ("keys out of order", "a2 6162 00 6161 00", "key_order", 4),
        ("a longer key before a shorter one", "a2 626161 00 6162 00", "key_order", 5),
        ("the same key twice", "a2 6161 00 6161 01", "key_twice", 4),
        ("a number as key", "a1 01 00", "key_type", 1),
        ("bytes as key", "a1 4161 00", "key_type", 1),
        ("overlong UTF-8", "62 c080", "utf8", 0),
        ("half a surrogate pair", "63 eda080", "utf8", 0),
        ("nothing", "", "truncated", 0),
        ("half a head", "19 00", "truncated", 0),
        ("a string longer than the rest", "44 000102", "truncated", 0),
        ("a string longer than any memory", "5bffffffffffffffff 00", "truncated", 0),
        ("an array with an item missing", "82 00", "truncated", 2),
        ("a key without value", "a1 6161", "truncated", 3),
        ("a second item", "00 00", "trailing", 1),
        ("nine deep", "818181818181818181 00", "too_deep", 8),
    ];
    let mut cases: Vec<(String, Value, Value)> = cases
        .iter()
        .map(|(name, hex, fault, offset)| (name.to_string(), input(hex), json!({"fault": fault, "offset": offset})))
        .collect();
    let long = json!({"bytes": "43 000102", "length": 3, "depth": 8});
    cases.push(("a byte longer than permitted".into(), long, json!({"fault": "too_long", "offset": 3})));
    File {
        name: "canonical_cbor_bad",
        kind: "canonical_cbor",
        purpose: "Every way to break the one permitted encoding, with the fault and the offset of the item at fault.",
        shared: None,
        format: format(json!({"fault": "the rule broken", "offset": "of the item at fault, in bytes"})),
        cases,
    }
}
