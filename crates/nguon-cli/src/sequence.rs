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
