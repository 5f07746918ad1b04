//! Lots: parcels brought together at a packing house, and packed the next day.

use nguon_core::event::{Aggregated, DrawReason, Drawn, Input, Inputs, LabelsIssued, Opened, Packed, Received};
use nguon_core::ids::RootHash;
use nguon_core::values::{Count, Label, List};
use nguon_gs1::Sscc;

use super::super::cast::Actor;
use super::super::land_register::grams;
use super::super::scribe::Chain;
use super::super::weighing::{Parcel, product};
use super::Trade;

/// Net grams in a box.
pub(super) const BOX: usize = 10_000;
/// Inputs of one record, and of one lot.
const AT_ONCE: usize = 200;
const MOST: usize = 500;
/// Batches packed from one lot.
const PACKED: usize = 3;

pub(in super::super) struct Lot {
    chain: Chain,
    /// Number of the packing house.
    house: usize,
    grams: usize,
    merged: bool,
}

/// A batch for juice that is being gathered.
#[derive(Default)]
pub(in super::super) struct Juice {
    open: Option<Chain>,
    drawn: Vec<Input>,
}

impl Trade<'_, '_> {
    /// Parcels go to packing houses, which make lots of them: many small, a few of several hundred.
    pub(super) fn bring_together(&mut self, parcels: Vec<Parcel>, day: usize) {
        let mut pools: Vec<Vec<Parcel>> = self.houses.iter().map(|_| Vec::new()).collect();
        let (merged, parcels): (Vec<_>, Vec<_>) = parcels.into_iter().partition(|parcel| parcel.merged);
        if !merged.is_empty() {
            self.merge(0, merged);
        }
        for parcel in parcels {
            // A quarter goes to a few large exporters, the rest to a house nearby, which packs every second day.
            let large = (pools.len() / 20).max(1);
            let near = (parcel.area + self.dice.below(3)) / 2 * 2 + day % 2;
            let house = if self.dice.permille(250) { self.dice.below(large) } else { near % pools.len() };
            pools[house].push(parcel);
        }
        for (house, mut pool) in pools.into_iter().enumerate() {
            while !pool.is_empty() {
                let wanted = match self.dice.below(100) {
                    0..20 => self.dice.within(1..=8),
                    20..55 => self.dice.within(9..=60),
                    55..85 => self.dice.within(61..=160),
                    _ => self.dice.within(161..=MOST),
                };
                let lot = pool.split_off(pool.len().saturating_sub(wanted));
                self.merge(house, lot);
            }
        }
    }

    fn merge(&mut self, house: usize, parcels: Vec<Parcel>) {
        let packer = Actor(self.cast.packers.start + house);
        let (owner, hand) = (self.cast.id(packer), self.cast.hand(packer));
        let mut lot = self.scribe.begin(&hand, Opened::new(owner, product()));
        self.batches += 1;
        let (mut inputs, mut sum) = (Vec::new(), 0);
        let merged = parcels.iter().any(|parcel| parcel.merged);
        for mut parcel in parcels {
            let drawn = Drawn { to: lot.id, grams: grams(parcel.grams), why: DrawReason::Handover };
            self.scribe.append(&self.cast.hand(parcel.owner), &mut parcel.chain, drawn);
            // Up to one part in a hundred is lost on the way.
            let arrived = parcel.grams * self.dice.within(990..=1000) / 1000;
            inputs.push(Input { from: parcel.chain.id, grams: grams(arrived) });
            sum += arrived;
        }
        for inputs in inputs.chunks(AT_ONCE) {
            let inputs = List::new(inputs.to_vec()).expect("inputs");
            let place = Some(self.houses[house].id);
            self.scribe.append(&hand, &mut lot, Received { place, ..Received::new(inputs) });
        }
        self.lots.push(Lot { chain: lot, house, grams: sum, merged });
    }

    /// Packs yesterday's lots into labelled batches; what is sorted out goes to the press.
    pub(super) fn pack_lots(&mut self) {
        for mut lot in std::mem::take(&mut self.lots) {
            let (packer, most) = (Actor(self.cast.packers.start + lot.house), lot.grams / BOX);
            let parts = PACKED.min(most / 20).max(1);
            let boxes = most * 97 / 100 / parts;
            let mut left = lot.grams;
            for _ in 0..parts {
                let packed = self.pack(&mut lot, packer, boxes);
                left -= boxes * BOX;
                if lot.merged && self.merged.is_none() {
                    self.merged = Some(packed.id);
                }
                self.consign(packed, lot.house, boxes);
            }
            self.sort_out(&mut lot, packer, left);
        }
    }

    fn pack(&mut self, lot: &mut Lot, packer: Actor, boxes: usize) -> Chain {
        let hand = self.cast.hand(packer);
        self.batches += 1;
        let (gtin, number) = ("09521234567899".parse(), format!("VT-{:06}", self.batches).parse());
        let label = Some(Label { gtin: gtin.expect("a GTIN"), lot: number.expect("a lot") });
        let mut packed = self.scribe.begin(&hand, Opened { label, ..Opened::new(self.cast.id(packer), product()) });
        let taken = grams(boxes * BOX);
        let why = DrawReason::Packing;
        self.scribe.append(&hand, &mut lot.chain, Drawn { to: packed.id, grams: taken, why });
        let boxes = Count::new(u64::try_from(boxes).unwrap_or_default()).expect("boxes");
        let event = Packed::new(Inputs::one(lot.chain.id, taken), boxes, grams(BOX));
        let place = Some(self.houses[lot.house].id);
        self.scribe.append(&hand, &mut packed, Packed { place, ..event });
        if self.dice.permille(300) {
            // Serials are drawn by chance; nobody here scans one.
            let root = RootHash::from_bytes(nguon_tlog::map::value_hash(packed.id.as_bytes()));
            self.scribe.append(&hand, &mut packed, LabelsIssued { count: boxes, root });
        }
        if self.dice.permille(200) {
            let sscc = Sscc::from_payload(&format!("09521234{:09}", self.batches)).expect("an SSCC").into();
            self.scribe.append(&hand, &mut packed, Aggregated { sscc, boxes, at: None });
        }
        packed
    }

    fn sort_out(&mut self, lot: &mut Lot, packer: Actor, left: usize) {
        let press = Actor(self.cast.packers.start);
        let open = self.juice.open.get_or_insert_with(|| {
            self.batches += 1;
            self.scribe.begin(&self.cast.hand(press), Opened::new(self.cast.id(press), product()))
        });
        let drawn = Drawn { to: open.id, grams: grams(left), why: DrawReason::Merging };
        self.scribe.append(&self.cast.hand(packer), &mut lot.chain, drawn);
        self.juice.drawn.push(Input { from: lot.chain.id, grams: grams(left) });
    }

    /// Takes what was sorted out into the batch for juice.
    pub(super) fn press(&mut self) {
        let Some(mut juice) = self.juice.open.take() else { return };
        let hand = self.cast.hand(Actor(self.cast.packers.start));
        for inputs in std::mem::take(&mut self.juice.drawn).chunks(AT_ONCE) {
            let inputs = List::new(inputs.to_vec()).expect("inputs");
            self.scribe.append(&hand, &mut juice, Received::new(inputs));
        }
    }
}
