//! Records one after the other: a CBOR sequence (RFC 8742) of COSE_Sign1, as servers send chains and `chains/` keeps them.

use nguon_core::envelope::{EnvelopeError, SignedRecord};

/// Bytes of the fixed envelope before the payload's head.
const BEFORE_PAYLOAD: usize = 82;

/// Bytes after the payload: head and content of the signature.
const AFTER_PAYLOAD: usize = 66;

/// Takes a sequence apart. An error names the offset in the whole where the record at fault begins.
pub fn split(mut bytes: &[u8]) -> Result<Vec<SignedRecord>, (usize, EnvelopeError)> {
    let length = bytes.len();
    let mut records = Vec::new();
    while !bytes.is_empty() {
        let end = record_length(bytes).unwrap_or(bytes.len()).min(bytes.len());
        let (record, rest) = bytes.split_at(end);
        let at = length - bytes.len();
        records.push(SignedRecord::from_bytes(record.to_vec()).map_err(|error| (at, error))?);
        bytes = rest;
    }
    Ok(records)
}

/// Puts records one after the other.
pub fn join<'a>(records: impl IntoIterator<Item = &'a SignedRecord>) -> Vec<u8> {
    records.into_iter().flat_map(|record| record.as_bytes().iter().copied()).collect()
}

/// How long the first record says it is; whether it is one, [`SignedRecord::from_bytes`] says.
fn record_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(BEFORE_PAYLOAD..)?;
    let (width, payload) = match *head {
        [short @ 0x40..=0x57, ..] => (1, usize::from(short - 0x40)),
        [0x58, a, ..] => (2, usize::from(a)),
        [0x59, a, b, ..] => (3, usize::from(u16::from_be_bytes([a, b]))),
        _ => return None,
    };
    Some(BEFORE_PAYLOAD + width + payload + AFTER_PAYLOAD)
}

#[cfg(test)]
mod tests {
    use nguon_core::ids::{KeyId, SignatureBytes};
    use proptest::prelude::*;

    use super::*;

    fn record() -> impl Strategy<Value = SignedRecord> {
        // Around every change of the payload's head.
        let length = prop_oneof![0..30_usize, 250..260_usize, 60..400_usize, 4000..4100_usize];
        let payload = length.prop_flat_map(|length| prop::collection::vec(any::<u8>(), length));
        (any::<[u8; 32]>(), payload).prop_map(|(key, payload)| {
            SignedRecord::assemble(KeyId::from_bytes(key), &payload, &SignatureBytes::from_bytes([7; 64])).unwrap()
        })
    }

    proptest! {
        #[test]
        fn joining_and_splitting_is_identity(records in prop::collection::vec(record(), 0..6)) {
            prop_assert_eq!(split(&join(&records)), Ok(records));
        }

        #[test]
        fn a_cut_is_noticed_unless_it_lies_between_records(
            records in prop::collection::vec(record(), 1..4), cut in any::<prop::sample::Index>()
        ) {
            let bytes = join(&records);
            let cut = cut.index(bytes.len());
            let mut ends = records.iter().scan(0, |end, record| { *end += record.as_bytes().len(); Some(*end) });
            let between = cut == 0 || ends.any(|end| end == cut);
            prop_assert_eq!(split(&bytes[..cut]).is_ok(), between);
        }

        #[test]
        fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = split(&bytes);
        }
    }
}
