//! What happens to fruit on an ordinary day, for stories.

use nguon_core::event::{
    Dose, DrawReason, Drawn, HarvestDrawn, Harvested, InputApplied, InputKind, Inputs, Opened, Packed, Received,
    Repacked,
};
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Days, Grams, GtinCode, Label, List, SquareMetres, Time};
use nguon_core::verify::At;
use nguon_gs1::Gtin;

use crate::log::logged;
use crate::story::Story;

/// Seconds.
pub const DAY: u64 = 86_400;

/// A chain of the season.
pub fn id(name: &str) -> ChainId {
    logged().id(name)
}

/// A place on a chain.
pub fn at(chain: ChainId, sequence: u64) -> Option<At> {
    Some(At { chain, sequence })
}

/// Sequence of the record that comes next on a chain of the season.
pub fn next(chain: &str) -> u64 {
    logged().ledger.records(&id(chain)).len() as u64
}

/// Grams.
pub fn kg(kilograms: u64) -> Grams {
    Grams::new(kilograms * 1_000).unwrap()
}

/// An unlabelled batch.
pub fn opened(owner: &str) -> Opened {
    Opened::new(id(owner), "Vải thiều tươi".parse().unwrap())
}

/// A batch under one of the packing house's labels.
pub fn labelled(lot: &str) -> Opened {
    let gtin: GtinCode = Gtin::from_payload("0952987600002").unwrap().into();
    Opened { label: Some(Label { gtin, lot: lot.parse().unwrap() }), ..opened("packer") }
}

/// A part of a labelled batch.
pub fn consignment(owner: &str, of: ChainId) -> Opened {
    Opened { label_of: Some(of), ..opened(owner) }
}

/// Picked now.
pub fn harvest(to: ChainId, kilograms: u64) -> HarvestDrawn {
    HarvestDrawn::new("2026".parse().unwrap(), to, kg(kilograms))
}

/// Picked at another time.
pub fn harvest_at(to: ChainId, kilograms: u64, at: Time) -> HarvestDrawn {
    HarvestDrawn { at: Some(at), ..harvest(to, kilograms) }
}

/// Taken in from a plot.
pub fn harvested(from: ChainId, kilograms: u64) -> Harvested {
    Harvested::new(Inputs::one(from, kg(kilograms)))
}

/// Let go.
pub fn drawn(to: ChainId, kilograms: u64) -> Drawn {
    Drawn { to, grams: kg(kilograms), why: DrawReason::Handover }
}

/// Taken in from a batch.
pub fn received(from: ChainId, kilograms: u64) -> Received {
    Received::new(Inputs::one(from, kg(kilograms)))
}

/// Packed into boxes of a kilogram.
pub fn packed(from: ChainId, kilograms: u64, boxes: u64) -> Packed {
    Packed::new(Inputs::one(from, kg(kilograms)), Count::new(boxes).unwrap(), kg(1))
}

/// The same of what had been packed before.
pub fn repacked(from: ChainId, kilograms: u64, boxes: u64) -> Repacked {
    Repacked::new(Inputs::one(from, kg(kilograms)), Count::new(boxes).unwrap(), kg(1))
}

/// Sprayed now, with an interval of so many days.
pub fn sprayed(phi_days: u16) -> InputApplied {
    InputApplied {
        kind: InputKind::PlantProtection,
        product: "Abamectin 3.6EC (mẫu)".parse().unwrap(),
        active_ingredients: List::of_one("abamectin".parse().unwrap()),
        product_lot: Some("MAU-TS-2699".parse().unwrap()),
        dose: Dose::Microlitres(Count::new(300_000).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(9_000).unwrap(),
        phi_days: Days::new(phi_days).unwrap(),
        operator: None,
        notes: None,
        at: None,
    }
}

/// A household's lot of so much, picked now, all of it in order. Gives the lot.
pub fn pick(story: &mut Story, farmer: &str, kilograms: u64) -> ChainId {
    let (plot, lot) = (id(&format!("{farmer}/plot")), story.begin(farmer, opened(farmer)));
    story.append(farmer, plot, harvest(lot, kilograms));
    story.append(farmer, lot, harvested(plot, kilograms));
    lot
}
