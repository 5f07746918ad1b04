//! Version N+1 of a trust root follows version N of the same deployment by the thresholds of both, or it is refused and
//! nothing changes.

use std::collections::BTreeSet;

use ciborium::Value;
use nguon_core::bytes::ByteString;
use nguon_core::cbor::{Limits, to_canonical};
use nguon_core::prelude::*;
use nguon_core::trust::{LogPolicy, RootError, Roots};
use proptest::prelude::*;

use crate::trust_root_needs_its_threshold::policy;
use crate::world::{NOW, key, root_payload, time};

fn public(n: u8) -> PublicKeyBytes {
    key(n).into()
}

fn publics<const MOST: usize>(keys: &[u8]) -> List<PublicKeyBytes, 1, MOST> {
    List::new(keys.iter().map(|n| public(*n)).collect()).unwrap()
}

/// Root key 1 of 1, without a log.
fn first() -> TrustRoot {
    TrustRoot::verify_first(SignedRoot::sign(&root_payload(), &[key(1)]).unwrap()).unwrap()
}

fn first_with_log() -> TrustRoot {
    let payload = RootPayload { log: Some(policy()), ..root_payload() };
    TrustRoot::verify_first(SignedRoot::sign(&payload, &[key(1)]).unwrap()).unwrap()
}

/// What follows and says the same, a day later.
fn after(before: &TrustRoot) -> RootPayload {
    let issued = before.payload().issued.get() + 86_400;
    RootPayload::after(before, time(issued), time(issued + 86_400 * 365))
}

fn signed(payload: &RootPayload) -> SignedRoot {
    SignedRoot::sign(payload, &[key(1)]).unwrap()
}

/// Changes the version after `before` and offers it, signed.
fn offer(before: &TrustRoot, change: impl FnOnce(&mut RootPayload)) -> Result<TrustRoot, RootError> {
    let mut next = after(before);
    change(&mut next);
    before.verify_next(signed(&next))
}

/// Versions 1 to `count`, each with a name of its own.
fn chain(count: usize) -> Vec<TrustRoot> {
    let mut versions = vec![first()];
    while versions.len() < count {
        let name = format!("Sở mẫu {}", versions.len() + 1).parse().unwrap();
        versions.push(offer(&versions[versions.len() - 1], |next| next.name = name).unwrap());
    }
    versions
}

proptest! {
    /// Whoever signs, in whatever order and how often: the distinct keys of N count for N's threshold, those of N+1 for its own.
    #[test]
    fn both_thresholds_count_distinct_keys(signers in prop::collection::vec(prop::sample::select(vec![1_u8, 21, 22, 23, 24, 30]), 0..9)) {
        let old = [1, 21, 22];
        let new = [22, 23, 24];
        let payload = RootPayload { root_keys: publics(&old), threshold: 2, ..root_payload() };
        let before = TrustRoot::verify_first(SignedRoot::sign(&payload, &old.map(key)).unwrap()).unwrap();
        let next = RootPayload { root_keys: publics(&new), threshold: 2, ..after(&before) };
        let keys: Vec<&SigningKey> = signers.iter().map(|n| key(*n)).collect();
        let distinct: BTreeSet<u8> = signers.into_iter().collect();
        let of = |keys: &[u8; 3]| distinct.iter().filter(|n| keys.contains(n)).count();
        let wanted = match (of(&old), of(&new)) {
            (valid @ 0..2, _) => Some(RootError::SignaturesBefore { valid, threshold: 2 }),
            (_, valid @ 0..2) => Some(RootError::Signatures { valid, threshold: 2 }),
            _ => None,
        };
        prop_assert_eq!(before.verify_next(SignedRoot::sign(&next, &keys).unwrap()).err(), wanted);
    }

    /// No rollback and no skipping: offered in any order, exactly the next version is taken up, and a refusal changes nothing.
    #[test]
    fn versions_come_one_by_one(offers in prop::collection::vec(1_usize..7, 0..24)) {
        let versions = chain(6);
        let mut roots = Roots::new(versions[0].clone());
        for offered in offers {
            let before = roots.clone();
            let next = versions[offered - 1].signed().clone();
            let newest = before.versions().len();
            match roots.add(next, None) {
                Ok(()) => {
                    prop_assert_eq!(offered, newest + 1);
                    prop_assert_eq!(roots.newest(), &versions[newest]);
                }
                Err(error) => {
                    let (expected, found) = (newest as u64 + 1, offered as u64);
                    prop_assert_eq!(error, RootError::Version { expected, found });
                    prop_assert!(roots == before && offered != newest + 1);
                }
            }
        }
        prop_assert_eq!(roots.versions(), &versions[..roots.versions().len()]);
        prop_assert!(roots.versions().iter().all(|root| root.deployment() == first().deployment()));
    }

    /// Any changed bit of the next version makes it another one, which nobody signed.
    #[test]
    fn any_flipped_bit_is_refused(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let before = first();
        let mut bytes = signed(&after(&before)).to_bytes().unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(SignedRoot::from_bytes(&bytes).and_then(|next| before.verify_next(next)).is_err());
    }

    /// A record, and a checkpoint, is judged by the newest version whose leaf lies below it.
    #[test]
    fn the_newest_version_below_counts(gaps in prop::collection::vec(1_u64..50, 0..5), asked in prop::collection::vec(0_u64..300, 1..50)) {
        let versions = chain(gaps.len() + 1);
        let leaves: Vec<u64> = gaps.iter().scan(0, |leaf, gap| { *leaf += gap; Some(*leaf) }).collect();
        let rest: Vec<SignedRoot> = versions[1..].iter().map(|root| root.signed().clone()).collect();
        let roots = Roots::from_bundle(&versions[0], &rest, Some(&leaves)).unwrap();
        for index in asked {
            let newest = leaves.iter().rposition(|leaf| *leaf < index).map_or(0, |at| at + 1);
            prop_assert_eq!(roots.at(index), &versions[newest]);
            prop_assert_eq!(roots.for_checkpoint(index), &versions[newest]);
        }
    }
}

/// Two versions 2, both signed by all: what follows one of them does not follow the other.
#[test]
fn no_fork_of_versions() {
    let first = first();
    let one = offer(&first, |_| ()).unwrap();
    let other = offer(&first, |next| next.name = "Sở khác".parse().unwrap()).unwrap();
    let third = signed(&after(&one));
    assert!(one.verify_next(third.clone()).is_ok());
    assert_eq!(other.verify_next(third), Err(RootError::Previous));
}

/// The same root keys may serve practice and earnest: what they sign for one does not count in the other.
#[test]
fn nothing_replays_between_deployments() {
    let practice = RootPayload { name: "Tập dượt".parse().unwrap(), ..root_payload() };
    let practice = TrustRoot::verify_first(signed(&practice)).unwrap();
    assert_eq!(first().verify_next(signed(&after(&practice))), Err(RootError::Previous));
    for wrong in [None, Some(vec![]), Some(vec![0; 32])] {
        assert_eq!(offer(&first(), |next| next.previous = wrong.map(ByteString)), Err(RootError::Previous));
    }
}

/// A key counts from the version listing it to the one retiring it, and never again.
#[test]
fn retired_keys() {
    let first = first_with_log();
    let office = first.payload().authorities[0].clone();
    let with = |keys: &[u8], retired: &[u8]| {
        let retired = (!retired.is_empty()).then(|| publics(retired));
        List::of_one(Authority { keys: publics(keys), retired, ..office.clone() })
    };
    let second = offer(&first, |next| next.authorities = with(&[2, 13], &[12])).unwrap();

    let mut roots = Roots::logged(first.clone());
    roots.add(second.signed().clone(), Some(50)).unwrap();
    let counts = |index, n| roots.at(index).authority_key(&office.id, &KeyId::of(&public(n))).is_some();
    assert_eq!([0, 50, 51, u64::MAX].map(|index| counts(index, 12)), [true, true, false, false]);
    assert_eq!([0, 50, 51, u64::MAX].map(|index| counts(index, 13)), [false, false, true, true]);
    for (n, known) in [(2, true), (12, true), (13, true), (14, false)] {
        assert_eq!(roots.any_authority_key(&office.id, &KeyId::of(&public(n))).is_some(), known);
    }

    let refused =
        |keys: &[u8], retired: &[u8]| offer(&second, |next| next.authorities = with(keys, retired)).unwrap_err();
    // Brought back, forgotten as retired, let go without a word, and both at once.
    assert_eq!(refused(&[2, 12, 13], &[]), RootError::Retired(public(12)));
    assert_eq!(refused(&[2, 13], &[]), RootError::Retired(public(12)));
    assert_eq!(refused(&[2], &[12]), RootError::Retired(public(13)));
    assert!(matches!(refused(&[2, 12, 13], &[12]), RootError::Twice(_)));
    // An authority may join and leave as a whole.
    let new = Authority::new(AuthorityId::from_bytes([8; 32]), "Chi cục".parse().unwrap(), public(50));
    assert!(offer(&second, |next| next.authorities = List::of_one(new)).is_ok());
}

#[test]
fn a_log_stays_and_none_is_gained() {
    let refused = |before: &TrustRoot, log| match offer(before, |next| next.log = log) {
        Err(RootError::Log(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused(&first(), Some(policy())).contains("never gains one"));
    assert!(refused(&first_with_log(), None).contains("never loses it"));
    let elsewhere = LogPolicy { origin: "other.example".parse().unwrap(), ..policy() };
    assert!(refused(&first_with_log(), Some(elsewhere)).contains("origin"));
    // Its key, witnesses, auditors and limits may change.
    let other = LogPolicy { key: public(45), witness_threshold: 1, fresh_online: 60, ..policy() };
    assert!(offer(&first_with_log(), |next| next.log = Some(other)).is_ok());
}

#[test]
fn times_go_on_and_expiry_is_no_refusal() {
    let first = first();
    let issued = first.payload().issued.get();
    assert_eq!(offer(&first, |next| next.issued = time(issued - 1)), Err(RootError::Backwards));
    assert!(offer(&first, |next| next.issued = time(issued)).is_ok());
    assert_eq!(offer(&first, |next| next.expires = next.issued), Err(RootError::Dates));
    // Nobody renewed it in time: years later its keys still name their successors.
    let late = |next: &mut RootPayload| (next.issued, next.expires) = (time(NOW * 2), time(NOW * 2 + 1));
    assert!(offer(&first, late).is_ok());
}

/// Each version keeps by itself what version 1 must.
#[test]
fn later_versions_are_sound_too() {
    let before = first();
    let weak = PublicKeyBytes::from_bytes(std::array::from_fn(|at| u8::from(at == 0)));
    let error = offer(&before, |next| next.root_keys = List::new(vec![public(1), weak]).unwrap()).unwrap_err();
    assert!(matches!(error, RootError::Key { role: "root", .. }));
    let error = offer(&before, |next| next.threshold = 2).unwrap_err();
    assert_eq!(error, RootError::Threshold { threshold: 2, keys: 1 });
}

/// What the keys of version 1 signed and this software cannot read is newer; what they did not sign is nobody's.
#[test]
fn newer_is_what_the_version_before_signed() {
    let before = first();
    let Value::Map(mut entries) = ciborium::from_reader(&*signed(&after(&before)).payload.0).unwrap() else { panic!() };
    entries.push((Value::Text("news".into()), Value::Bool(true)));
    let payload = to_canonical(&Value::Map(entries), Limits { length: 1 << 16, depth: 6 }).unwrap();
    let mut next = SignedRoot { payload: ByteString(payload), signatures: Vec::new() };
    assert_eq!(before.verify_next(next.clone()), Err(RootError::SignaturesBefore { valid: 0, threshold: 1 }));
    next.add_signature(key(1));
    assert!(next.is_signed_by(&nguon_core::key::PublicKey::from_bytes(&public(1)).unwrap()));
    assert_eq!(before.verify_next(next.clone()), Err(RootError::Newer(2)));
    next.payload.0.push(0);
    assert!(matches!(before.verify_next(next), Err(RootError::Cbor(_))));
}

#[test]
fn places_in_the_log_rise() {
    let versions = chain(3);
    let rest: Vec<SignedRoot> = versions[1..].iter().map(|root| root.signed().clone()).collect();
    let build = |leaves: Option<&[u64]>| Roots::from_bundle(&versions[0], &rest, leaves);
    for wrong in [&[][..], &[5], &[5, 5], &[5, 4], &[0, 1], &[5, 6, 7]] {
        assert_eq!(build(Some(wrong)), Err(RootError::Leaf), "{wrong:?}");
    }
    let roots = build(Some(&[5, 6])).unwrap();
    assert_eq!((roots.first(), roots.newest()), (&versions[0], &versions[2]));
    assert_eq!(Roots::logged(versions[0].clone()).add(rest[0].clone(), None), Err(RootError::Leaf));
    assert_eq!(Roots::new(versions[0].clone()).add(rest[0].clone(), Some(5)), Err(RootError::Leaf));
    // Without places, the newest version is the one that is known to count.
    assert_eq!(build(None).unwrap().at(0), &versions[2]);
}
