//! A list of recalls counts if an authority of the newest trust root signed it for this deployment, and not otherwise.

use coset::{CoseSign1, TaggedCborSerializable as _};
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::fault::Fault;
use nguon_core::prelude::*;
use nguon_core::recalls::{ListedRecall, RecallList};
use nguon_core::trust::Roots;
use proptest::prelude::*;

use crate::world::{NOW, key, time, trust};

fn roots() -> Roots {
    Roots::new(trust())
}

fn list(chains: &[[u8; 32]], issued: u64) -> RecallList {
    let recall = |chain: &[u8; 32]| ListedRecall {
        chain: ChainId::from_bytes(*chain),
        reason: RecallReason::PesticideResidue,
        sequence: u64::from(chain[0]),
    };
    RecallList {
        version: 1,
        issued: time(issued),
        recalls: chains.iter().map(recall).collect(),
        authority: AuthorityId::from_bytes([9; 32]),
    }
}

fn signed(list: &RecallList, n: u8) -> Vec<u8> {
    list.sign(key(n), trust().deployment()).unwrap()
}

proptest! {
    #[test]
    fn what_an_authority_signed_is_read(chains in any::<Vec<[u8; 32]>>(), issued in 0..NOW, second in any::<bool>()) {
        let list = list(&chains, issued);
        // Either key of the office.
        let bytes = signed(&list, if second { 12 } else { 2 });
        prop_assert_eq!(RecallList::verify(bytes, &roots()).unwrap(), list);
    }

    #[test]
    fn any_other_byte_is_refused(chains in any::<[[u8; 32]; 3]>(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut bytes = signed(&list(&chains, NOW), 2);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(RecallList::verify(bytes, &roots()).is_err(), "byte {at}");
    }

    #[test]
    fn cut_or_lengthened_it_is_refused(at in any::<prop::sample::Index>(), more in any::<u8>()) {
        let mut bytes = signed(&list(&[[7; 32]], NOW), 2);
        prop_assert!(RecallList::verify(bytes[..at.index(bytes.len())].to_vec(), &roots()).is_err());
        bytes.push(more);
        prop_assert!(RecallList::verify(bytes, &roots()).is_err());
    }

    #[test]
    fn noise_is_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(RecallList::verify(bytes, &roots()).is_err());
    }

    #[test]
    fn nobody_else_signs_one(n in 3..12_u8) {
        let error = RecallList::verify(signed(&list(&[], NOW), n), &roots()).unwrap_err();
        prop_assert_eq!(error, Fault::UnknownKey(KeyId::of(&key(n).into())));
    }
}

/// An independent COSE reads it: the content type is its own, so that no record passes for a list and no list for a record.
#[test]
fn it_is_cose_with_a_content_type_of_its_own() {
    let bytes = signed(&list(&[[7; 32]], NOW), 2);
    let theirs = CoseSign1::from_tagged_slice(&bytes).unwrap();
    let content_type = coset::ContentType::Text("application/vnd.nguon.recalls.v1+cbor".into());
    assert_eq!(theirs.protected.header.content_type, Some(content_type));
    assert_eq!(theirs.protected.header.key_id, KeyId::of(&key(2).into()).as_bytes());
    assert!(theirs.unprotected.is_empty());
    assert_eq!(theirs.to_tagged_vec().unwrap(), bytes);
    assert!(SignedRecord::from_bytes(bytes).is_err());
    let world = crate::world::World::new();
    for record in world.ledger.records(&world.lot) {
        assert!(matches!(RecallList::verify(record.as_bytes().to_vec(), &roots()), Err(Fault::Envelope(_))));
    }
}

#[test]
fn a_list_of_another_deployment() {
    let bytes = list(&[], NOW).sign(key(2), &Deployment::of_first_root(b"another")).unwrap();
    assert_eq!(RecallList::verify(bytes, &roots()).unwrap_err(), Fault::BadSignature);
}

#[test]
fn a_list_by_a_key_that_was_retired() {
    let mut payload = RootPayload::after(&trust(), time(NOW), time(NOW + 86_400));
    let mut office = payload.authorities[0].clone();
    (office.keys, office.retired) = (List::of_one(key(12).into()), Some(List::of_one(key(2).into())));
    payload.authorities = List::of_one(office);
    let mut roots = roots();
    roots.add(SignedRoot::sign(&payload, &[key(1)]).unwrap(), None).unwrap();
    assert!(RecallList::verify(signed(&list(&[], NOW), 12), &roots).is_ok());
    let error = RecallList::verify(signed(&list(&[], NOW), 2), &roots).unwrap_err();
    assert_eq!(error, Fault::UnknownKey(KeyId::of(&key(2).into())));
}

#[test]
fn a_list_of_an_authority_that_is_not_listed_and_one_that_is_newer() {
    let foreign = RecallList { authority: AuthorityId::from_bytes([8; 32]), ..list(&[], NOW) };
    assert!(matches!(RecallList::verify(signed(&foreign, 2), &roots()), Err(Fault::UnknownKey(_))));
    let newer = RecallList { version: 2, ..list(&[], NOW) };
    assert_eq!(RecallList::verify(signed(&newer, 2), &roots()).unwrap_err().code(), "newer_format");
    let mut bytes = signed(&list(&[], NOW), 2);
    assert_eq!(bytes[41], b'1');
    bytes[41] = b'2';
    assert_eq!(RecallList::verify(bytes, &roots()).unwrap_err().code(), "newer_format");
}
