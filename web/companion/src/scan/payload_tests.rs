use proptest::prelude::*;

use super::*;

const OWN: &str = "nguon.example";
const PATH: &str = "/01/09529876000019/10/VT-0605";

fn of(text: &str) -> Finding {
    Finding::of(text.as_bytes(), &Host::new(OWN))
}

fn kind(text: &str) -> Kind {
    match of(text) {
        Finding::Foreign { kind, .. } => kind,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_label_of_this_page_leads_to_its_lot_with_its_commitment() {
    for (label, path) in [
        (format!("https://nguon.example{PATH}"), PATH.to_owned()),
        (format!("https://nguon.example{PATH}#paWlpaWlpaWlpaWlpaWlpQ"), format!("{PATH}#paWlpaWlpaWlpaWlpaWlpQ")),
        (format!(" HTTPS://NGUON.EXAMPLE:443{PATH}/21/7?utm=x\n"), format!("{PATH}/21/7")),
        (format!("http://nguon.example{PATH}#from=chat"), PATH.to_owned()),
        (format!("nguon.example{PATH}"), PATH.to_owned()),
    ] {
        assert_eq!(of(&label).leads_to().map(OwnPath::as_str), Some(&*path), "{label}");
    }
}

#[test]
fn a_port_is_part_of_a_page() {
    let own = Host::new("127.0.0.1:8787");
    let finding = Finding::of(format!("http://127.0.0.1:8787{PATH}").as_bytes(), &own);
    assert!(finding.leads_to().is_some());
    let other = Finding::of(format!("http://127.0.0.1:8788{PATH}").as_bytes(), &own);
    assert!(other.leads_to().is_none() && other.offers().is_some() && other.disguise().is_none());
}

#[test]
fn a_label_of_another_page_is_offered_here_and_never_followed() {
    let finding = of(&format!("https://tem.vn{PATH}#paWlpaWlpaWlpaWlpaWlpQ"));
    assert_eq!(finding.leads_to(), None);
    assert_eq!(finding.offers().map(OwnPath::as_str), Some("/01/09529876000019/10/VT-0605#paWlpaWlpaWlpaWlpaWlpQ"));
    let Finding::Elsewhere { host, disguise, lot, .. } = finding else { panic!("{finding:?}") };
    assert_eq!((host, disguise), (Some(Host::new("tem.vn")), None));
    assert_eq!(lot.lot, "VT-0605");
}

#[test]
fn a_look_alike_is_called_out_whether_it_names_a_lot_or_not() {
    for label in [
        format!("https://ngu0n.example{PATH}"),
        format!("https://nguon.example.evil.vn{PATH}"),
        "https://ngu0n.example/login".to_owned(),
        "https://nguon.example@evil.vn/01/09529876000019/10/VT-0605".to_owned(),
        "https://nguоn.example/".to_owned(),
    ] {
        let finding = of(&label);
        assert!(finding.disguise().is_some() && finding.leads_to().is_none(), "{label}: {finding:?}");
    }
}

#[test]
fn a_lot_without_an_address_is_offered_here() {
    for code in ["(01)09529876000019(10)VT-0605", "010952987600001910VT-0605", "]Q3010952987600001910VT-0605", PATH] {
        let finding = of(code);
        assert_eq!((finding.leads_to(), finding.offers().map(OwnPath::as_str)), (None, Some(PATH)), "{code}");
    }
}

#[test]
fn everything_else_is_named() {
    for (text, named) in [
        ("https://nguon.example/", Kind::OwnLink),
        ("https://nguon.example/01/09529876000019", Kind::OwnLink),
        ("https://nguon.example/01/09529876000018/10/A", Kind::OwnLink),
        ("https://shop.vn/a?b", Kind::Link),
        ("www.shop.vn", Kind::Link),
        ("javascript:alert(document.cookie)", Kind::Script),
        (" \u{1}java\tscript:alert(1)", Kind::Script),
        ("JavaScript://nguon.example/01/09529876000019/10/A%0aalert(1)", Kind::Script),
        ("data:text/html,<script>alert(1)</script>", Kind::Script),
        ("WIFI:T:WPA;S:quan;P:12345678;;", Kind::Wifi),
        ("BEGIN:VCARD\nFN:An\nEND:VCARD", Kind::Contact),
        ("tel:+84240000000", Kind::Phone),
        ("SMSTO:8080:abc", Kind::Message),
        ("mailto:a@b.vn", Kind::Mail),
        ("geo:21.3,106.5", Kind::Place),
        ("BEGIN:VEVENT", Kind::Event),
        (
            "00020101021138560010A0000007270126000697042201120123456789010208QRIBFTTA53037045802VN6304ABCD",
            Kind::Payment,
        ),
        ("otpauth://totp/x?secret=y", Kind::Secret),
        ("intent://scan/#Intent;end", Kind::App),
        ("momo://pay", Kind::App),
        ("8935000000000", Kind::Number),
        ("Xin chào", Kind::Text),
        ("", Kind::Text),
        ("a\u{0}b", Kind::Binary),
    ] {
        assert_eq!(kind(text), named, "{text:?}");
    }
    assert!(matches!(
        Finding::of(&[0xff, 0xfe, 0], &Host::new(OWN)),
        Finding::Foreign { kind: Kind::Binary, text: None, .. }
    ));
}

#[test]
fn four_kilobytes_of_text_are_text() {
    let text = "Vải thiều ".repeat(400);
    assert_eq!(kind(&text), Kind::Text);
}

/// Where a payload may lead is this page's own path of a lot, and nothing of the payload is in it but what a lot's code may hold.
fn is_own_path(path: &OwnPath) -> bool {
    let (path, fragment) = match path.as_str().split_once('#') {
        Some((path, fragment)) => (path, ["#", fragment].concat()),
        None => (path.as_str(), String::new()),
    };
    let written = link::code_of_address(path, &fragment).map(|code| link::page_path(&code));
    path.starts_with("/01/")
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte))
        && fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#-_".contains(&byte))
        && written == Some([path, &fragment].concat())
}

/// Pieces that make up labels, good and bad, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("https://"),
        Just("http://"),
        Just("HTTPS:"),
        Just("//"),
        Just("\\\\"),
        Just("nguon.example"),
        Just("evil.vn"),
        Just("@"),
        Just(":443"),
        Just(":8443"),
        Just("/"),
        Just("/01/09529876000019"),
        Just("/10/VT-0605"),
        Just("/10/A%2FB"),
        Just("/21/7"),
        Just("/.."),
        Just("/%2e%2e"),
        Just("?x=javascript:"),
        Just("#paWlpaWlpaWlpaWlpaWlpQ"),
        Just("#a"),
        Just("javascript:"),
        Just("(01)09529876000019"),
        Just("(10)VT"),
        Just("010952987600001910VT"),
        Just("\n"),
        Just("\u{0}"),
        Just("\u{202e}"),
        Just("\t"),
        Just("%00"),
        Just("<svg onload=alert(1)>"),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_payload_leads_anywhere_but_to_our_own_path_of_a_lot(text in pieces()) {
        let finding = of(&text);
        prop_assert!(finding.offers().is_none_or(is_own_path), "{finding:?}");
        if finding.leads_to().is_some() {
            // What a browser would open is this page too.
            let typed = text.trim_ascii();
            let full = if typed.contains("://") { typed.to_owned() } else { ["https://", typed].concat() };
            let address = Address::read(&full);
            let host = address.as_ref().map(|address| (address.host.as_str(), address.has_front));
            prop_assert_eq!(host, Some((OWN, false)), "{}", text);
        }
    }

    #[test]
    fn any_bytes_are_judged_and_lead_nowhere(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let finding = Finding::of(&bytes, &Host::new(OWN));
        prop_assert!(finding.leads_to().is_none() && finding.offers().is_none_or(is_own_path));
    }

    #[test]
    fn what_begins_as_a_script_never_leads_anywhere(rest in "[ -~]{0,60}", scheme in "(?i)javascript:|data:|vbscript:") {
        let finding = of(&(scheme + &rest));
        prop_assert!(finding.leads_to().is_none());
    }
}
