//! From real bundles to the page, and from broken ones.

use nguon_core::event::{EventName, RecallReason};
use nguon_gs1::{Commitment, LabelCode};

use super::Checker;
use crate::lang::Lang;
use crate::model::*;
use crate::sample::{Sample, Wish, sample};

fn season(wish: Wish) -> Sample {
    sample(wish).unwrap()
}

fn report(sample: &Sample, code: &LabelCode, bundle: &[u8]) -> Report {
    let checker = Checker::new(&sample.root, Some(code), sample.now, true).unwrap();
    let mut run = checker.run(bundle.to_vec());
    let mut last = 0;
    while let Some((done, total)) = run.step(5) {
        assert!(done > last && done <= total);
        last = done;
    }
    run.report().report
}

fn sound(wish: Wish) -> Report {
    let sample = season(wish);
    report(&sample, &sample.code, &sample.bundle)
}

fn changed(text: &str, to: &str) -> Report {
    let mut sample = season(Wish::default());
    let at = sample.bundle.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    sample.bundle[at..at + to.len()].copy_from_slice(to.as_bytes());
    report(&sample, &sample.code, &sample.bundle)
}

#[test]
fn without_a_log_the_best_word_is_that_signatures_hold() {
    let report = sound(Wish::default());
    assert_eq!(report.answer, Answer::Unlogged);
    assert_eq!(report.answer.tone(), Tone::Grey);
    assert_eq!(report.binding, LabelBinding::Lot);
    assert!(!report.logged);
    // The newest signature: the listing, on 6 June at 8:00.
    assert_eq!(report.as_of.unwrap().civil(), Civil { year: 2026, month: 6, day: 6, hour: 8, minute: 0 });
    assert!(report.checks.iter().all(|check| check.status == Status::Held || check.kind == CheckKind::Completeness));
    assert_eq!(report.checks.last().unwrap().status, Status::Unproven);
    assert_eq!(report.contact.unwrap().phone.as_deref(), Some("+84 204 000 0002"));
}

#[test]
fn the_journey_folds_households_and_adds_up() {
    let journey = sound(Wish::default()).journey.unwrap();
    let group = journey.origins.as_ref().unwrap();
    assert_eq!(group.members.len(), 8);
    assert_eq!(group.mass, Mass(12_400_000));
    assert!(group.households());
    assert_eq!(group.written_for(), 1);
    assert!(group.members.windows(2).all(|pair| pair[0].mass >= pair[1].mass), "most fruit first");
    for member in &group.members {
        let events: Vec<_> = member.steps.unpacked().iter().map(|step| step.event).collect();
        let expected = [
            EventName::PlotRegistered,
            EventName::SeasonOpened,
            EventName::InputApplied,
            EventName::Opened,
            EventName::HarvestDrawn,
            EventName::Harvested,
            EventName::Drawn,
        ];
        assert_eq!(events, expected);
    }
    let own: Vec<_> = journey.steps.iter().map(|step| step.event).collect();
    assert_eq!(own, [EventName::Opened, EventName::Packed, EventName::Drawn, EventName::Shipped, EventName::Listed]);
    let packed = &journey.steps[1];
    assert_eq!(packed.flow, Flow { taken: Some(Mass(12_400_000)), given: Some(Mass(12_300_000)) });
}

#[test]
fn numbers_run_through_the_page_without_a_gap() {
    let journey = sound(Wish::default()).journey.unwrap();
    let numbers: Vec<_> = journey.all().iter().map(|step| step.number).collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}

#[test]
fn a_household_without_a_phone_claims_through_the_coop() {
    let report = sound(Wish::default());
    assert!(report.notes.contains(&Note::WrittenFor { households: 1 }));
    let journey = report.journey.unwrap();
    let member = journey.origins.as_ref().unwrap().members.iter().find(|member| member.written_for).unwrap();
    assert_eq!(member.party.name, Name::Known("Vi Thị Mến".into()));
    let steps = member.steps.unpacked();
    let harvest = steps.iter().find(|step| step.event == EventName::HarvestDrawn).unwrap();
    assert_eq!(harvest.signer.role, Role::Registrar);
    assert_eq!(harvest.voice, Voice::Claims);
    let plot = steps.iter().find(|step| step.event == EventName::PlotRegistered).unwrap();
    assert_eq!(plot.voice, Voice::Attests);
}

#[test]
fn what_it_is_comes_from_the_records() {
    let product = sound(Wish::default()).product.unwrap();
    assert_eq!(product.name.as_deref(), Some("vải thiều Lục Ngạn"));
    assert_eq!(product.communes.len(), 5);
    let fact = |label| {
        product.facts.iter().find(|fact| fact.label == label).map(|fact| crate::format::value(Lang::Vi, &fact.value))
    };
    assert_eq!(fact(Label::Variety).as_deref(), Some("Thanh Hà chính vụ"));
    assert_eq!(fact(Label::Harvested).as_deref(), Some("05/06/2026"));
    assert_eq!(fact(Label::Weight).as_deref(), Some("12.400\u{a0}kg"));
    assert_eq!(fact(Label::Grade).as_deref(), Some("Loại 1"));
    assert_eq!(fact(Label::Certificate).as_deref(), Some("VietGAP MAU-VG-2026-0042"));
}

#[test]
fn erased_names_read_withheld_and_nothing_breaks() {
    let report = sound(Wish { erased: true, ..Wish::default() });
    assert_eq!(report.answer, Answer::Unlogged);
    let journey = report.journey.unwrap();
    let members = &journey.origins.as_ref().unwrap().members;
    assert!(members.iter().all(|member| member.party.name == Name::Withheld));
}

#[test]
fn a_recall_comes_first_and_stands_in_the_journey() {
    let report = sound(Wish { recalled: true, ..Wish::default() });
    assert_eq!(report.answer, Answer::Recalled { reason: RecallReason::PesticideResidue });
    assert_eq!(report.answer.seal(), Seal::Struck);
    let journey = report.journey.unwrap();
    let last = journey.steps.last().unwrap();
    assert_eq!((last.event, last.tone()), (EventName::Recalled, Some(Tone::Alert)));
    assert_eq!(last.voice, Voice::Attests);
}

#[test]
fn a_stolen_key_puts_its_records_in_doubt_and_names_one() {
    let report = sound(Wish { key_stolen: true, ..Wish::default() });
    let Answer::Suspect { step } = &report.answer else { panic!("{:?}", report.answer) };
    assert!(step.number.is_some() && step.event.is_some());
    let journey = report.journey.unwrap();
    assert!(journey.steps.iter().all(|step| step.status == Status::Doubted));
}

#[test]
fn a_recall_is_shown_whatever_else_is_wrong() {
    let report = sound(Wish { recalled: true, key_stolen: true, erased: true, ..Wish::default() });
    assert!(matches!(report.answer, Answer::Recalled { .. }));
    assert!(report.notes.iter().any(|note| matches!(note, Note::RevokedKey(_))));
}

#[test]
fn one_changed_byte_is_refused_and_the_record_named() {
    let report = changed("Loại 1", "Loại 2");
    let Answer::Invalid { step: Some(step), cause: Cause::Signature } = &report.answer else {
        panic!("{:?}", report.answer)
    };
    assert_eq!(step.event, Some(EventName::Packed));
    assert_eq!(step.record.as_ref().map(|(sequence, _)| *sequence), Some(1));
    assert!(
        report.journey.is_none() && report.product.is_none(),
        "nothing is told of a lot whose own records do not hold"
    );
    let broken = report.checks.iter().find(|check| check.kind == CheckKind::Broken).unwrap();
    assert!(broken.exhibits.iter().any(|exhibit| exhibit.kind == ExhibitKind::Record));
    let sentence = report.answer.sentence(Lang::Vi);
    assert!(sentence.contains("(Đóng gói)") && sentence.contains("chữ ký không khớp"), "{sentence}");
}

#[test]
fn a_changed_name_is_not_what_was_signed() {
    let report = changed("Trần Thị Hoa", "Trần Thị Hòa");
    assert!(matches!(report.answer, Answer::Invalid { .. }), "{:?}", report.answer);
}

#[test]
fn a_label_of_another_lot_gets_no_story() {
    let sample = season(Wish::default());
    let code = sample.code.clone().with_commitment(Commitment::new([7; 16]));
    let report = report(&sample, &code, &sample.bundle);
    assert_eq!(report.answer, Answer::WrongLabel);
    assert!(report.product.is_none() && report.journey.is_none() && report.contact.is_none());
    assert_eq!(report.checks[0].status, Status::Failed);
}

#[test]
fn a_link_without_a_commitment_says_so() {
    let sample = season(Wish::default());
    let code = LabelCode::new(*sample.code.gtin(), sample.code.lot().clone());
    let report = report(&sample, &code, &sample.bundle);
    assert_eq!((report.answer, report.binding), (Answer::Unlogged, LabelBinding::Unbound));
    assert_eq!((report.checks[0].kind, report.checks[0].status), (CheckKind::LabelAbsent, Status::Unproven));
}

#[test]
fn a_bundle_cut_anywhere_gives_a_sentence() {
    let sample = season(Wish::default());
    for cut in (0..sample.bundle.len()).step_by(997) {
        let report = report(&sample, &sample.code, &sample.bundle[..cut]);
        assert_eq!(report.answer, Answer::Invalid { step: None, cause: Cause::File }, "{cut}");
        for lang in Lang::ALL {
            assert!(!report.answer.sentence(lang).contains('{'));
        }
    }
}

#[test]
fn an_expired_trust_root_is_stale_and_never_an_unknown_signer() {
    let sample = season(Wish::default());
    let checker = Checker::new(&sample.root, Some(&sample.code), sample.now + 700 * 86_400, true).unwrap();
    let report = checker.run(sample.bundle.clone()).report().report;
    assert!(matches!(report.answer, Answer::Stale { .. }));
}

#[test]
fn a_page_without_a_sound_trust_root_checks_nothing() {
    let sample = season(Wish::default());
    assert!(Checker::new(&[], Some(&sample.code), sample.now, true).is_none());
    assert!(Checker::new(&sample.root[..sample.root.len() - 1], Some(&sample.code), sample.now, true).is_none());
}

fn told(report: &Report, event: EventName) -> Step {
    let journey = report.journey.as_ref().unwrap();
    journey.all().into_iter().find(|step| step.event == event).unwrap()
}

fn fact(step: &Step, label: Label) -> &Fact {
    step.facts.iter().find(|fact| fact.label == label).unwrap()
}

#[test]
fn a_corrected_value_stands_beside_the_one_it_replaces() {
    let report = sound(Wish { handled: true, ..Wish::default() });
    assert_eq!(report.answer, Answer::Unlogged);
    let lost = told(&report, EventName::Lost);
    assert_eq!(lost.flow.given, Some(Mass(60_000)));
    assert_eq!(lost.before.unwrap().given, Some(Mass(40_000)));
    let journey = report.journey.as_ref().unwrap();
    let corrected = journey.steps.iter().find(|step| step.event == EventName::Corrected).unwrap();
    assert_eq!(fact(corrected, Label::Corrects).value, Value::Step(lost.number));
    assert_eq!(fact(corrected, Label::Standing).value, Value::Word(Word::Standing(Standing::Counts)));
}

#[test]
fn a_correction_that_waits_changes_nothing_and_says_so() {
    let report = sound(Wish { handled: true, ..Wish::default() });
    let journey = report.journey.as_ref().unwrap();
    let steps = journey.origins.as_ref().unwrap().members[0].steps.unpacked();
    let sprayed = steps.iter().find(|step| step.event == EventName::InputApplied).unwrap();
    assert_eq!(fact(sprayed, Label::Interval).value, Value::DayCount(7));
    assert_eq!(fact(sprayed, Label::Interval).before, None);
    let corrected = steps.iter().find(|step| step.event == EventName::Corrected).unwrap();
    assert_eq!(fact(corrected, Label::Standing).value, Value::Word(Word::Standing(Standing::Waits)));
}

#[test]
fn what_was_done_to_the_fruit_is_told_in_its_own_units() {
    let report = sound(Wish { handled: true, ..Wish::default() });
    let words = |event, label| crate::format::value(Lang::Vi, &fact(&told(&report, event), label).value);
    assert_eq!(words(EventName::Treated, Label::Method), "chiếu xạ");
    assert_eq!(words(EventName::Treated, Label::Dose), "400\u{a0}Gy");
    assert_eq!(words(EventName::Cooled, Label::Temperature), "4,5\u{a0}°C");
    assert_eq!(words(EventName::Inspected, Label::Result), "đạt");
}

#[test]
fn a_recall_of_a_plot_shows_its_way_to_the_lot() {
    let report = sound(Wish { plot_recalled: true, ..Wish::default() });
    assert_eq!(report.answer, Answer::Recalled { reason: RecallReason::PesticideResidue });
    let kinds: Vec<_> = report.path.iter().map(|point| point.kind).collect();
    assert_eq!(kinds, [WaypointKind::Plot, WaypointKind::Lot, WaypointKind::Lot]);
    assert_eq!(report.path[0].party.as_ref().unwrap().name, Name::Known("Nguyễn Văn Bảy".into()));
    assert_eq!(report.path[2].code.as_deref(), Some("VT-0605"));
    assert!(told(&report, EventName::Recalled).alarm);
}

#[test]
fn a_report_travels_from_the_worker_as_it_was_made() {
    for wish in [
        Wish::default(),
        Wish { recalled: true, key_stolen: true, erased: true, ..Wish::default() },
        Wish { handled: true, plot_recalled: true, ..Wish::default() },
    ] {
        let report = sound(wish);
        let message = crate::codec::to_bytes(&report);
        assert_eq!(crate::codec::from_bytes(&message), Some(report));
        for cut in (0..message.len()).step_by(1_009) {
            assert_eq!(crate::codec::from_bytes::<Report>(&message[..cut]), None);
        }
    }
}
