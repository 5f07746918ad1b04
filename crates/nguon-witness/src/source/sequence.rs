//! Sequences of `[index, bytes]` (RFC 8742), taken apart.

use nguon_core::cbor::item_head;

/// An index, and bytes.
pub(super) type Indexed<'a> = (u64, &'a [u8]);

/// The first `[index, bytes]` of a sequence and the rest.
pub(super) fn indexed(bytes: &[u8]) -> Option<(Indexed<'_>, &[u8])> {
    let (4, 2, rest) = item_head(bytes)? else { return None };
    let (0, index, rest) = item_head(rest)? else { return None };
    let (2, length, rest) = item_head(rest)? else { return None };
    let (content, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some(((index, content), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn byte_string(content: &[u8]) -> Vec<u8> {
        [&[0x59][..], &u16::try_from(content.len()).unwrap().to_be_bytes(), content].concat()
    }

    proptest! {
        #[test]
        fn what_was_put_one_after_the_other_comes_apart(
            all in prop::collection::vec((any::<u64>(), prop::collection::vec(any::<u8>(), 0..300)), 0..8)
        ) {
            let one = |(index, content): &(u64, Vec<u8>)| {
                [&[0x82, 0x1b][..], &index.to_be_bytes(), &byte_string(content)].concat()
            };
            let bytes: Vec<u8> = all.iter().flat_map(one).collect();
            let mut rest = &bytes[..];
            for expected in &all {
                let (whole, after) = nguon_core::cbor::first_item(rest).unwrap();
                prop_assert_eq!(whole, &one(expected)[..]);
                let ((index, content), same) = indexed(rest).unwrap();
                prop_assert_eq!((index, content), (expected.0, &expected.1[..]));
                prop_assert_eq!(after, same);
                rest = after;
            }
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn no_bytes_make_it_panic_or_run_on(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(((_, content), rest)) = indexed(&bytes) {
                prop_assert!(content.len() + rest.len() < bytes.len());
            }
        }
    }
}
