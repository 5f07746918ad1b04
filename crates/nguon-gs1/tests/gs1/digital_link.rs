//! Digital Link URIs: read as the standard writes them, written in one way, refused with reasons.

use crate::values;
use nguon_gs1::{Ai, Commitment, DigitalLink, Error, Fault, LabelCode, Part, UriStem};
use proptest::prelude::*;

const LINK: &str = "https://nguon.example/01/09521234543213/10/ABC123#AAECAwQFBgcICQoLDA0ODw";

fn parse(text: &str) -> Result<DigitalLink, Error> {
    text.parse()
}

/// What `text` is refused for; `at` is the first character of the last occurrence of `place`.
#[track_caller]
fn assert_refused(text: &str, part: Part, place: &str, fault: &Fault) {
    let error = parse(text).unwrap_err();
    let at = if place.is_empty() { text.len() } else { text.rfind(place).unwrap() };
    assert_eq!((error.part, error.at, &error.fault), (part, at, fault), "{text}");
}

#[test]
fn examples_of_the_standard_are_read() {
    let read = |text: &str| {
        let link = parse(text).unwrap();
        (link.stem().to_string(), link.code().to_string())
    };
    let expected = |stem: &str, code: &str| (stem.to_owned(), code.to_owned());
    assert_eq!(
        read("https://id.gs1.org/01/09520123456788/10/ABC123"),
        expected("https://id.gs1.org", "(01)09520123456788(10)ABC123")
    );
    assert_eq!(
        read("https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=180426"),
        expected("https://id.gs1.org", "(01)09520123456788(10)ABC1(21)12345")
    );
    assert_eq!(
        read("https://brand.example.com/some-extra/pathinfo/01/9520123456788/22/2A/10/a/21/b"),
        expected("https://brand.example.com/some-extra/pathinfo", "(01)09520123456788(22)2A(10)a(21)b")
    );
    // From GS1's syntax engine: `+` is itself in a path, escapes may be in lower case.
    assert_eq!(
        read("HTTPS://A:65535/01/12312312312333/22/ABC%2d123/10/ABC+123"),
        expected("https://a:65535", "(01)12312312312333(22)ABC-123(10)ABC+123")
    );
}

#[test]
fn what_is_not_unreserved_is_escaped_in_upper_case() {
    let lot = "!\"%&'()*+,-./:;<=>?_";
    let code = LabelCode::new("09521234543213".parse().unwrap(), lot.parse().unwrap());
    let link = DigitalLink::new("http://localhost:8080".parse().unwrap(), code);
    let written = "http://localhost:8080/01/09521234543213/10/\
                   %21%22%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F_";
    assert_eq!(link.to_string(), written);
    assert_eq!(parse(written), Ok(link));
}

#[test]
fn a_page_reads_its_own_location() {
    let code = DigitalLink::parse_path("/vn/01/09521234543213/10/A%2FB?fbclid=x#AAECAwQFBgcICQoLDA0ODw");
    let code = code.unwrap();
    assert_eq!(code.to_string(), "(01)09521234543213(10)A/B");
    assert_eq!(code.commitment().map(|c| c.as_bytes()[15]), Some(15));
    let fault = |path| DigitalLink::parse_path(path).map_err(|e| (e.at, e.fault));
    assert_eq!(fault("01/09521234543213/10/A"), Err((0, Fault::NoLeadingSlash)));
    assert_eq!(fault(""), Err((0, Fault::NoLeadingSlash)));
    assert_eq!(fault("/"), Err((1, Fault::NoGtin)));
    assert_eq!(fault("//01/09521234543213/10/A"), Err((1, Fault::EmptySegment)));
}

#[test]
fn the_address_is_checked() {
    let scheme = |text| assert_refused(text, Part::Scheme, text, &Fault::Scheme);
    scheme("ftp://nguon.example/01/09521234543213/10/A");
    scheme("nguon.example/01/09521234543213/10/A");
    scheme("/01/09521234543213/10/A");
    let host = |text, place, fault| assert_refused(text, Part::Host, place, &fault);
    host("https:///01/09521234543213/10/A", "/01", Fault::Empty);
    host("https://:80/01/09521234543213/10/A", ":80", Fault::Empty);
    host("https://a..b/01/09521234543213/10/A", ".b", Fault::Empty);
    host("https://a_b/01/09521234543213/10/A", "_", Fault::NotInUri('_'));
    host("https://vải.vn/01/09521234543213/10/A", "ải", Fault::NotInUri('ả'));
    host("https://nguon.example@evil.example/01/09521234543213/10/A", "@", Fault::UserInfo);
    host("https://[::1]/01/09521234543213/10/A", "[", Fault::NotInUri('['));
    for port in ["", "0", "080", "65536", "8o", "-1", "1:2"] {
        let text = format!("https://a:{port}/01/09521234543213/10/A");
        let error = parse(&text).unwrap_err();
        assert_eq!((error.part, error.at, error.fault), (Part::Port, 10, Fault::Port), "{text}");
    }
}

#[test]
fn the_path_is_checked() {
    let path = |text: &str, place: &str, fault| {
        assert_refused(&format!("https://a{text}"), Part::Path, place, &fault);
    };
    path("", "", Fault::NoGtin);
    path("/", "", Fault::NoGtin);
    path("/00/006141411234567890", "", Fault::NoGtin);
    path("/gtin/09521234543213/lot/A", "", Fault::NoGtin);
    path("/01/09521234543213", "", Fault::NoLot);
    path("/01/09521234543213/21/A", "", Fault::NoLot);
    path("/01/09521234543213/", "/", Fault::TrailingSlash);
    path("/01/09521234543213/10/A/", "/", Fault::TrailingSlash);
    path("//01/09521234543213/10/A", "/01", Fault::EmptySegment);
    path("/b/../01/09521234543213/10/A", "..", Fault::DotSegment);
    path("/b/%2E/01/09521234543213/10/A", "%2E", Fault::DotSegment);
    path("/b/%2e./01/09521234543213/10/A", "%2e.", Fault::DotSegment);
    path("/b c/01/09521234543213/10/A", " ", Fault::NotInUri(' '));
    path("/b%2/01/09521234543213/10/A", "%2", Fault::Escape);

    let ai = |text: &str, place: &str, fault| {
        assert_refused(&format!("https://a{text}"), Part::Ai, place, &fault);
    };
    ai("/01/09521234543213/10/A/10/B", "10/B", Fault::Duplicate(Ai::Lot));
    ai("/01/09521234543213/10/A/21/B/10/A", "10/A", Fault::Duplicate(Ai::Lot));
    ai("/01/09521234543213/01/09521234543213", "01/", Fault::Duplicate(Ai::Gtin));
    let late = |ai, after| Fault::OutOfOrder { ai, after };
    ai("/01/09521234543213/21/A/10/B", "10/", late(Ai::Lot, Ai::Serial));
    ai("/01/09521234543213/10/A/22/B", "22/", late(Ai::Variant, Ai::Lot));
    ai("/01/09521234543213/10/A/17/261231", "17/", Fault::UnknownAi("17".into()));
    ai("/01/09521234543213/10/A/ 21/x", " 21", Fault::UnknownAi(" 21".into()));
    ai("/01/09521234543213/%31%30/A", "%31", Fault::UnknownAi("%31%30".into()));
    ai("/01/09521234543213/10/A//21/x", "/21", Fault::Empty);
}

#[test]
fn the_values_are_checked() {
    let value = |text: &str, part, place: &str, fault| {
        assert_refused(&format!("https://a{text}"), part, place, &fault);
    };
    let check_digit = Fault::CheckDigit { expected: '3', found: '4' };
    value("/01", Part::Gtin, "", Fault::NoValue(Ai::Gtin));
    value("/01/", Part::Gtin, "", Fault::Empty);
    value("/01//10/A", Part::Gtin, "/10", Fault::Empty);
    value("/01/09521234543214/10/A", Part::Gtin, "4/10", check_digit);
    value("/01/0952123454321x/10/A", Part::Gtin, "x", Fault::NotADigit('x'));
    value("/01/09521234543213/10", Part::Lot, "", Fault::NoValue(Ai::Lot));
    value("/01/09521234543213/10/", Part::Lot, "", Fault::Empty);
    value("/01/09521234543213/10//21/A", Part::Lot, "/21", Fault::Empty);
    value("/01/09521234543213/10/A\"", Part::Lot, "\"", Fault::NotInUri('"'));
    value("/01/09521234543213/10/Vải", Part::Lot, "ải", Fault::NotInUri('ả'));
    value("/01/09521234543213/10/%2FA~", Part::Lot, "~", Fault::NotInSet82('~'));
    value("/01/09521234543213/10/%2FV%E1%BA%A3i", Part::Lot, "%E1", Fault::NotInSet82('ả'));
    value("/01/09521234543213/10/%2F%FF", Part::Lot, "%FF", Fault::NotUtf8);
    value("/01/09521234543213/10/A%", Part::Lot, "%", Fault::Escape);
    value("/01/09521234543213/10/A%2", Part::Lot, "%2", Fault::Escape);
    value("/01/09521234543213/10/A%2/21/5", Part::Lot, "%2", Fault::Escape);
    value("/01/09521234543213/10/A%+2", Part::Lot, "%+", Fault::Escape);
    value("/01/09521234543213/10/A%00", Part::Lot, "%00", Fault::NotInSet82('\0'));
    value("/01/09521234543213/10/%2e%2E", Part::Lot, "%2e", Fault::DotSegment);
    let length = |found| Fault::Length { found, allowed: "1 to 20" };
    value("/01/09521234543213/10/123456789012345678901", Part::Lot, "123456789012345678901", length(21));
}

#[test]
fn a_query_may_not_hold_what_belongs_in_the_path() {
    let base = "https://a/01/09521234543213/10/A";
    let plain = parse(base).unwrap();
    for query in ["?", "?17=261231&utm_source=zalo", "?&&x", "?a=/01/10?21=5", "?010=1"] {
        assert_eq!(parse(&format!("{base}{query}")).as_ref(), Ok(&plain), "{query}");
    }
    let refused = |query: &str, place: &str, fault| {
        assert_refused(&format!("{base}{query}"), Part::Query, place, &fault);
    };
    refused("?10=B", "10=", Fault::InQuery(Ai::Lot));
    refused("?x=1&21=7", "21=", Fault::InQuery(Ai::Serial));
    refused("?x&01", "01", Fault::InQuery(Ai::Gtin));
    refused("?x y", " ", Fault::NotInUri(' '));
}

#[test]
fn a_commitment_has_one_spelling() {
    assert_eq!(parse(LINK).unwrap().to_string(), LINK);
    let base = "https://a/01/09521234543213/10/A";
    let refused = |fragment: &str, place: &str, fault| {
        assert_refused(&format!("{base}{fragment}"), Part::Commitment, place, &fault);
    };
    let length = |found| Fault::Length { found, allowed: "22" };
    refused("#", "", Fault::Empty);
    refused("#AAECAwQFBgcICQoLDA0OD", "AAEC", length(21));
    refused("#AAECAwQFBgcICQoLDA0ODwA", "AAEC", length(23));
    refused("#AAECAwQFBgcICQoLDA0ODw==", "==", Fault::NotBase64Url('='));
    refused("#AAECAwQFBgcICQoLDA0OD/", "/", Fault::NotBase64Url('/'));
    refused("#AAECAwQFBgcICQoLDA0OD#", "#", Fault::NotBase64Url('#'));
    // Two bits are left for the last character, so only 4 of the 64 may stand there.
    let accepted: String =
        ('!'..='~').filter(|last| parse(&format!("{base}#AAECAwQFBgcICQoLDA0OD{last}")).is_ok()).collect();
    assert_eq!(accepted, "AQgw");
    refused("#AAECAwQFBgcICQoLDA0ODx", "x", Fault::NotCanonical);
    refused("#AAECAwQFBgcICQoLDA0ODẃ", "ẃ", Fault::NotBase64Url('ẃ'));
}

#[test]
fn a_stem_is_only_an_address() {
    let stem = |text: &str| text.parse::<UriStem>().map_err(|e| (e.part, e.at, e.fault));
    assert_eq!(stem("https://a.vn/").unwrap().as_str(), "https://a.vn");
    assert_eq!(stem("https://a.vn/%2fb%C3%a9f").unwrap().as_str(), "https://a.vn/%2Fb%C3%A9f");
    assert_eq!(stem("http://A.vn:8080/x/y").unwrap().origin(), "http://a.vn:8080");
    assert_eq!(stem("https://a.vn/x//"), Err((Part::Path, 15, Fault::EmptySegment)));
    assert_eq!(stem("https://a.vn//"), Err((Part::Path, 13, Fault::EmptySegment)));
    assert_eq!(stem("https://a.vn/x/01/y"), Err((Part::Path, 15, Fault::KeyInPrefix)));
    assert_eq!(stem("https://a.vn/x?y"), Err((Part::Path, 14, Fault::NotAStem)));
    assert_eq!(stem("https://a.vn#"), Err((Part::Path, 12, Fault::NotAStem)));
    assert_eq!(stem(""), Err((Part::Scheme, 0, Fault::Scheme)));
}

/// Whether two texts differ only where RFC 3986 §6.2.2.1 says that case does not matter: scheme,
/// host, and the digits of percent-escapes.
fn is_same_but_for_case(link: &str, changed: &str, at: usize) -> bool {
    let host_end = link.find("://").and_then(|i| link[i + 3..].find('/').map(|j| i + 3 + j));
    let in_escape = (1..=2).any(|back| at >= back && link.as_bytes()[at - back] == b'%');
    link.eq_ignore_ascii_case(changed) && (host_end.is_some_and(|end| at < end) || in_escape)
}

proptest! {
    #[test]
    fn writing_and_reading_are_inverse(stem in values::stem(), code in values::code()) {
        let link = DigitalLink::new(stem.clone(), code.clone());
        let written = link.to_string();
        prop_assert_eq!(parse(&written), Ok(link));
        prop_assert!(written.is_ascii() && !written.contains(['"', '<', '>', ' ']));
        prop_assert_eq!(DigitalLink::parse_path(&written[stem.origin().len()..]), Ok(code));
    }

    #[test]
    fn a_commitment_survives_its_text(bytes in any::<[u8; 16]>(), rest in any::<[u8; 16]>()) {
        let commitment = Commitment::new(bytes);
        let id: Vec<u8> = [bytes, rest].concat();
        prop_assert!(commitment.matches(&id.try_into().unwrap()));
        prop_assert_eq!(commitment.to_string().len(), 22);
        prop_assert_eq!(commitment.to_string().parse(), Ok(commitment));
    }

    #[test]
    fn a_link_that_is_read_is_written_in_canonical_form(
        text in r"https?://[a-zA-Z]{1,4}(/[a-z]{1,3})?/01/(9520123456788|09520123456788)/10/([!-~]|%2[0-9a-fA-F]){1,20}(\?[a-z=&]{0,4})?",
    ) {
        if let Ok(link) = parse(&text) {
            let written = link.to_string();
            prop_assert_eq!(parse(&written), Ok(link));
            prop_assert!(written.contains("/01/09520123456788/10/"));
        }
    }

    #[test]
    fn any_changed_byte_is_an_error_or_another_value(
        stem in values::stem(),
        code in values::code(),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let link = DigitalLink::new(stem, code);
        let written = link.to_string();
        let at = at.index(written.len());
        let mut bytes = written.clone().into_bytes();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        // Bytes that are no longer text cannot even be handed to the parser.
        if let Ok(changed) = String::from_utf8(bytes) {
            if is_same_but_for_case(&written, &changed, at) {
                prop_assert_eq!(parse(&changed), Ok(link));
            } else {
                prop_assert_ne!(parse(&changed), Ok(link));
            }
        }
    }

    #[test]
    fn a_cut_link_is_an_error_or_another_value(code in values::code(), cut in any::<proptest::sample::Index>()) {
        let link = DigitalLink::new("https://nguon.example".parse().unwrap(), code);
        let written = link.to_string();
        let cut = &written[..cut.index(written.len())];
        prop_assert_ne!(parse(cut), Ok(link));
    }

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        let _ = parse(&text);
        let _ = DigitalLink::parse_path(&text);
        let _ = text.parse::<UriStem>();
        let _ = text.parse::<Commitment>();
        let _ = parse(&format!("https://a/01/{text}"));
        let _ = parse(&format!("https://a/01/09521234543213/10/{text}"));
    }

    #[test]
    fn an_error_points_into_the_text(text in "(https://a)?[/01%2aả?#. ]{0,40}") {
        for error in [parse(&text).err(), DigitalLink::parse_path(&text).err()].into_iter().flatten() {
            prop_assert!(text.is_char_boundary(error.at), "{error} in {text:?}");
        }
    }
}
