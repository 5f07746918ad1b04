//! The one-pass check accepts exactly what an independent reader (ciborium) parses and an independent encoder writes back
//! byte for byte.

use ciborium::Value;
use nguon_core::cbor::{Limits, check};
use proptest::prelude::*;

use crate::strategies;

const LIMITS: Limits = Limits { length: 4096, depth: 8 };

/// What the check should say, by another road: parse into values, refuse those we do not use, write them back in
/// deterministic form, compare.
pub fn oracle(bytes: &[u8], depth: usize) -> bool {
    let mut rest = bytes;
    let Ok(value) = ciborium::from_reader::<Value, _>(&mut rest) else { return false };
    let mut again = Vec::new();
    rest.is_empty() && write(&value, depth, &mut again) && again == bytes
}

/// RFC 8949 §4.2.1, over the values of our subset; `false` for any other.
fn write(value: &Value, depth: usize, out: &mut Vec<u8>) -> bool {
    match value {
        Value::Integer(integer) => {
            let number = i128::from(*integer);
            let safe = (1_i128 << 53) - 1;
            let (major, argument) = if number < 0 { (1, -1 - number) } else { (0, number) };
            write_head(major, u64::try_from(argument).unwrap(), out);
            (-safe..=safe).contains(&number)
        }
        Value::Bytes(bytes) => {
            write_head(2, bytes.len() as u64, out);
            out.extend(bytes);
            true
        }
        Value::Text(text) => {
            write_head(3, text.len() as u64, out);
            out.extend(text.as_bytes());
            true
        }
        Value::Bool(value) => {
            out.push(if *value { 0xf5 } else { 0xf4 });
            true
        }
        Value::Array(items) => {
            write_head(4, items.len() as u64, out);
            depth > 0 && items.iter().all(|item| write(item, depth - 1, out))
        }
        Value::Map(entries) => {
            write_head(5, entries.len() as u64, out);
            let mut sorted = std::collections::BTreeMap::new();
            for (key, value) in entries {
                let (mut key_bytes, mut value_bytes) = (Vec::new(), Vec::new());
                let sound = key.is_text()
                    && depth > 0
                    && write(key, depth - 1, &mut key_bytes)
                    && write(value, depth - 1, &mut value_bytes);
                if !sound || sorted.insert(key_bytes, value_bytes).is_some() {
                    return false;
                }
            }
            for (key, value) in sorted {
                out.extend(key);
                out.extend(value);
            }
            true
        }
        _ => false,
    }
}

fn write_head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let bytes = argument.to_be_bytes();
    let (info, width) = match argument {
        0..=23 => (bytes[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend(&bytes[8 - width..]);
}

/// Any value ciborium can write, ours and others.
fn value() -> impl Strategy<Value = Value> {
    let safe = (1_i64 << 53) - 1;
    let leaf = prop_oneof![
        4 => strategies::number(0, u64::MAX).prop_map(|number| Value::Integer(number.into())),
        2 => any::<i64>().prop_map(|number| Value::Integer(number.into())),
        2 => (-safe - 2..=-safe + 2).prop_map(|number| Value::Integer(number.into())),
        4 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        4 => ".{0,30}".prop_map(Value::Text),
        2 => any::<bool>().prop_map(Value::Bool),
        1 => any::<f64>().prop_map(Value::Float),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(10, 48, 6, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            6 => prop::collection::vec(("[a-c]{0,3}".prop_map(Value::Text), inner.clone()), 0..5).prop_map(Value::Map),
            1 => prop::collection::vec((inner.clone(), inner.clone()), 0..3).prop_map(Value::Map),
            1 => (0_u64..300, inner).prop_map(|(tag, inner)| Value::Tag(tag, Box::new(inner))),
        ]
    })
}

/// The value in deterministic form where it has one, as ciborium writes it where not.
fn encoded(value: &Value) -> Vec<u8> {
    let mut ours = Vec::new();
    if write(value, 12, &mut ours) {
        return ours;
    }
    let mut theirs = Vec::new();
    ciborium::into_writer(value, &mut theirs).unwrap();
    theirs
}

/// Small damage that keeps much of the structure: a byte changed, taken out, put in or doubled.
pub fn damaged(mut bytes: Vec<u8>, cuts: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    for (at, how, byte) in cuts {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match how % 4 {
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.remove(at)),
            _ => bytes[at] ^= 1 << (byte % 8),
        }
    }
    bytes
}

pub fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8, u8)>(), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn over_whole_values(value in value()) {
        let bytes = encoded(&value);
        prop_assert_eq!(check(&bytes, LIMITS).is_ok(), oracle(&bytes, LIMITS.depth));
    }

    #[test]
    fn over_damaged_values(value in value(), damage in damage()) {
        let bytes = damaged(encoded(&value), &damage);
        prop_assert_eq!(check(&bytes, LIMITS).is_ok(), oracle(&bytes, LIMITS.depth), "{:02x?}", bytes);
    }

    #[test]
    fn over_noise(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
        prop_assert_eq!(check(&bytes, LIMITS).is_ok(), oracle(&bytes, LIMITS.depth));
    }

    #[test]
    fn over_damaged_records(record in strategies::record(), damage in damage()) {
        let bytes = damaged(record.to_payload().unwrap(), &damage);
        prop_assert_eq!(check(&bytes, LIMITS).is_ok(), oracle(&bytes, LIMITS.depth));
    }

    /// The depth is counted as documented: the outermost array or map is one.
    #[test]
    fn depth_counts_the_outermost(depth in 0_usize..12, limit in 0_usize..10) {
        let mut bytes = vec![0x81; depth];
        bytes.push(0);
        prop_assert_eq!(check(&bytes, Limits { length: 64, depth: limit }).is_ok(), depth <= limit);
    }

    /// Every offset an error names lies within the bytes, or just behind them where they end early.
    #[test]
    fn an_offset_lies_within(value in value(), damage in damage()) {
        let bytes = damaged(encoded(&value), &damage);
        if let Err(error) = check(&bytes, LIMITS) {
            prop_assert!(error.offset <= bytes.len());
        }
    }
}

/// Every pair and triple of bytes, without exception.
#[test]
fn over_every_short_string() {
    let mut bytes = [0_u8; 3];
    for word in 0..=0x00ff_ffff_u32 {
        bytes.copy_from_slice(&word.to_be_bytes()[1..]);
        // The oracle is slow, so it is asked about each pair and about triples that begin with one of every kind of head.
        let worth_asking =
            bytes[2] == 0 || matches!(bytes[0], 0x18 | 0x19 | 0x38 | 0x41 | 0x42 | 0x61 | 0x62 | 0x81 | 0x82 | 0xa1);
        if worth_asking {
            assert_eq!(check(&bytes, LIMITS).is_ok(), oracle(&bytes, LIMITS.depth), "{bytes:02x?}");
        }
        if bytes[2] == 0 {
            assert_eq!(check(&bytes[..2], LIMITS).is_ok(), oracle(&bytes[..2], LIMITS.depth), "{bytes:02x?}");
        }
    }
}
