//! Sums that do not hold, each broken by a sound signature. Without a log all records count on both sides.

use super::forge::forge;
use super::*;

pub fn cases() -> Vec<Case> {
    let world = World::new();
    let (coop, farm, packer, shop) = (world.coop, world.farm, world.packer, world.shop);
    let (plot, area, lot, part) = (world.plot, world.area, world.lot, world.consignment);
    let with = |batch: ChainId, by: ChainId, n: u8, chain: ChainId, events: Vec<Event>| {
        let mut bundle = world.ledger.bundle(batch).expect("a bundle");
        for event in events {
            forge(&mut bundle, by, n, chain, event);
        }
        bundle
    };
    let broken = |code: &str, chain: ChainId, sequence: u64, remaining: u64| {
        let mut expect = at("over_allocated", code, chain, sequence);
        expect["remaining"] = remaining.into();
        expect
    };
    let code = |text: &str| text.parse::<Code>().expect("a code");
    let count = |number| Count::new(number).expect("a count");
    let harvest = HarvestDrawn::new(code("2026"), world.picked, grams(400_001));
    let allotted = PlotsAllotted {
        season: code("2026"),
        allotments: List::of_one(Allotment { plot: ChainId::from_bytes([1; 32]), grams: grams(3_200_001) }),
    };
    let labels = LabelsIssued { count: count(119), root: RootHash::from_bytes([7; 32]) };
    let sscc = "095212340000000013".parse().expect("an SSCC");
    let pallet = Aggregated { sscc, boxes: count(119), at: None };
    let lost = Lost { grams: grams(490_001), reason: LossReason::Other, details: None, at: None };
    let sold = Sold { grams: grams(490_001), at: None };
    let inputs = [(world.picked, 500_000), (world.small_picked, 90_000)];
    let inputs = inputs.map(|(from, amount)| Input { from, grams: grams(amount) }).to_vec();
    let packed = Packed::new(List::new(inputs).expect("two"), count(119), grams(5_000));
    let more = |sequence, event: Event| Corrected {
        sequence,
        reason: CorrectionReason::Weighing,
        event: event.into(),
        details: None,
    };
    let mut boxed = with(lot, packer, 5, lot, vec![more(1, packed.into()).into()]);
    forge(&mut boxed, coop, 3, lot, CorrectionApproved { correction: 4, details: None });
    let mut lowered = with(
        world.picked,
        farm,
        4,
        plot,
        vec![more(2, HarvestDrawn { grams: grams(499_999), ..harvest.clone() }.into()).into()],
    );
    forge(&mut lowered, coop, 3, plot, CorrectionApproved { correction: 3, details: None });
    let received = Received::new(Inputs::one(lot, grams(1_001)));
    vec![
        case(
            "more drawn than came in",
            &with(world.picked, farm, 4, world.picked, vec![drawn_to(part, 501).into()]),
            broken("over_drawn", world.picked, 3, 500),
        ),
        case(
            "more lost than was left",
            &with(lot, packer, 5, lot, vec![lost.into()]),
            broken("over_drawn", lot, 4, 490_000),
        ),
        case(
            "more sold than was left",
            &with(lot, packer, 5, lot, vec![sold.into()]),
            broken("over_drawn", lot, 4, 490_000),
        ),
        case(
            "a source that draws more than it holds",
            &with(lot, farm, 4, world.picked, vec![drawn_to(lot, 501).into()]),
            broken("over_drawn", world.picked, 3, 500),
        ),
        case(
            "more received than was drawn",
            &with(part, shop, 7, part, vec![received.into()]),
            broken("inputs_above_draws", part, 1, 100_000),
        ),
        case(
            "more harvested than the plot was allotted",
            &with(world.picked, farm, 4, plot, vec![harvest.into()]),
            broken("above_allotment", plot, 2, 499_999),
        ),
        case(
            "more allotted than the area can yield",
            &with(world.picked, coop, 3, area, vec![allotted.into()]),
            broken("above_ceiling", area, 3, 3_200_000),
        ),
        case(
            "more labels than boxes",
            &with(lot, packer, 5, lot, vec![labels.into()]),
            broken("above_boxes", lot, 4, 118),
        ),
        case(
            "more boxes on pallets than there are",
            &with(lot, packer, 5, lot, vec![pallet.into()]),
            broken("above_boxes", lot, 4, 118),
        ),
        case(
            "more in boxes than came in, by an approved correction",
            &boxed,
            broken("boxes_above_inputs", lot, 5, 118),
        ),
        case(
            "a harvest lowered below what its batch had taken",
            &lowered,
            broken("inputs_above_draws", world.picked, 1, 499_999),
        ),
    ]
}
