//! The data operator serves an actor's chain without the revocation of a stolen key.

use nguon_core::event::{KeyRevoked, Opened, RevocationReason};
use nguon_core::ids::Nonce;
use nguon_core::verify::{At, Outcome, OutcomeKind};

use crate::log::{all, bundle, close, cut, found, key, later, logged, now, outcome, pen, read_at, verdict};

#[test]
fn the_revocation_is_missed() {
    assert!(matches!(outcome(&bundle("tuan/0530")), Outcome::Suspect { .. }));
    let mut hidden = bundle("tuan/0530");
    let actor = logged().id("tuan");
    let records = logged().ledger.records(&actor).len();
    cut(&mut hidden, actor, records - 1);
    assert_eq!(found(&verdict(&hidden)), (OutcomeKind::Incomplete, "not_in_map", None));
}

/// A key counts up to the leaf of its revocation and no further, whatever time a record claims.
#[test]
fn a_record_logged_after_the_revocation_is_by_nobody() {
    let (thief, coop) = (key("hung"), key("coop"));
    let mut ledger = logged().ledger.clone();
    let hung = logged().id("hung");
    let opened = |nonce| (Opened::new(hung, "Vải thiều tươi".parse().unwrap()), Nonce::from_bytes([nonce; 16]));
    // Signed and logged before: it stands.
    let (event, nonce) = opened(1);
    let honest = ledger.begin(&pen("hung", &thief, now()), event, nonce).unwrap();
    let revoked = KeyRevoked {
        key: nguon_core::ids::KeyId::of(&(&thief).into()),
        reason: RevocationReason::Stolen,
        suspect_since: Some(later(30)),
        details: None,
    };
    ledger.set_time(later(60));
    ledger.append(&pen("coop", &coop, later(60)), hung, revoked).unwrap();
    ledger.set_time(later(120));
    let (event, nonce) = opened(2);
    let record = nguon_core::ledger::begin_record(&pen("hung", &thief, now()), event.into(), nonce);
    let signed =
        nguon_core::envelope::SignedRecord::sign(&record, &thief, logged().ledger.trust().deployment()).unwrap();
    // A server refuses it; one that does not is found out by position.
    assert!(ledger.clone().admit(signed.clone()).is_err());
    let forged = nguon_core::ids::ChainId::of_first(ledger.log_unjudged(signed).unwrap());
    close(&mut ledger, later(180), &all());
    let verdict = read_at(&ledger.bundle(forged).unwrap(), later(180)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::UntrustedKey, "key_not_then", Some(At { chain: forged, sequence: 0 })));
    let verdict = read_at(&ledger.bundle(honest).unwrap(), later(180)).verdict;
    assert!(verdict.findings.iter().all(|finding| !matches!(finding.code(), "key_not_then" | "revoked_key")));
}
