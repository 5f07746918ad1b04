//! A carrier may write temperatures on what it carries: not before it has the goods, not after they arrived, and nothing
//! else.

use nguon_core::event::{Cooled, CoolingMethod, Event, LossReason, Lost, Shipped};
use nguon_core::verify::OutcomeKind::Invalid;

use crate::fruit::{at, drawn, id, kg, opened, pick, received};
use crate::story::told;

fn reading() -> Event {
    let (method, set_point_mc) = (CoolingMethod::Transport, Some(5_000));
    Cooled { method, measured_mc: 5_300, set_point_mc, place: None, at: None }.into()
}

/// When the carrier writes.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Before,
    Under,
    After,
}

fn writes(when: When, event: fn() -> Event) -> (crate::story::Told, (nguon_core::ids::ChainId, u64)) {
    told(move |story| {
        let from = pick(story, "hung", 500);
        let lot = story.begin("packer", opened("packer"));
        let draw = story.append("hung", from, drawn(lot, 450));
        let mut written = 0;
        if when == When::Before {
            written = story.append("carrier", from, event());
        }
        story.append("hung", from, Shipped::new(draw, id("carrier")));
        if when == When::Under {
            written = story.append("carrier", from, event());
        }
        story.append("packer", lot, received(from, 450));
        if when == When::After {
            written = story.append("carrier", from, event());
        }
        (lot, (from, written))
    })
}

#[test]
fn temperatures_of_what_it_carries() {
    writes(When::Under, reading).0.is_fine();
}

#[test]
fn before_it_has_the_goods() {
    let (told, (lot, sequence)) = writes(When::Before, reading);
    told.both(Invalid, "not_permitted", lot, sequence);
}

/// Who reads the lot that it went into holds both chains and sees it too.
#[test]
fn after_they_arrived() {
    let (told, (lot, sequence)) = writes(When::After, reading);
    told.both(Invalid, "not_permitted", lot, sequence);
    assert_eq!(told.auditor, Some(("not_permitted", at(lot, sequence).unwrap())));
}

/// Kilograms are the owner's to lose.
#[test]
fn anything_but_a_temperature() {
    let lost = || Lost { grams: kg(1), reason: LossReason::Transport, details: None, at: None }.into();
    let (told, (lot, sequence)) = writes(When::Under, lost);
    told.server_refuses("not_permitted", lot, sequence);
}
