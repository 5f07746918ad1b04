//! CBOR sequences (RFC 8742): cutting a body into its items, whatever each of them is.

use cbor4ii::core::dec::{Decode as _, IgnoredAny, Read as _};
use cbor4ii::core::utils::SliceReader;

/// A sequence that cannot be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("item {index} of the sequence, at byte {offset}, is not well-formed CBOR")]
pub struct SequenceError {
    /// Which item, from 0.
    pub index: usize,
    /// Where it begins.
    pub offset: usize,
}

/// The first item of a sequence and what follows it; `None` if it does not begin with a whole well-formed item. Depth is
/// bounded, nothing is copied.
#[must_use]
pub fn first_item(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(bytes);
    IgnoredAny::decode(&mut reader).ok()?;
    let Ok(rest) = reader.fill(usize::MAX);
    let left = rest.as_ref().len();
    bytes.split_at_checked(bytes.len().checked_sub(left)?)
}

/// The items of a sequence, in order.
pub fn split_sequence(bytes: &[u8]) -> Result<Vec<&[u8]>, SequenceError> {
    let (mut items, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let error = SequenceError { index: items.len(), offset: bytes.len() - rest.len() };
        let (item, after) = first_item(rest).ok_or(error)?;
        items.push(item);
        rest = after;
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_cut_where_they_end() {
        let body = [0x01, 0xd2, 0x82, 0x41, 0xff, 0x61, b'a', 0xa0];
        assert_eq!(split_sequence(&body).unwrap(), [&body[..1], &body[1..7], &body[7..]]);
        assert!(split_sequence(&[]).unwrap().is_empty());
    }

    #[test]
    fn a_cut_item_is_named() {
        assert_eq!(split_sequence(&[0x01, 0x82, 0x41]), Err(SequenceError { index: 1, offset: 1 }));
    }

    #[test]
    fn depth_does_not_exhaust_the_stack() {
        assert!(split_sequence(&vec![0x81; 4 * 1024 * 1024]).is_err());
        assert!(split_sequence(&vec![0xd2; 4 * 1024 * 1024]).is_err());
    }
}
