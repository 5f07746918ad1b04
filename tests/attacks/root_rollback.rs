//! The trust root has moved on: a key was retired, because it leaked. The operator, or whoever has the old key, serves the
//! old root as if it were the newest.

use nguon_core::SigningKey;
use nguon_core::event::{RecallReason, Recalled};
use nguon_core::ids::PublicKeyBytes;
use nguon_core::ledger::{Ledger, LedgerError, Pen};
use nguon_core::trust::{RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::{List, Time};
use nguon_core::verify::{At, Bundle, Outcome, OutcomeKind};

use crate::log::{all, close, found, key, later, logged, now, read_at};

/// Version 2: `office/2` is retired. Signed by two of the three root keys, which stay.
fn second(previous: &TrustRoot) -> SignedRoot {
    let expires = Time::new(previous.payload().expires.get() + 1).unwrap();
    let mut payload = RootPayload::after(previous, later(30), expires);
    let retired = PublicKeyBytes::from(&key("office/2"));
    let mut authorities = payload.authorities.to_vec();
    authorities[0].keys = List::of_one(PublicKeyBytes::from(&key("office/1")));
    authorities[0].retired = Some(List::of_one(retired));
    payload.authorities = List::new(authorities).unwrap();
    SignedRoot::sign(&payload, &[&key("root/1"), &key("root/3")]).unwrap()
}

fn recall() -> Recalled {
    Recalled { reason: RecallReason::Other, harvests: None, consignment: None, product_lot: None, details: None }
}

fn officer(key: &SigningKey) -> Pen<'_> {
    Pen::new(logged().authority, key, later(90))
}

fn rotated() -> Ledger {
    let mut ledger = logged().ledger.clone();
    ledger.set_time(later(60));
    let next = second(ledger.trust());
    ledger.add_root(next).expect("two of three root keys signed it");
    close(&mut ledger, later(60), &all());
    ledger
}

fn bundle(ledger: &Ledger) -> Bundle {
    ledger.bundle(logged().id("hung/0614")).unwrap()
}

#[test]
fn both_versions_travel_and_all_is_well() {
    let bundle = bundle(&rotated());
    assert_eq!(bundle.roots.len(), 2);
    assert_eq!(read_at(&bundle, later(90)).verdict.outcome, Outcome::Valid);
}

#[test]
fn the_old_root_as_if_it_were_the_newest() {
    let mut rolled_back = bundle(&rotated());
    rolled_back.roots.truncate(1);
    crate::log::edit(&mut rolled_back, |proof| proof.roots.truncate(1));
    assert_eq!(found(&read_at(&rolled_back, later(90)).verdict), (OutcomeKind::Incomplete, "not_in_map", None));
}

#[test]
fn the_new_root_at_a_later_place_so_that_the_old_key_counts_longer() {
    let mut moved = bundle(&rotated());
    crate::log::edit(&mut moved, |proof| proof.roots[1][0] -= 1);
    let verdict = read_at(&moved, later(90)).verdict;
    assert!(verdict.findings.iter().any(|finding| finding.code() == "not_in_map"));
    assert_ne!(verdict.outcome, Outcome::Valid);
}

#[test]
fn a_retired_key_signs_nothing_more_and_what_it_signed_before_stands() {
    let mut ledger = rotated();
    let [first, second] = ["office/1", "office/2"].map(key);
    let refused = ledger.append(&officer(&second), logged().id("hung/0614"), recall());
    let Err(LedgerError::Rejected(fault)) = refused else { panic!("{refused:?}") };
    assert_eq!(fault.code(), "unknown_key");
    ledger.append(&officer(&first), logged().id("hung/0614"), recall()).expect("the key that stays");

    // A server that does not care logs it all the same: readers know where in the log the key ended.
    let mut careless = rotated();
    let chain = nguon_core::judge::Chains::chain(&careless, &logged().id("hung/0614")).unwrap();
    let record = nguon_core::ledger::next_record(&officer(&second), recall().into(), &chain);
    let signed = nguon_core::envelope::SignedRecord::sign(&record, &second, careless.trust().deployment()).unwrap();
    careless.log_unjudged(signed).unwrap();
    close(&mut careless, later(120), &all());
    let at = Some(At { chain: chain.id, sequence: chain.sequence + 1 });
    let verdict = read_at(&bundle(&careless), later(120)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::UntrustedKey, "unknown_key", at));
}

#[test]
fn what_a_retired_key_signed_before_stands() {
    let mut ledger = logged().ledger.clone();
    let second_key = key("office/2");
    ledger.set_time(later(10));
    ledger.append(&officer(&second_key), logged().id("hung/0614"), recall()).unwrap();
    ledger.set_time(later(60));
    let next = second(ledger.trust());
    ledger.add_root(next).unwrap();
    close(&mut ledger, later(60), &all());
    assert!(matches!(read_at(&bundle(&ledger), later(90)).verdict.outcome, Outcome::Recalled { .. }));
}

#[test]
fn a_thief_of_one_root_key_makes_no_version() {
    let payload = RootPayload::after(logged().ledger.trust(), later(30), later(300 * 86_400));
    let mut ledger = logged().ledger.clone();
    let alone = SignedRoot::sign(&payload, &[&key("root/1")]).unwrap();
    assert!(ledger.add_root(alone).is_err());
    let twice = SignedRoot::sign(&payload, &[&key("root/1"), &key("root/1")]).unwrap();
    assert!(ledger.add_root(twice).is_err());
    ledger.add_root(SignedRoot::sign(&payload, &[&key("root/1"), &key("root/2")]).unwrap()).expect("two are enough");
}

#[test]
fn an_expired_root_makes_nobody_untrusted() {
    let long_after = Time::new(logged().ledger.trust().payload().expires.get() + 1).unwrap();
    let verdict = read_at(&bundle(&logged().ledger), long_after).verdict;
    assert_eq!((verdict.outcome.kind(), verdict.as_of), (OutcomeKind::Stale, Some(now())));
    assert!(verdict.findings.iter().any(|finding| finding.code() == "root_expired"));
}
