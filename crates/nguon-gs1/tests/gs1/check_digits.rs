//! GS1 keys hold what their check digit promises, and no more.

use crate::values;
use nguon_gs1::{Fault, Gln, Gs1Prefix, Gtin, GtinKind, Lot, Part, Serial, Sscc, check_digit};
use proptest::prelude::*;

#[test]
fn numbers_published_by_gs1_are_accepted() {
    // General Specifications, the Digital Link standard, GS1's syntax engine and check digit page.
    let published = [
        ("09521234543213", "09521234543213", GtinKind::Gtin13),
        ("09520123456788", "09520123456788", GtinKind::Gtin13),
        ("9520123456788", "09520123456788", GtinKind::Gtin13),
        ("6291041500213", "06291041500213", GtinKind::Gtin13),
        ("2112345678900", "02112345678900", GtinKind::Gtin13),
        ("416000336108", "00416000336108", GtinKind::Gtin12),
        ("614141123452", "00614141123452", GtinKind::Gtin12),
        ("0614141123452", "00614141123452", GtinKind::Gtin12),
        ("02345673", "00000002345673", GtinKind::Gtin8),
        ("96385074", "00000096385074", GtinKind::Gtin8),
        ("12312312312333", "12312312312333", GtinKind::Gtin14),
    ];
    for (text, stored, kind) in published {
        let gtin: Gtin = text.parse().unwrap();
        assert_eq!((gtin.as_str(), gtin.kind()), (stored, kind), "{text}");
        assert_eq!(gtin.unpadded().len(), kind.digits());
        assert_eq!(gtin.unpadded().parse(), Ok(gtin));
    }
    // The longest run of zeros that a GTIN-12 can begin with: prefixes 000001 to 000009 in 14 digits.
    let upc = Gtin::from_payload("0000012345678").unwrap();
    assert_eq!(upc.kind(), GtinKind::Gtin12);
    for sscc in ["376104250021234569", "106141412345678908", "006141411234567890"] {
        assert_eq!(sscc.parse::<Sscc>().unwrap().as_str(), sscc);
    }
    assert!("9520123456788".parse::<Gln>().is_ok());
}

#[test]
fn a_refusal_names_the_place_and_the_reason() {
    let gtin = |text: &str| text.parse::<Gtin>().map_err(|e| (e.part, e.at, e.fault));
    let refused = |at, fault| Err((Part::Gtin, at, fault));
    let length = |found| Fault::Length { found, allowed: "8, 12, 13 or 14" };

    assert_eq!(gtin(""), refused(0, Fault::Empty));
    assert_eq!(gtin("0952123454321"), refused(12, Fault::CheckDigit { expected: '4', found: '1' }));
    assert_eq!(gtin("952123454"), refused(0, length(9)));
    assert_eq!(gtin("009521234543213"), refused(0, length(15)));
    assert_eq!(gtin("0952123454321O"), refused(13, Fault::NotADigit('O')));
    assert_eq!(gtin("0952 123454321"), refused(4, Fault::NotADigit(' ')));
    assert_eq!(gtin("0952１234543213"), refused(4, Fault::NotADigit('１')));
    assert_eq!(gtin("00000000000000"), refused(0, Fault::AllZeros));
    assert_eq!(gtin("00000000"), refused(0, Fault::AllZeros));
    assert_eq!(Gtin::from_payload("0000000000000").unwrap_err().fault, Fault::AllZeros);
    assert_eq!(Gtin::from_payload("095212345432").unwrap_err().fault, Fault::Length { found: 12, allowed: "13" });
    assert_eq!(check_digit("").unwrap_err().fault, Fault::Empty);
    assert_eq!(check_digit("12a").unwrap_err().at, 2);
}

#[test]
fn character_set_82_is_exactly_the_82_characters() {
    assert_eq!(values::SET_82.chars().count(), 82);
    for c in ('\0'..='\u{2FF}').filter(|&c| c != '.') {
        let accepted = c.to_string().parse::<Lot>().is_ok();
        assert_eq!(accepted, values::SET_82.contains(c), "{c:?}");
    }
    let lot = |text: &str| text.parse::<Lot>().map_err(|e| (e.at, e.fault));
    assert_eq!(lot("Vải-1"), Err((1, Fault::NotInSet82('ả'))));
    assert_eq!(lot(""), Err((0, Fault::Empty)));
    assert_eq!(lot(&"A".repeat(21)), Err((0, Fault::Length { found: 21, allowed: "1 to 20" })));
    assert_eq!(lot("."), Err((0, Fault::DotSegment)));
    assert_eq!(lot(".."), Err((0, Fault::DotSegment)));
    assert!(lot("...").is_ok());
    assert_eq!("~".parse::<Serial>().unwrap_err().part, Part::Serial);
}

#[test]
fn a_prefix_is_compared_after_the_indicator_digit() {
    let prefix = |text: &str| text.parse::<Gs1Prefix>().unwrap();
    let case: Gtin = "19521234543210".parse().unwrap();
    assert!(case.has_prefix(&prefix("9521234")));
    assert!(!case.has_prefix(&prefix("1952")));
    assert!(!case.has_prefix(&prefix("9521235")));
    let upc: Gtin = "614141123452".parse().unwrap();
    assert!(upc.has_prefix(&prefix("0614141")));
    // A GTIN-8 comes from a GS1-8 Prefix, so no company prefix covers it.
    let small: Gtin = "02345673".parse().unwrap();
    assert!(!small.has_prefix(&prefix("0000")));
    assert!("9520123456788".parse::<Gln>().unwrap().has_prefix(&prefix("952012345678")));
    assert!("376104250021234569".parse::<Sscc>().unwrap().has_prefix(&prefix("7610425")));

    assert!(prefix("9521").contains(&prefix("952123")));
    assert!(!prefix("952123").contains(&prefix("9521")));
    for bad in ["", "952", "9521234567890", "95x1"] {
        assert_eq!(bad.parse::<Gs1Prefix>().unwrap_err().part, Part::CompanyPrefix, "{bad}");
    }
}

proptest! {
    #[test]
    fn the_computed_check_digit_is_the_accepted_one(payload in "[0-9]{12}[1-9]") {
        let gtin = Gtin::from_payload(&payload).unwrap();
        let written = format!("{payload}{}", check_digit(&payload).unwrap());
        prop_assert_eq!(gtin.as_str(), &written);
        prop_assert_eq!(written.parse(), Ok(gtin));
    }

    #[test]
    fn one_changed_digit_is_always_caught(
        gtin in values::gtin(),
        at in 0_usize..14,
        step in 1_u8..10,
    ) {
        let mut digits = gtin.to_string().into_bytes();
        digits[at] = b'0' + (digits[at] - b'0' + step) % 10;
        let text = String::from_utf8(digits).unwrap();
        prop_assert!(text.parse::<Gtin>().is_err());
    }

    /// The known limit of weights 3 and 1: 3a + b and 3b + a differ by 2(a − b).
    #[test]
    fn swapped_neighbours_are_caught_unless_they_differ_by_five(
        gtin in values::gtin(),
        at in 0_usize..13,
    ) {
        let mut digits: Vec<char> = gtin.to_string().chars().collect();
        let (a, b) = (digits[at], digits[at + 1]);
        digits.swap(at, at + 1);
        let accepted = String::from_iter(digits).parse::<Gtin>().is_ok();
        prop_assert_eq!(accepted, u32::from(a).abs_diff(u32::from(b)) % 5 == 0);
    }

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        let _ = text.parse::<Gtin>();
        let _ = text.parse::<Gln>();
        let _ = text.parse::<Sscc>();
        let _ = text.parse::<Gs1Prefix>();
        let _ = text.parse::<Lot>();
        let _ = Gtin::from_payload(&text);
        let _ = check_digit(&text);
    }

    #[test]
    fn numbers_of_any_length_never_panic(text in "[0-9]{0,40}") {
        let _ = text.parse::<Gtin>();
        let _ = text.parse::<Sscc>();
        let _ = Sscc::from_payload(&text);
        let _ = check_digit(&text);
    }
}
