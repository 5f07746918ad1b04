//! A symbol holds whatever a stranger printed: it is handed on byte by byte, and nothing of it is acted on.

mod support;

use nguon_scan::Charset;
use proptest::prelude::*;
use qrcode::EcLevel;
use support::Modules;

fn read(data: &[u8]) -> nguon_scan::Symbol {
    let mut symbols = Modules::encode(data, EcLevel::L).framed(4.0).read();
    assert_eq!(symbols.len(), 1);
    symbols.remove(0)
}

#[test]
fn addresses_that_would_run_are_text() {
    for text in [
        "javascript:alert(document.cookie)",
        "data:text/html,<script>alert(1)</script>",
        "  \u{202e}https://x\u{0}\n",
        "\u{1b}[2J",
    ] {
        assert_eq!(read(text.as_bytes()).text(), Some(text));
    }
}

/// As long as a symbol can be: 4,296 letters, 7,089 digits, 2,953 bytes.
#[test]
fn the_longest_payloads() {
    for data in [vec![b'A'; 4_296], vec![b'7'; 7_089], vec![b'x'; 2_953]] {
        assert_eq!(read(&data).bytes(), data);
    }
}

#[test]
fn vietnamese_is_text() {
    let text = "Cam sành Hà Giang, thu hoạch ngày 12 tháng 6";
    let symbol = read(text.as_bytes());
    assert_eq!((symbol.text(), symbol.charset()), (Some(text), Charset::Utf8));
}

#[test]
fn what_is_not_utf_8_is_no_text() {
    let symbol = read(&[b'a', 0xff, 0xfe, b'b']);
    assert_eq!((symbol.text(), symbol.charset()), (None, Charset::Latin1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_bytes(data in proptest::collection::vec(any::<u8>(), 1..1_000)) {
        let symbol = read(&data);
        prop_assert_eq!(symbol.bytes(), &data[..]);
    }
}
