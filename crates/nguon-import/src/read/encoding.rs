//! Which characters a file of text is made of.

use crate::error::Error;
use crate::table::Encoding;

/// Decodes, guessing where nothing says.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Error> {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return Ok((String::from_utf8_lossy(rest).into_owned(), Encoding::Utf8));
    }
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, true)),
        [0xfe, 0xff, rest @ ..] => Some((rest, false)),
        [_, 0, ..] => Some((bytes, true)),
        [0, _, ..] => Some((bytes, false)),
        _ => None,
    };
    if let Some((rest, little)) = wide {
        let units = rest.chunks_exact(2).map(|pair| match (pair, little) {
            ([low, high], true) | ([high, low], false) => u16::from_be_bytes([*high, *low]),
            _ => 0,
        });
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
        return if text.contains('\0') { Err(Error::NotATable) } else { Ok((text, Encoding::Utf16)) };
    }
    if bytes.contains(&0) {
        return Err(Error::NotATable);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(_) => Ok((bytes.iter().map(|byte| windows_1258(*byte)).collect(), Encoding::Windows1258)),
    }
}

/// The character of a byte (<https://encoding.spec.whatwg.org/index-windows-1258.txt>). Tones are combining marks; what is read
/// is composed later.
fn windows_1258(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', '\u{8a}', '‹', 'Œ', '\u{8d}', '\u{8e}',
        '\u{8f}', //
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', '\u{9a}', '›', 'œ', '\u{9d}', '\u{9e}', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        0xc3 => 'Ă',
        0xcc => '\u{300}',
        0xd0 => 'Đ',
        0xd2 => '\u{309}',
        0xd5 => 'Ơ',
        0xdd => 'Ư',
        0xde => '\u{303}',
        0xe3 => 'ă',
        0xec => '\u{301}',
        0xf0 => 'đ',
        0xf2 => '\u{323}',
        0xf5 => 'ơ',
        0xfd => 'ư',
        0xfe => '₫',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tidy;

    #[test]
    fn the_same_words_in_every_encoding() {
        let words = "Họ tên;Nguyễn Văn Bảy;Đặng Thị Ước";
        let wide = |little: bool| -> Vec<u8> {
            let pair = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            words.encode_utf16().flat_map(pair).collect()
        };
        let marked = [&[0xef, 0xbb, 0xbf][..], words.as_bytes()].concat();
        let with_mark = [&[0xff, 0xfe][..], &wide(true)].concat();
        // As Windows writes it: tones as marks after their vowels.
        let old: Vec<u8> =
            b"H\x6f\xf2 t\xean;Nguy\xea\xden V\xe3n Ba\xd2y;\xd0\xe3\xf2ng Thi\xf2 \xdd\xec\xf5\xf2c".to_vec();
        for (bytes, encoding) in [
            (words.as_bytes().to_vec(), Encoding::Utf8),
            (marked, Encoding::Utf8),
            (with_mark, Encoding::Utf16),
            (wide(true), Encoding::Utf16),
            (wide(false), Encoding::Utf16),
        ] {
            let (text, found) = decode(&bytes).unwrap();
            assert_eq!((tidy(&text).as_str(), found), (words, encoding));
        }
        let (text, found) = decode(&old).unwrap();
        assert_eq!(found, Encoding::Windows1258);
        assert!(tidy(&text).starts_with("Họ tên;Nguyễn Văn Bảy;Đặng Thị "), "{text}");
    }

    #[test]
    fn what_holds_zeros_is_no_text() {
        assert_eq!(decode(b"%PDF-1.7\0\x01"), Err(Error::NotATable));
    }
}
