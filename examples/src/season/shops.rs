//! Domestic lots of two households each, and their consignments to two shops. Of the second lot one consignment stood warm
//! and was called back: the other shop's boxes carry the same label, and their page has to say so.

use nguon_core::event::{
    Corrected, CorrectionReason, DisposalMethod, Disposed, DrawReason, Event, Input, Inputs, LossReason, Lost, Opened,
    Packed, RecallReason, Recalled, Received, Sold,
};
use nguon_core::values::Count;

use super::book::{Book, Hand};
use super::calendar::{Moment, moment};
use super::cast::{MAIN, household};
use super::error::Result;
use super::field::hand_of;
use super::land::{PACKING_HOUSE, kg};
use super::lots::{Lorry, PRODUCT, Picking, draw, label, pick, read_on_the_way, ship};

/// A labelled lot for the home market.
struct Domestic {
    /// Name of its chain, and what its boxes say.
    name: &'static str,
    lot: &'static str,
    /// Five in the morning of the day on which it was picked and packed.
    dawn: Moment,
    /// Household, name of its batch, its lot, kilograms.
    picked: [(&'static str, &'static str, &'static str, u64); 2],
    boxes: u64,
    /// Shop, name of its consignment, boxes sent, boxes that did not arrive.
    consignments: [(&'static str, &'static str, u64, u64); 2],
}

/// The labelled lot of which all is well.
pub(super) const SHOP_LOT: &str = "packer/shops";
/// The labelled lot of which a part was called back.
pub(super) const PART_LOT: &str = "packer/part";
const BOX_KG: u64 = 2;
/// The consignment that stood warm.
pub(super) const WARM: &str = "shop-two/0623";

const LOTS: [Domestic; 2] = [
    Domestic {
        name: SHOP_LOT,
        lot: "ND260620",
        dawn: moment(6, 20, 5, 0),
        picked: [("hung", "hung/0620", "LN260620-01", 820), ("lan", "lan/0620", "LN260620-02", 640)],
        boxes: 700,
        consignments: [("shop-one", "shop-one/0621", 300, 1), ("shop-two", "shop-two/0621", 250, 0)],
    },
    Domestic {
        name: PART_LOT,
        lot: "ND260622",
        dawn: moment(6, 22, 5, 0),
        picked: [("quyet", "quyet/0622", "LN260622-01", 560), ("nam", "nam/0622", "LN260622-02", 730)],
        boxes: 620,
        consignments: [("shop-one", "shop-one/0623", 320, 0), ("shop-two", WARM, 290, 0)],
    },
];

pub(super) fn supply(book: &mut Book) -> Result<()> {
    for lot in &LOTS {
        pack(book, lot)?;
        deliver(book, lot)?;
    }
    recall_part(book)?;
    sell_out(book)
}

fn pack(book: &mut Book, lot: &Domestic) -> Result<()> {
    let (packer, place) = (book.id("packer")?, book.id(PACKING_HOUSE)?);
    let hand = Hand::of("packer");
    let packed = book.begin(lot.name, hand, lot.dawn, |_| {
        let mut opened = Opened::new(packer, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label("9529876", 2, lot.lot)?);
        Ok(opened)
    })?;
    let mut inputs = Vec::new();
    for (n, (farmer, batch, number, kilograms)) in (0..).zip(lot.picked) {
        let (farmer, when) = (household(farmer)?, lot.dawn.plus_minutes(10 + 9 * n));
        let label = label("9521234", 1, number)?;
        let from = pick(book, &Picking { farmer, batch, label, kg: kilograms, when }, None)?;
        let (hand, sent) = (hand_of(farmer)?, when.plus_minutes(195));
        let at = draw(book, batch, hand, sent, (packed, kg(kilograms)?, DrawReason::Handover))?;
        let lorry = Lorry { plate: "98C-000.01", set_point_mc: None };
        ship(book, batch, hand, sent.plus_minutes(5), at, &lorry)?;
        inputs.push(Input { from, grams: kg(kilograms)? });
    }
    book.append(lot.name, hand, lot.dawn.plus_minutes(500), |_| {
        let mut packed = Packed::new(Inputs::new(inputs)?, Count::new(lot.boxes)?, kg(BOX_KG)?);
        packed.grade = Some("Loại 1".parse()?);
        packed.place = Some(place);
        Ok(packed)
    })?;
    Ok(())
}

/// The shop opens its consignment first; what it gets carries the packing house's label.
fn deliver(book: &mut Book, lot: &Domestic) -> Result<()> {
    let from = book.id(lot.name)?;
    for (n, (shop, consignment, boxes, _)) in (0..).zip(lot.consignments) {
        let (owner, grams) = (book.id(shop)?, kg(boxes * BOX_KG)?);
        let when = lot.dawn.plus_minutes(600 + 25 * n);
        let part = book.begin(consignment, Hand::of(shop), when, |_| {
            let mut opened = Opened::new(owner, PRODUCT.parse()?);
            opened.variety = Some(MAIN.parse()?);
            opened.label_of = Some(from);
            Ok(opened)
        })?;
        let hand = Hand::of("packer");
        let at = draw(book, lot.name, hand, when.plus_minutes(5), (part, grams, DrawReason::Consignment))?;
        let lorry = Lorry { plate: "99H-000.04", set_point_mc: Some(5_000) };
        ship(book, lot.name, hand, when.plus_minutes(10), at, &lorry)?;
    }
    receive(book, lot)
}

/// The carrier reads the thermometer on the way, the shops count what arrived.
fn receive(book: &mut Book, lot: &Domestic) -> Result<()> {
    let from = book.id(lot.name)?;
    for (n, (shop, consignment, boxes, missing)) in (0..).zip(lot.consignments) {
        let (on_the_way, arrived_at) = if consignment == WARM { (18_900, 19_700) } else { (5_400, 6_100) };
        read_on_the_way(book, lot.name, lot.dawn.plus_minutes(840 + 10 * n), on_the_way)?;
        let arrived = lot.dawn.plus_days(1).plus_minutes(90 + 40 * n);
        let taken = kg((boxes - missing) * BOX_KG)?;
        book.append(consignment, Hand::of(shop), arrived, |_| {
            let mut received = Received::new(Inputs::one(from, taken));
            received.measured_mc = Some(arrived_at);
            Ok(received)
        })?;
    }
    Ok(())
}

fn recall_part(book: &mut Book) -> Result<()> {
    let warm = book.id(WARM)?;
    book.append(PART_LOT, Hand::of("packer"), moment(6, 23, 9, 30), |ink| {
        let mut recalled = Recalled::new(RecallReason::Treatment);
        recalled.consignment = Some(warm);
        let words = "Xe hỏng máy lạnh, hàng đến nơi ở 19,7 °C; chỉ thu hồi phần giao cho chi nhánh Hồng Bàng.";
        recalled.details = Some(ink.words("recalled/details", words, "packer"));
        Ok(recalled)
    })?;
    Ok(())
}

/// Where the kilograms end: sold, spoilt, thrown away. One till was read wrong; that less was sold has to be approved, and
/// nobody has done so yet.
fn sell_out(book: &mut Book) -> Result<()> {
    let (shop, consignment) = (Hand::of("shop-one"), "shop-one/0621");
    let sold = |kilograms| -> Result<Sold> { Ok(Sold { grams: kg(kilograms)?, at: None }) };
    book.append(consignment, shop, moment(6, 22, 21, 30), |_| sold(412))?;
    let sequence = book.head(consignment)?;
    book.append(consignment, shop, moment(6, 24, 21, 30), |_| sold(143))?;
    book.append(consignment, shop, moment(6, 24, 21, 40), |_| {
        Ok(Lost { grams: kg(9)?, reason: LossReason::Spoilage, details: None, at: None })
    })?;
    book.append(consignment, shop, moment(6, 24, 21, 45), |_| {
        Ok(Disposed { grams: kg(27)?, method: DisposalMethod::AnimalFeed, details: None, at: None })
    })?;
    book.append(consignment, shop, moment(6, 25, 8, 0), |ink| {
        let details = Some(ink.words("corrected/details", "Quầy 2 tính trùng một hóa đơn.", "shop-one"));
        let event = Event::Sold(sold(409)?).into();
        Ok(Corrected { sequence, reason: CorrectionReason::Other, event, details })
    })?;
    book.append(WARM, Hand::of("shop-two"), moment(6, 24, 10, 0), |_| {
        Ok(Disposed { grams: kg(580)?, method: DisposalMethod::Incineration, details: None, at: None })
    })?;
    Ok(())
}
