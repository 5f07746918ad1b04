//! GS1 Digital Link URIs in their constrained canonical form (CBV 2.0 §8.9 rule 18; Digital Link: URI Syntax 1.2 §4.11).

use super::{CANONICAL, KeyError};

/// Primary keys, the alphabetic names that release 1.1 of the syntax allowed for them, and the qualifiers kept.
const KEYS: &[(&str, &str, &[&str])] = &[
    ("00", "sscc", &[]),
    ("01", "gtin", &["21", "10", "235"]),
    ("253", "gdti", &[]),
    ("255", "gcn", &[]),
    ("401", "ginc", &[]),
    ("402", "gsin", &[]),
    ("414", "gln", &["254"]),
    ("417", "party", &[]),
    ("8003", "grai", &[]),
    ("8004", "giai", &[]),
    ("8006", "itip", &["21", "10"]),
    ("8010", "cpid", &["8011"]),
    ("8017", "gsrnp", &[]),
    ("8018", "gsrn", &[]),
];

/// Qualifiers and their alphabetic names.
const QUALIFIERS: &[(&str, &str)] =
    &[("22", "cpv"), ("10", "lot"), ("21", "ser"), ("235", "235"), ("254", "254"), ("8011", "8011")];

/// The canonical form; `None` if it is not a Digital Link URI.
pub(super) fn canonical(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let (_, path) = rest.split_once('/')?;
    // A fragment names a part of a page: what is before it may be no key at all.
    if path.contains('#') {
        return None;
    }
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let segments: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
    let key = |name: &str| KEYS.iter().find(|(ai, alias, _)| *ai == name || *alias == name);
    let at = segments.windows(2).position(|pair| key(pair[0]).is_some() && begins_with_digits(pair[1]))?;
    let (ai, _, kept) = key(segments[at])?;
    let value = match (*ai, segments[at + 1]) {
        ("01", gtin) if matches!(gtin.len(), 8 | 12 | 13 | 14) && digits(gtin) => format!("{gtin:0>14}"),
        ("00", sscc) if sscc.len() == 18 && digits(sscc) => sscc.to_owned(),
        ("414" | "417", gln) if gln.len() == 13 && digits(gln) => gln.to_owned(),
        ("01" | "00" | "414" | "417", _) => return None,
        (_, value) => value.to_owned(),
    };
    let qualifiers = &segments[at + 2..];
    if !qualifiers.len().is_multiple_of(2) {
        return None;
    }
    let named = |pair: &[&str]| QUALIFIERS.iter().find(|(ai, alias)| pair[0] == *ai || pair[0] == *alias);
    let pairs: Vec<(&str, &str)> =
        qualifiers.chunks_exact(2).map(|pair| named(pair).map(|(ai, _)| (*ai, pair[1]))).collect::<Option<_>>()?;
    let finest = kept.iter().find_map(|wanted| pairs.iter().find(|(ai, _)| ai == wanted));
    Some(match finest {
        Some((qualifier, of)) => [CANONICAL, "/", ai, "/", &value, "/", qualifier, "/", of].concat(),
        None => [CANONICAL, "/", ai, "/", &value].concat(),
    })
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn begins_with_digits(text: &str) -> bool {
    text.len() >= 4 && text.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

/// Whether the check digit of a key of another kind is right.
pub(super) fn check_digit(ai: &str, value: &str) -> Result<(), KeyError> {
    let length = match ai {
        "253" | "255" => 13,
        "402" => 17,
        "8003" | "8006" => 14,
        "8017" | "8018" => 18,
        _ => return Ok(()),
    };
    let key = value.get(..length).filter(|key| digits(key)).ok_or(KeyError::Scheme("too few digits"))?;
    let (payload, found) = key.split_at(length - 1);
    let expected = nguon_gs1::check_digit(payload)?;
    if found.chars().eq([expected]) { Ok(()) } else { Err(KeyError::Scheme("the check digit is another")) }
}

/// A path segment of any text: all but unreserved characters escaped.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The text of a path segment.
pub(crate) fn decoded(segment: &str) -> Option<String> {
    let (mut out, mut rest) = (Vec::with_capacity(segment.len()), segment.bytes());
    while let Some(byte) = rest.next() {
        let escaped = |pair: [u8; 2]| u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok();
        out.push(if byte == b'%' { escaped([rest.next()?, rest.next()?])? } else { byte });
    }
    String::from_utf8(out).ok()
}
