//! The data operator, or a court, leaves names out. That is allowed: the page must say so, and all else must still hold.

use nguon_core::verify::{Note, Opened, Outcome, Subject};

use crate::support::{at, bundle, outcome, read, season};

fn withheld_at(bundle: &nguon_core::verify::Bundle, chain: &str) -> bool {
    read(bundle).verdict.findings.iter().any(|finding| {
        finding.at == Some(at(chain, 0))
            && finding.subject == Subject::Note(Note::Withheld("enrolled/name".into()))
            && finding.outcome.is_none()
    })
}

#[test]
fn a_missing_name_reads_withheld() {
    let mut stripped = bundle("hung/0614");
    assert!(!withheld_at(&stripped, "hung"));
    stripped.openings.retain(|opening| opening.record.as_bytes() != season().id("hung").as_bytes());
    assert!(withheld_at(&stripped, "hung"));
    assert_eq!(outcome(&stripped), Outcome::Unlogged);
    let history = read(&stripped).history.unwrap();
    assert_eq!(history.name_of(&season().id("hung")), Opened::Withheld);
    assert!(history.name_of(&season().id("coop")).text().is_some(), "others are still named");
}

#[test]
fn every_case_keeps_its_verdict_without_any_opening() {
    for case in season().cases.iter().filter(|case| case.label.is_none() || case.name != "wrong-label") {
        let Some(batch) = case.batch else { continue };
        let mut stripped = season().ledger.bundle(batch).unwrap();
        let before = outcome(&stripped);
        stripped.openings.clear();
        assert_eq!(outcome(&stripped), before, "{}", case.name);
    }
}
