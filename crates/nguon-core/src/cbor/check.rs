//! The strict check: one pass over received bytes, before serde sees them.

use super::MAX_SAFE_INTEGER;
use super::read::{Major, head};

/// How long and how deep an encoding may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes.
    pub length: usize,
    /// Arrays and maps inside each other, the outermost counted as one.
    pub depth: usize,
}

/// What is wrong with an encoding, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at byte {offset}")]
pub struct CanonicalError {
    /// Offset of the item at fault, from the start of the encoding.
    pub offset: usize,
    /// The rule it breaks.
    pub fault: CanonicalFault,
}

/// The rules of our subset of RFC 8949 §4.2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CanonicalFault {
    /// The bytes end inside an item.
    #[error("the encoding ends inside an item")]
    Truncated,
    /// Bytes follow the outermost item.
    #[error("bytes follow the end of the encoding")]
    Trailing,
    /// A length or integer is not in its shortest form.
    #[error("a length or integer is not in its shortest form")]
    LongForm,
    /// An item of indefinite length.
    #[error("an item of indefinite length")]
    Indefinite,
    /// A tag.
    #[error("a tag")]
    Tag,
    /// A floating-point number.
    #[error("a floating-point number")]
    Float,
    /// Null or undefined.
    #[error("null or undefined")]
    Null,
    /// A reserved or unassigned head.
    #[error("a reserved or unassigned value")]
    Reserved,
    /// An integer beyond ±(2^53 − 1).
    #[error("an integer beyond 2^53 - 1")]
    IntegerRange,
    /// Nested deeper than permitted.
    #[error("nested too deep")]
    TooDeep,
    /// Longer than permitted.
    #[error("longer than permitted")]
    TooLong,
    /// A map key that is not text.
    #[error("a map key that is not text")]
    KeyType,
    /// Map keys out of bytewise order.
    #[error("map keys out of order")]
    KeyOrder,
    /// The same map key twice.
    #[error("the same map key twice")]
    KeyTwice,
    /// Text that is not UTF-8.
    #[error("text that is not UTF-8")]
    Utf8,
}

/// Checks that `bytes` are one item of deterministic CBOR in our subset.
///
/// ```
/// use nguon_core::cbor::{CanonicalFault, Limits, check};
/// let limits = Limits { length: 64, depth: 8 };
/// assert!(check(&[0xa1, 0x61, b'a', 0x01], limits).is_ok());
/// // 1 in two bytes where one is enough
/// let error = check(&[0xa1, 0x61, b'a', 0x18, 0x01], limits).unwrap_err();
/// assert_eq!((error.fault, error.offset), (CanonicalFault::LongForm, 3));
/// ```
pub fn check(bytes: &[u8], limits: Limits) -> Result<(), CanonicalError> {
    if bytes.len() > limits.length {
        return Err(CanonicalError { offset: limits.length, fault: CanonicalFault::TooLong });
    }
    let end = item(bytes, 0, limits.depth)?;
    if end == bytes.len() { Ok(()) } else { Err(CanonicalError { offset: end, fault: CanonicalFault::Trailing }) }
}

fn item(bytes: &[u8], at: usize, depth: usize) -> Result<usize, CanonicalError> {
    let fault = |fault| CanonicalError { offset: at, fault };
    let head = head(bytes, at)?;
    match head.major {
        Major::Unsigned if head.argument > MAX_SAFE_INTEGER => Err(fault(CanonicalFault::IntegerRange)),
        // The argument n stands for −1 − n.
        Major::Negative if head.argument >= MAX_SAFE_INTEGER => Err(fault(CanonicalFault::IntegerRange)),
        Major::Unsigned | Major::Negative | Major::Bool => Ok(head.content),
        Major::Bytes | Major::Text => string(bytes, at, head.content, head.argument, head.major == Major::Text),
        Major::Array | Major::Map if depth == 0 => Err(fault(CanonicalFault::TooDeep)),
        Major::Array => (0..head.argument).try_fold(head.content, |next, _| item(bytes, next, depth - 1)),
        Major::Map => map(bytes, head.content, head.argument, depth - 1),
    }
}

fn string(bytes: &[u8], at: usize, from: usize, length: u64, text: bool) -> Result<usize, CanonicalError> {
    let fault = |fault| CanonicalError { offset: at, fault };
    let end = usize::try_from(length).ok().and_then(|length| from.checked_add(length));
    let end = end.filter(|end| *end <= bytes.len()).ok_or(fault(CanonicalFault::Truncated))?;
    if text && !bytes[from..end].is_ascii() && std::str::from_utf8(&bytes[from..end]).is_err() {
        return Err(fault(CanonicalFault::Utf8));
    }
    Ok(end)
}

fn map(bytes: &[u8], from: usize, entries: u64, depth: usize) -> Result<usize, CanonicalError> {
    let mut next = from;
    let mut previous: &[u8] = &[];
    for _ in 0..entries {
        let key_at = next;
        let fault = |fault| CanonicalError { offset: key_at, fault };
        let head = head(bytes, key_at)?;
        if head.major != Major::Text {
            return Err(fault(CanonicalFault::KeyType));
        }
        let value_at = string(bytes, key_at, head.content, head.argument, true)?;
        let key = &bytes[key_at..value_at];
        // Keys are short: a loop is done before a comparison of slices has begun.
        match previous.iter().cmp(key) {
            std::cmp::Ordering::Less => previous = key,
            std::cmp::Ordering::Equal => return Err(fault(CanonicalFault::KeyTwice)),
            std::cmp::Ordering::Greater => return Err(fault(CanonicalFault::KeyOrder)),
        }
        next = item(bytes, value_at, depth)?;
    }
    Ok(next)
}
