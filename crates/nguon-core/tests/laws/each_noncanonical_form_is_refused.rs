//! Every way to write a record's payload that is not the one permitted: each has a fault of its own, at its very byte.

use nguon_core::cbor::CanonicalFault::{
    Float, Indefinite, IntegerRange, KeyOrder, KeyTwice, KeyType, LongForm, Null, Reserved, Tag, TooDeep, TooLong,
    Trailing, Truncated, Utf8,
};
use nguon_core::cbor::{CanonicalFault, Limits, check};
use nguon_core::record::{LIMITS, Record, RecordError};

/// Hexadecimal with spaces, the fault and its offset.
const CASES: &[(&str, CanonicalFault, usize)] = &[
    // lengths and integers longer than they need be, at each width and for each kind
    ("1817", LongForm, 0),
    ("1900ff", LongForm, 0),
    ("1a0000ffff", LongForm, 0),
    ("1b00000000ffffffff", LongForm, 0),
    ("3817", LongForm, 0),
    ("5800", LongForm, 0),
    ("7801 61", LongForm, 0),
    ("9801 00", LongForm, 0),
    ("b801 6161 00", LongForm, 0),
    ("a1 780161 00", LongForm, 1),
    ("82 00 1800", LongForm, 2),
    // indefinite lengths, and a break by itself
    ("5f ff", Indefinite, 0),
    ("7f ff", Indefinite, 0),
    ("9f ff", Indefinite, 0),
    ("bf ff", Indefinite, 0),
    ("82 00 9fff", Indefinite, 2),
    ("1f", Indefinite, 0),
    ("ff", Indefinite, 0),
    // kinds of value that records do not use
    ("c0 00", Tag, 0),
    ("d818 00", Tag, 0),
    ("82 00 c1 00", Tag, 2),
    ("f90000", Float, 0),
    ("fa00000000", Float, 0),
    ("fb0000000000000000", Float, 0),
    ("f6", Null, 0),
    ("f7", Null, 0),
    ("a1 6161 f6", Null, 3),
    ("e0", Reserved, 0),
    ("f3", Reserved, 0),
    ("f8ff", Reserved, 0),
    ("fc", Reserved, 0),
    ("1c", Reserved, 0),
    ("5e", Reserved, 0),
    // integers beyond what JSON readers agree on
    ("1b0020000000000000", IntegerRange, 0),
    ("3b001fffffffffffff", IntegerRange, 0),
    ("81 1bffffffffffffffff", IntegerRange, 1),
    // keys
    ("a2 6162 00 6161 00", KeyOrder, 4),
    ("a2 626161 00 6162 00", KeyOrder, 5),
    ("a2 6161 00 6161 00", KeyTwice, 4),
    ("a1 00 00", KeyType, 1),
    ("a1 4161 00", KeyType, 1),
    ("a1 81 00 00", KeyType, 1),
    // text
    ("61 ff", Utf8, 0),
    ("62 c080", Utf8, 0),
    ("63 eda080", Utf8, 0),
    // ends and depth
    ("", Truncated, 0),
    ("18", Truncated, 0),
    ("42 00", Truncated, 0),
    ("5bffffffffffffffff", Truncated, 0),
    ("82 00", Truncated, 2),
    ("9bffffffffffffffff 00", Truncated, 10),
    ("a1 6161", Truncated, 3),
    ("00 00", Trailing, 1),
    ("a0 a0", Trailing, 1),
    ("818181818181818181 00", TooDeep, 8),
    ("a16161a16161a16161a16161a16161a16161a16161a16161 a0", TooDeep, 24),
];

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|byte| *byte != b' ').collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn with_its_fault_at_its_byte() {
    for (hex, fault, offset) in CASES {
        let error = check(&bytes(hex), LIMITS).expect_err(hex);
        assert_eq!((error.fault, error.offset), (*fault, *offset), "{hex}");
        assert_eq!(error.to_string(), format!("{fault} at byte {offset}"));
        let refused = Record::from_payload(&bytes(hex)).expect_err(hex);
        assert!(matches!(refused, RecordError::Cbor(nguon_core::cbor::CborError::Canonical(found)) if found == error));
    }
}

#[test]
fn too_long_is_refused_before_it_is_read() {
    let error = check(&[0xff; 65], Limits { length: 64, depth: 8 }).unwrap_err();
    assert_eq!((error.fault, error.offset), (TooLong, 64));
}

/// What lies just inside each limit is taken.
#[test]
fn the_neighbours_are_accepted() {
    let good = [
        "17",
        "1818",
        "18ff",
        "190100",
        "19ffff",
        "1a00010000",
        "1b0000000100000000",
        "1b001fffffffffffff",
        "3b001ffffffffffffe",
        "37",
        "40",
        "60",
        "80",
        "a0",
        "f4",
        "f5",
        "a2 6161 00 6162 00",
        "a2 6162 00 626161 00",
        "8181818181818181 00",
        "63 e1ba a3",
    ];
    for hex in good {
        assert_eq!(check(&bytes(hex), LIMITS), Ok(()), "{hex}");
    }
}
