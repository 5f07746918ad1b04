//! A trader mixes in fruit from elsewhere. What was not drawn for a batch cannot come into it.

use nguon_core::event::{DrawReason, Drawn, Harvested, Input, Inputs, Packed};
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Grams, List};
use nguon_core::verify::{At, Outcome};

use crate::support::{Insider, at, pen, refusal, season};

fn kg(kilograms: u64) -> Grams {
    Grams::new(kilograms * 1_000).unwrap()
}

fn packed(from: &[ChainId]) -> Packed {
    let inputs: Vec<Input> = from.iter().map(|from| Input { from: *from, grams: kg(20) }).collect();
    Packed::new(List::new(inputs).unwrap(), Count::new(6).unwrap(), kg(3))
}

#[test]
fn a_lot_that_nobody_drew_from_is_no_source() {
    let seller = season().key("seller");
    let batch = season().id("seller/0526");
    let lots = [season().id("thu/0528")];
    let mut insider = Insider::of("seller/0526").with_chain("thu/0528").with_chain("thu/plot").with_chain("thu");
    let sequence = insider.append(&pen("seller", &seller), batch, packed(&lots));
    // The foreign lot is a recalled one; that weighs more. An unrecalled one is plainly over-allocated.
    assert!(matches!(insider.outcome(), Outcome::Recalled { .. }));

    let lots = [season().id("tuan/0530")];
    let mut insider = Insider::of("seller/0526").with_chain("tuan/0530").with_chain("tuan/plot").with_chain("tuan");
    assert_eq!(insider.append(&pen("seller", &seller), batch, packed(&lots)), sequence);
    assert_eq!(insider.outcome(), Outcome::OverAllocated { at: Some(at("seller/0526", sequence)) });
    let refused = season().ledger.clone().append(&pen("seller", &seller), batch, packed(&lots));
    assert_eq!(refusal(refused).code(), "undrawn_input");
}

#[test]
fn with_the_farmers_draw_it_is_a_source() {
    let (farmer, seller) = (season().key("lien"), season().key("seller"));
    let (lot, batch) = (season().id("lien/0526"), season().id("seller/0526"));
    let mut insider = Insider::of("seller/0526");
    insider.append(&pen("lien", &farmer), lot, Drawn { to: batch, grams: kg(20), why: DrawReason::Handover });
    insider.append(&pen("seller", &seller), batch, packed(&[lot]));
    assert_eq!(insider.outcome(), Outcome::Unlogged);
}

#[test]
fn a_draw_for_somebody_else_is_no_draw_for_this_batch() {
    let seller = season().key("seller");
    let batch = season().id("seller/0526");
    // Hùng's lot was drawn, but for the packing house.
    let mut insider = Insider::of("seller/0526")
        .with_chain("hung/0614")
        .with_chain("hung/plot")
        .with_chain("hung")
        .with_chain("coop");
    for chain in ["area/chu", "carrier"] {
        insider = insider.with_chain(chain);
    }
    let sequence = insider.append(&pen("seller", &seller), batch, packed(&[season().id("hung/0614")]));
    assert_eq!(insider.outcome(), Outcome::OverAllocated { at: Some(at("seller/0526", sequence)) });
}

#[test]
fn fruit_from_a_plot_that_is_in_no_register() {
    let farmer = season().key("hung");
    let nowhere = ChainId::from_bytes([3; 32]);
    let batch = season().id("hung/0614");
    let foreign = || Harvested::new(Inputs::one(nowhere, kg(500)));
    let mut insider = Insider::of("lan/0620");
    let own = insider.begin(&pen("lan", &season().key("lan")), opened("lan"));
    insider.append(&pen("lan", &season().key("lan")), own, foreign());
    assert_eq!(insider.about(own).outcome(), Outcome::Incomplete);
    let refused = season().ledger.clone().append(&pen("hung", &farmer), batch, foreign());
    // This lot has been handed on already, which is looked at first.
    assert_eq!(refusal(refused).code(), "bad_field");
}

fn opened(owner: &str) -> nguon_core::event::Opened {
    nguon_core::event::Opened::new(season().id(owner), "Vải thiều tươi".parse().unwrap())
}

#[test]
fn a_neighbours_plot_is_not_drawn_for_this_lot() {
    let farmer = season().key("lan");
    let mut insider = Insider::of("lan/0620").with_chain("hung/plot").with_chain("hung");
    let batch = insider.begin(&pen("lan", &farmer), opened("lan"));
    let sequence =
        insider.append(&pen("lan", &farmer), batch, Harvested::new(Inputs::one(season().id("hung/plot"), kg(500))));
    assert_eq!(insider.about(batch).outcome(), Outcome::OverAllocated { at: Some(At { chain: batch, sequence }) });
}

#[test]
fn nothing_comes_into_a_lot_that_has_been_handed_on() {
    let packer = season().key("packer");
    let lot = season().id("packer/shops");
    let mut insider = Insider::of("packer/shops");
    let sequence = insider.append(&pen("packer", &packer), lot, packed(&[season().id("hung/0620")]));
    assert_eq!(insider.outcome(), Outcome::Invalid { code: "bad_field", at: Some(at("packer/shops", sequence)) });
}

#[test]
fn batches_do_not_come_from_each_other() {
    let seller = season().key("seller");
    let by_seller = pen("seller", &seller);
    let mut insider = Insider::of("seller/0526");
    let [one, two] = [0; 2].map(|_| insider.begin(&by_seller, opened("seller")));
    for (from, to) in [(one, two), (two, one)] {
        insider.append(&by_seller, from, packed(&[to]));
    }
    for (from, to) in [(one, two), (two, one)] {
        insider.append(&by_seller, from, Drawn { to, grams: kg(20), why: DrawReason::Merging });
    }
    let Outcome::Invalid { code, .. } = insider.about(one).outcome() else { panic!("a circle must not pass") };
    assert_eq!(code, "cycle");
}
