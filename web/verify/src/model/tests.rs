//! The table of answers and the reducer.

use std::rc::Rc;

use nguon_core::event::{EventName, RecallReason};

use super::*;
use crate::lang::Lang;

fn step() -> StepRef {
    StepRef { number: Some(4), event: Some(EventName::Packed), record: None }
}

/// Every answer with what a page for shoppers promises to say and show for it: Vietnamese, English, colour, seal.
fn table() -> Vec<(Answer, &'static str, &'static str, Tone, Seal)> {
    let at = Stamp::vietnam(1_780_644_600);
    let invalid = Answer::Invalid { step: Some(step()), cause: Cause::Signature };
    vec![
        (
            Answer::Valid { signatures: 1_204, parties: 12 },
            "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi. Đã kiểm tra 1.204 chữ ký của 12 bên.",
            "The records of this lot are complete and unaltered: 1,204 signatures by 12 parties hold.",
            Tone::Leaf,
            Seal::Closed,
        ),
        (
            Answer::Unlogged,
            "Chữ ký hợp lệ, nhưng chưa kiểm tra được hồ sơ có đầy đủ hay không.",
            "Signatures hold; completeness is not proven.",
            Tone::Grey,
            Seal::Open,
        ),
        (
            Answer::Stale { as_of: Some(at) },
            "Hồ sơ đúng tính đến 05/06/2026 14:30. Chưa có xác nhận mới hơn.",
            "True as of 5 Jun 2026, 14:30. Nothing newer is confirmed.",
            Tone::Amber,
            Seal::Closed,
        ),
        (
            Answer::Recalled { reason: RecallReason::ForeignMatter },
            "Lô hàng này đã bị thu hồi: lẫn dị vật. Vui lòng không sử dụng và liên hệ nơi bán.",
            "Recalled: foreign matter. Please do not eat it; contact the seller.",
            Tone::Alert,
            Seal::Struck,
        ),
        (
            Answer::Incomplete,
            "Hồ sơ chưa đầy đủ, chưa thể kết luận. Vui lòng thử tải lại.",
            "Records are missing; no conclusion yet. Please reload.",
            Tone::Grey,
            Seal::Open,
        ),
        (
            Answer::Forked,
            "Lô này có hai bộ hồ sơ mâu thuẫn. Chưa nên tin bộ nào; hãy báo nơi bán.",
            "Two histories contradict each other. Trust neither; tell the seller.",
            Tone::Alert,
            Seal::Cracked,
        ),
        (
            invalid,
            "Hồ sơ không hợp lệ ở bước 4 (Đóng gói): chữ ký không khớp với nội dung.",
            "The record at step 4 (Packing) is not valid: the signature does not match what is written.",
            Tone::Alert,
            Seal::Cracked,
        ),
        (
            Answer::UntrustedKey { step: step() },
            "Không xác định được bên ký ở bước 4 (Đóng gói).",
            "We cannot recognise who signed step 4 (Packing).",
            Tone::Alert,
            Seal::Cracked,
        ),
        (
            Answer::Suspect { step: step() },
            "Bước 4 (Đóng gói) được ký bằng khóa đã bị báo mất hoặc lộ; đang chờ xác nhận lại.",
            "Step 4 (Packing) used a key reported lost; awaiting re-attestation.",
            Tone::Amber,
            Seal::Cracked,
        ),
        (
            Answer::OverAllocated { excess: None },
            "Khối lượng không khớp: xuất ra nhiều hơn nhập vào.",
            "Quantities do not add up: more left than came in.",
            Tone::Alert,
            Seal::Cracked,
        ),
        (
            Answer::NeedsNewerApp,
            "Cần cập nhật ứng dụng để đọc hồ sơ này.",
            "A newer version of this app is needed.",
            Tone::Grey,
            Seal::Open,
        ),
        (
            Answer::WrongLabel,
            "Tem không khớp với lô này. Hãy báo nơi bán.",
            "This label does not belong to this lot. Tell the seller.",
            Tone::Alert,
            Seal::Struck,
        ),
        (
            Answer::NoSuchLot,
            "Không tìm thấy lô này trong sổ đăng ký.",
            "No such lot is in the register.",
            Tone::Grey,
            Seal::Open,
        ),
        (
            Answer::NotReachable,
            "Không kết nối được. Hãy thử lại khi có mạng.",
            "Could not connect. Try again when online.",
            Tone::Grey,
            Seal::Open,
        ),
    ]
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn every_answer_says_and_shows_what_was_agreed() {
    for (answer, vi, en, tone, seal) in table() {
        assert_eq!(plain(&answer.sentence(Lang::Vi)), vi);
        assert_eq!(plain(&answer.sentence(Lang::En)), en);
        assert_eq!((answer.tone(), answer.seal()), (tone, seal), "{answer:?}");
    }
}

#[test]
fn only_a_proof_is_green_and_only_it_has_no_next_step() {
    for (answer, ..) in table() {
        let valid = matches!(answer, Answer::Valid { .. });
        assert_eq!(answer.tone() == Tone::Leaf, valid, "{answer:?}");
        assert_eq!(answer.icon() == Icon::Tick, valid, "{answer:?}");
        assert_eq!(answer.next_steps().is_empty(), valid, "{answer:?}");
        assert!(answer.is_final());
    }
}

#[test]
fn an_alarm_interrupts_and_nothing_else_does() {
    for (answer, ..) in table() {
        assert_eq!(answer.urgency() == Urgency::Assertive, answer.tone() == Tone::Alert, "{answer:?}");
    }
}

#[test]
fn the_ring_never_closes_before_the_verdict() {
    for total in [0, 1, 7, 5_000] {
        let mut last = 0;
        for done in 0..=total {
            let Seal::Closing(part) = (Answer::Checking { done, total, proven: None }).seal() else { panic!() };
            assert!(part >= last && part < 90, "{done} of {total}");
            last = part;
        }
    }
}

fn lot() -> Lot {
    Lot { gtin: "09521234543213".into(), lot: "VT/06 5".into(), serial: None }
}

fn waiting() -> State {
    State::new(Some(lot()), Lang::Vi)
}

fn report() -> Rc<Report> {
    Rc::new(Report {
        answer: Answer::Unlogged,
        as_of: None,
        logged: false,
        binding: LabelBinding::Lot,
        notes: Vec::new(),
        path: Vec::new(),
        product: None,
        journey: None,
        checks: Vec::new(),
        contact: None,
        labels: None,
    })
}

#[test]
fn an_address_without_a_lot_is_home_and_stays_there() {
    let home = State::new(None, Lang::Vi);
    for action in [
        Action::Retry,
        Action::NotReachable,
        Action::Progress { done: 1, total: 2, proven: None },
        Action::Finished(report()),
    ] {
        assert_eq!(home.clone().after(action), home);
    }
}

#[test]
fn checking_goes_from_loading_to_a_report() {
    let state = waiting();
    assert_eq!(state.answer(), Some(&Answer::Loading));
    let state = state.after(Action::Progress { done: 8, total: 74, proven: None });
    assert_eq!(state.answer(), Some(&Answer::Checking { done: 8, total: 74, proven: None }));
    let state = state.after(Action::Finished(report()));
    assert_eq!(state.answer(), Some(&Answer::Unlogged));
}

#[test]
fn a_page_that_has_made_up_its_mind_keeps_it_until_tried_again() {
    let failed = waiting().after(Action::NotReachable);
    let late =
        failed.clone().after(Action::Progress { done: 1, total: 2, proven: None }).after(Action::Finished(report()));
    assert_eq!(late, failed);
    let again = failed.after(Action::Retry);
    assert_eq!((again.answer(), again.attempt), (Some(&Answer::Loading), 1));
    let done = again.after(Action::Finished(report()));
    assert_eq!(done.clone().after(Action::NotReachable), done);
}

#[test]
fn the_language_changes_words_and_nothing_else() {
    let state = waiting().after(Action::NoSuchLot);
    let other = state.clone().after(Action::Wish(Lang::En));
    assert_eq!(other.lang, Lang::Vi, "it is yet to come");
    let other = other.after(Action::Speak(Lang::En));
    assert_eq!((other.lang, &other.page, other.attempt), (Lang::En, &state.page, state.attempt));
}

#[test]
fn a_language_that_comes_too_late_is_not_forced_on_the_reader() {
    let back = waiting().after(Action::Wish(Lang::En)).after(Action::Wish(Lang::Vi)).after(Action::Speak(Lang::Vi));
    for late in [Action::Speak(Lang::En), Action::Missing(Lang::En)] {
        assert_eq!(back.clone().after(late), back);
    }
}

#[test]
fn a_language_that_does_not_come_is_named_until_the_next_choice() {
    let state = waiting().after(Action::Wish(Lang::En)).after(Action::Missing(Lang::En));
    assert_eq!((state.lang, state.missing), (Lang::Vi, Some(Lang::En)));
    assert_eq!(state.after(Action::Wish(Lang::En)).missing, None);
}

#[test]
fn a_lot_makes_a_harmless_file_name() {
    assert_eq!(lot().file_name(), "nguon-09521234543213-VT_06_5.cbor");
}

#[test]
fn a_record_without_a_number_is_named_by_its_chain() {
    let step = StepRef { number: None, event: None, record: Some((3, "9f2c01ab".into())) };
    let answer = Answer::UntrustedKey { step };
    assert_eq!(answer.sentence(Lang::Vi), "Không xác định được bên ký ở bước 3 của chuỗi 9f2c01ab.");
    let unknown = Answer::UntrustedKey { step: StepRef::default() };
    assert!(!unknown.sentence(Lang::En).contains('{'));
}

#[test]
fn what_does_not_add_up_names_the_step_and_the_kilograms() {
    let excess = Excess { step: step(), limit: Limit::Drawn { drawn: Mass(400_000), taken: Mass(450_500) } };
    let answer = Answer::OverAllocated { excess: Some(excess) };
    let words = "Khối lượng không khớp: xuất ra nhiều hơn nhập vào. Bước 4 (Đóng gói): nhận 450,5 kg, trong khi bên giao chỉ \
                 ghi giao 400 kg.";
    assert_eq!(plain(&answer.sentence(Lang::Vi)), words);
    for limit in [
        Limit::Undrawn,
        Limit::Batch(Mass(1)),
        Limit::Allotment(Mass(1)),
        Limit::Ceiling(Mass(1)),
        Limit::Area(10),
        Limit::Boxes(1),
        Limit::Filled(1),
        Limit::Taken(Mass(1)),
    ] {
        for lang in Lang::ALL {
            assert!(!Excess { step: step(), limit }.sentence(lang).contains('{'), "{limit:?}");
        }
    }
}
