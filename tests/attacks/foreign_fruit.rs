//! A trader sells more than the orchards gave: fruit from elsewhere, under papers that are good for less of it.

use nguon_core::verify::OutcomeKind::OverAllocated;

use crate::fruit::{drawn, harvest, harvested, id, next, opened, packed, pick};
use crate::story::told;

#[test]
fn more_comes_in_than_the_plot_let_go() {
    let with = |kilograms| {
        told(|story| {
            let lot = story.begin("hung", opened("hung"));
            story.append("hung", id("hung/plot"), harvest(lot, 500));
            (lot, (lot, story.append("hung", lot, harvested(id("hung/plot"), kilograms))))
        })
    };
    with(500).0.is_fine();
    let (told, (lot, sequence)) = with(501);
    let fault = told.both(OverAllocated, "inputs_above_draws", lot, sequence);
    assert_eq!((fault.field().as_deref(), fault.remaining()), (Some("inputs"), Some(500_000)));
}

#[test]
fn fruit_of_a_plot_that_let_nothing_go() {
    let from = |plot: &'static str| {
        told(move |story| {
            let lot = story.begin("hung", opened("hung"));
            story.append("hung", id("hung/plot"), harvest(lot, 500));
            (lot, (lot, story.append("hung", lot, harvested(id(plot), 400))))
        })
    };
    from("hung/plot").0.is_fine();
    let (told, (lot, sequence)) = from("lan/plot");
    told.both(OverAllocated, "undrawn_input", lot, sequence);
}

/// The scales say what they say; the plot cannot have yielded it.
#[test]
fn more_than_the_plot_was_allotted() {
    // 9,500 kg are allotted, 2,300 were picked in June.
    let with = |kilograms| told(move |story| (pick(story, "hung", kilograms), ()));
    with(7_200).0.is_fine();
    let (told, ()) = with(7_201);
    let fault = told.both(OverAllocated, "above_allotment", id("hung/plot"), next("hung/plot"));
    assert_eq!(fault.remaining(), Some(7_200_000));
}

#[test]
fn two_harvests_that_are_too_much_together() {
    let with = |second| {
        told(move |story| {
            pick(story, "hung", 7_000);
            (pick(story, "hung", second), ())
        })
    };
    with(200).0.is_fine();
    let (told, ()) = with(201);
    let fault = told.both(OverAllocated, "above_allotment", id("hung/plot"), next("hung/plot") + 1);
    assert_eq!(fault.remaining(), Some(200_000));
}

#[test]
fn boxes_hold_no_more_than_came_in() {
    let with = |boxes| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            story.append("hung", from, drawn(lot, 500));
            story.append("packer", lot, packed(from, 400, 390));
            (lot, (lot, story.append("packer", lot, packed(from, 100, boxes))))
        })
    };
    with(100).0.is_fine();
    let (told, (lot, sequence)) = with(101);
    let fault = told.server_refuses("boxes_above_inputs", lot, sequence);
    assert_eq!(fault.remaining(), Some(100));
    told.reader_finds(OverAllocated, "boxes_above_inputs", lot, sequence);
}

/// The fruit arrives first, and a draw for it is written when somebody asks.
#[test]
fn papers_that_come_after_the_fruit() {
    let in_order = |after: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            let draw = drawn(lot, 500);
            if !after {
                story.append("hung", from, draw.clone());
            }
            let sequence = story.append("packer", lot, packed(from, 500, 480));
            if after {
                story.append("hung", from, draw);
            }
            (lot, (lot, sequence))
        })
    };
    in_order(false).0.is_fine();
    let (told, (lot, sequence)) = in_order(true);
    told.both(OverAllocated, "undrawn_input", lot, sequence);
}

/// What was drawn for a neighbour's lot is not drawn for this one.
#[test]
fn a_draw_for_somebody_else() {
    let drawn_for = |own: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lots = [story.begin("packer", opened("packer")), story.begin("packer", opened("packer"))];
            story.append("hung", from, drawn(lots[usize::from(!own)], 500));
            (lots[0], (lots[0], story.append("packer", lots[0], packed(from, 500, 480))))
        })
    };
    drawn_for(true).0.is_fine();
    let (told, (lot, sequence)) = drawn_for(false);
    told.both(OverAllocated, "undrawn_input", lot, sequence);
}
