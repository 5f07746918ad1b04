//! A co-op's officer enrols whom it should not, or reaches into another co-op's members.

use nguon_core::SigningKey;
use nguon_core::event::{Enrolled, EventName, KeyRevoked, Opened, RevocationReason, Role, Scope};
use nguon_core::ids::{ChainId, FieldDigest, KeyId, Nonce, PublicKeyBytes};
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::values::{List, Time};
use nguon_core::verify::Outcome;
use nguon_examples::season::OFFSET;

use crate::support::{Insider, at, office, outcome, pen, refusal, season};

fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

/// An enrolment within the co-op's own dates.
fn enrolment(role: Role, key: &SigningKey, change: impl FnOnce(&mut Scope)) -> Enrolled {
    let dates = (season().now(), Time::new(season().now().get() + 86_400).unwrap());
    let mut scope = Scope {
        from: Some(dates.0),
        until: Some(dates.1),
        ..Scope::of_events(&[EventName::Enrolled, EventName::Opened]).unwrap()
    };
    change(&mut scope);
    Enrolled::new(role, FieldDigest::from_bytes([1; 32]), scope, Some(key.into()))
}

#[test]
fn nobody_gets_more_than_the_registrar_has() {
    let (coop, friend) = (season().key("coop"), key(1));
    let mut ledger = season().ledger.clone();
    let mut enrol = |change: &dyn Fn(&mut Scope)| {
        ledger.begin(&pen("coop", &coop), enrolment(Role::Farm, &friend, change), Nonce::from_bytes([1; 16]))
    };
    let prefix = |digits: &str| Some(List::of_one(digits.parse().unwrap()));
    let beyond = |result| refusal(result).field();
    assert_eq!(beyond(enrol(&|scope| scope.gs1_prefixes = prefix("9529876"))).as_deref(), Some("scope.gs1_prefixes"));
    assert_eq!(beyond(enrol(&|scope| scope.gs1_prefixes = prefix("95212"))).as_deref(), Some("scope.gs1_prefixes"));
    assert_eq!(beyond(enrol(&|scope| scope.until = None)).as_deref(), Some("scope.until"));
    assert_eq!(beyond(enrol(&|scope| scope.from = None)).as_deref(), Some("scope.from"));
    assert!(enrol(&|scope| scope.gs1_prefixes = prefix("9521234")).is_ok());
}

#[test]
fn a_reader_sees_what_no_server_should_have_taken() {
    let coop = season().key("coop");
    let lot = |prefix: &str| {
        let friend = key(1);
        let mut insider = Insider::of("hung/0614");
        let scope = |scope: &mut Scope| scope.gs1_prefixes = Some(List::of_one(prefix.parse().unwrap()));
        let actor = insider.begin(&pen("coop", &coop), enrolment(Role::Farm, &friend, scope));
        let by_friend = Pen::new(actor, &friend, season().now()).east(OFFSET);
        let batch = insider.begin(&by_friend, Opened::new(actor, "Vải thiều tươi".parse().unwrap()));
        (actor, insider.about(batch).outcome())
    };
    assert_eq!(lot("9521234").1, Outcome::Incomplete, "in order, but empty");
    let (actor, outcome) = lot("9529876");
    let place = Some(nguon_core::verify::At { chain: actor, sequence: 0 });
    assert_eq!(outcome, Outcome::Invalid { code: "out_of_scope", at: place });
}

/// Registrars one below another, as many as are let in.
fn tower(ledger: &mut Ledger) -> (usize, &'static str) {
    let mut above = season().id("coop");
    let mut by = season().key("coop");
    for n in 2.. {
        let next = key(n);
        let pen = Pen::new(above, &by, season().now()).east(OFFSET);
        match ledger.begin(&pen, enrolment(Role::Registrar, &next, |_| ()), Nonce::from_bytes([n; 16])) {
            Ok(id) => (above, by) = (id, next),
            Err(nguon_core::ledger::LedgerError::Rejected(fault)) => return (usize::from(n - 1), fault.code()),
            Err(other) => panic!("{other}"),
        }
    }
    unreachable!("registrars without end")
}

#[test]
fn registrars_stand_at_most_four_deep() {
    assert_eq!(tower(&mut season().ledger.clone()), (4, "too_deep"));
}

#[test]
fn a_registrar_enrolled_by_nobody_is_nobody() {
    let own = key(9);
    let invented = nguon_core::ids::AuthorityId::from_bytes([9; 32]);
    let mut insider = Insider::of("hung/0614");
    let mut by_itself = Pen::new(invented, &own, season().now());
    let actor = insider.begin(&by_itself, enrolment(Role::Registrar, &own, |_| ()));
    by_itself.signer = actor.into();
    let batch = insider.begin(&by_itself, Opened::new(actor, "Vải thiều tươi".parse().unwrap()));
    let found = insider.about(batch).outcome();
    assert_eq!(found, Outcome::UntrustedKey { at: Some(nguon_core::verify::At { chain: actor, sequence: 0 }) });
}

#[test]
fn a_registrar_does_not_reach_another_co_ops_members() {
    let (coop, early) = (season().key("coop"), season().key("early-coop"));
    let revoked = |whose: &str| KeyRevoked {
        key: KeyId::of(&PublicKeyBytes::from(&season().key(whose))),
        reason: RevocationReason::Compromised,
        suspect_since: None,
        details: None,
    };
    let mut ledger = season().ledger.clone();
    let hung = season().id("hung");
    assert_eq!(refusal(ledger.append(&pen("early-coop", &early), hung, revoked("hung"))).code(), "not_permitted");
    assert!(ledger.append(&pen("coop", &coop), hung, revoked("hung")).is_ok());

    let mut insider = Insider::of("hung/0614").with_chain("early-coop");
    let sequence = insider.append(&pen("early-coop", &early), hung, revoked("hung"));
    assert_eq!(insider.outcome(), Outcome::Invalid { code: "not_permitted", at: Some(at("hung", sequence)) });
}

#[test]
fn what_a_registrar_may_not_do_the_authority_may() {
    let officer = season().key("office/2");
    let mut ledger = season().ledger.clone();
    let revoked = KeyRevoked {
        key: KeyId::of(&PublicKeyBytes::from(&season().key("coop"))),
        reason: RevocationReason::Compromised,
        suspect_since: Some(season().now()),
        details: None,
    };
    let coop: ChainId = season().id("coop");
    ledger.append(&office(&officer), coop, revoked).unwrap();
    let key = season().key("coop");
    let enrol = enrolment(Role::Farm, &self::key(1), |_| ());
    assert_eq!(refusal(ledger.begin(&pen("coop", &key), enrol, Nonce::from_bytes([2; 16]))).code(), "revoked_key");
    // What it enrolled before is in doubt with it.
    let households = ledger.bundle(season().id("hung/0614")).unwrap();
    assert!(matches!(outcome(&households), Outcome::Suspect { .. }));
}
