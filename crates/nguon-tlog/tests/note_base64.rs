//! Base64 agrees with the `base64` crate on every text, and a string of bytes has one spelling.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tlog::base64::{decode, encode};
use proptest::prelude::*;

#[test]
fn the_worked_examples_of_rfc_4648_hold() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(encode(bytes.as_bytes()), text);
        assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
    }
}

#[test]
fn a_second_spelling_is_refused() {
    for text in
        ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "====", "=", "Zg==Zg==", "Z=g=", "Zm9v\n", "Zm 9v", "Zm9_", "ệZm9"]
    {
        assert_eq!(decode(text), None, "{text:?}");
    }
}

proptest! {
    #[test]
    fn bytes_are_spelled_as_the_base64_crate_spells_them(bytes: Vec<u8>) {
        let text = encode(&bytes);
        prop_assert_eq!(&text, &STANDARD.encode(&bytes));
        prop_assert_eq!(decode(&text), Some(bytes));
    }

    #[test]
    fn a_text_is_read_as_the_base64_crate_reads_it(text in "[A-Da-d0-3+/=\n-]{0,12}|[ -~à-ỹ]{0,12}") {
        prop_assert_eq!(decode(&text), STANDARD.decode(&text).ok());
    }
}
