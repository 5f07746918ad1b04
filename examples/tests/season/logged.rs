//! The same season in a deployment with a log: what was grey is green, and the rest is what it was.

use std::sync::LazyLock;

use nguon_core::verify::{Options, OutcomeKind, ScannedLabel, verify};
use nguon_examples::season::{Expected, Season, Seed, Watch};

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
