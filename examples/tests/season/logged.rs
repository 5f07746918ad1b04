//! The same season in a deployment with a log: what was grey is green, and the rest is what it was.

use std::sync::LazyLock;

use nguon_core::ledger::{Cosigner, Ledger};
use nguon_core::values::Time;
use nguon_core::verify::{Options, OutcomeKind, ScannedLabel, verify};
use nguon_examples::season::{AUDITOR, Expected, LOG_KEY, Season, Seed, WITNESSES, Watch};

use super::SEASON;

static LOGGED: LazyLock<Season> =
    LazyLock::new(|| Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged"));

#[test]
fn every_case_gets_its_verdict_as_of_the_checkpoint() {
    for case in &LOGGED.cases {
        let Some(batch) = case.batch else { continue };
        let bundle = LOGGED.ledger.bundle(batch).unwrap().to_bytes().unwrap();
        let label = case.label.as_ref().map(ScannedLabel::from);
        let options = Options { label, online: true, ..Options::at(LOGGED.now()) };
        let found = verify(&bundle, LOGGED.ledger.trust(), &options);
        let kind = found.verdict.outcome.kind();
        assert_eq!(Expected::Outcome(kind), case.expected, "{}: {:?}", case.name, found.verdict.findings);
        assert_eq!(found.verdict.as_of, Some(LOGGED.now()), "{}", case.name);
        assert!(found.checkpoint.is_some(), "{}", case.name);
    }
}

#[test]
fn good_ones_have_nothing_against_them() {
    let valid = LOGGED.cases.iter().filter(|case| case.expected == Expected::Outcome(OutcomeKind::Valid));
    let mut count = 0;
    for case in valid {
        let bundle = LOGGED.ledger.bundle(case.batch.unwrap()).unwrap().to_bytes().unwrap();
        let findings = verify(&bundle, LOGGED.ledger.trust(), &Options::at(LOGGED.now())).verdict.findings;
        assert!(findings.iter().all(|finding| finding.outcome.is_none()), "{}: {findings:?}", case.name);
        count += 1;
    }
    assert!(count >= 6);
}

/// A server's log keeps real time. The season is moved so that it ends today, and registered there all at once.
#[test]
fn a_log_that_runs_takes_all_of_it_on_the_day_after() {
    let today = Time::new(SEASON.now().get() + 144 * 86_400 + 7_200).unwrap();
    let watch = Watch::default().ending_by(today);
    assert_eq!(watch.days_later, 144);
    let moved = Season::logged(&Seed::sample(), &watch).unwrap();
    assert_eq!(moved.now().get(), today.get() - 7_200);
    assert_eq!(moved.ledger.trust(), LOGGED.ledger.trust(), "the trust root stays where it is");
    let mut server = Ledger::logged(moved.ledger.trust().clone(), today).unwrap();
    for record in &moved.journal {
        server.admit(record.clone()).unwrap();
    }
    let keys: Vec<_> = WITNESSES.iter().chain([&AUDITOR]).map(|name| (*name, moved.key(name))).collect();
    let cosigners: Vec<_> = keys.iter().map(|(name, key)| Cosigner { name, key, at: today }).collect();
    server.close(today, &moved.key(LOG_KEY), &cosigners).unwrap();
    for case in &moved.cases {
        let Some(batch) = case.batch else { continue };
        let bundle = server.bundle(batch).unwrap().to_bytes().unwrap();
        let label = case.label.as_ref().map(ScannedLabel::from);
        let found = verify(&bundle, server.trust(), &Options { label, online: true, ..Options::at(today) });
        assert_eq!(Expected::Outcome(found.verdict.outcome.kind()), case.expected, "{}", case.name);
    }
}
