//! What people and hand-held scanners enter from a label.

use crate::values;
use nguon_gs1::{Ai, Error, Fault, Part, TypedCode};
use proptest::prelude::*;

fn read(text: &str) -> String {
    text.parse::<TypedCode>().unwrap().code().to_string()
}

#[track_caller]
fn assert_refused(text: &str, part: Part, place: &str, fault: &Fault) {
    let error = text.parse::<TypedCode>().unwrap_err();
    let at = if place.is_empty() { text.len() } else { text.rfind(place).unwrap() };
    assert_eq!((error.part, error.at, &error.fault), (part, at, fault), "{text}");
}

#[test]
fn the_line_under_the_symbol_is_read_however_it_is_spaced() {
    let expected = "(01)09521234543213(10)ABC123";
    for text in [
        "(01)09521234543213(10)ABC123",
        "  (01) 09521234543213 (10) ABC123\n",
        "( 01 ) 0952 1234 5432 13\u{A0}(10) ABC 123",
        "(10)ABC123(01)09521234543213",
        "(01)9521234543213(10)ABC123",
        "010952123454321310ABC123",
        "01 09521234543213 10 ABC123",
        "]C1010952123454321310ABC123",
        "]Q3010952123454321310ABC123\u{1D}",
        "/01/09521234543213/10/ABC123",
        "nguon.example/01/09521234543213/10/ABC123",
        "nguon.example/01/09521234543213/10/ABC123?from=https://zalo.example/",
        " https://nguon.example/01/09521234543213/10/ABC123 ",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert_eq!(read("(01)09521234543213(22)2A(10)A(B)(21)7"), "(01)09521234543213(22)2A(10)A(B)(21)7");
    assert_eq!(read("010952123454321310ABC\u{1D}210042"), "(01)09521234543213(10)ABC(21)0042");
}

#[test]
fn a_typed_link_says_where_it_leads() {
    let typed: TypedCode = "Nguon.example:8443/vn/01/9521234543213/10/A%2FB".parse().unwrap();
    assert_eq!(typed.stem().unwrap().as_str(), "https://nguon.example:8443/vn");
    assert_eq!(typed.into_code().to_string(), "(01)09521234543213(10)A/B");
}

#[test]
fn a_mistake_is_pointed_at_where_it_was_typed() {
    let wrong = Fault::CheckDigit { expected: '3', found: '4' };
    assert_refused("(01) 0952 1234 5432 14 (10) A", Part::Gtin, "4 (10)", &wrong);
    assert_refused("0109521234543214 10 A", Part::Gtin, "4 10", &wrong);
    assert_refused("  a.vn/01/09521234543214/10/A", Part::Gtin, "4/10", &wrong);
    assert_refused("(01)O9521234543213(10)A", Part::Gtin, "O", &Fault::NotADigit('O'));
    assert_refused("(01)09521234543213(10)Lô 1", Part::Lot, "ô", &Fault::NotInSet82('ô'));
    assert_refused("(01)09521234543213", Part::Code, "", &Fault::NoLot);
    assert_refused("0109521234543213", Part::Code, "", &Fault::NoLot);
    assert_refused("(10)A", Part::Code, "", &Fault::NoGtin);
    assert_refused("(01)(10)A", Part::Gtin, "(10)", &Fault::Empty);
    assert_refused("(01)09521234543213(10) ", Part::Lot, " ", &Fault::Empty);
    let other = Fault::UnknownAi("17".into());
    assert_refused("(01)09521234543213(17)261231(10)A", Part::Ai, "17)", &other);
    assert_refused("01095212345432131726123110A", Part::Ai, "1726", &other);
    let twice = Fault::Duplicate(Ai::Lot);
    assert_refused("(01)09521234543213(10)A(10)B", Part::Ai, "10)B", &twice);
    for text in ["ABC123", "(", "(x)1", "(1)1", "(12345)1", "]C1", "01", "()"] {
        assert_refused(text, Part::Code, text, &Fault::NotACode);
    }
    assert_refused("", Part::Code, "", &Fault::Empty);
    assert_refused(" \t", Part::Code, "", &Fault::Empty);
    assert_refused("a b/01/09521234543213/10/A", Part::Host, " b", &Fault::NotInUri(' '));
}

/// A lot such as `A(10)B` looks like two values; it is typed as a link.
fn looks_like_an_ai(value: &str) -> bool {
    value
        .split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .any(|(digits, _)| (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

proptest! {
    #[test]
    fn the_printed_line_is_read_back(code in values::code(), spaces in any::<[bool; 80]>()) {
        let values = [Some(code.lot().as_str()), code.variant().map(|v| v.as_str()), code.serial().map(|s| s.as_str())];
        prop_assume!(!values.into_iter().flatten().any(looks_like_an_ai));
        let mut typed = String::new();
        for (c, space) in code.to_string().chars().zip(spaces.into_iter().cycle()) {
            typed.push(c);
            if space {
                typed.push(' ');
            }
        }
        prop_assert_eq!(read(&typed), code.to_string());
    }

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        let _ = text.parse::<TypedCode>();
        let _ = format!("(01){text}").parse::<TypedCode>();
        let _ = format!("]{text}").parse::<TypedCode>();
        let _ = format!("0109521234543213{text}").parse::<TypedCode>();
        let _ = format!("a/{text}").parse::<TypedCode>();
    }

    #[test]
    fn an_error_points_into_the_text(text in "[(01)20 /\u{1D}ảA\\]]{0,40}") {
        if let Err(Error { at, .. }) = text.parse::<TypedCode>() {
            prop_assert!(text.is_char_boundary(at), "{at} in {text:?}");
        }
    }
}
