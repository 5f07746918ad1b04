//! Records from a practice deployment are served as real ones: same people, same keys, another trust root.

use nguon_core::envelope::SignedRecord;
use nguon_core::ledger::{Ledger, LedgerError};
use nguon_core::trust::{RootPayload, SignedRoot, TrustRoot};
use nguon_core::verify::{Bundle, Options, Outcome, verify};

use crate::support::{bundle, season};

/// A root that differs in its name alone: authority and root keys are those of the season.
fn practice() -> TrustRoot {
    let payload =
        RootPayload { name: "Tập huấn (mẫu)".parse().unwrap(), ..season().ledger.trust().payload().clone() };
    let keys = ["root/1", "root/2"].map(|name| season().key(name));
    TrustRoot::verify_first(SignedRoot::sign(&payload, &[&keys[0], &keys[1]]).unwrap()).unwrap()
}

fn read(bundle: &Bundle, trust: &TrustRoot) -> Outcome {
    verify(&bundle.to_bytes().unwrap(), trust, &Options::at(season().now())).verdict.outcome
}

#[test]
fn a_reader_of_the_right_deployment_accepts() {
    assert_eq!(read(&bundle("hung/0614"), season().ledger.trust()), Outcome::Unlogged);
}

#[test]
fn under_its_own_root_it_is_seen_at_once() {
    assert_eq!(read(&bundle("hung/0614"), &practice()), Outcome::Invalid { code: "other_root", at: None });
}

#[test]
fn under_the_readers_root_no_signature_holds() {
    let practice = practice();
    let mut replayed = bundle("hung/0614");
    replayed.roots = vec![practice.signed().clone()];
    replayed.openings.clear();
    let found = verify(&replayed.to_bytes().unwrap(), &practice, &Options::at(season().now()));
    assert!(
        matches!(found.verdict.outcome, Outcome::Invalid { code: "wrong_chain", .. }),
        "{:?}",
        found.verdict.outcome
    );
    let history = found.history.unwrap();
    assert_eq!(history.chains().count(), 0, "nothing of it is shown as verified");
}

#[test]
fn a_server_of_the_other_deployment_refuses_every_first_record() {
    let mut ledger = Ledger::new(practice());
    for signed in season().journal.iter().filter(|signed| is_first(signed)) {
        let refused = ledger.admit(signed.clone()).unwrap_err();
        assert!(matches!(refused, LedgerError::Rejected(_)));
    }
    // By the authority itself, whose keys both roots list: only the bound deployment tells them apart.
    let LedgerError::Rejected(fault) = ledger.admit(season().journal[0].clone()).unwrap_err() else { panic!() };
    assert_eq!(fault.code(), "bad_signature");
}

fn is_first(signed: &SignedRecord) -> bool {
    nguon_core::record::Record::from_payload(signed.payload()).unwrap().sequence == 0
}
