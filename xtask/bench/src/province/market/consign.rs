//! Consignments: a labelled batch goes out to shops, each part a batch of its receiver.

use nguon_core::event::{Document, DrawReason, Drawn, Inputs, Opened, Received, Shipped, Sold};
use nguon_core::ids::ChainId;

use super::super::cast::Actor;
use super::super::land_register::grams;
use super::super::scribe::Chain;
use super::super::weighing::product;
use super::Trade;
use super::lot::BOX;

/// Grams that are sold at a time. The smallest consignment is ten times as much.
const SALE: usize = 500;

pub(in super::super) struct Consignment {
    pub chain: Chain,
    /// The labelled batch.
    pub label_of: ChainId,
    source: ChainId,
    pub seller: Actor,
    grams: usize,
    pub recalled: bool,
}

impl Trade<'_, '_> {
    /// Sends parts of a labelled batch to shops; some boxes stay.
    pub(super) fn consign(&mut self, mut packed: Chain, house: usize, boxes: usize) {
        let packer = Actor(self.cast.packers.start + house);
        let parts = self.dice.within(self.shops * 2 / 5..=self.shops).min(boxes);
        let each = boxes / (parts + 1);
        for _ in 0..if each == 0 { 0 } else { parts } {
            let seller = Actor(self.cast.sellers.start + self.dice.below(self.cast.sellers.len()));
            let (label_of, grams) = (packed.id, each * BOX);
            let consignment = self.send(&mut packed, packer, seller, label_of, grams, DrawReason::Consignment);
            self.underway.push(consignment);
            if self.dice.permille(100) {
                let carrier = self.cast.carriers.start + self.dice.below(self.cast.carriers.len());
                let number = format!("PXK-{:06}", self.batches).parse().expect("a code");
                let document = Some(Document { kind: "phieu-xuat-kho".parse().expect("a code"), number });
                let event = Shipped { document, ..Shipped::new(packed.sequence, self.cast.id(Actor(carrier))) };
                self.scribe.append(&self.cast.hand(packer), &mut packed, event);
            }
        }
        self.labelled.push((packed, house));
    }

    /// The receiver opens, the sender draws.
    fn send(
        &mut self,
        from: &mut Chain,
        sender: Actor,
        seller: Actor,
        label_of: ChainId,
        amount: usize,
        why: DrawReason,
    ) -> Consignment {
        let opened = Opened { label_of: Some(label_of), ..Opened::new(self.cast.id(seller), product()) };
        let chain = self.scribe.begin(&self.cast.hand(seller), opened);
        self.batches += 1;
        let drawn = Drawn { to: chain.id, grams: grams(amount), why };
        self.scribe.append(&self.cast.hand(sender), from, drawn);
        Consignment { chain, label_of, source: from.id, seller, grams: amount, recalled: false }
    }

    /// What left yesterday arrives, less what was lost; a few wholesalers pass parts on.
    pub(super) fn receive_consignments(&mut self) {
        for mut consignment in std::mem::take(&mut self.underway) {
            let arrived = consignment.grams * self.dice.within(980..=1000) / 1000;
            self.take_in(&mut consignment, arrived);
            if self.dice.permille(30) && consignment.source == consignment.label_of {
                for _ in 0..2 {
                    let seller = Actor(self.cast.sellers.start + self.dice.below(self.cast.sellers.len()));
                    let (from, label_of) = (consignment.seller, consignment.label_of);
                    let part = (&mut consignment.chain, arrived / 3);
                    let mut part = self.send(part.0, from, seller, label_of, part.1, DrawReason::Splitting);
                    let whole = part.grams;
                    self.take_in(&mut part, whole);
                    self.arrived.push(part);
                }
            }
            self.arrived.push(consignment);
        }
    }

    fn take_in(&mut self, consignment: &mut Consignment, arrived: usize) {
        let event = Received::new(Inputs::one(consignment.source, grams(arrived)));
        self.scribe.append(&self.cast.hand(consignment.seller), &mut consignment.chain, event);
    }

    /// Shops sell until the province has its records: every consignment that is not recalled some, and then again.
    pub(super) fn sell_until(&mut self, records: usize) {
        assert!(self.scribe.records <= records, "{} records are too many", self.scribe.records);
        let mut shops = (0..self.arrived.len()).cycle();
        while self.scribe.records < records {
            let consignment = &mut self.arrived[shops.next().expect("a consignment")];
            if !consignment.recalled {
                let event = Sold { grams: grams(SALE), at: None };
                self.scribe.append(&self.cast.hand(consignment.seller), &mut consignment.chain, event);
            }
        }
    }
}
