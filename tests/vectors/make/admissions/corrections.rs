//! Corrections: what they change, and from when on.

use super::*;

pub fn cases() -> Vec<Case> {
    vec![inputs(), what_may_be_corrected(), draws(), boxes(), losses(), allotments(), harvests(), for_a_household()]
}

fn inputs() -> Case {
    let mut script = Script::new();
    let (farm, coop, plot) = (script.farm(), script.coop(), script.world.plot);
    let to = script.picked(300_000, 200_000);
    // Less counts at once, also compared with what counts since.
    script.append(farm, to, correction(1, harvested(plot, 150_000)), batch(150_000, 0));
    script.append(farm, to, correction(1, harvested(plot, 140_000)), batch(140_000, 0));
    // More waits.
    script.append(farm, to, correction(1, harvested(plot, 250_000)), batch(140_000, 0));
    let more = script.head(to);
    script.append(farm, to, approval(more), no_for("not_permitted", "signer"));
    script.append(script.packer(), to, approval(more), no_for("not_permitted", "signer"));
    script.append(coop, to, approval(more - 1), no_for("bad_field", "correction"));
    script.append(coop, to, approval(more), batch(250_000, 0));
    script.append(coop, to, approval(more), no_for("bad_field", "correction"));
    // More than the plot let go is refused with the approval that would make it count.
    script.append(farm, to, correction(1, harvested(plot, 300_001)), batch(250_000, 0));
    let above_draws = script.head(to);
    script.append(coop, to, approval(above_draws), above("inputs_above_draws", "inputs", 300_000));
    script.append(farm, to, drawn_to(script.world.lot, 250_000), batch(0, 0));
    // Less than has left already is refused.
    script.append(farm, to, correction(1, harvested(plot, 249_999)), above("over_drawn", "grams", 0));
    script.append(farm, to, correction(1, harvested(plot, 250_000)), batch(0, 0));
    script.case("inputs: less at once, more with an approval, none beyond a sum")
}

fn what_may_be_corrected() -> Case {
    let mut script = Script::new();
    let (farm, plot) = (script.farm(), script.world.plot);
    let to = script.picked(300_000, 200_000);
    script.append(farm, to, correction(0, opened(script.world.farm)), no_for("bad_field", "event"));
    script.append(farm, to, correction(1, lost(1)), no_for("bad_field", "event"));
    script.append(farm, to, correction(2, harvested(plot, 1)), no_for("bad_field", "sequence"));
    script.append(farm, to, correction(1, harvested(script.world.small_plot, 1)), no_for("bad_field", "inputs"));
    script.append(script.packer(), to, correction(1, harvested(plot, 1)), no_for("bad_field", "signer"));
    script.append(script.office(), to, correction(1, harvested(plot, 1)), no_for("not_permitted", "signer"));
    script.append(farm, to, correction(1, harvested(plot, 190_000)), batch(190_000, 0));
    script.append(farm, to, correction(2, correction(1, lost(1))), no_for("bad_field", "event"));
    script.append(farm, plot, correction(3, harvest(to, 1)), place(0));
    let other = HarvestDrawn { season: code("2025"), ..harvest(to, 1) };
    script.append(farm, plot, correction(3, other), no_for("bad_field", "season"));
    script.case("which records may be corrected, by whom, and how far")
}

fn draws() -> Case {
    let mut script = Script::new();
    let (farm, coop, packer) = (script.farm(), script.coop(), script.packer());
    let from = script.picked(100_000, 100_000);
    let [lot, other] = [(); 2].map(|()| script.begin(packer, opened(script.world.packer), batch(0, 0)));
    script.append(farm, from, drawn_to(lot, 60_000), batch(40_000, 0));
    script.append(packer, lot, packed(from, 50_000, 10, 5_000), batch(50_000, 10));
    let corrected = |script: &mut Script, sequence, event: Drawn, waiting, approved| {
        script.append(farm, from, correction(sequence, event), batch(waiting, 0));
        let waits = script.head(from);
        script.append(coop, from, approval(waits), approved);
    };
    corrected(&mut script, 2, drawn_to(lot, 49_999), 40_000, no_for("below_taken", "grams"));
    corrected(&mut script, 2, drawn_to(other, 60_000), 40_000, no_for("below_taken", "grams"));
    corrected(&mut script, 2, drawn_to(lot, 100_001), 40_000, above("over_drawn", "grams", 40_000));
    corrected(&mut script, 2, drawn_to(lot, 50_000), 40_000, batch(50_000, 0));
    // To another batch: from the one it is taken away, the other may take it.
    script.append(farm, from, drawn_to(lot, 20_000), batch(30_000, 0));
    let drawn = script.head(from);
    corrected(&mut script, drawn, drawn_to(other, 25_000), 30_000, batch(25_000, 0));
    script.append(packer, lot, packed(from, 1, 1, 1), above("inputs_above_draws", "inputs", 50_000));
    script.append(packer, other, packed(from, 25_001, 1, 1), above("inputs_above_draws", "inputs", 25_000));
    script.append(packer, other, packed(from, 25_000, 5, 5_000), batch(25_000, 5));
    script.case("draws: what their batch has taken stays")
}

fn boxes() -> Case {
    let mut script = Script::new();
    let (farm, coop, packer) = (script.farm(), script.coop(), script.packer());
    let from = script.picked(100_000, 100_000);
    let lot = script.begin(packer, opened(script.world.packer), batch(0, 0));
    script.append(farm, from, drawn_to(lot, 100_000), batch(0, 0));
    script.append(packer, lot, packed(from, 50_000, 10, 5_000), batch(50_000, 10));
    script.append(packer, lot, correction(1, packed(from, 45_000, 9, 5_000)), batch(45_000, 9));
    script.append(packer, lot, correction(1, packed(from, 60_000, 12, 5_000)), batch(45_000, 9));
    script.append(coop, lot, approval(3), batch(60_000, 12));
    // Fewer boxes of more grams are more grams in each: it waits. Too many for what came in are refused then.
    script.append(packer, lot, correction(1, packed(from, 60_000, 11, 5_500)), batch(60_000, 12));
    script.append(coop, lot, approval(5), above("boxes_above_inputs", "boxes", 10));
    let labels = LabelsIssued { count: count(11), root: RootHash::from_bytes([7; 32]) };
    script.append(packer, lot, labels, batch(60_000, 12));
    script.append(packer, lot, correction(1, packed(from, 60_000, 10, 5_000)), above("above_boxes", "count", 0));
    let pallet =
        |boxes| Aggregated { sscc: "095212340000000013".parse().expect("an SSCC"), boxes: count(boxes), at: None };
    script.append(packer, lot, pallet(12), batch(60_000, 12));
    script.append(packer, lot, correction(1, packed(from, 60_000, 11, 5_000)), above("above_boxes", "boxes", 0));
    let sequence = script.head(lot);
    script.append(packer, lot, correction(sequence, pallet(11)), batch(60_000, 12));
    script.append(coop, lot, approval(sequence + 1), batch(60_000, 12));
    script.append(packer, lot, correction(1, packed(from, 60_000, 11, 5_000)), batch(60_000, 11));
    script.case("boxes: no fewer than labels and pallets, no more than came in")
}

fn losses() -> Case {
    let mut script = Script::new();
    let (farm, coop, office) = (script.farm(), script.coop(), script.office());
    let from = script.picked(100_000, 100_000);
    script.append(farm, from, lost(1_000), batch(99_000, 0));
    script.append(farm, from, correction(2, lost(3_000)), batch(97_000, 0));
    script.append(farm, from, correction(2, lost(100_001)), above("over_drawn", "grams", 97_000));
    script.append(farm, from, correction(2, lost(500)), batch(97_000, 0));
    script.append(coop, from, approval(4), batch(99_500, 0));
    let sold = |amount| Sold { grams: grams(amount), at: None };
    script.append(farm, from, sold(500), batch(99_000, 0));
    script.append(farm, from, correction(6, sold(1_500)), batch(98_000, 0));
    // An authority may correct its own words too, and not approve that itself.
    let certified = |from| Certified {
        scheme: "VietGAP".parse().expect("words"),
        number: code("VG-1"),
        from: time(from),
        until: time(NOW + 5),
    };
    script.append(office, from, certified(NOW), batch(98_000, 0));
    script.append(office, from, correction(8, certified(NOW + 5)), no_for("bad_field", "until"));
    script.append(office, from, correction(8, certified(NOW + 4)), batch(98_000, 0));
    script.append(office, from, approval(9), no_for("not_permitted", "signer"));
    script.append(coop, from, approval(9), batch(98_000, 0));
    script.case("losses and sales: more at once, less with an approval; an authority's own words")
}

/// The office opened the area's season, the co-op allotted 900,000 g to each of two plots, of which one yielded 500,000.
fn allotments() -> Case {
    let mut script = Script::new();
    let (coop, office, area) = (script.coop(), script.office(), script.world.area);
    let (plot, small) = (script.world.plot, script.world.small_plot);
    let to = |pairs: &[(ChainId, u64)]| PlotsAllotted {
        season: code("2026"),
        allotments: List::new(pairs.iter().map(|(plot, g)| Allotment { plot: *plot, grams: grams(*g) }).collect())
            .expect("some"),
    };
    let corrected = |script: &mut Script, pairs: &[(ChainId, u64)], approved| {
        script.append(coop, area, correction(2, to(pairs)), place(0));
        let waits = script.head(area);
        script.append(office, area, approval(waits), approved);
    };
    corrected(&mut script, &[(plot, 499_999), (small, 900_000)], no_for("below_taken", "grams"));
    corrected(&mut script, &[(plot, 4_100_001), (small, 900_000)], above("above_ceiling", "allotments", 3_200_000));
    corrected(&mut script, &[(plot, 500_000), (small, 900_000)], place(0));
    // One that was refused does not come back once a later one counts.
    script.append(office, area, approval(3), no_for("bad_field", "correction"));
    script.append(coop, area, correction(2, to(&[(plot, 500_000)])), no_for("bad_field", "allotments"));
    let farm = script.farm();
    script.append(farm, plot, harvest(script.world.picked, 1), above("above_allotment", "grams", 0));
    // The season itself: its ceiling waits for another authority, and it begins no earlier.
    script.append(office, area, correction(1, season(Some(1_400_000))), place(0));
    let waits = script.head(area);
    script.append(office, area, approval(waits), no_for("not_permitted", "signer"));
    let earlier = SeasonOpened { from: time(NOW - 1), ..season(Some(1_400_000)) };
    script.append(office, area, correction(1, earlier), no_for("bad_field", "season"));
    let shorter = SeasonOpened { until: time(NOW + 2_999_999), ..season(Some(1_400_000)) };
    script.append(office, area, correction(1, shorter), no_for("bad_field", "season"));
    let longer = SeasonOpened { until: time(NOW + 3_000_001), ..season(Some(1_400_000)) };
    script.append(office, area, correction(1, longer), place(0));
    script.case("allotments: what was harvested stays, and the ceiling holds")
}

fn harvests() -> Case {
    let mut script = Script::new();
    let (farm, coop, plot) = (script.farm(), script.coop(), script.world.plot);
    let [to, other] = [(); 2].map(|()| script.begin(farm, opened(script.world.farm), batch(0, 0)));
    // In the world, sequence 2 let 500,000 g go for a batch that has taken them.
    script.append(farm, plot, correction(2, harvest(script.world.picked, 499_999)), place(0));
    script.append(coop, plot, approval(3), no_for("below_taken", "grams"));
    script.append(farm, plot, harvest(to, 400_000), place(0));
    script.append(farm, plot, correction(4, harvest(to, 400_001)), place(0));
    script.append(coop, plot, approval(5), above("above_allotment", "grams", 0));
    script.append(farm, plot, correction(4, harvest(other, 300_000)), place(0));
    script.append(farm, other, harvested(plot, 1), no_for("undrawn_input", "inputs"));
    script.append(coop, plot, approval(6), place(0));
    script.append(farm, to, harvested(plot, 1), no_for("undrawn_input", "inputs"));
    script.append(farm, other, harvested(plot, 300_000), batch(300_000, 0));
    script.append(farm, plot, harvest(to, 100_001), above("above_allotment", "grams", 100_000));
    script.append(farm, plot, harvest(to, 100_000), place(0));
    script.case("harvests: what their batch has taken stays, and the allotment holds")
}

/// What the co-op signed for a household it does not approve.
fn for_a_household() -> Case {
    let mut script = Script::new();
    let (coop, office) = (script.coop(), script.office());
    let (household, batch_of) = (script.world.household, script.world.small_picked);
    script.append_for(household, batch_of, lost(501), above("over_drawn", "grams", 500));
    let plot = script.world.small_plot;
    script.append_for(household, plot, correction(2, harvest(batch_of, 95_000)), place(0));
    script.append(coop, plot, approval(3), no_for("not_permitted", "signer"));
    script.append(office, plot, approval(3), place(0));
    script.append_for(household, batch_of, correction(1, harvested(plot, 95_000)), batch(500, 0));
    script.append(coop, batch_of, approval(3), no_for("not_permitted", "signer"));
    script.append(office, batch_of, approval(3), batch(4_500, 0));
    script.append_for(household, batch_of, lost(1), batch(4_499, 0));
    script.case("a registrar does not approve what it signed for a household")
}
