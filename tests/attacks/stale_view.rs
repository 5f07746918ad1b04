//! The operator, or a cache, serves an old bundle: all in it is true, and it was before the recall. The attack is called
//! a freeze where the operator keeps everybody at the same old checkpoint.

use nguon_core::event::{RecallReason, Recalled};
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::verify::{At, Options, Outcome, OutcomeKind, Seen, verify};

use crate::log::{all, bundle, close, found, key, later, logged, now, read_at, read_having_seen};

const HOUR: u64 = 3_600;

fn kinds(bundle: &nguon_core::verify::Bundle, seconds: u64, online: bool) -> (OutcomeKind, Option<&'static str>) {
    let options = Options { online, ..Options::at(later(seconds)) };
    let found = verify(&bundle.to_bytes().unwrap(), logged().ledger.trust(), &options).verdict;
    assert_eq!(found.as_of, Some(now()), "its age is always told");
    let first = found.findings.iter().find(|finding| finding.outcome.is_some()).map(|finding| finding.code());
    (found.outcome.kind(), first)
}

/// Everything, recalled a minute later.
fn recalled() -> Ledger {
    let mut ledger = logged().ledger.clone();
    let office = key("office/1");
    let recall = Recalled {
        reason: RecallReason::PesticideResidue,
        harvests: None,
        consignment: None,
        product_lot: None,
        details: None,
    };
    ledger.set_time(later(60));
    ledger.append(&Pen::new(logged().authority, &office, later(60)), logged().id("hung/0614"), recall).unwrap();
    close(&mut ledger, later(60), &all());
    ledger
}

#[test]
fn it_is_green_for_as_long_as_the_policy_says_and_no_longer() {
    let fresh = bundle("hung/0614");
    assert_eq!(kinds(&fresh, 0, true), (OutcomeKind::Valid, None));
    assert_eq!(kinds(&fresh, HOUR, true), (OutcomeKind::Valid, None));
    assert_eq!(kinds(&fresh, HOUR + 1, true), (OutcomeKind::Stale, Some("old")));
    assert_eq!(kinds(&fresh, HOUR + 1, false), (OutcomeKind::Valid, None));
    assert_eq!(kinds(&fresh, 24 * HOUR, false), (OutcomeKind::Valid, None));
    assert_eq!(kinds(&fresh, 24 * HOUR + 1, false), (OutcomeKind::Stale, Some("old")));
}

#[test]
fn years_later_it_still_says_what_was_true_then() {
    let verdict = read_at(&bundle("hung/0614"), later(3 * 365 * 24 * HOUR)).verdict;
    assert_eq!((verdict.outcome, verdict.as_of), (Outcome::Stale, Some(now())));
}

#[test]
fn a_witness_has_seen_more() {
    let newer = recalled();
    let newest = newer.checkpoints().last().unwrap();
    let witnessed = Seen { size: newest.size, root: newest.root };
    let old = newer.bundle_at(logged().id("hung/0614"), 0).unwrap();
    let verdict = read_having_seen(&old, &witnessed, None, later(90)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Stale, "behind", None));
    // The same bundle before a reader whom no witness answers is green for its hour.
    assert_eq!(read_at(&old, later(90)).verdict.outcome, Outcome::Valid);
    // And the honest answer is the recall.
    let now = newer.bundle(logged().id("hung/0614")).unwrap();
    let verdict = read_having_seen(&now, &witnessed, None, later(90)).verdict;
    let last = newer.records(&logged().id("hung/0614")).len() as u64 - 1;
    let at = At { chain: logged().id("hung/0614"), sequence: last };
    assert_eq!(verdict.outcome, Outcome::Recalled { reason: RecallReason::PesticideResidue, at });
}

/// Frozen: the operator has the old checkpoint's cosignatures post-dated by witnesses in league with it.
#[test]
fn cosignatures_from_the_future_count_for_nothing() {
    let mut ledger = logged().ledger.clone();
    close(&mut ledger, later(48 * HOUR), &all());
    let frozen = ledger.bundle(logged().id("hung/0614")).unwrap();
    let verdict = read_at(&frozen, later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Incomplete, "not_cosigned", None));
    // Ten minutes is what clocks may differ by.
    let mut ledger = logged().ledger.clone();
    close(&mut ledger, later(600), &all());
    let ahead = ledger.bundle(logged().id("hung/0614")).unwrap();
    assert_eq!(read_at(&ahead, now()).verdict.outcome, Outcome::Valid);
    assert_eq!(
        read_at(&ahead, nguon_core::values::Time::new(now().get() - 1).unwrap()).verdict.outcome,
        Outcome::Incomplete
    );
}

#[test]
fn as_of_is_the_kth_newest_and_no_later_than_the_auditors() {
    use nguon_core::ledger::Cosigner;
    use nguon_examples::season::{AUDITOR, LOG_KEY, WITNESSES};
    let keys: Vec<_> = WITNESSES.iter().chain([&AUDITOR]).map(|name| (*name, key(name))).collect();
    let as_of = |times: [u64; 5]| {
        let mut ledger = logged().ledger.clone();
        let cosigners: Vec<Cosigner<'_>> =
            keys.iter().zip(times).map(|((name, key), at)| Cosigner { name, key, at: later(at) }).collect();
        ledger.close(later(900), &key(LOG_KEY), &cosigners).unwrap();
        read_at(&ledger.bundle(logged().id("hung/0614")).unwrap(), later(900)).verdict.as_of
    };
    assert_eq!(as_of([100, 200, 300, 400, 500]), Some(later(200)), "the third newest of four witnesses");
    assert_eq!(as_of([100, 200, 300, 400, 150]), Some(later(150)), "the auditor's is older");
    assert_eq!(as_of([400, 100, 400, 400, 900]), Some(later(400)));
}

#[test]
fn an_authoritys_list_reaches_a_reader_whom_the_bundle_does_not_tell() {
    use nguon_core::recalls::{ListedRecall, RecallList};
    let newer = recalled();
    let chain = logged().id("hung/0614");
    let sequence = newer.records(&chain).len() as u64 - 1;
    let old = newer.bundle_at(chain, 0).unwrap().to_bytes().unwrap();
    let list = |issued| RecallList {
        version: 1,
        issued,
        recalls: vec![ListedRecall { chain, reason: RecallReason::PesticideResidue, sequence }],
        authority: logged().authority,
    };
    let outcome = |list: RecallList| {
        let signed = list.sign(&key("office/1"), newer.trust().deployment()).unwrap();
        let recalls = Some(RecallList::verify(signed, newer.roots()).unwrap());
        verify(&old, newer.trust(), &Options { recalls, ..Options::at(later(90)) }).verdict.outcome
    };
    let reason = RecallReason::PesticideResidue;
    assert_eq!(outcome(list(later(80))), Outcome::Recalled { reason, at: At { chain, sequence } });
    // A list older than the bundle's proof adds nothing: the bundle is complete up to then.
    assert_eq!(outcome(list(nguon_core::values::Time::new(now().get() - 1).unwrap())), Outcome::Valid);
    let stranger = nguon_core::SigningKey::from_bytes(&[5; 32]);
    let forged = list(later(80)).sign(&stranger, newer.trust().deployment()).unwrap();
    assert!(RecallList::verify(forged, newer.roots()).is_err());
}

#[test]
fn an_older_list_does_not_take_back_what_a_newer_one_says() {
    use nguon_core::recalls::{ListedRecall, RecallList};
    let bytes = bundle("hung/0614").to_bytes().unwrap();
    let chain = logged().id("hung/0614");
    let list =
        |issued, recalls| RecallList { version: 1, issued: later(issued), recalls, authority: logged().authority };
    let options = Options::at(later(7_300));
    let mut verifier = nguon_core::verify::Verifier::new(&bytes, logged().ledger.trust(), &options);
    verifier.list_recalls(list(7_200, vec![ListedRecall { chain, reason: RecallReason::Microbial, sequence: 99 }]));
    verifier.list_recalls(list(1, Vec::new()));
    assert!(matches!(verifier.finish().verdict.outcome, Outcome::Recalled { .. }));
}

#[test]
fn what_nobody_proves_to_go_on_is_not_remembered() {
    let seen = Seen { size: 3, root: nguon_core::ids::RootHash::from_bytes([9; 32]) };
    let read = read_having_seen(&bundle("hung/0614"), &seen, None, now());
    assert_eq!((read.verdict.outcome, read.checkpoint), (Outcome::Incomplete, None));
}
