//! Percent-encoding of one path segment (RFC 3986 §2.1 and §3.3).

use std::fmt::{self, Write};
use std::str::FromStr;

use crate::error::{Error, Fault, Part};

/// Writes `text` with every character escaped that is not unreserved (RFC 3986 §2.3), hexadecimal
/// digits in upper case: the form that the standard's grammar gives.
pub(crate) fn encode(text: &str, out: &mut impl Write) -> fmt::Result {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.write_char(char::from(byte))?;
            }
            _ => write!(out, "%{byte:02X}")?,
        }
    }
    Ok(())
}

/// Decodes a segment and reads a value from it; the error's offset points into `segment`.
pub(crate) fn parse<T: FromStr<Err = Error>>(part: Part, segment: &str) -> Result<T, Error> {
    let text = decode(part, segment)?;
    text.parse().map_err(|mut error: Error| {
        error.at = encoded_offset(segment, error.at);
        error
    })
}

/// Refuses what RFC 3986 does not let stand in a path segment; `part` takes the blame.
pub(crate) fn check_segment(part: Part, segment: &str) -> Result<(), Error> {
    let error = |at, fault| Err(Error::new(part, at, fault));
    let bytes = segment.as_bytes();
    for (at, c) in segment.char_indices() {
        match c {
            '%' => {
                let is_hex = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_hexdigit);
                if !(is_hex(at + 1) && is_hex(at + 2)) {
                    return error(at, Fault::Escape);
                }
            }
            c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c) => {}
            c => return error(at, Fault::NotInUri(c)),
        }
    }
    Ok(())
}

/// `.` and `..` in any spelling: a browser resolves them away.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    const SPELLINGS: [&str; 6] = [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"];
    SPELLINGS.iter().any(|spelling| segment.eq_ignore_ascii_case(spelling))
}

/// The same text, its well-formed escapes spelt in upper case.
pub(crate) fn upper_case_escapes(text: &str) -> String {
    let mut digits = 0;
    text.chars()
        .map(|c| {
            digits = if c == '%' { 3 } else { u8::saturating_sub(digits, 1) };
            if digits > 0 { c.to_ascii_uppercase() } else { c }
        })
        .collect()
}

fn decode(part: Part, segment: &str) -> Result<String, Error> {
    check_segment(part, segment)?;
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    let hex = |byte: Option<u8>| byte.and_then(|b| char::from(b).to_digit(16)).unwrap_or(0);
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            // Both digits are there: `check_segment` has seen them.
            let value = hex(rest.next()) << 4 | hex(rest.next());
            bytes.push(value.to_le_bytes()[0]);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = encoded_offset(segment, error.utf8_error().valid_up_to());
        Error::new(part, at, Fault::NotUtf8)
    })
}

/// Where the decoded byte number `decoded` stands in a well-formed `segment`.
fn encoded_offset(segment: &str, decoded: usize) -> usize {
    let mut at = 0;
    for _ in 0..decoded {
        at += if segment.as_bytes().get(at) == Some(&b'%') { 3 } else { 1 };
    }
    at
}
