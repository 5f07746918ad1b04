//! Grams, boxes and square metres. In the world the plot was allotted 900,000 g and yielded 500,000.

use super::*;

pub fn cases() -> Vec<Case> {
    vec![harvests(), inputs(), leaving(), boxes(), allotments()]
}

fn harvests() -> Case {
    let mut script = Script::new();
    let (farm, plot) = (script.farm(), script.world.plot);
    let to = script.begin(farm, opened(script.world.farm), batch(0, 0));
    script.append(farm, plot, harvest(to, 400_001), above("above_allotment", "grams", 400_000));
    script.append(farm, plot, harvest(to, 9_007_199_254_740_991), no_for("too_much", "grams"));
    script.append(farm, plot, harvest(to, 300_000), place(0));
    script.append(farm, plot, harvest(to, 100_001), above("above_allotment", "grams", 100_000));
    script.append(farm, plot, harvest(to, 100_000), place(0));
    script.append(farm, plot, harvest(to, 1), above("above_allotment", "grams", 0));
    script.case("harvests of a plot within its allotment")
}

fn inputs() -> Case {
    let mut script = Script::new();
    let (farm, plot, other) = (script.farm(), script.world.plot, script.world.small_plot);
    let to = script.begin(farm, opened(script.world.farm), batch(0, 0));
    script.append(farm, to, harvested(plot, 1), no_for("undrawn_input", "inputs"));
    script.append(farm, plot, harvest(to, 400_000), place(0));
    script.append(farm, to, harvested(plot, 400_001), above("inputs_above_draws", "inputs", 400_000));
    script.append(farm, to, harvested(other, 1), no_for("undrawn_input", "inputs"));
    script.append(farm, to, harvested(plot, 300_000), batch(300_000, 0));
    script.append(farm, to, harvested(plot, 90_000), batch(390_000, 0));
    // What was drawn and not taken in is shortage.
    script.append(farm, to, harvested(plot, 10_001), above("inputs_above_draws", "inputs", 400_000));
    let twice = List::new(vec![Input { from: plot, grams: grams(1) }, Input { from: plot, grams: grams(2) }]);
    script.append(farm, to, Harvested::new(twice.expect("two")), no_for("bad_field", "inputs"));
    script.append(farm, to, Received::new(Inputs::one(to, grams(1))), no_for("bad_field", "inputs"));
    script.append(farm, to, drawn_to(script.world.lot, 1_000), batch(389_000, 0));
    script.append(farm, to, harvested(plot, 1), no_for("bad_field", "inputs"));
    script.case("inputs of a batch within what its sources let go for it")
}

fn leaving() -> Case {
    let mut script = Script::new();
    let (farm, plot, lot) = (script.farm(), script.world.plot, script.world.lot);
    let from = script.begin(farm, opened(script.world.farm), batch(0, 0));
    script.append(farm, from, drawn_to(lot, 1), above("over_drawn", "grams", 0));
    script.append(farm, plot, harvest(from, 100_000), place(0));
    script.append(farm, from, harvested(plot, 100_000), batch(100_000, 0));
    script.append(farm, from, drawn_to(lot, 100_001), above("over_drawn", "grams", 100_000));
    script.append(farm, from, lost(1_000), batch(99_000, 0));
    script.append(farm, from, lost(99_001), above("over_drawn", "grams", 99_000));
    script.append(farm, from, Sold { grams: grams(9_000), at: None }, batch(90_000, 0));
    script.append(farm, from, Sold { grams: grams(90_001), at: None }, above("over_drawn", "grams", 90_000));
    let disposed = |amount| Disposed { grams: grams(amount), method: DisposalMethod::Compost, details: None, at: None };
    script.append(farm, from, disposed(90_001), above("over_drawn", "grams", 90_000));
    script.append(farm, from, disposed(500), batch(89_500, 0));
    script.append(farm, from, drawn_to(from, 1), no_for("bad_field", "to"));
    script.append(farm, from, drawn_to(lot, 89_000), batch(500, 0));
    script.append(farm, from, drawn_to(lot, 501), above("over_drawn", "grams", 500));
    script.append(farm, from, drawn_to(lot, 500), batch(0, 0));
    script.case("draws, sales, losses and disposals within what is left")
}

fn boxes() -> Case {
    let mut script = Script::new();
    let (farm, packer) = (script.farm(), script.packer());
    let from = script.begin(farm, opened(script.world.farm), batch(0, 0));
    script.append(farm, script.world.plot, harvest(from, 400_000), place(0));
    script.append(farm, from, harvested(script.world.plot, 400_000), batch(400_000, 0));
    let lot = script.begin(packer, opened(script.world.packer), batch(0, 0));
    script.append(farm, from, drawn_to(lot, 300_000), batch(100_000, 0));
    script.append(packer, lot, packed(from, 300_000, 61, 5_000), above("boxes_above_inputs", "boxes", 60));
    let huge = packed(from, 300_000, 9_007_199_254_740_991, 9_007_199_254_740_991);
    script.append(packer, lot, huge, above("boxes_above_inputs", "boxes", 0));
    let labels = |number| LabelsIssued { count: count(number), root: RootHash::from_bytes([7; 32]) };
    let sscc = || "095212340000000013".parse().expect("an SSCC");
    let pallet = |boxes| Aggregated { sscc: sscc(), boxes: count(boxes), at: None };
    script.append(packer, lot, labels(1), above("above_boxes", "count", 0));
    script.append(packer, lot, packed(from, 200_000, 39, 5_000), batch(200_000, 39));
    script.append(packer, lot, packed(from, 100_000, 21, 4_700), batch(300_000, 60));
    script.append(packer, lot, labels(61), above("above_boxes", "count", 60));
    script.append(packer, lot, labels(40), batch(300_000, 60));
    script.append(packer, lot, labels(21), above("above_boxes", "count", 20));
    script.append(packer, lot, pallet(61), above("above_boxes", "boxes", 60));
    script.append(packer, lot, pallet(60), batch(300_000, 60));
    script.append(packer, lot, pallet(1), above("above_boxes", "boxes", 0));
    // Into other boxes.
    let again = script.begin(packer, opened(script.world.packer), batch(0, 0));
    script.append(packer, lot, drawn_to(again, 10_000), batch(290_000, 60));
    let repacked = |boxes| Repacked::new(Inputs::one(lot, grams(10_000)), count(boxes), grams(500));
    script.append(packer, again, repacked(21), above("boxes_above_inputs", "boxes", 20));
    script.append(packer, again, repacked(20), batch(10_000, 20));
    script.case("boxes within what came in, labels and pallets within the boxes")
}

/// The area has 100,000 m² and a ceiling of 5,000,000 g, of which two plots of 5,000 m² were allotted 900,000 each.
fn allotments() -> Case {
    let mut script = Script::new();
    let (coop, area) = (script.coop(), script.world.area);
    let plot = |square_metres| {
        let mut plot = script.world.plot_of(script.world.farm);
        plot.area_m2 = SquareMetres::new(square_metres).expect("an area");
        plot
    };
    let (fitting, large) = (plot(90_000), plot(90_001));
    let fitting = script.begin(coop, fitting, place(0));
    let large = script.begin(coop, large, place(0));
    let to = |plot, amount| PlotsAllotted {
        season: code("2026"),
        allotments: List::of_one(Allotment { plot, grams: grams(amount) }),
    };
    script.append(coop, area, to(fitting, 3_200_001), above("above_ceiling", "allotments", 3_200_000));
    script.append(coop, area, to(script.world.plot, 1), no_for("bad_field", "allotments"));
    let pair = [1, 2].map(|amount| Allotment { plot: fitting, grams: grams(amount) });
    let twice = PlotsAllotted { season: code("2026"), allotments: List::new(pair.to_vec()).expect("two") };
    script.append(coop, area, twice, no_for("bad_field", "allotments"));
    script.append(coop, area, to(large, 1), above("above_area", "allotments", 90_000));
    script.append(coop, area, PlotsAllotted { season: code("2027"), ..to(fitting, 1) }, no_for("bad_field", "season"));
    script.append(coop, area, to(script.world.house, 1), no_for("wrong_reference", "allotments"));
    script.append(coop, area, to(ChainId::from_bytes([1; 32]), 1), no("missing_chain"));
    script.append(coop, area, to(fitting, 3_200_000), place(0));
    script.append(coop, area, to(large, 1), above("above_ceiling", "allotments", 0));
    script.case("allotments within ceiling and area")
}
