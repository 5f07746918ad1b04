//! CBOR sequences (RFC 8742): cutting a body into its items, whatever each of them is.

/// A sequence that cannot be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("item {index} of the sequence, at byte {offset}, is not well-formed CBOR")]
pub struct SequenceError {
    /// Which item, from 0.
    pub index: usize,
    /// Where it begins.
    pub offset: usize,
}

/// The first item of a sequence and what follows it; `None` if it does not begin with a whole item of definite length. Only
/// heads are read: what an item says is for whoever takes it. It takes no stack and no memory, however deep items are nested.
#[must_use]
pub fn first_item(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (mut rest, mut left) = (bytes, 1_u64);
    while left > 0 {
        let (major, argument, after) = item_head(rest)?;
        left -= 1;
        rest = match major {
            2 | 3 => after.get(usize::try_from(argument).ok()?..)?,
            _ => after,
        };
        left = match major {
            4 => left.checked_add(argument)?,
            5 => left.checked_add(argument.checked_mul(2)?)?,
            6 => left.checked_add(1)?,
            _ => left,
        };
    }
    bytes.split_at_checked(bytes.len() - rest.len())
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

/// Major type and argument of an item's head (RFC 8949 §3), of any definite width, and what follows it; tags and floats
/// too.
#[must_use]
pub fn item_head(bytes: &[u8]) -> Option<(u8, u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (major, short) = (first >> 5, first & 0x1f);
    let width = match short {
        0..=23 => return Some((major, u64::from(short), rest)),
        24..=27 => 1_usize << (short - 24),
        _ => return None,
    };
    let (argument, rest) = rest.split_at_checked(width)?;
    let argument = argument.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    Some((major, argument, rest))
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
