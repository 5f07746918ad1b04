//! The data operator makes itself the authority of a trust root of its own, and serves that along.

use nguon_core::SigningKey;
use nguon_core::trust::{Authority, RootError, RootPayload, SignedRoot, TrustRoot};
use nguon_core::verify::{Options, Outcome, verify};
use nguon_examples::season::{Season, Seed};

use crate::support::{bundle, outcome, season};

const OTHER_ROOT: Outcome = Outcome::Invalid { code: "other_root", at: None };

#[test]
fn a_whole_forged_season_under_its_own_root() {
    let forged = Season::build(&Seed::of("operator")).unwrap();
    let bytes = forged.ledger.bundle(forged.id("seller/0526")).unwrap().to_bytes().unwrap();
    let read = |trust| verify(&bytes, trust, &Options::at(season().now())).verdict.outcome;
    assert_eq!(read(forged.ledger.trust()), Outcome::Unlogged, "to whom trusts the operator");
    assert_eq!(read(season().ledger.trust()), OTHER_ROOT, "to whom pinned the real root");
}

#[test]
fn a_forged_root_beside_true_records() {
    let mut swapped = bundle("seller/0526");
    assert_eq!(outcome(&swapped), Outcome::Unlogged);
    swapped.roots = vec![Season::root(&Seed::of("operator"), None).unwrap()];
    assert_eq!(outcome(&swapped), OTHER_ROOT);
    swapped.roots.clear();
    assert_eq!(outcome(&swapped), OTHER_ROOT);
}

#[test]
fn a_forged_later_version_is_no_reason_to_trust_it() {
    let mut swapped = bundle("seller/0526");
    swapped.roots.push(Season::root(&Seed::of("operator"), None).unwrap());
    assert_eq!(outcome(&swapped), OTHER_ROOT);
}

/// The season's root payload, changed and signed anew with these keys.
fn root(change: impl FnOnce(&mut RootPayload), keys: &[&str]) -> Result<TrustRoot, RootError> {
    let mut payload = season().ledger.trust().payload().clone();
    change(&mut payload);
    let keys: Vec<SigningKey> = keys.iter().map(|name| season().key(name)).collect();
    TrustRoot::verify_first(SignedRoot::sign(&payload, &keys.iter().collect::<Vec<_>>())?)
}

#[test]
fn too_few_root_keys_make_no_root() {
    assert!(root(|_| (), &["root/1", "root/3"]).is_ok());
    assert_eq!(root(|_| (), &["root/1"]), Err(RootError::Signatures { valid: 1, threshold: 2 }));
    assert_eq!(root(|_| (), &["root/1", "root/1"]), Err(RootError::Signatures { valid: 1, threshold: 2 }));
    assert_eq!(root(|_| (), &["root/1", "office/1"]), Err(RootError::Signatures { valid: 1, threshold: 2 }));
}

#[test]
fn one_key_is_not_counted_for_two_authorities() {
    let twice = |payload: &mut RootPayload| {
        let key = (&season().key("office/1")).into();
        let second = Authority::new(nguon_core::ids::AuthorityId::from_bytes([1; 32]), "Sở khác".parse().unwrap(), key);
        let mut all = payload.authorities.to_vec();
        all.push(second);
        payload.authorities = nguon_core::values::List::new(all).unwrap();
    };
    assert!(matches!(root(twice, &["root/1", "root/2"]), Err(RootError::Twice(_))));
}

#[test]
fn a_changed_payload_loses_its_signatures() {
    let mut signed = season().ledger.trust().signed().clone();
    assert!(TrustRoot::verify_first(signed.clone()).is_ok());
    let at = signed.payload.0.len() - 1;
    signed.payload.0[at] ^= 1;
    assert!(TrustRoot::verify_first(signed).is_err());
}
