//! Corrections (đính chính) as a way to kilograms that never were, or to an interval that was never kept.

use nguon_core::event::{Corrected, CorrectionApproved, CorrectionReason, Event, HarvestDrawn, InputApplied, Inputs};
use nguon_core::ids::ChainId;
use nguon_core::values::Days;
use nguon_core::verify::OutcomeKind::{Invalid, OverAllocated, Valid};

use crate::fruit::{DAY, drawn, harvest, harvested, id, next, opened, packed, pick, sprayed};
use crate::story::{Story, told};

const PLOT: &str = "hung/plot";

fn corrected(sequence: u64, event: impl Into<Event>) -> Corrected {
    Corrected { sequence, reason: CorrectionReason::Weighing, event: event.into().into(), details: None }
}

fn approved(correction: u64) -> CorrectionApproved {
    CorrectionApproved { correction, details: None }
}

/// A harvest of so much for a lot of Hùng's.
fn harvest_for(story: &mut Story, kilograms: u64) -> (ChainId, u64) {
    let lot = story.begin("hung", opened("hung"));
    (lot, story.append("hung", id(PLOT), harvest(lot, kilograms)))
}

/// More was picked than was written, says the farmer: so may be, once somebody else says so too.
#[test]
fn a_harvest_raised() {
    let by = |approver: Option<&'static str>| {
        told(move |story| {
            let (lot, sequence) = harvest_for(story, 500);
            let correction = story.append("hung", id(PLOT), corrected(sequence, harvest(lot, 600)));
            if let Some(approver) = approver {
                story.append(approver, id(PLOT), approved(correction));
            }
            let sequence = story.append("hung", lot, harvested(id(PLOT), 600));
            (lot, (lot, sequence, correction + 1))
        })
    };
    by(Some("coop")).0.is_fine();
    by(Some("office/1")).0.is_fine();
    let (told, (lot, sequence, _)) = by(None);
    assert_eq!(told.both(OverAllocated, "inputs_above_draws", lot, sequence).remaining(), Some(500_000));
    // Neither the farmer nor a neighbour nor another co-op's officer approves it.
    for approver in ["hung", "lan", "early-coop", "packer"] {
        let (told, (_, _, approval)) = by(Some(approver));
        told.both(Invalid, "not_permitted", id(PLOT), approval);
    }
}

/// Not even with an approval does it exceed the plot's share: 7,200 kg are left of it.
#[test]
fn a_harvest_raised_above_the_share() {
    let to = |kilograms| {
        told(move |story| {
            let (lot, sequence) = harvest_for(story, 500);
            let correction = story.append("hung", id(PLOT), corrected(sequence, harvest(lot, kilograms)));
            let approval = story.append("coop", id(PLOT), approved(correction));
            story.append("hung", lot, harvested(id(PLOT), kilograms));
            (lot, approval)
        })
    };
    to(7_200).0.is_fine();
    let (told, approval) = to(7_201);
    assert_eq!(told.both(OverAllocated, "above_allotment", id(PLOT), approval).remaining(), Some(6_700_000));
}

/// The registrar that wrote for a household does not approve what it wrote.
#[test]
fn ones_own_approved() {
    let by = |approver: &'static str| {
        told(move |story| {
            let (plot, coop) = (id("suu/plot"), "coop for suu");
            let lot = story.begin(coop, opened("suu"));
            let sequence = story.append(coop, plot, harvest(lot, 500));
            let correction = story.append(coop, plot, corrected(sequence, harvest(lot, 600)));
            let approval = story.append(approver, plot, approved(correction));
            story.append(coop, lot, harvested(plot, 600));
            (lot, approval)
        })
    };
    by("office/2").0.is_fine();
    let (told, approval) = by("coop");
    told.both(Invalid, "not_permitted", id("suu/plot"), approval);
}

/// A draw is lowered after the taker has packed it, and the rest sold once more.
#[test]
fn a_draw_lowered_that_was_taken() {
    let to = |kilograms| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            let sequence = story.append("hung", from, drawn(lot, 500));
            story.append("packer", lot, packed(from, 400, 380));
            let correction = story.append("hung", from, corrected(sequence, drawn(lot, kilograms)));
            (lot, (from, story.append("coop", from, approved(correction))))
        })
    };
    to(400).0.is_fine();
    let (told, (from, approval)) = to(399);
    assert_eq!(told.both(OverAllocated, "below_taken", from, approval).field().as_deref(), Some("grams"));
}

/// The same of a harvest: it counts for less, so that more of the share is left.
#[test]
fn a_harvest_lowered_that_was_taken() {
    let to = |kilograms| {
        told(move |story| {
            let (lot, sequence) = harvest_for(story, 500);
            story.append("hung", lot, harvested(id(PLOT), 400));
            let correction = story.append("hung", id(PLOT), corrected(sequence, harvest(lot, kilograms)));
            (lot, story.append("coop", id(PLOT), approved(correction)))
        })
    };
    to(400).0.is_fine();
    let (told, approval) = to(399);
    told.both(OverAllocated, "below_taken", id(PLOT), approval);
}

/// What was lost is found again: that puts fruit back, and waits. More lost than there is cannot be.
#[test]
fn a_loss_taken_back() {
    use nguon_core::event::{LossReason, Lost};
    let lost =
        |kilograms| Lost { grams: crate::fruit::kg(kilograms), reason: LossReason::Spoilage, details: None, at: None };
    let with = |approve: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            let sequence = story.append("hung", from, lost(100));
            let correction = story.append("hung", from, corrected(sequence, lost(50)));
            if approve {
                story.append("coop", from, approved(correction));
            }
            let draw = story.append("hung", from, drawn(lot, 450));
            story.append("packer", lot, packed(from, 450, 450));
            (lot, (from, draw))
        })
    };
    with(true).0.is_fine();
    let (told, (from, draw)) = with(false);
    assert_eq!(told.server_refuses("over_drawn", from, draw).remaining(), Some(400_000));
    told.reader_finds(OverAllocated, "over_drawn", from, draw);
}

/// Other fruit is put in the place of what came in.
#[test]
fn the_source_swapped() {
    let from = |other: bool| {
        told(move |story| {
            let lots = [pick(story, "hung", 500), pick(story, "lan", 500)];
            let lot = story.begin("packer", opened("packer"));
            story.append("hung", lots[0], drawn(lot, 500));
            story.append("lan", lots[1], drawn(lot, 500));
            let sequence = story.append("packer", lot, packed(lots[0], 500, 480));
            let right = packed(lots[usize::from(other)], 490, 480);
            (lot, (lot, story.append("packer", lot, corrected(sequence, right))))
        })
    };
    assert_eq!(from(false).0.verdict.outcome.kind(), Valid);
    assert_eq!(from(false).0.refused, None);
    let (told, (lot, sequence)) = from(true);
    assert_eq!(told.both(Invalid, "bad_field", lot, sequence).field().as_deref(), Some("inputs"));
}

/// One source more than the original names.
#[test]
fn a_source_slipped_in() {
    let (told, (lot, sequence)) = told(|story| {
        let lots = [pick(story, "hung", 500), pick(story, "lan", 500)];
        let lot = story.begin("packer", opened("packer"));
        story.append("hung", lots[0], drawn(lot, 500));
        story.append("lan", lots[1], drawn(lot, 500));
        let sequence = story.append("packer", lot, packed(lots[0], 500, 480));
        let mut more = packed(lots[0], 480, 480);
        let both = lots.map(|from| nguon_core::event::Input { from, grams: crate::fruit::kg(240) });
        more.inputs = Inputs::new(both.to_vec()).unwrap();
        (lot, (lot, story.append("packer", lot, corrected(sequence, more))))
    });
    told.both(Invalid, "bad_field", lot, sequence);
}

/// A correction of a correction, so that nobody finds the original.
#[test]
fn a_correction_corrected() {
    let of = |correction: bool| {
        told(move |story| {
            let (lot, sequence) = harvest_for(story, 500);
            story.append("hung", lot, harvested(id(PLOT), 400));
            let first = story.append("hung", id(PLOT), corrected(sequence, harvest(lot, 480)));
            let second = corrected(sequence, harvest(lot, 470));
            let again = if correction { corrected(first, second) } else { second };
            (lot, story.append("hung", id(PLOT), again))
        })
    };
    of(false).0.is_fine();
    let (told, sequence) = of(true);
    assert_eq!(told.both(Invalid, "bad_field", id(PLOT), sequence).field().as_deref(), Some("event"));
}

/// Somebody else's record is corrected, or one into another event.
#[test]
fn anothers_record_or_another_event() {
    let as_said = |by: &'static str, event: fn(ChainId) -> Event| {
        told(move |story| {
            let (lot, sequence) = harvest_for(story, 500);
            story.append("hung", lot, harvested(id(PLOT), 500));
            (lot, story.append(by, id(PLOT), corrected(sequence, event(lot))))
        })
    };
    let again: fn(ChainId) -> Event = |lot| harvest(lot, 500).into();
    as_said("hung", again).0.is_fine();
    let (told, sequence) = as_said("lan", again);
    told.server_refuses("bad_field", id(PLOT), sequence);
    let (told, sequence) = as_said("hung", |_| sprayed(0).into());
    assert_eq!(told.both(Invalid, "bad_field", id(PLOT), sequence).field().as_deref(), Some("event"));
}

/// The interval of a spray is shortened after the fact, and the harvest follows.
#[test]
fn an_interval_shortened() {
    let with = |phi: u16, approve: bool| {
        told(move |story| {
            let sequence = story.append("hung", id(PLOT), sprayed(7));
            let right = InputApplied { phi_days: Days::new(phi).unwrap(), ..sprayed(7) };
            let correction = story.append("hung", id(PLOT), corrected(sequence, right));
            if approve {
                story.append("coop", id(PLOT), approved(correction));
            }
            story.wait(3 * DAY);
            let (lot, harvest) = harvest_for(story, 500);
            story.append("hung", lot, harvested(id(PLOT), 500));
            (lot, harvest)
        })
    };
    with(3, true).0.is_fine();
    let (told, harvest) = with(3, false);
    told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
    // Approved or not, four days are not over after three.
    let (told, harvest) = with(4, true);
    told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
}

/// A spray is moved to a time after the harvest that it forbids. It was done no later than the log took the original.
#[test]
fn a_spray_moved_behind_the_harvest() {
    let with = |approve: bool| {
        told(move |story| {
            let sequence = story.append("hung", id(PLOT), sprayed(7));
            story.wait(3 * DAY);
            let right = InputApplied { at: Some(story.now()), ..sprayed(7) };
            let correction = story.append("hung", id(PLOT), corrected(sequence, right));
            if approve {
                story.append("coop", id(PLOT), approved(correction));
            }
            let (lot, harvest) = harvest_for(story, 500);
            story.append("hung", lot, harvested(id(PLOT), 500));
            (lot, harvest)
        })
    };
    // Approved or not.
    for approve in [false, true] {
        let (told, harvest) = with(approve);
        told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
    }
}

/// The harvest is moved instead: to the day before the spray, or to the day on which the interval is over.
#[test]
fn a_harvest_moved_out_of_the_interval() {
    let with = |days: u64, approve: bool| {
        told(move |story| {
            let lot = story.begin("hung", opened("hung"));
            story.append("hung", id(PLOT), sprayed(7));
            story.wait(8 * DAY);
            let sequence = story.append("hung", id(PLOT), harvest(lot, 500));
            let at = nguon_core::values::Time::new(story.now().get() - days * DAY).unwrap();
            let right = HarvestDrawn { at: Some(at), ..harvest(lot, 500) };
            let correction = story.append("hung", id(PLOT), corrected(sequence, right));
            let sequence = if approve { story.append("coop", id(PLOT), approved(correction)) } else { 0 };
            story.append("hung", lot, harvested(id(PLOT), 500));
            (lot, sequence)
        })
    };
    with(0, true).0.is_fine();
    with(1, false).0.is_fine();
    // It was picked five days after the spray, says the approval: then it was too early.
    let (told, approval) = with(3, true);
    told.both(Invalid, "harvest_too_early", id(PLOT), approval);
    assert!(approval > next(PLOT));
}
