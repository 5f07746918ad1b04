//! Values to test with.

use nguon_gs1::{Commitment, Gtin, LabelCode, Lot, Serial, UriStem, Variant};
use proptest::prelude::*;

/// The GS1 AI encodable character set 82, spelt out from General Specifications §7.11.
pub const SET_82: &str = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

pub fn gtin() -> impl Strategy<Value = Gtin> {
    "[0-9]{13}"
        .prop_filter("GS1 issues no key of zeros", |payload| payload.contains(|c| c != '0'))
        .prop_map(|payload| Gtin::from_payload(&payload).unwrap())
}

/// 1 to 20 characters of set 82 that a path can carry.
pub fn qualifier() -> impl Strategy<Value = String> {
    let character = proptest::sample::select(SET_82.chars().collect::<Vec<_>>());
    proptest::collection::vec(character, 1..=20)
        .prop_map(String::from_iter)
        .prop_filter("dot segments", |text| text != "." && text != "..")
}

pub fn lot() -> impl Strategy<Value = Lot> {
    qualifier().prop_map(|text| text.parse().unwrap())
}

pub fn serial() -> impl Strategy<Value = Serial> {
    qualifier().prop_map(|text| text.parse().unwrap())
}

pub fn variant() -> impl Strategy<Value = Variant> {
    qualifier().prop_map(|text| text.parse().unwrap())
}

pub fn code() -> impl Strategy<Value = LabelCode> {
    (
        gtin(),
        lot(),
        proptest::option::of(variant()),
        proptest::option::of(serial()),
        proptest::option::of(any::<[u8; 16]>()),
    )
        .prop_map(|(gtin, lot, variant, serial, commitment)| {
            let mut code = LabelCode::new(gtin, lot);
            if let Some(variant) = variant {
                code = code.with_variant(variant);
            }
            if let Some(serial) = serial {
                code = code.with_serial(serial);
            }
            if let Some(bytes) = commitment {
                code = code.with_commitment(Commitment::new(bytes));
            }
            code
        })
}

pub fn stem() -> impl Strategy<Value = UriStem> {
    r"https?://[a-z0-9-]{1,12}(\.[a-z]{2,8}){1,2}(:[1-9][0-9]{1,3})?(/[a-z~;@!-]{1,8}|/%2F[0-9]){0,3}"
        .prop_map(|text| text.parse().unwrap())
}
