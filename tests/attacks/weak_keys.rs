//! Somebody enrols a key under which signatures prove nothing, or prove different things to different readers.

use nguon_core::event::{Enrolled, EventName, KeyAdded, Role, Scope};
use nguon_core::ids::{AuthorityId, FieldDigest, Nonce, PublicKeyBytes};
use nguon_core::key::KeyError;
use nguon_core::trust::{Authority, RootError, RootPayload, SignedRoot, TrustRoot};
use nguon_core::verify::{At, Outcome};

use crate::support::{Insider, office, pen, refusal, season};

/// Encodings that must never become somebody's key, and why.
fn bad_keys() -> Vec<([u8; 32], KeyError)> {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    let small = EIGHT_TORSION.iter().map(|point| (point.compress().to_bytes(), KeyError::Weak));
    let mixed = (ED25519_BASEPOINT_POINT + EIGHT_TORSION[1]).compress().to_bytes();
    // The identity with its sign bit set, and with y = p + 1 in place of 1: second spellings of one point.
    let mut signed_identity = [0; 32];
    (signed_identity[0], signed_identity[31]) = (1, 0x80);
    let mut large_identity = [0xff; 32];
    (large_identity[0], large_identity[31]) = (0xee, 0x7f);
    let mut off_curve = [0; 32];
    off_curve[0] = 2;
    small
        .chain([
            (mixed, KeyError::Torsion),
            (signed_identity, KeyError::NotCanonical),
            (large_identity, KeyError::NotCanonical),
            (off_curve, KeyError::NotAPoint),
        ])
        .collect()
}

fn enrolled(key: [u8; 32]) -> Enrolled {
    let scope = Scope::of_events(&[EventName::Opened]).unwrap();
    let key = Some(PublicKeyBytes::from_bytes(key));
    Enrolled::new(Role::Farm, FieldDigest::from_bytes([1; 32]), scope, key)
}

#[test]
fn a_server_enrols_none_of_them() {
    let officer = season().key("office/1");
    let mut ledger = season().ledger.clone();
    for (key, why) in bad_keys() {
        let refused = refusal(ledger.begin(&office(&officer), enrolled(key), Nonce::from_bytes([1; 16])));
        assert_eq!(refused, why.into());
        assert_eq!((refused.code(), refused.field().as_deref()), ("weak_key", Some("key")));
    }
    let good = PublicKeyBytes::from(&season().key("somebody new"));
    assert!(ledger.begin(&office(&officer), enrolled(*good.as_bytes()), Nonce::from_bytes([1; 16])).is_ok());
}

#[test]
fn a_server_adds_none_of_them_later() {
    let coop = season().key("coop");
    let mut ledger = season().ledger.clone();
    for (key, why) in bad_keys() {
        let added = KeyAdded { key: PublicKeyBytes::from_bytes(key), holder: None };
        assert_eq!(refusal(ledger.append(&pen("coop", &coop), season().id("hung"), added)), why.into());
    }
}

#[test]
fn a_reader_who_is_served_one_says_so() {
    let officer = season().key("office/1");
    for (key, _) in bad_keys() {
        let mut insider = Insider::of("hung/0614");
        let actor = insider.begin(&office(&officer), enrolled(key));
        let farmer = season().key("hung");
        let shipped = nguon_core::event::Shipped::new(2, actor);
        insider.append(&pen("hung", &farmer), season().id("hung/0614"), shipped);
        let place = Some(At { chain: actor, sequence: 0 });
        assert_eq!(insider.outcome(), Outcome::Invalid { code: "weak_key", at: place });
    }
}

#[test]
fn no_trust_root_lists_one() {
    let root = season().key("root/1");
    for (key, why) in bad_keys() {
        let key = PublicKeyBytes::from_bytes(key);
        let authority = Authority::new(AuthorityId::from_bytes([1; 32]), "Sở mẫu".parse().unwrap(), key);
        let later = season().ledger.trust().payload().expires;
        let payload = RootPayload::of_one_authority(authority, (&root).into(), season().now(), later);
        let refused = TrustRoot::verify_first(SignedRoot::sign(&payload, &[&root]).unwrap());
        assert_eq!(refused, Err(RootError::Key { role: "authority", key, source: why }));
    }
}
