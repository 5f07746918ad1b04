//! A trust root is what its threshold of distinct root keys signed, or it is refused with the reason.

use nguon_core::key::KeyError;
use nguon_core::prelude::*;
use nguon_core::trust::{LogPolicy, LogVerifier, RootError};
use proptest::prelude::*;

use crate::world::{NOW, World, key, root_payload, time};

const WEAK: [u8; 32] = {
    let mut zero = [0; 32];
    zero[0] = 1;
    zero
};

/// Three root keys, of which two must sign.
fn payload() -> RootPayload {
    let keys = [1, 21, 22].map(|n| PublicKeyBytes::from(key(n)));
    RootPayload { root_keys: List::new(keys.to_vec()).unwrap(), threshold: 2, ..root_payload() }
}

fn refused(payload: &RootPayload) -> RootError {
    let keys = [1, 21, 22].map(key);
    TrustRoot::verify_first(SignedRoot::sign(payload, &keys).unwrap()).unwrap_err()
}

fn is_bad_key(error: &RootError, wanted: &str, why: KeyError) -> bool {
    matches!(error, RootError::Key { role, source, .. } if *role == wanted && *source == why)
}

proptest! {
    /// Whoever signs, in whatever order and how often: what counts is how many distinct root keys did.
    #[test]
    fn distinct_root_keys_count(signers in prop::collection::vec(prop::sample::select(vec![1_u8, 21, 22, 30, 31]), 0..7)) {
        let keys: Vec<&SigningKey> = signers.iter().map(|n| key(*n)).collect();
        let signed = SignedRoot::sign(&payload(), &keys).unwrap();
        let distinct: std::collections::BTreeSet<u8> = signers.into_iter().filter(|n| [1, 21, 22].contains(n)).collect();
        match TrustRoot::verify_first(signed) {
            Ok(_) => prop_assert!(distinct.len() >= 2),
            Err(error) => prop_assert_eq!(error, RootError::Signatures { valid: distinct.len(), threshold: 2 }),
        }
    }

    /// Any changed bit of payload, key id or signature takes that signature, or the root, away.
    #[test]
    fn any_flipped_bit_counts(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let signed = SignedRoot::sign(&root_payload(), &[key(1)]).unwrap();
        let mut bytes = signed.to_bytes().unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(TrustRoot::from_bytes(&bytes).is_err());
    }

    #[test]
    fn noise_is_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(TrustRoot::from_bytes(&bytes).is_err());
    }
}

#[test]
fn cut_at_every_byte() {
    let bytes = SignedRoot::sign(&root_payload(), &[key(1)]).unwrap().to_bytes().unwrap();
    for end in 0..bytes.len() {
        assert!(matches!(TrustRoot::from_bytes(&bytes[..end]), Err(RootError::Cbor(_))));
    }
}

#[test]
fn a_signature_over_another_payload() {
    let mut signed = SignedRoot::sign(&root_payload(), &[key(1)]).unwrap();
    signed.payload = SignedRoot::sign(&RootPayload { expires: time(NOW * 2), ..root_payload() }, &[]).unwrap().payload;
    let error = TrustRoot::verify_first(signed).unwrap_err();
    assert_eq!(error, RootError::Signatures { valid: 0, threshold: 1 });
}

#[test]
fn thresholds_that_cannot_be() {
    for threshold in [0, 4, u64::from(u32::MAX)] {
        assert_eq!(refused(&RootPayload { threshold, ..payload() }), RootError::Threshold { threshold, keys: 3 });
    }
}

#[test]
fn keys_that_must_not_be_used() {
    let weak = PublicKeyBytes::from_bytes(WEAK);
    let root_keys = List::new(vec![key(1).into(), key(21).into(), weak]).unwrap();
    assert!(is_bad_key(&refused(&RootPayload { root_keys, ..payload() }), "root", KeyError::Weak));
    let mut root = payload();
    root.authorities = List::of_one(Authority::new(AuthorityId::from_bytes([9; 32]), "Sở".parse().unwrap(), weak));
    assert!(is_bad_key(&refused(&root), "authority", KeyError::Weak));
}

#[test]
fn the_same_twice() {
    let root_keys = List::new(vec![key(1).into(), key(21).into(), key(1).into()]).unwrap();
    assert!(
        matches!(refused(&RootPayload { root_keys, ..payload() }), RootError::Twice(what) if what.starts_with("root key"))
    );
    let authority =
        |id: u8, n: u8| Authority::new(AuthorityId::from_bytes([id; 32]), "Sở".parse().unwrap(), key(n).into());
    let with = |authorities: Vec<Authority>| RootPayload { authorities: List::new(authorities).unwrap(), ..payload() };
    assert!(
        matches!(refused(&with(vec![authority(9, 2), authority(9, 3)])), RootError::Twice(what) if what.starts_with("authority 09"))
    );
    assert!(
        matches!(refused(&with(vec![authority(8, 2), authority(9, 2)])), RootError::Twice(what) if what.starts_with("authority key"))
    );
}

#[test]
fn dates_and_versions() {
    assert_eq!(refused(&RootPayload { expires: root_payload().issued, ..payload() }), RootError::Dates);
    assert_eq!(refused(&RootPayload { version: 2, ..payload() }), RootError::Newer(2));
}

#[test]
fn a_log_policy_is_checked_too() {
    let verifier = |n: u8| LogVerifier { name: format!("witness-{n}").parse().unwrap(), key: key(n).into() };
    let policy = |witness_threshold, log: u8| LogPolicy {
        origin: "log.example".parse().unwrap(),
        key: key(log).into(),
        witnesses: List::new(vec![verifier(41), verifier(42)]).unwrap(),
        witness_threshold,
        auditors: List::of_one(verifier(43)),
        fresh_online: 600,
        fresh_offline: 86_400,
    };
    let with = |log| RootPayload { log: Some(log), ..payload() };
    assert_eq!(refused(&with(policy(3, 40))), RootError::Threshold { threshold: 3, keys: 2 });
    assert!(matches!(refused(&with(policy(1, 41))), RootError::Twice(_)));
    let keys = [1, 21].map(key);
    assert!(TrustRoot::verify_first(SignedRoot::sign(&with(policy(2, 40)), &keys).unwrap()).is_ok());
}

/// Expiry is the reader's to know: the root stays usable, and every verdict under it is at best stale.
#[test]
fn expired_is_stale_and_not_refused() {
    let world = World::new();
    let bundle = world.ledger.bundle(world.consignment).unwrap().to_bytes().unwrap();
    let expires = root_payload().expires.get();
    let at = |now| verify(&bundle, world.ledger.trust(), &Options::at(time(now))).verdict.outcome;
    assert_eq!(at(expires - 1), Outcome::Unlogged);
    assert_eq!(at(expires), Outcome::Stale);
    assert_eq!(at(expires + 1_000_000_000), Outcome::Stale);
}

/// A root that names a log makes a bundle without proof incomplete.
#[test]
fn another_root_is_refused() {
    let world = World::new();
    let bundle = world.ledger.bundle(world.consignment).unwrap().to_bytes().unwrap();
    let other =
        SignedRoot::sign(&RootPayload { name: "Sở khác".parse().unwrap(), ..root_payload() }, &[key(1)]).unwrap();
    let other = TrustRoot::verify_first(other).unwrap();
    let verdict = verify(&bundle, &other, &Options::at(time(NOW))).verdict;
    assert!(matches!(verdict.outcome, Outcome::Invalid { .. }));
    assert!(verdict.findings.iter().any(|finding| finding.code() == "other_root"));
}
