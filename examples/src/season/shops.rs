//! A domestic lot of two households, and its consignments to two shops.

use nguon_core::event::{DrawReason, Input, Inputs, Opened, Packed, Received};
use nguon_core::values::Count;

use super::book::{Book, Hand};
use super::calendar::moment;
use super::cast::{MAIN, household};
use super::error::Result;
use super::field::hand_of;
use super::land::{PACKING_HOUSE, kg};
use super::lots::{Lorry, PRODUCT, Picking, draw, label, pick, ship};

/// The labelled lot.
pub(super) const SHOP_LOT: &str = "packer/shops";
const PICKED: &[(&str, &str, u64)] = &[("hung", "hung/0620", 820), ("lan", "lan/0620", 640)];
const BOXES: u64 = 700;
const BOX_KG: u64 = 2;
/// Which shop, the name of its consignment, how many boxes.
const CONSIGNMENTS: &[(&str, &str, u64)] = &[("shop-one", "shop-one/0621", 300), ("shop-two", "shop-two/0621", 250)];

pub(super) fn pack(book: &mut Book) -> Result<()> {
    let (packer, place) = (book.id("packer")?, book.id(PACKING_HOUSE)?);
    let hand = Hand::of("packer");
    let lot = book.begin(SHOP_LOT, hand, moment(6, 20, 4, 50), |_| {
        let mut opened = Opened::new(packer, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label("9529876", 2, "ND260620")?);
        Ok(opened)
    })?;
    let mut inputs = Vec::new();
    for (n, (farmer, batch, kilograms)) in (0..).zip(PICKED) {
        let (farmer, when) = (household(farmer)?, moment(6, 20, 5, 0).plus_minutes(9 * n));
        let label = label("9521234", 1, &format!("LN260620-{:02}", n + 1))?;
        let from = pick(book, &Picking { farmer, batch, label, kg: *kilograms, when }, None)?;
        let (hand, sent) = (hand_of(farmer)?, when.plus_minutes(195));
        let at = draw(book, batch, hand, sent, (lot, kg(*kilograms)?, DrawReason::Handover))?;
        let lorry = Lorry { plate: "98C-000.01", set_point_mc: None };
        ship(book, batch, hand, sent.plus_minutes(5), at, &lorry)?;
        inputs.push(Input { from, grams: kg(*kilograms)? });
    }
    book.append(SHOP_LOT, hand, moment(6, 20, 13, 20), |_| {
        let mut packed = Packed::new(Inputs::new(inputs)?, Count::new(BOXES)?, kg(BOX_KG)?);
        packed.grade = Some("Loại 1".parse()?);
        packed.place = Some(place);
        Ok(packed)
    })?;
    deliver(book)
}

/// The shop opens its consignment first; what it gets carries the packing house's label.
fn deliver(book: &mut Book) -> Result<()> {
    let lot = book.id(SHOP_LOT)?;
    for (n, (shop, consignment, boxes)) in (0..).zip(CONSIGNMENTS) {
        let (owner, grams) = (book.id(shop)?, kg(boxes * BOX_KG)?);
        let when = moment(6, 20, 15, 0).plus_minutes(25 * n);
        let part = book.begin(consignment, Hand::of(shop), when, |_| {
            let mut opened = Opened::new(owner, PRODUCT.parse()?);
            opened.variety = Some(MAIN.parse()?);
            opened.label_of = Some(lot);
            Ok(opened)
        })?;
        let hand = Hand::of("packer");
        let at = draw(book, SHOP_LOT, hand, when.plus_minutes(5), (part, grams, DrawReason::Consignment))?;
        let lorry = Lorry { plate: "99H-000.04", set_point_mc: Some(5_000) };
        ship(book, SHOP_LOT, hand, when.plus_minutes(10), at, &lorry)?;
        book.append(consignment, Hand::of(shop), moment(6, 21, 6, 30).plus_minutes(40 * n), |_| {
            let mut received = Received::new(Inputs::one(lot, grams));
            received.measured_mc = Some(6_100);
            Ok(received)
        })?;
    }
    Ok(())
}
