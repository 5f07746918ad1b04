//! The envelope has one form: cut, lengthened or altered anywhere it is refused, and the message says where.

use nguon_core::envelope::{CONTENT_TYPE, EnvelopeError, MAX_RECORD, SignedRecord};
use nguon_core::ids::{KeyId, SignatureBytes};
use proptest::prelude::*;

use crate::strategies;

fn signed(payload: &[u8]) -> SignedRecord {
    SignedRecord::assemble(KeyId::from_bytes([7; 32]), payload, &SignatureBytes::from_bytes([5; 64])).unwrap()
}

#[test]
fn cut_at_every_byte() {
    for payload in [vec![0xa0], vec![1; 24], vec![1; 300]] {
        let whole = signed(&payload);
        for end in 0..whole.as_bytes().len() {
            let cut = SignedRecord::from_bytes(whole.as_bytes()[..end].to_vec());
            assert_eq!(cut.unwrap_err(), EnvelopeError::Truncated(end));
        }
    }
}

#[test]
fn bytes_behind_it() {
    let mut bytes = signed(&[0xa0]).as_bytes().to_vec();
    let end = bytes.len();
    bytes.push(0);
    assert_eq!(SignedRecord::from_bytes(bytes).unwrap_err(), EnvelopeError::Shape(end));
}

/// Any other byte anywhere but in the key id, the payload and the signature is refused at that byte or, where it is a
/// length, where the parts no longer fit.
#[test]
fn every_fixed_byte_is_fixed() {
    let whole = signed(&[0xa0, 0xa0, 0xa0]);
    let bytes = whole.as_bytes();
    let (kid, payload) = (49..81, 83..86);
    let signature = bytes.len() - 64..bytes.len();
    for at in 0..bytes.len() {
        if kid.contains(&at) || payload.contains(&at) || signature.contains(&at) {
            continue;
        }
        for value in (0..=255).filter(|value| *value != bytes[at]) {
            let mut altered = bytes.to_vec();
            altered[at] = value;
            let error = SignedRecord::from_bytes(altered).expect_err("another byte");
            match error {
                // The payload's length shifts what follows; the head of the signature is two bytes.
                EnvelopeError::Shape(found) => assert!(found == at || at == 82 || (found, at) == (86, 87)),
                EnvelopeError::Truncated(_) => assert_eq!(at, 82, "only the payload's length reaches over the end"),
                EnvelopeError::NewerContentType => assert!(at == 40 && (b'2'..=b'9').contains(&value)),
                other => panic!("{other}"),
            }
        }
    }
}

#[test]
fn each_other_header_is_refused_where_it_differs() {
    let bytes = signed(&[0xa0]).as_bytes().to_vec();
    let replaced = |at: usize, with: &[u8]| {
        let mut bytes = bytes.clone();
        bytes.splice(at..at + with.len(), with.iter().copied());
        SignedRecord::from_bytes(bytes).unwrap_err()
    };
    // No tag; COSE_Sign, tag 98, instead of COSE_Sign1; three elements; alg −8 (EdDSA) for −19; another content type.
    assert_eq!(SignedRecord::from_bytes(bytes[1..].to_vec()).unwrap_err(), EnvelopeError::Shape(0));
    assert_eq!(replaced(0, &[0xd8]), EnvelopeError::Shape(0));
    assert_eq!(replaced(1, &[0x83]), EnvelopeError::Shape(1));
    assert_eq!(replaced(6, &[0x27]), EnvelopeError::Shape(6));
    assert_eq!(replaced(10, b"application/vnd.other."), EnvelopeError::Shape(26));
    // An unprotected header that is not empty.
    assert_eq!(replaced(81, &[0xa1]), EnvelopeError::Shape(81));
    // A payload of null (detached), of text, of indefinite length, with a long length.
    for head in [[0xf6, 0xa0], [0x61, 0xa0], [0x5f, 0xa0], [0x58, 0x01]] {
        assert_eq!(replaced(82, &head), EnvelopeError::Shape(82), "{head:02x?}");
    }
    assert!(CONTENT_TYPE.ends_with("v1+cbor"));
    assert_eq!(replaced(40, b"2"), EnvelopeError::NewerContentType);
}

#[test]
fn too_long() {
    let fits = MAX_RECORD - signed(&vec![0; 1000]).as_bytes().len() + 1000;
    let whole = signed(&vec![0; fits]);
    assert_eq!(whole.as_bytes().len(), MAX_RECORD);
    assert!(SignedRecord::from_bytes(whole.as_bytes().to_vec()).is_ok());
    let longer = SignedRecord::assemble(whole.key_id(), &vec![0; fits + 1], &whole.signature());
    assert_eq!(longer.unwrap_err(), EnvelopeError::TooLong(MAX_RECORD + 1));
    assert_eq!(SignedRecord::from_bytes(vec![0; MAX_RECORD + 1]).unwrap_err(), EnvelopeError::TooLong(MAX_RECORD + 1));
}

proptest! {
    #[test]
    fn what_is_assembled_is_read(key in strategies::key_id(), payload in prop::collection::vec(any::<u8>(), 0..400)) {
        let signature = SignatureBytes::from_bytes([3; 64]);
        let made = SignedRecord::assemble(key, &payload, &signature).unwrap();
        let read = SignedRecord::from_bytes(made.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(&read, &made);
        prop_assert_eq!((read.key_id(), read.payload(), read.signature()), (key, &payload[..], signature));
    }

    #[test]
    fn noise_is_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(SignedRecord::from_bytes(bytes).is_err());
    }
}
