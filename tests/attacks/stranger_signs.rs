//! Somebody with a key of their own signs as somebody else.

use nguon_core::SigningKey;
use nguon_core::event::{Listed, RecallReason, Recalled};
use nguon_core::ids::AuthorityId;
use nguon_core::ledger::Pen;
use nguon_core::verify::Outcome;

use crate::support::{Insider, at, office, pen, refusal, season};

const LOT: &str = "seller/0526";

fn listed() -> Listed {
    let until = None;
    Listed { marketplace: "cho-nong-san.example".parse().unwrap(), listing: "MAU-2".parse().unwrap(), until }
}

fn signed_with(key: &SigningKey) -> (Outcome, &'static str) {
    let mut insider = Insider::of(LOT);
    let pen = pen("seller", key);
    insider.append(&pen, season().id(LOT), listed());
    let admitted = season().ledger.clone().append(&pen, season().id(LOT), listed());
    (insider.outcome(), admitted.map_or_else(|error| refusal::<()>(Err(error)).code(), |_| "accepted"))
}

#[test]
fn only_the_sellers_key_is_the_sellers() {
    assert_eq!(signed_with(&season().key("seller")), (Outcome::Unlogged, "accepted"));
    let untrusted = (Outcome::UntrustedKey { at: Some(at(LOT, 3)) }, "unknown_key");
    assert_eq!(signed_with(&SigningKey::from_bytes(&[5; 32])), untrusted, "a key of nobody");
    assert_eq!(signed_with(&season().key("hung")), untrusted, "a key of somebody else");
    assert_eq!(signed_with(&season().key("office/1")), untrusted, "not even the authority's");
}

#[test]
fn an_authority_that_is_in_no_trust_root() {
    let recalled = || Recalled::new(RecallReason::Other);
    let own = SigningKey::from_bytes(&[5; 32]);
    let invented = Pen::new(AuthorityId::from_bytes([5; 32]), &own, season().now());
    let mut insider = Insider::of(LOT);
    let sequence = insider.append(&invented, season().id(LOT), recalled());
    assert_eq!(insider.outcome(), Outcome::UntrustedKey { at: Some(at(LOT, sequence)) });
    let refused = season().ledger.clone().append(&invented, season().id(LOT), recalled());
    assert_eq!(refusal(refused).code(), "unknown_authority");
}

#[test]
fn a_strangers_key_under_the_authoritys_name() {
    let recalled = || Recalled::new(RecallReason::Other);
    let own = SigningKey::from_bytes(&[5; 32]);
    let mut insider = Insider::of(LOT);
    let sequence = insider.append(&office(&own), season().id(LOT), recalled());
    assert_eq!(insider.outcome(), Outcome::UntrustedKey { at: Some(at(LOT, sequence)) });

    let officer = season().key("office/1");
    let mut insider = Insider::of(LOT);
    insider.append(&office(&officer), season().id(LOT), recalled());
    assert!(matches!(insider.outcome(), Outcome::Recalled { .. }), "the officer's own is heard");
}

#[test]
fn a_batch_is_no_signer() {
    let key = season().key("seller");
    let mut pen = pen("seller", &key);
    pen.signer = season().id("lien/0526").into();
    let mut insider = Insider::of(LOT);
    let sequence = insider.append(&pen, season().id(LOT), listed());
    assert_eq!(insider.outcome(), Outcome::Invalid { code: "wrong_reference", at: Some(at(LOT, sequence)) });
}
