//! Ways around a pre-harvest interval (thời gian cách ly): by the order of records, by their dates, by another household, by
//! another season. That a spray is never written down at all is nothing that records can show.

use nguon_core::event::{CustodianChanged, InputApplied, SeasonOpened};
use nguon_core::values::Time;
use nguon_core::verify::OutcomeKind::{Invalid, Valid};
use nguon_examples::season::moment;

use crate::fruit::{DAY, harvest, harvest_at, harvested, id, opened, pick, sprayed};
use crate::story::{time, told};

const PLOT: &str = "hung/plot";

fn before(time: Time, seconds: u64) -> Time {
    Time::new(time.get() - seconds).unwrap()
}

#[test]
fn picked_too_early() {
    let after = |days: u64| {
        told(move |story| {
            story.append("hung", id(PLOT), sprayed(7));
            let sprayed_at = story.now();
            story.wait(days * DAY);
            let next = story.sequence(id(PLOT)) + 1;
            (pick(story, "hung", 500), (next, sprayed_at))
        })
    };
    after(7).0.is_fine();
    let (told, (harvest, sprayed_at)) = after(6);
    let fault = told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
    assert_eq!(fault.field().as_deref(), Some("at"));
    let nguon_core::fault::Fault::HarvestTooEarly { earliest } = fault else { panic!("{fault}") };
    assert_eq!(earliest.get(), sprayed_at.get() + 7 * DAY, "it says from when on");
}

/// The longest of several intervals counts, whichever spray came last.
#[test]
fn behind_a_shorter_interval() {
    let last = |phi| {
        told(move |story| {
            story.append("hung", id(PLOT), sprayed(phi));
            story.wait(DAY);
            story.append("hung", id(PLOT), sprayed(1));
            story.wait(3 * DAY);
            let next = story.sequence(id(PLOT)) + 1;
            (pick(story, "hung", 500), next)
        })
    };
    last(4).0.is_fine();
    let (told, harvest) = last(5);
    told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
}

/// The spray is written down once the fruit is sold. No server refuses the truth because it comes late; readers are told.
#[test]
fn written_down_after_the_harvest() {
    let days_before = |days: u64| {
        told(move |story| {
            let sequence = story.sequence(id(PLOT)) + 1;
            let lot = pick(story, "hung", 500);
            story.wait(DAY);
            let late = InputApplied { at: Some(before(story.now(), (days + 1) * DAY)), ..sprayed(7) };
            (lot, (sequence, story.append("hung", id(PLOT), late)))
        })
    };
    let (told, (harvest, _)) = days_before(3);
    assert_eq!(told.refused, None);
    told.reader_finds(Invalid, "harvest_too_early", id(PLOT), harvest);
    // Its interval was kept: good, and told to have been written down late.
    let (told, (_, spray)) = days_before(8);
    assert_eq!((told.refused, told.verdict.outcome.kind()), (None, Valid));
    let place = crate::fruit::at(id(PLOT), spray);
    assert!(told.verdict.findings.iter().any(|finding| finding.code() == "late_application" && finding.at == place));
}

/// A later lot of the same plot has nothing to do with a harvest that was too early.
#[test]
fn it_touches_only_the_lots_of_that_harvest() {
    let (told, ()) = told(|story| {
        pick(story, "hung", 500);
        story.wait(DAY);
        let late = InputApplied { at: Some(before(story.now(), 4 * DAY)), ..sprayed(7) };
        story.append("hung", id(PLOT), late);
        story.wait(7 * DAY);
        (pick(story, "hung", 500), ())
    });
    assert_eq!((told.refused, told.verdict.outcome.kind()), (None, Valid));
}

/// A device that has seen this week's checkpoint says it sprayed last month: then it counts as sprayed when the log took it.
#[test]
fn a_spray_dated_back() {
    let claimed = |days: u64| {
        told(move |story| {
            let key = crate::log::key("hung");
            let pen = story.pen("hung", &key).anchored(crate::log::logged().ledger.checkpoints()[0].anchor());
            let at = Some(before(story.now(), days * DAY));
            story.append_as(&pen, id(PLOT), InputApplied { at, ..sprayed(5) });
            story.wait(60);
            let next = story.sequence(id(PLOT)) + 1;
            (pick(story, "hung", 500), next)
        })
    };
    // Six days without network, and it was sprayed on the first of them.
    assert_eq!(claimed(6).0.refused, None);
    assert_eq!(claimed(6).0.verdict.outcome.kind(), Valid);
    let (told, harvest) = claimed(30);
    told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
}

/// A harvest three days after a spray is dated to a day on which it would be fine: forward, which the log cannot vouch for,
/// or back to before the spray, which stands in the chain before it.
#[test]
fn a_harvest_dated_forward_or_back() {
    let claimed = |days: i64, phi| {
        told(move |story| {
            story.append("hung", id(PLOT), sprayed(phi));
            story.wait(3 * DAY);
            let lot = story.begin("hung", opened("hung"));
            let key = crate::log::key("hung");
            let pen = story.pen("hung", &key).anchored(crate::log::logged().ledger.checkpoints()[0].anchor());
            let at = story.now().get().checked_add_signed(days * 86_400).unwrap();
            let harvest = story.append_as(&pen, id(PLOT), harvest_at(lot, 500, Time::new(at).unwrap()));
            story.append("hung", lot, harvested(id(PLOT), 500));
            (lot, harvest)
        })
    };
    claimed(0, 3).0.is_fine();
    for days in [5, 0, -4] {
        let (told, harvest) = claimed(days, 7);
        told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
    }
}

/// The plot goes to somebody else, who sprayed nothing.
#[test]
fn by_another_household() {
    let after = |days: u64| {
        told(move |story| {
            story.append("hung", id(PLOT), sprayed(7));
            story.append("coop", id(PLOT), CustodianChanged { to: id("lan"), details: None });
            story.wait(days * DAY);
            let lot = story.begin("lan", opened("lan"));
            let harvest = story.append("lan", id(PLOT), harvest(lot, 500));
            story.append("lan", lot, harvested(id(PLOT), 500));
            (lot, harvest)
        })
    };
    after(7).0.is_fine();
    let (told, harvest) = after(6);
    told.both(Invalid, "harvest_too_early", id(PLOT), harvest);
}

/// A new season begins, and with it a new field log.
#[test]
fn by_another_season() {
    let opened = |days: u64| {
        told(move |story| {
            story.append("hung", id(PLOT), sprayed(7));
            let from = Time::new(story.now().get() + days * DAY).unwrap();
            let season = SeasonOpened::new("2026-2".parse().unwrap(), from, time(moment(8, 30, 0, 0)), None);
            let sequence = story.append("coop", id(PLOT), season);
            story.wait(8 * DAY);
            (pick(story, "hung", 500), sequence)
        })
    };
    opened(7).0.is_fine();
    let (told, sequence) = opened(6);
    assert_eq!(told.both(Invalid, "bad_field", id(PLOT), sequence).field().as_deref(), Some("from"));
}
