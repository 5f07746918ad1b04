//! What the core reads of a log.

use nguon_core::admit::Statement;
use nguon_core::cbor::{Limits, from_canonical, split_sequence};
use nguon_core::envelope::Deployment;
use nguon_core::fork::Evidence;
use nguon_core::gs1::{Gtin, Lot};
use nguon_core::ids::{PublicKeyBytes, RootHash};
use nguon_core::key::PublicKey;
use nguon_core::log::Leaf;
use nguon_core::recalls::RecallList;
use nguon_core::trust::{Roots, SignedRoot, TrustRoot};
use nguon_core::values::Time;
use nguon_core::verify::{
    Absence, Bundle, Options, Outcome, Proof, Seen, Stage, Verification, Verifier, assemble, stages, verify,
    verify_absence,
};

fn root() -> TrustRoot {
    TrustRoot::from_bytes(include_bytes!("root_logged.nguon")).expect("a trust root")
}

/// When the seeds were read.
fn now() -> Time {
    Time::new(1_781_049_600 + 120).expect("a time")
}

/// A leaf is the bytes it came in.
pub fn leaf(data: &[u8]) {
    if let Ok(leaf) = Leaf::from_bytes(data) {
        assert_eq!(leaf.to_bytes(), data);
    }
}

/// A proof is the bytes it came in.
pub fn proof(data: &[u8]) {
    if let Ok(proof) = Proof::from_bytes(data) {
        assert_eq!(proof.to_bytes().as_deref(), Ok(data));
    }
}

/// Verification ends, step by step as at once, also for a reader who remembers something else.
pub fn logged_bundle(data: &[u8]) {
    let bundle = Bundle::from_bytes(data);
    if let Ok(bundle) = &bundle {
        assert_eq!(bundle.to_bytes().as_deref(), Ok(data));
    }
    let root = root();
    let options = Options { online: true, ..Options::at(now()) };
    let at_once = verify(data, &root, &options);
    let mut verifier = Verifier::new(data, &root, &options);
    while verifier.step(1).is_some() {}
    assert_eq!(verifier.finish(), at_once);
    let mut verifier = Verifier::new(data, &root, &options);
    let seen = verifier.checkpoint();
    verifier.hold_against(&Seen { size: 7, root: RootHash::from_bytes([7; 32]) }, None);
    let held = verifier.finish();
    // Nothing proves that the log grew from what this reader remembers.
    assert!(seen.is_none() || held.verdict.outcome != Outcome::Valid);
    if let Ok(bundle) = bundle {
        let _ = bundle.view(&root);
    }
}

/// Stages say what the bundle says that they are, and nothing more if they are none.
pub fn staged(data: &[u8]) {
    let Ok(items) = split_sequence(data) else { return };
    let Some((first, rest)) = items.split_first() else { return };
    if let Ok(stage) = Stage::from_bytes(first) {
        assert_eq!(stage.to_bytes().as_deref(), Ok(*first));
        let _ = stage.claims();
    }
    let root = root();
    let options = Options::at(now());
    let mut verifier = Verifier::staged(first, &root, &options);
    let proven = verifier.stage();
    for item in rest {
        verifier.feed(item);
    }
    let found = verifier.finish();
    let valid = |found: &Verification| found.verdict.outcome == Outcome::Valid;
    assert!(!valid(&found) || proven.is_some_and(|proven| proven.chains == rest.len()));
    let Ok(bundle) = assemble(&items) else { return };
    let Ok(bytes) = bundle.to_bytes() else { return };
    // Parts that come in another order than their claims are put in order by the verifier only.
    let whole = verify(&bytes, &root, &options);
    assert!(!valid(&whole) || whole == found);
    let Ok(again) = stages(bundle, root.deployment()) else { return };
    let again: Vec<&[u8]> = again.iter().map(Vec::as_slice).collect();
    let same = assemble(&again).is_ok_and(|bundle| bundle.to_bytes().is_ok_and(|again| again == bytes));
    assert!(!valid(&whole) || same);
}

/// Nothing proves that nobody has a label that somebody has.
pub fn absence(data: &[u8]) {
    if let Ok(absence) = Absence::from_bytes(data) {
        assert_eq!(absence.to_bytes().as_deref(), Ok(data));
    }
    let gtin: Gtin = "09521234543213".parse().expect("a GTIN");
    let [taken, free] = ["VT-2026-001", "NOBODY-1"].map(|lot| lot.parse::<Lot>().expect("a lot"));
    let root = root();
    assert!(verify_absence(data, &root, &gtin, &taken, now()).is_err());
    if let Ok(absent) = verify_absence(data, &root, &gtin, &free, now()) {
        // What proves it is an absence, of a log that has leaves, and cosigned by no clock far ahead of this one.
        assert!(Absence::from_bytes(data).is_ok() && absent.checkpoint.size > 0);
        assert!(absent.as_of.get() <= now().get() + 600);
    }
}

/// Evidence is the bytes it came in, of two statements.
pub fn evidence(data: &[u8]) {
    let deployment = Deployment::of_first_root(&root().signed().payload.0);
    let Ok(evidence) = Evidence::from_bytes(data, &deployment) else { return };
    assert_eq!(evidence.to_bytes(), data);
    let [first, second] = evidence.statements();
    assert!(first.id < second.id && first.record.previous == second.record.previous);
    let key = PublicKeyBytes::from(&nguon_core::SigningKey::from_bytes(&[5; 32]));
    let key = PublicKey::from_bytes(&key).expect("a key");
    let signed = |one: &Statement| one.is_signed_by(&key);
    let convincing = evidence.key_id() == key.id() && [first, second].into_iter().all(signed);
    assert_eq!(evidence.verify(&key).is_ok(), convincing);
}

/// A list that is taken is an authority's.
pub fn recall_list(data: &[u8]) {
    let roots = Roots::logged(root());
    if let Ok(list) = RecallList::verify(data.to_vec(), &roots) {
        assert!(roots.newest().authority(&list.authority).is_some());
    }
}

/// Versions that are taken are numbered from 1, and each names the one before it.
pub fn root_chain(data: &[u8]) {
    let Ok(versions) = from_canonical::<Vec<SignedRoot>>(data, Limits { length: 64 * 1024, depth: 6 }) else { return };
    let Some((first, rest)) = versions.split_first() else { return };
    let _ = (first.read_unverified(), first.payload_hash());
    let Ok(first) = TrustRoot::verify_first(first.clone()) else { return };
    let Ok(roots) = Roots::from_bundle(&first, rest, None) else { return };
    assert_eq!(roots.versions().len(), versions.len());
    for (number, pair) in (2..).zip(roots.versions().windows(2)) {
        let [before, after] = pair else { return };
        assert_eq!(after.payload().version, number);
        assert_eq!(after.payload().previous.as_ref().map(|hash| &*hash.0), Some(&before.signed().payload_hash()[..]));
        assert_eq!(after.deployment(), first.deployment());
    }
}
