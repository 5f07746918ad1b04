//! Whoever reads a bad verdict is told whom to ask and where to report the label.

use nguon_core::event::RecallReason;
use nguon_verify_app::model::{Answer, Cause, NextStep, StepRef};

fn step() -> StepRef {
    StepRef { number: Some(1), event: None, record: None }
}

/// Every verdict that says not to rely on the goods or on their label.
fn bad() -> [Answer; 9] {
    [
        Answer::WrongLabel,
        Answer::NoSuchLot,
        Answer::Invalid { step: Some(step()), cause: Cause::Signature },
        Answer::Invalid { step: None, cause: Cause::Format },
        Answer::Forked,
        Answer::UntrustedKey { step: step() },
        Answer::Suspect { step: step() },
        Answer::OverAllocated { excess: None },
        Answer::Recalled { reason: RecallReason::Other },
    ]
}

#[test]
fn every_bad_verdict_names_the_seller_and_where_to_report_the_label() {
    for answer in bad() {
        for wanted in [NextStep::ContactSeller, NextStep::ReportLabel] {
            assert!(answer.next_steps().contains(&wanted), "{answer:?} lacks {wanted:?}");
        }
    }
}

/// What is not known yet is no accusation: there is somebody to ask, and nothing to report.
#[test]
fn what_could_not_be_concluded_names_the_seller_and_how_to_go_on() {
    for answer in [Answer::Incomplete, Answer::NeedsNewerApp, Answer::Stale { as_of: None }] {
        assert_eq!(answer.next_steps().first(), Some(&NextStep::TryAgain), "{answer:?}");
        assert!(answer.next_steps().contains(&NextStep::ContactSeller), "{answer:?}");
    }
}
