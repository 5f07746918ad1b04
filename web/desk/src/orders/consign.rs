//! A consignment for a buyer who does not use Nguồn: split off the lot, sent on its way, and sold where it arrives.

use nguon_core::event::{DrawReason, Input};
use nguon_core::ids::ChainId;
use nguon_core::values::{Grams, Text};
use nguon_draft::{Carriage, Draft, HandOver, Into, NewBatch, Receipt, Sale};
use nguon_farm_app::browser::store::Change;

use super::Orders;
use crate::kept::Held;
use crate::work::Source;

/// Opens the consignment, and lets the lot's grams go to it.
pub struct Consign {
    lot: ChainId,
    product: Text,
    variety: Option<Text>,
    grams: Grams,
    carriage: Option<Carriage>,
    orders: Held<Orders>,
    order: Option<u32>,
    at: usize,
    /// The consignment, once it is begun
    pub began: Option<ChainId>,
}

impl Consign {
    /// Of a lot, so much.
    #[must_use]
    pub fn new(
        (lot, product, variety): (ChainId, Text, Option<Text>),
        (grams, carriage): (Grams, Option<Carriage>),
        (orders, order): (Held<Orders>, Option<u32>),
    ) -> Self {
        Self { lot, product, variety, grams, carriage, orders, order, at: 0, began: None }
    }
}

impl Source for Consign {
    fn next(&mut self, began: Option<ChainId>) -> Option<Draft> {
        self.at += 1;
        match self.at {
            1 => Some(Draft::Opened(NewBatch {
                product: self.product.clone(),
                variety: self.variety.clone(),
                label: None,
                label_of: Some(self.lot),
            })),
            2 => {
                let to = began?;
                self.began = Some(to);
                if let Some(order) = self.order {
                    self.orders.sent(order, to, self.grams.get());
                }
                let carriage = self.carriage.clone();
                let (from, grams, why) = (self.lot, self.grams, DrawReason::Consignment);
                Some(Draft::HandedOver(HandOver { from, to, grams, why, carriage, photos: Vec::new() }))
            }
            _ => None,
        }
    }

    fn count(&self) -> usize {
        2
    }

    fn besides(&self) -> Vec<Change> {
        // Without an order nothing changes in them, and they may not be read yet.
        if self.order.is_some() { vec![self.orders.change()] } else { Vec::new() }
    }
}

/// A consignment of one's own arrived: so much of it, which the buyer took.
pub struct Arrived {
    /// The lot it came from
    pub from: ChainId,
    /// The consignment
    pub to: ChainId,
    /// What arrived
    pub grams: Grams,
    /// How many drafts were given
    pub at: usize,
}

impl Source for Arrived {
    fn next(&mut self, _: Option<ChainId>) -> Option<Draft> {
        self.at += 1;
        match self.at {
            1 => Some(Draft::Received(Receipt {
                into: Into::Existing(self.to),
                inputs: vec![Input { from: self.from, grams: self.grams }],
                place: None,
                measured_mc: None,
                document: None,
                at: None,
                parcel: None,
                photos: Vec::new(),
            })),
            2 => Some(Draft::Sold(Sale { batch: self.to, grams: self.grams, at: None })),
            _ => None,
        }
    }

    fn count(&self) -> usize {
        2
    }

    fn besides(&self) -> Vec<Change> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consignment_is_opened_before_anything_goes_to_it_and_the_order_knows_it() {
        let lot = ChainId::from_bytes([1; 32]);
        let mut orders = Held::<Orders>::default();
        orders.take("Siêu thị A".into(), 50_000, None, String::new());
        let grams = Grams::new(50_000).unwrap();
        let mut source = Consign::new((lot, "vải".parse().unwrap(), None), (grams, None), (orders, Some(1)));
        let Some(Draft::Opened(batch)) = source.next(None) else { panic!("it is opened") };
        assert_eq!(batch.label_of, Some(lot));
        let began = ChainId::from_bytes([2; 32]);
        let Some(Draft::HandedOver(given)) = source.next(Some(began)) else { panic!("it is given") };
        assert_eq!((given.from, given.to, given.why), (lot, began, DrawReason::Consignment));
        assert!(source.next(None).is_none());
        assert_eq!(source.orders.buyer_of(&began), Some("Siêu thị A"));
    }
}
