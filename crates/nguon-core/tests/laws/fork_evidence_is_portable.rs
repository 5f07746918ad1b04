//! Two histories by one key are evidence that convinces whoever knows the key; anything less is none.

use ciborium::Value;
use nguon_core::admit::Statement;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::fork::{Evidence, EvidenceError, equivocation};
use nguon_core::key::PublicKey;
use nguon_core::prelude::*;
use nguon_core::record::Record;
use proptest::prelude::*;

use crate::strategies;
use crate::world::{key, trust};

fn statement(record: &Record, n: u8) -> Statement {
    Statement::decode(SignedRecord::sign(record, key(n), trust().deployment()).unwrap(), trust().deployment()).unwrap()
}

fn public(n: u8) -> PublicKey {
    PublicKey::from_bytes(&key(n).into()).unwrap()
}

/// Two later records that differ in when they were signed, and stand at the same place.
fn pair() -> impl Strategy<Value = [Record; 2]> {
    let ids = any::<[[u8; 32]; 2]>();
    let inner = |event: &Event| {
        if let Event::Corrected(corrected) = event { (*corrected.event).clone() } else { event.clone() }
    };
    let contradicts = move |record: &Record| match &inner(&record.event) {
        Event::Certified(_) | Event::Inspected(_) | Event::LabResult(_) | Event::Cooled(_) | Event::Treated(_) => false,
        Event::Recalled(recalled) => recalled.consignment.is_none(),
        _ => true,
    };
    let record = strategies::record().prop_filter("two attestations contradict nothing", contradicts);
    (record, ids, 1..1000_u64, any::<bool>()).prop_map(|(record, [chain, previous], sequence, order)| {
        let first = Record {
            chain: Some(ChainId::from_bytes(chain)),
            previous: Some(StatementId::from_bytes(previous)),
            sequence,
            nonce: None,
            replaces: None,
            ..record
        };
        let later = Time::new(first.signed_at.get() ^ 1).unwrap();
        let second = Record { signed_at: later, ..first.clone() };
        if order { [first, second] } else { [second, first] }
    })
}

proptest! {
    #[test]
    fn it_is_found_read_and_verified(records in pair()) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let evidence = equivocation(&stored, &offered).unwrap();
        prop_assert_eq!(Some(evidence.clone()), equivocation(&offered, &stored));
        let bytes = evidence.to_bytes();
        let read = Evidence::from_bytes(&bytes, trust().deployment()).unwrap();
        prop_assert_eq!(&read, &evidence);
        prop_assert_eq!(read.hash(), evidence.hash());
        prop_assert_eq!((read.chain(), read.key_id()), (stored.chain(), stored.key_id()));
        prop_assert!(read.is_fork_of(&stored.id) && read.is_fork_of(&offered.id));
        prop_assert!(!read.is_fork_of(&StatementId::from_bytes([0; 32])));
        prop_assert_eq!(read.verify(&public(5)), Ok(()));
        let other = EvidenceError::OtherKey { expected: public(6).id(), found: public(5).id() };
        prop_assert_eq!(read.verify(&public(6)), Err(other));
        let [first, second] = read.statements();
        prop_assert!(first.id < second.id);
    }

    /// An independent reader of CBOR sees an array of the two records, tag 18 and all.
    #[test]
    fn it_is_an_array_of_two_tagged_records(records in pair()) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let bytes = equivocation(&stored, &offered).unwrap().to_bytes();
        let Value::Array(items) = ciborium::from_reader(&bytes[..]).unwrap() else { panic!("no array") };
        prop_assert_eq!(items.len(), 2);
        for (item, statement) in items.iter().zip(Evidence::from_bytes(&bytes, trust().deployment()).unwrap().statements()) {
            prop_assert!(matches!(item, Value::Tag(18, _)));
            let mut written = Vec::new();
            ciborium::into_writer(item, &mut written).unwrap();
            prop_assert_eq!(&written[..], statement.signed.as_bytes());
        }
    }

    #[test]
    fn records_that_can_both_stand_are_none(records in pair(), other in any::<[u8; 32]>()) {
        let [first, second] = records;
        let stored = statement(&first, 5);
        prop_assert_eq!(equivocation(&stored, &stored), None);
        prop_assert_eq!(equivocation(&stored, &statement(&second, 6)), None);
        let previous = Record { previous: Some(StatementId::from_bytes(other)), ..second.clone() };
        prop_assert_eq!(equivocation(&stored, &statement(&previous, 5)), None);
        let chain = Record { chain: Some(ChainId::from_bytes(other)), ..second };
        prop_assert_eq!(equivocation(&stored, &statement(&chain, 5)), None);
    }

    /// First records have no record before: each begins a chain of its own.
    #[test]
    fn first_records_are_none(records in pair(), nonce in any::<[u8; 16]>()) {
        let first = records.map(|record| Record {
            chain: None,
            previous: None,
            sequence: 0,
            nonce: Some(Nonce::from_bytes(nonce)),
            ..record
        });
        let [stored, offered] = first.each_ref().map(|record| statement(record, 5));
        prop_assert_eq!(equivocation(&stored, &offered), None);
    }

    /// A record signed again after a refusal names what it replaces. Offering the refused one again proves nothing;
    /// claiming to replace one that was logged does.
    #[test]
    fn replacing_excuses_what_was_refused_only(records in pair()) {
        let [refused, again] = records;
        let refused = statement(&refused, 5);
        let again = statement(&Record { replaces: Some(List::of_one(refused.id)), ..again }, 5);
        prop_assert_eq!(equivocation(&again, &refused), None);
        let evidence = equivocation(&refused, &again).unwrap();
        prop_assert!(evidence.is_fork_of(&refused.id));
        prop_assert!(!evidence.is_fork_of(&again.id));
    }

    #[test]
    fn any_other_byte_is_refused(records in pair(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let evidence = equivocation(&stored, &offered).unwrap();
        let mut bytes = evidence.to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let read = Evidence::from_bytes(&bytes, trust().deployment());
        prop_assert!(read.is_err() || read.is_ok_and(|read| read.verify(&public(5)).is_err()), "byte {at}");
    }

    #[test]
    fn cut_or_lengthened_it_is_refused(records in pair(), at in any::<prop::sample::Index>(), more in any::<u8>()) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let mut bytes = equivocation(&stored, &offered).unwrap().to_bytes();
        prop_assert!(Evidence::from_bytes(&bytes[..at.index(bytes.len())], trust().deployment()).is_err());
        bytes.push(more);
        prop_assert!(Evidence::from_bytes(&bytes, trust().deployment()).is_err());
    }

    #[test]
    fn order_and_number_are_fixed(records in pair()) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let evidence = equivocation(&stored, &offered).unwrap();
        let [first, second] = evidence.statements().each_ref().map(|statement| statement.signed.as_bytes());
        let read = |head: u8, parts: &[&[u8]]| {
            let bytes = [&[head], &parts.concat()[..]].concat();
            Evidence::from_bytes(&bytes, trust().deployment())
        };
        prop_assert_eq!(read(0x82, &[second, first]), Err(EvidenceError::Order));
        prop_assert_eq!(read(0x82, &[first, first]), Err(EvidenceError::Order));
        prop_assert_eq!(read(0x81, &[first]), Err(EvidenceError::Shape));
        prop_assert!(read(0x83, &[first, second, second]).is_err());
        prop_assert_eq!(read(0x83, &[first, second]), Err(EvidenceError::Shape));
        prop_assert_eq!(read(0x98, &[&[2], first, second]), Err(EvidenceError::Shape));
    }

    /// It says nothing in another deployment.
    #[test]
    fn it_belongs_to_its_deployment(records in pair()) {
        let [stored, offered] = records.each_ref().map(|record| statement(record, 5));
        let bytes = equivocation(&stored, &offered).unwrap().to_bytes();
        let elsewhere = Deployment::of_first_root(b"another");
        let read = Evidence::from_bytes(&bytes, &elsewhere);
        prop_assert!(read.is_err() || read.is_ok_and(|read| read.verify(&public(5)).is_err()));
    }

    #[test]
    fn noise_is_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let envelope = [&b"\x82\xd2\x84"[..], &bytes].concat();
        prop_assert!(Evidence::from_bytes(&bytes, trust().deployment()).is_err());
        prop_assert!(Evidence::from_bytes(&envelope, trust().deployment()).is_err());
    }
}
