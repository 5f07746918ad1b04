//! What this software does not know it calls newer: neither valid nor broken.

use ciborium::Value;
use nguon_core::cbor::to_canonical;
use nguon_core::fault::Fault;
use nguon_core::ids::{KeyId, SignatureBytes};
use nguon_core::prelude::*;
use nguon_core::record::{LIMITS, Record, RecordError};
use nguon_core::verify::Bundle;
use proptest::prelude::*;

use crate::strategies;
use crate::world::{NOW, World, outcome, time, trust};

/// The payload of a record with something in it changed.
fn changed(record: &Record, change: impl Fn(&mut Vec<(Value, Value)>)) -> Vec<u8> {
    let mut value: Value = ciborium::from_reader(&*record.to_payload().unwrap()).unwrap();
    let Value::Map(entries) = &mut value else { unreachable!() };
    change(entries);
    to_canonical(&value, LIMITS).unwrap()
}

fn put(entries: &mut Vec<(Value, Value)>, name: &str, value: Value) {
    entries.retain(|(key, _)| key.as_text() != Some(name));
    entries.push((Value::Text(name.into()), value));
}

fn map(name: &str, value: Value) -> Value {
    Value::Map(vec![(Value::Text(name.into()), value)])
}

proptest! {
    /// The version is read first: whatever else a later version changes does not matter.
    #[test]
    fn a_later_version(record in strategies::record(), version in 2_u64..1000, event in 0_i64..9) {
        let payload = changed(&record, |entries| {
            put(entries, "version", Value::Integer(version.into()));
            put(entries, "event", Value::Integer(event.into()));
            put(entries, "new_field", Value::Bool(true));
        });
        prop_assert_eq!(Record::from_payload(&payload), Err(RecordError::UnknownVersion(version)));
    }

    /// An event's name is read before its fields and all others.
    #[test]
    fn an_unknown_event(record in strategies::record(), name in "[a-z_]{1,20}x", odd in any::<bool>()) {
        let payload = changed(&record, |entries| {
            put(entries, "event", map(&name, Value::Bool(odd)));
            put(entries, "new_field", Value::Bool(odd));
        });
        prop_assert_eq!(Record::from_payload(&payload), Err(RecordError::UnknownEvent));
        let payload = changed(&record, |entries| {
            put(entries, "event", map("corrected", map("event", map(&name, Value::Bool(odd)))));
        });
        prop_assert_eq!(Record::from_payload(&payload), Err(RecordError::UnknownEvent));
    }

    /// A scope may name events that came after this software.
    #[test]
    fn a_scope_over_an_unknown_event(record in strategies::record(), name in "[a-z_]{1,20}x") {
        let events = Value::Array(vec![Value::Text("opened".into()), Value::Text(name)]);
        let payload = changed(&record, |entries| put(entries, "event", map("enrolled", map("scope", map("events", events.clone())))));
        prop_assert_eq!(Record::from_payload(&payload), Err(RecordError::UnknownEvent));
    }
}

/// A bundle with such a record gives no conclusion, wherever the record stands and whatever else is wrong.
#[test]
fn a_bundle_with_a_newer_record() {
    let world = World::new();
    let bundle = world.ledger.bundle(world.consignment).unwrap();
    for (chain, records) in bundle.chains.iter().enumerate() {
        for (sequence, record) in records.iter().enumerate() {
            let statement = nguon_core::admit::Statement::from_bytes(record.0.clone(), trust().deployment()).unwrap();
            let payload = changed(&statement.record, |entries| put(entries, "version", Value::Integer(2.into())));
            let newer = nguon_core::envelope::SignedRecord::assemble(
                KeyId::from_bytes([0; 32]),
                &payload,
                &SignatureBytes::from_bytes([0; 64]),
            )
            .unwrap();
            let mut bundle: Bundle = bundle.clone();
            bundle.chains[chain][sequence].0 = newer.as_bytes().to_vec();
            assert_eq!(outcome(&bundle), Outcome::NeedsNewerApp);
        }
    }
}

#[test]
fn a_newer_bundle() {
    let world = World::new();
    let bytes = world.ledger.bundle(world.consignment).unwrap().to_bytes().unwrap();
    let mut value: Value = ciborium::from_reader(&*bytes).unwrap();
    let Value::Map(entries) = &mut value else { unreachable!() };
    put(entries, "version", Value::Integer(2.into()));
    put(entries, "news", Value::Bool(true));
    let bytes = to_canonical(&value, nguon_core::cbor::Limits { length: 1 << 20, depth: 8 }).unwrap();
    let verdict = verify(&bytes, &trust(), &Options::at(time(NOW))).verdict;
    assert_eq!(verdict.outcome, Outcome::NeedsNewerApp);
}

#[test]
fn a_newer_content_type() {
    let world = World::new();
    let mut bundle = world.ledger.bundle(world.consignment).unwrap();
    bundle.chains[0][0].0[40] = b'2';
    let verification = verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(time(NOW)));
    assert_eq!(verification.verdict.outcome, Outcome::NeedsNewerApp);
    let code = verification.verdict.findings[0].code();
    assert_eq!(code, Fault::Newer("").code());
}

#[test]
fn a_proof_where_the_root_names_no_log() {
    let world = World::new();
    let mut proven = world.ledger.bundle(world.consignment).unwrap();
    proven.proof = Some(nguon_core::bytes::ByteString(vec![1]));
    assert_eq!(outcome(&proven), Outcome::NeedsNewerApp);
}
