//! Sorting the maps of an encoding into bytewise key order.

use super::check::CanonicalError;
use super::read::{Head, Major, head, skip};

/// The same encoding with the entries of every map in bytewise order of their encoded keys.
pub(super) fn sorted(bytes: &[u8]) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::with_capacity(bytes.len());
    copy(bytes, 0, &mut out)?;
    Ok(out)
}

fn copy(bytes: &[u8], at: usize, out: &mut Vec<u8>) -> Result<usize, CanonicalError> {
    let head = head(bytes, at)?;
    match head.major {
        Major::Array => {
            out.extend_from_slice(&bytes[at..head.content]);
            (0..head.argument).try_fold(head.content, |next, _| copy(bytes, next, out))
        }
        Major::Map => {
            out.extend_from_slice(&bytes[at..head.content]);
            copy_map(bytes, head, out)
        }
        _ => {
            let end = skip(bytes, at)?;
            out.extend_from_slice(&bytes[at..end]);
            Ok(end)
        }
    }
}

fn copy_map(bytes: &[u8], map: Head, out: &mut Vec<u8>) -> Result<usize, CanonicalError> {
    let mut entries = Vec::new();
    let mut next = map.content;
    for _ in 0..map.argument {
        let value_at = skip(bytes, next)?;
        let mut value = Vec::new();
        let end = copy(bytes, value_at, &mut value)?;
        entries.push((&bytes[next..value_at], value));
        next = end;
    }
    entries.sort();
    for (key, value) in entries {
        out.extend_from_slice(key);
        out.extend_from_slice(&value);
    }
    Ok(next)
}
