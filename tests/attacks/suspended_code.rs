//! A code that was suspended (đình chỉ) or taken away is used on.

use nguon_core::event::{NameReleased, SeasonOpened, Suspended, SuspensionLifted, SuspensionReason};
use nguon_core::ids::ChainId;
use nguon_core::values::Time;
use nguon_core::verify::OutcomeKind::Invalid;
use nguon_examples::season::moment;

use crate::fruit::{DAY, drawn, id, next, opened, packed, pick, received};
use crate::story::{Story, time, told};

const CHU: &str = "area/chu";
const HOUSE: &str = "packing-house";

fn suspended() -> Suspended {
    Suspended { reason: SuspensionReason::Residue, details: None }
}

const LIFTED: SuspensionLifted = SuspensionLifted { details: None };

#[test]
fn an_orchard_picked_under_it() {
    let with = |lifted: bool| {
        told(move |story| {
            story.append("office/1", id(CHU), suspended());
            story.wait(DAY);
            if lifted {
                story.append("office/2", id(CHU), LIFTED);
            }
            (pick(story, "hung", 500), ())
        })
    };
    with(true).0.is_fine();
    with(false).0.both(Invalid, "suspended", id("hung/plot"), next("hung/plot"));
}

/// What was picked before stays what it was, and goes its way.
#[test]
fn it_reaches_forward_only() {
    told(|story| {
        let from = pick(story, "hung", 500);
        story.append("office/1", id(CHU), suspended());
        let lot = story.begin("packer", opened("packer"));
        story.append("hung", from, drawn(lot, 500));
        story.append("packer", lot, packed(from, 500, 480));
        (lot, ())
    })
    .0
    .is_fine();
}

/// Fruit packed at a packing house.
fn packed_at(story: &mut Story, place: Option<ChainId>) -> (ChainId, u64) {
    let from = pick(story, "hung", 500);
    let lot = story.begin("packer", opened("packer"));
    story.append("hung", from, drawn(lot, 500));
    let mut packed = packed(from, 500, 480);
    packed.place = place;
    (lot, story.append("packer", lot, packed))
}

#[test]
fn a_packing_house_that_packs_on() {
    let with = |suspend: bool| {
        told(move |story| {
            if suspend {
                story.append("office/1", id(HOUSE), suspended());
            }
            let (lot, sequence) = packed_at(story, Some(id(HOUSE)));
            (lot, (lot, sequence))
        })
    };
    with(false).0.is_fine();
    let (told, (lot, sequence)) = with(true);
    told.both(Invalid, "suspended", lot, sequence);
}

/// Nor does it receive there.
#[test]
fn a_packing_house_that_takes_in() {
    let with = |suspend: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            story.append("hung", from, drawn(lot, 500));
            if suspend {
                story.append("office/1", id(HOUSE), suspended());
            }
            let mut received = received(from, 500);
            received.place = Some(id(HOUSE));
            (lot, (lot, story.append("packer", lot, received)))
        })
    };
    with(false).0.is_fine();
    let (told, (lot, sequence)) = with(true);
    told.both(Invalid, "suspended", lot, sequence);
}

/// The code's holder, or a certifier, puts it back in force.
#[test]
fn lifted_by_somebody_else() {
    let by = |who: &'static str| {
        told(move |story| {
            story.append("office/1", id(CHU), suspended());
            let sequence = story.append(who, id(CHU), LIFTED);
            (pick(story, "hung", 500), sequence)
        })
    };
    by("office/1").0.is_fine();
    for who in ["coop", "hung", "inspector"] {
        let (told, sequence) = by(who);
        told.both(Invalid, "not_permitted", id(CHU), sequence);
    }
}

/// Suspended twice and lifted once, or lifted when nothing stands.
#[test]
fn counted_wrong() {
    let (told, ()) = told(|story| {
        story.append("office/1", id(CHU), suspended());
        story.append("office/1", id(CHU), suspended());
        (pick(story, "hung", 500), ())
    });
    told.both(Invalid, "bad_field", id(CHU), next(CHU) + 1);
    let (told, ()) = crate::story::told(|story| {
        story.append("office/1", id(CHU), LIFTED);
        (pick(story, "hung", 500), ())
    });
    told.both(Invalid, "bad_field", id(CHU), next(CHU));
}

/// A new season does not begin under it, and with it would begin a bundle that shows no suspension.
#[test]
fn a_new_season_opened_over_it() {
    let with = |lifted: bool| {
        told(move |story| {
            story.append("office/1", id(CHU), suspended());
            if lifted {
                story.append("office/1", id(CHU), LIFTED);
            }
            let until = time(moment(12, 1, 0, 0));
            let from = Time::new(story.now().get() + 30 * DAY).unwrap();
            let ceiling = Some(crate::fruit::kg(1_000));
            let season = SeasonOpened::new("2026-2".parse().unwrap(), from, until, ceiling);
            let sequence = story.append("office/1", id(CHU), season);
            if !lifted {
                story.append("office/1", id(CHU), LIFTED);
            }
            (pick(story, "hung", 500), sequence)
        })
    };
    with(true).0.is_fine();
    let (told, sequence) = with(false);
    assert_eq!(told.both(Invalid, "bad_field", id(CHU), sequence).field().as_deref(), Some("season"));
}

/// The authority took the code away for good: whoever it goes to, it is not this area's any more.
#[test]
fn a_code_that_was_taken_away() {
    let after = |harvest_first: bool| {
        told(move |story| {
            let early = harvest_first.then(|| pick(story, "hung", 500));
            story.append("office/1", id(CHU), NameReleased { details: None });
            (early.unwrap_or_else(|| pick(story, "hung", 500)), ())
        })
    };
    after(true).0.is_fine();
    after(false).0.both(Invalid, "suspended", id("hung/plot"), next("hung/plot"));
}
