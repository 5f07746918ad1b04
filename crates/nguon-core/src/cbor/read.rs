//! Reading item heads of well-formed CBOR, without building values.

use super::check::{CanonicalError, CanonicalFault};

/// The major types of RFC 8949 §3.1 that our subset knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Major {
    Unsigned,
    Negative,
    Bytes,
    Text,
    Array,
    Map,
    Bool,
}

/// One item head: its kind, its argument and where its content begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub major: Major,
    pub argument: u64,
    pub content: usize,
}

/// Reads the head at `at`, holding it to the shortest form and to the kinds we use.
pub(crate) fn head(bytes: &[u8], at: usize) -> Result<Head, CanonicalError> {
    let fault = |fault| CanonicalError { offset: at, fault };
    let first = *bytes.get(at).ok_or(fault(CanonicalFault::Truncated))?;
    let major = match first >> 5 {
        0 => Major::Unsigned,
        1 => Major::Negative,
        2 => Major::Bytes,
        3 => Major::Text,
        4 => Major::Array,
        5 => Major::Map,
        6 => return Err(fault(CanonicalFault::Tag)),
        _ => return simple(first, at),
    };
    let info = first & 0x1f;
    let (argument, content) = match info {
        0..=23 => (u64::from(info), at + 1),
        24..=27 => long_argument(bytes, at, info)?,
        31 => return Err(fault(CanonicalFault::Indefinite)),
        _ => return Err(fault(CanonicalFault::Reserved)),
    };
    Ok(Head { major, argument, content })
}

fn long_argument(bytes: &[u8], at: usize, info: u8) -> Result<(u64, usize), CanonicalError> {
    let fault = |fault| CanonicalError { offset: at, fault };
    let width = 1_usize << (info - 24);
    let content = at + 1 + width;
    let raw = bytes.get(at + 1..content).ok_or(fault(CanonicalFault::Truncated))?;
    let argument = raw.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let least = match width {
        1 => 24,
        2 => 1 << 8,
        4 => 1 << 16,
        _ => 1 << 32,
    };
    if argument < least {
        return Err(fault(CanonicalFault::LongForm));
    }
    Ok((argument, content))
}

fn simple(first: u8, at: usize) -> Result<Head, CanonicalError> {
    let fault = match first {
        0xf4 | 0xf5 => {
            return Ok(Head { major: Major::Bool, argument: u64::from(first & 1), content: at + 1 });
        }
        0xf6 | 0xf7 => CanonicalFault::Null,
        0xf9..=0xfb => CanonicalFault::Float,
        0xff => CanonicalFault::Indefinite,
        _ => CanonicalFault::Reserved,
    };
    Err(CanonicalError { offset: at, fault })
}

/// The offset just behind the item at `at`, of bytes that have been checked.
pub(crate) fn skip(bytes: &[u8], at: usize) -> Result<usize, CanonicalError> {
    let head = head(bytes, at)?;
    let truncated = CanonicalError { offset: at, fault: CanonicalFault::Truncated };
    let length = usize::try_from(head.argument).map_err(|_| truncated)?;
    let mut next = head.content;
    match head.major {
        Major::Unsigned | Major::Negative | Major::Bool => {}
        Major::Bytes | Major::Text => {
            next = next.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(truncated)?;
        }
        Major::Array => {
            for _ in 0..length {
                next = skip(bytes, next)?;
            }
        }
        Major::Map => {
            for _ in 0..length {
                next = skip(bytes, skip(bytes, next)?)?;
            }
        }
    }
    Ok(next)
}

/// The entries of a checked top-level map, as key text and value bytes; empty for anything else.
pub(crate) fn map_entries(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    read_entries(bytes).unwrap_or_default()
}

fn read_entries(bytes: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let map = head(bytes, 0).ok().filter(|head| head.major == Major::Map)?;
    let mut entries = Vec::new();
    let mut at = map.content;
    for _ in 0..map.argument {
        let key = head(bytes, at).ok()?;
        let value = skip(bytes, at).ok()?;
        let end = skip(bytes, value).ok()?;
        entries.push((std::str::from_utf8(bytes.get(key.content..value)?).ok()?, bytes.get(value..end)?));
        at = end;
    }
    Some(entries)
}

/// The texts in a checked top-level array; empty for anything else.
pub(crate) fn texts(bytes: &[u8]) -> Vec<&str> {
    let Some(array) = head(bytes, 0).ok().filter(|head| head.major == Major::Array) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = array.content;
    for _ in 0..array.argument {
        let (Ok(item), Ok(end)) = (head(bytes, at), skip(bytes, at)) else { break };
        if item.major == Major::Text {
            found.extend(bytes.get(item.content..end).and_then(|text| std::str::from_utf8(text).ok()));
        }
        at = end;
    }
    found
}
