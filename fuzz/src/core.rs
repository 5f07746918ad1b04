//! The core's parsers.

use nguon_core::cbor::{CanonicalFault, Limits, check, first_item, split_sequence};
use nguon_core::envelope::SignedRecord;
use nguon_core::opening::{FieldValue, digests};
use nguon_core::record::Record;
use nguon_core::trace::Line;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Bundle, Options, Outcome, Verifier, verify};

/// What the check takes is one item: a byte less or more is not.
pub fn canonical(data: &[u8]) {
    let limits = Limits { length: 4096, depth: 8 };
    match check(data, limits) {
        Ok(()) => {
            let longer = [data, &[0]].concat();
            let error = check(&longer, Limits { length: 4097, ..limits }).expect_err("an item too many");
            assert_eq!((error.fault, error.offset), (CanonicalFault::Trailing, data.len()));
            let error = check(&data[..data.len() - 1], limits).expect_err("an item cut short");
            assert_eq!(error.fault, CanonicalFault::Truncated);
        }
        Err(error) => assert!(error.offset <= data.len()),
    }
}

/// A sequence is its items one after the other; one that cannot be cut names where, and what stands before can.
pub fn sequence(data: &[u8]) {
    match split_sequence(data) {
        Ok(items) => {
            assert_eq!(items.concat(), data);
            assert!(items.iter().all(|item| first_item(item) == Some((*item, &[][..]))));
        }
        Err(error) => {
            let (before, broken) = data.split_at(error.offset);
            assert_eq!(split_sequence(before).map(|items| items.len()), Ok(error.index));
            assert!(first_item(broken).is_none());
        }
    }
    // Whatever our one permitted form takes is an item.
    let whole = check(data, Limits { length: 4096, depth: 8 }).is_ok();
    assert!(!whole || first_item(data) == Some((data, &[])));
}

/// A line of a trace says what it says when it is written again.
pub fn trace_line(data: &[u8]) {
    let Ok(line) = serde_json::from_slice::<Line>(data) else { return };
    let text = serde_json::to_string(&line).expect("a line");
    assert!(!text.contains('\n'), "NDJSON has a line a line");
    assert_eq!(serde_json::from_str::<Line>(&text).expect("what was written"), line);
}

/// What decodes encodes to the same bytes, by way of the JSON view too.
pub fn record(data: &[u8]) {
    let Ok(record) = Record::from_payload(data) else { return };
    assert_eq!(record.to_payload().as_deref(), Ok(data));
    let json = serde_json::to_string(&record).expect("a JSON view");
    let again: Record = serde_json::from_str(&json).expect("what the JSON view says");
    assert_eq!(again, record);
    let _ = (digests(&record), record.references(), record.acting(), record.happened_at());
}

/// What the JSON view says can be written is written so that it is read back.
pub fn json_record(data: &[u8]) {
    let Ok(record) = serde_json::from_slice::<Record>(data) else { return };
    if let Ok(payload) = record.to_payload() {
        assert_eq!(Record::from_payload(&payload), Ok(record));
    }
}

/// What is taken apart goes together again to the same bytes.
pub fn envelope(data: &[u8]) {
    let Ok(signed) = SignedRecord::from_bytes(data.to_vec()) else { return };
    let again = SignedRecord::assemble(signed.key_id(), signed.payload(), &signed.signature()).expect("no longer");
    assert_eq!(again.as_bytes(), data);
}

/// Verification ends, step by step as at once, and nothing is `Valid` without a log.
pub fn bundle(data: &[u8]) {
    if let Ok(bundle) = Bundle::from_bytes(data) {
        assert_eq!(bundle.to_bytes().as_deref(), Ok(data));
    }
    let root = TrustRoot::from_bytes(include_bytes!("root.nguon")).expect("a trust root");
    let now = Time::new(root.payload().issued.get() + 1).expect("a time");
    let options = Options::at(now);
    let at_once = verify(data, &root, &options);
    assert_ne!(at_once.verdict.outcome, Outcome::Valid);
    let mut verifier = Verifier::new(data, &root, &options);
    while verifier.step(1).is_some() {}
    assert_eq!(verifier.finish(), at_once);
    if let Ok(bundle) = Bundle::from_bytes(data) {
        let _ = bundle.view(&root);
    }
}

/// A trust root that is taken is the bytes it came in.
pub fn trust_root(data: &[u8]) {
    if let Ok(root) = TrustRoot::from_bytes(data) {
        assert_eq!(root.signed().to_bytes().as_deref(), Ok(data));
    }
}

/// A value that is taken is the bytes it came in.
pub fn opening(data: &[u8]) {
    if let Some(value) = FieldValue::from_bytes(data) {
        assert_eq!(value.to_bytes(), data);
    }
}
