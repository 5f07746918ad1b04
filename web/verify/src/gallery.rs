//! Every state of the page from samples, at `/?gallery=NAME`; `/?gallery` alone opens home. Built only with the feature
//! `gallery`. States that no sample can reach yet, for want of a log, borrow the page of one that can.

use std::rc::Rc;

use nguon_core::event::{EventName, RecallReason};

use crate::check::Checker;
use crate::lang::Lang;
use crate::link;
use crate::model::{Action, Answer, Cause, Excess, Limit, Mass, Proven, Report, Stamp, State, StepRef};
use crate::sample::{Wish, sample};

/// The state of a name.
#[must_use]
pub fn state(name: &str, lang: Lang) -> State {
    let wish = Wish {
        recalled: name == "recalled",
        key_stolen: name == "suspect",
        erased: name == "erased",
        handled: name == "handled",
        plot_recalled: name == "plot-recalled",
    };
    let Ok(sample) = sample(wish) else { return State::new(None, lang) };
    let lot = link::lot(&sample.code);
    let start = State::new(Some(lot), lang);
    let mut bundle = sample.bundle.clone();
    let code = if name == "unbound" {
        nguon_gs1::LabelCode::new(*sample.code.gtin(), sample.code.lot().clone())
    } else if name == "wrong-label" {
        sample.code.clone().with_commitment(nguon_gs1::Commitment::new([7; 16]))
    } else {
        sample.code.clone()
    };
    if name == "invalid" {
        flip_in_last_record(&mut bundle);
    } else if name == "damaged" {
        bundle.truncate(bundle.len() / 2);
    }
    let Some(checker) = Checker::new(&sample.root, Some(&code), sample.now, true) else { return start };
    let report = || checker.run(bundle.clone()).report().report;
    let saying = |answer: Answer| start.clone().after(Action::Finished(Rc::new(Report { answer, ..report() })));
    let step = || StepRef { number: Some(52), event: Some(EventName::Packed), record: None };
    match name {
        "" => State::new(None, lang),
        "loading" => start,
        "checking" => start.after(Action::Progress { done: 41, total: 74, proven: None }),
        "staged" => {
            let proven = Some(Proven { chains: 1_498, recalled: 0, forked: 0 });
            start.after(Action::Progress { done: 2_410, total: 7_104, proven })
        }
        "no-such-lot" => start.after(Action::NoSuchLot),
        "not-reachable" => start.after(Action::NotReachable),
        "valid" => saying(Answer::Valid { signatures: 74, parties: 12 }),
        "stale" => saying(Answer::Stale { as_of: Some(Stamp::vietnam(1_780_644_600)) }),
        "forked" => saying(Answer::Forked),
        "incomplete" => saying(Answer::Incomplete),
        "untrusted-key" => saying(Answer::UntrustedKey { step: step() }),
        "over-allocated" => saying(Answer::OverAllocated {
            excess: Some(Excess {
                step: step(),
                limit: Limit::Drawn { drawn: Mass(12_400_000), taken: Mass(13_150_000) },
            }),
        }),
        "needs-newer-app" => saying(Answer::NeedsNewerApp),
        "permission" => saying(Answer::Invalid { step: Some(step()), cause: Cause::Permission }),
        "recalled-other" => saying(Answer::Recalled { reason: RecallReason::Other }),
        _ => start.after(Action::Finished(Rc::new(report()))),
    }
}

/// Changes one letter of the packing record's grade, as somebody with the server's database might.
fn flip_in_last_record(bundle: &mut [u8]) {
    let grade = "Loại 1".as_bytes();
    if let Some(at) = bundle.windows(grade.len()).position(|window| window == grade) {
        bundle[at + grade.len() - 1] = b'2';
    }
}
