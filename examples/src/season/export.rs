//! Eight households' fruit, one packing house, one export lot: the long way from plots to a lorry for the border.

use nguon_core::event::{
    Certified, Cooled, CoolingMethod, Document, DrawReason, Input, Inputs, Opened, Packed, Received,
};
use nguon_core::values::{Count, Grams};

use super::book::{Book, Hand};
use super::calendar::moment;
use super::cast::{MAIN, household};
use super::error::Result;
use super::faraway::report;
use super::field::hand_of;
use super::land::{PACKING_HOUSE, kg};
use super::lots::{Lorry, PRODUCT, Picking, draw, issue_labels, label, load, pick, read_on_the_way, ship};
use super::papers;

/// Kilograms picked on 14 June, with the names of the lots.
const PICKED: &[(&str, &str, u64)] = &[
    ("hung", "hung/0614", 1_480),
    ("lan", "lan/0614", 1_120),
    ("thang", "thang/0614", 1_960),
    ("quyet", "quyet/0614", 1_240),
    ("mai", "mai/0614", 1_720),
    ("dung", "dung/0614", 960),
    ("suu", "suu/0614", 780),
    ("nam", "nam/0614", 1_410),
];
/// What each household keeps for its own table.
const KEPT_KG: u64 = 10;
/// The batch in the packing house's yard.
const INTAKE: &str = "packer/intake";
/// The export lot.
pub(super) const EXPORT: &str = "packer/export";
/// What the packing line took; some of the fruit in the yard was left.
const TAKEN_KG: u64 = 10_500;
const BOXES: u64 = 1_020;
const BOX_KG: u64 = 10;
/// Fruit loses this much of a thousand on the way from the orchard, by evaporation.
const LOST_PER_MILLE: u64 = 6;

pub(super) fn harvest(book: &mut Book) -> Result<()> {
    let packer = book.id("packer")?;
    let intake = book.begin(INTAKE, Hand::of("packer"), moment(6, 14, 4, 30), |_| {
        let mut opened = Opened::new(packer, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        Ok(opened)
    })?;
    let mut arrived = Vec::new();
    for (n, (farmer, batch, kilograms)) in (0..).zip(PICKED) {
        let when = moment(6, 14, 4, 40).plus_minutes(6 * n);
        let farmer = household(farmer)?;
        let label = label("9521234", 1, &format!("LN260614-{:02}", n + 1))?;
        let picking = Picking { farmer, batch, label, kg: *kilograms, when };
        let photo = (n == 0).then(papers::lychee).transpose()?;
        let id = pick(book, &picking, photo)?;
        let hand = hand_of(farmer)?;
        let sent = when.plus_minutes(190);
        let at = draw(book, batch, hand, sent, (intake, kg(kilograms - KEPT_KG)?, DrawReason::Handover))?;
        let lorry = Lorry { plate: ["98C-000.01", "98C-000.02"][usize::from(n % 2 == 1)], set_point_mc: None };
        ship(book, batch, hand, sent.plus_minutes(4), at, &lorry)?;
        arrived.push(Input { from: id, grams: Grams::new((kilograms - KEPT_KG) * (1_000 - LOST_PER_MILLE))? });
    }
    weigh_in(book, arrived)
}

/// The yard's weigh slip, attached to the record of what arrived.
fn weigh_in(book: &mut Book, arrived: Vec<Input>) -> Result<()> {
    let place = book.id(PACKING_HOUSE)?;
    let lines: Vec<String> = (1..)
        .zip(&arrived)
        .map(|(n, input)| (n, input.grams.get() / 1_000, input.grams.get() % 1_000))
        .map(|(n, kilograms, grams)| format!("{n}   lot LN260614-{n:02}   {kilograms}.{grams:03} kg"))
        .collect();
    book.append(INTAKE, Hand::of("packer"), moment(6, 14, 9, 50), |ink| {
        ink.attach(papers::weigh_slip("PC-260614-MAU", &lines), "application/pdf", "packer");
        let mut received = Received::new(Inputs::new(arrived)?);
        received.place = Some(place);
        received.measured_mc = Some(27_400);
        received.document = Some(Document { kind: "phieu-can".parse()?, number: "PC-260614-MAU".parse()? });
        received.at = Some(ink.time(moment(6, 14, 9, 20))?);
        Ok(received)
    })?;
    Ok(())
}

/// Sorted, dipped, boxed; the lab's sheet; the lorry to the border.
pub(super) fn pack_and_send(book: &mut Book) -> Result<()> {
    let (packer, place, intake) = (book.id("packer")?, book.id(PACKING_HOUSE)?, book.id(INTAKE)?);
    let hand = Hand::of("packer");
    let export = book.begin(EXPORT, hand, moment(6, 14, 10, 0), |_| {
        let mut opened = Opened::new(packer, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label("9529876", 1, "XK260614-CN")?);
        Ok(opened)
    })?;
    book.append(INTAKE, hand, moment(6, 14, 10, 5), |_| {
        let (method, set_point_mc) = (CoolingMethod::Hydrocooling, Some(5_000));
        Ok(Cooled { method, measured_mc: 5_800, set_point_mc, place: Some(place), at: None })
    })?;
    let taken = kg(TAKEN_KG)?;
    draw(book, INTAKE, hand, moment(6, 14, 10, 10), (export, taken, DrawReason::Packing))?;
    book.append(EXPORT, hand, moment(6, 14, 15, 30), |_| {
        let mut packed = Packed::new(Inputs::one(intake, taken), Count::new(BOXES)?, kg(BOX_KG)?);
        packed.grade = Some("Loại 1, 30–35 quả/kg".parse()?);
        packed.place = Some(place);
        packed.document = Some(Document { kind: "lenh-dong-goi".parse()?, number: "DG-260614-MAU".parse()? });
        Ok(packed)
    })?;
    issue_labels(book, EXPORT, hand, moment(6, 14, 15, 40), BOXES)?;
    for (pallet, boxes) in [(1, BOXES / 2), (2, BOXES / 2)] {
        load(book, EXPORT, moment(6, 14, 16, 0).plus_minutes(u64::from(pallet)), pallet, boxes)?;
    }
    book.append(EXPORT, Hand::of("lab"), moment(6, 14, 18, 10), |ink| {
        let sampled_at = ink.time(moment(6, 14, 12, 0))?;
        report("DL-26-0614-MAU", &[("abamectin", 3, 10), ("azoxystrobin", 11, 500)], sampled_at)
    })?;
    book.append(EXPORT, Hand::of("lab"), moment(6, 14, 18, 20), |ink| {
        Ok(Certified {
            scheme: "Phiếu phân tích dư lượng thuốc BVTV: đạt (mẫu)".parse()?,
            number: "DL-26-0614-MAU".parse()?,
            from: ink.time(moment(6, 14, 0, 0))?,
            until: ink.time(moment(7, 14, 0, 0))?,
        })
    })?;
    send(book)
}

fn send(book: &mut Book) -> Result<()> {
    let (importer, export) = (book.id("importer")?, book.id(EXPORT)?);
    let (all, hand) = (kg(BOXES * BOX_KG)?, Hand::of("packer"));
    let abroad = book.begin("importer/export", Hand::of("importer"), moment(6, 14, 19, 0), |_| {
        let mut opened = Opened::new(importer, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label_of = Some(export);
        Ok(opened)
    })?;
    let at = draw(book, EXPORT, hand, moment(6, 14, 19, 40), (abroad, all, DrawReason::Consignment))?;
    let lorry = Lorry { plate: "99H-000.03", set_point_mc: Some(4_000) };
    ship(book, EXPORT, hand, moment(6, 14, 20, 5), at, &lorry)?;
    read_on_the_way(book, EXPORT, moment(6, 15, 1, 30), 4_300)?;
    // Two boxes were missing at the border.
    let arrived = kg((BOXES - 2) * BOX_KG)?;
    book.append("importer/export", Hand::of("importer"), moment(6, 15, 7, 45), |_| {
        let mut received = Received::new(Inputs::one(export, arrived));
        received.measured_mc = Some(4_600);
        Ok(received)
    })?;
    Ok(())
}
