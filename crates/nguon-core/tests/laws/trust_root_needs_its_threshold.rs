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
    assert_eq!(refused(&RootPayload { version: 2, ..payload() }), RootError::Version { expected: 1, found: 2 });
    let previous = Some(nguon_core::bytes::ByteString(vec![0; 32]));
    assert_eq!(refused(&RootPayload { previous, ..payload() }), RootError::Previous);
}

fn cosigner(n: u8) -> LogVerifier {
    LogVerifier { name: format!("witness-{n}").parse().unwrap(), key: key(n).into(), url: None }
}

/// Two of two witnesses, one auditor.
pub fn policy() -> LogPolicy {
    LogPolicy {
        origin: "log.example".parse().unwrap(),
        key: key(40).into(),
        witnesses: List::new(vec![cosigner(41), cosigner(42)]).unwrap(),
        witness_threshold: 2,
        auditors: List::of_one(cosigner(43)),
        fresh_online: 600,
        fresh_offline: 86_400,
    }
}

fn with_log(log: LogPolicy) -> Result<TrustRoot, RootError> {
    let keys = [1, 21].map(key);
    TrustRoot::verify_first(SignedRoot::sign(&RootPayload { log: Some(log), ..payload() }, &keys).unwrap())
}

#[test]
fn a_log_policy_is_checked_too() {
    assert!(with_log(policy()).is_ok());
    for witness_threshold in [0, 3] {
        let error = with_log(LogPolicy { witness_threshold, ..policy() }).unwrap_err();
        assert_eq!(error, RootError::Threshold { threshold: witness_threshold, keys: 2 });
    }
    let twice = |log| assert!(matches!(with_log(log), Err(RootError::Twice(_))));
    twice(LogPolicy { key: key(41).into(), ..policy() });
    // Who audits the map is nobody who only witnesses.
    twice(LogPolicy {
        auditors: List::of_one(LogVerifier { name: "auditor".parse().unwrap(), ..cosigner(41) }),
        ..policy()
    });
    twice(LogPolicy { auditors: List::of_one(LogVerifier { name: cosigner(41).name, ..cosigner(43) }), ..policy() });
    twice(LogPolicy { origin: cosigner(41).name, ..policy() });
}

/// A name stands in a checkpoint's signature lines (C2SP signed-note), an address in a browser's request.
#[test]
fn names_and_addresses_of_cosigners() {
    let auditor = |name: &str, url: Option<&str>| {
        let url = url.map(|url| url.parse().unwrap());
        let auditor = LogVerifier { name: name.parse().unwrap(), url, ..cosigner(43) };
        with_log(LogPolicy { auditors: List::of_one(auditor), ..policy() })
    };
    for name in ["map auditor", "map+auditor"] {
        assert_eq!(auditor(name, None), Err(RootError::KeyName(name.into())));
        assert!(with_log(LogPolicy { origin: name.parse().unwrap(), ..policy() }).is_err());
    }
    for url in ["https://auditor.example", "http://127.0.0.1:8443", "https://auditor.example/nguon"] {
        assert!(auditor("map-auditor", Some(url)).is_ok());
    }
    for url in ["auditor.example", "ftp://auditor.example", "https://", "https://auditor example", "HTTPS://a.example"]
    {
        assert_eq!(auditor("map-auditor", Some(url)), Err(RootError::Address(url.into())));
    }
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
