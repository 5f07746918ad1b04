//! Each link leads to the verdict that stands beside it.

use nguon_core::verify::{Options, Outcome, OutcomeKind, ScannedLabel, Verification, verify};
use nguon_examples::season::{Case, Expected};

use super::SEASON;

fn read(case: &Case) -> Verification {
    let bundle = SEASON.ledger.bundle(case.batch.unwrap()).unwrap().to_bytes().unwrap();
    let label = case.label.as_ref().map(ScannedLabel::from);
    verify(&bundle, SEASON.ledger.trust(), &Options { label, ..Options::at(SEASON.now()) })
}

#[test]
fn every_case_gets_its_verdict() {
    for case in &SEASON.cases {
        match case.expected {
            Expected::Outcome(kind) => assert_eq!(read(case).verdict.outcome.kind(), kind, "{}", case.name),
            Expected::NoSuchBatch => assert_eq!(case.batch, None, "{}", case.name),
        }
    }
}

#[test]
fn every_verdict_that_a_server_can_be_made_to_serve_is_among_them() {
    let has = |kind| SEASON.cases.iter().any(|case| case.expected == Expected::Outcome(kind));
    for kind in [
        OutcomeKind::Unlogged,
        OutcomeKind::Recalled,
        OutcomeKind::Suspect,
        OutcomeKind::Incomplete,
        OutcomeKind::Invalid,
    ] {
        assert!(has(kind), "{kind}");
    }
}

#[test]
fn the_bad_ones_are_bad_for_the_reason_they_show() {
    let outcome = |name| read(SEASON.case(name)).verdict.outcome;
    assert_eq!(outcome("wrong-label"), Outcome::Invalid { code: "wrong_label", at: None });
    let Outcome::Recalled { at, .. } = outcome("recalled-descendant") else { panic!("not recalled") };
    assert_eq!(at.chain, SEASON.id("thu/0528"));
    let Outcome::Suspect { at: Some(at) } = outcome("suspect") else { panic!("not suspect") };
    assert_eq!((at.chain, at.sequence), (SEASON.id("tuan/0530"), 0));
}

#[test]
fn good_ones_have_nothing_against_them_but_the_missing_log() {
    for case in SEASON.cases.iter().filter(|case| case.expected == Expected::Outcome(OutcomeKind::Unlogged)) {
        let found = read(case).verdict.findings;
        assert!(found.iter().all(|finding| finding.outcome.is_none()), "{}: {found:?}", case.name);
        let notes: Vec<&str> = found.iter().map(|finding| finding.code()).collect();
        assert_eq!(notes.contains(&"label_not_bound"), case.name == "unbound-label");
        let helped =
            ["on-behalf", "export", "serial", "made-up-serial", "collected", "repacked", "irradiated", "fumigated"]
                .contains(&case.name);
        assert_eq!(notes.contains(&"signed_on_behalf"), helped, "{}", case.name);
        assert_eq!(notes.contains(&"part_recalled"), case.name == "part-recalled", "{}", case.name);
    }
}

#[test]
fn names_are_opened_and_nothing_else_about_a_person() {
    let found = read(SEASON.case("export"));
    let history = found.history.unwrap();
    for farmer in ["hung", "lan", "thang", "quyet", "mai", "dung", "suu", "nam"] {
        assert!(history.name_of(&SEASON.id(farmer)).text().is_some(), "{farmer}");
    }
    let withheld = found.verdict.findings.iter().filter(|finding| finding.code() == "withheld").count();
    let bundle = SEASON.ledger.bundle(SEASON.id("packer/export")).unwrap();
    assert!(bundle.openings.iter().all(|opening| opening.path == "enrolled/name"));
    assert!(withheld > bundle.openings.len());
}
