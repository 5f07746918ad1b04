//! What became of the weighing station's fruit: a domestic lot of which gift boxes were made, a lot that was irradiated and
//! flown to Australia, and a lot that was fumigated for Japan, whose label a void lot had taken before.

use nguon_core::event::{
    Analyte, Cooled, CoolingMethod, Document, DrawReason, Fumigation, Inputs, Inspected, InspectionPurpose,
    InspectionResult, LabResult, Listed, LossReason, Lost, NameReleased, Opened, Packed, Received, Repacked, Sold,
    Treated, Treatment,
};
use nguon_core::values::{Count, Label, Level, List};

use super::book::{Book, Hand};
use super::calendar::{Moment, moment};
use super::cast::MAIN;
use super::collector::MERGED;
use super::early::MARKETPLACE;
use super::error::Result;
use super::land::{PACKING_HOUSE, kg};
use super::lots::{Lorry, PRODUCT, draw, issue_labels, label, load, read_on_the_way, ship};
use super::papers;

/// The domestic lot, the one for Australia, the one for Japan.
pub(super) const COLLECTED: &str = "packer/0621";
pub(super) const AIR: &str = "packer/air";
pub(super) const JAPAN: &str = "packer/japan";
/// Gift boxes made of the first.
pub(super) const REPACKED: &str = "seller/0622";
const PACKER: Hand<'static> = Hand::of("packer");

/// A lot packed of the merged fruit.
struct Part {
    name: &'static str,
    item: u32,
    lot: &'static str,
    drawn_kg: u64,
    taken_kg: u64,
    boxes: u64,
    box_kg: u64,
    when: Moment,
}

const PARTS: [Part; 3] = [
    Part {
        name: COLLECTED,
        item: 2,
        lot: "ND260621",
        drawn_kg: 1_000,
        taken_kg: 997,
        boxes: 490,
        box_kg: 2,
        when: moment(6, 21, 8, 30),
    },
    Part {
        name: AIR,
        item: 3,
        lot: "UC260621",
        drawn_kg: 480,
        taken_kg: 478,
        boxes: 94,
        box_kg: 5,
        when: moment(6, 21, 9, 30),
    },
    Part {
        name: JAPAN,
        item: 4,
        lot: "NB260621",
        drawn_kg: 330,
        taken_kg: 328,
        boxes: 160,
        box_kg: 2,
        when: moment(6, 21, 10, 30),
    },
];

pub(super) fn pack(book: &mut Book) -> Result<()> {
    void(book, &PARTS[2])?;
    for part in &PARTS {
        pack_part(book, part)?;
    }
    fly(book, &PARTS[1])?;
    fumigate(book, &PARTS[2])?;
    repack(book, &PARTS[0])
}

fn opened(book: &mut Book, name: &'static str, label: Label, when: Moment) -> Result<nguon_core::ids::ChainId> {
    let owner = book.id("packer")?;
    book.begin(name, PACKER, when, |_| {
        let mut opened = Opened::new(owner, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label);
        Ok(opened)
    })
}

/// A lot opened by mistake: the authority frees its label.
fn void(book: &mut Book, part: &Part) -> Result<()> {
    let label = label("9529876", part.item, part.lot)?;
    opened(book, "packer/void", label, part.when.days_before(1))?;
    book.append("packer/void", Hand::OFFICE, part.when.days_before(1).plus_minutes(300), |ink| {
        let words = "Mở nhầm một ngày trước, chưa có quả, chưa in tem.";
        Ok(NameReleased { details: Some(ink.words("name_released/details", words, "packer")) })
    })?;
    Ok(())
}

fn pack_part(book: &mut Book, part: &Part) -> Result<()> {
    let (from, place) = (book.id(MERGED)?, book.id(PACKING_HOUSE)?);
    let lot = opened(book, part.name, label("9529876", part.item, part.lot)?, part.when)?;
    let station = Hand::of("collector");
    let parted = part.when.plus_minutes(10);
    let at = draw(book, MERGED, station, parted, (lot, kg(part.drawn_kg)?, DrawReason::Splitting))?;
    let lorry = Lorry { plate: "98C-000.02", set_point_mc: None };
    ship(book, MERGED, station, part.when.plus_minutes(15), at, &lorry)?;
    book.append(part.name, PACKER, part.when.plus_minutes(180), |_| {
        let inputs = Inputs::one(from, kg(part.taken_kg)?);
        let mut packed = Packed::new(inputs, Count::new(part.boxes)?, kg(part.box_kg)?);
        packed.grade = Some("Loại 1".parse()?);
        packed.place = Some(place);
        Ok(packed)
    })?;
    Ok(())
}

/// Cooled, irradiated with at least 400 Gy, analysed, looked at, and flown out.
fn fly(book: &mut Book, part: &Part) -> Result<()> {
    let place = book.id(PACKING_HOUSE)?;
    let when = part.when;
    book.append(AIR, PACKER, when.plus_minutes(200), |_| {
        let (method, set_point_mc) = (CoolingMethod::Hydrocooling, Some(4_000));
        Ok(Cooled { method, measured_mc: 4_200, set_point_mc, place: Some(place), at: None })
    })?;
    issue_labels(book, AIR, PACKER, when.plus_minutes(205), part.boxes)?;
    load(book, AIR, when.plus_minutes(215), 101, part.boxes)?;
    book.append(AIR, PACKER, when.plus_minutes(600), |ink| {
        Ok(Treated {
            treatment: Treatment::IrradiationMgy(Count::new(400_000)?),
            facility: "VN-CX-901-MAU".parse()?,
            certificate: "CX-26-0621-MAU".parse()?,
            at: Some(ink.time(when.plus_minutes(540))?),
        })
    })?;
    book.append(AIR, Hand::of("lab"), when.plus_minutes(660), |ink| {
        let sampled_at = ink.time(when.plus_minutes(230))?;
        report("DL-26-0621-MAU", &[("abamectin", 0, 10), ("azoxystrobin", 6, 500)], sampled_at)
    })?;
    book.append(AIR, Hand::of("inspector"), when.plus_minutes(700), |ink| {
        ink.attach(papers::lychee()?, "image/png", "inspector");
        Ok(Inspected::new(InspectionResult::Conforms, InspectionPurpose::Export))
    })?;
    let (lot, importer) = (book.id(AIR)?, book.id("importer-au")?);
    let abroad = book.begin("importer-au/air", Hand::of("importer-au"), when.plus_minutes(720), |_| {
        let mut opened = Opened::new(importer, PRODUCT.parse()?);
        opened.label_of = Some(lot);
        Ok(opened)
    })?;
    let all = kg(part.boxes * part.box_kg)?;
    let at = draw(book, AIR, PACKER, when.plus_minutes(730), (abroad, all, DrawReason::Consignment))?;
    let lorry = Lorry { plate: "99H-000.05", set_point_mc: Some(5_000) };
    ship(book, AIR, PACKER, when.plus_minutes(740), at, &lorry)?;
    read_on_the_way(book, AIR, when.plus_minutes(860), 5_300)?;
    // One box was crushed.
    let arrived = kg((part.boxes - 1) * part.box_kg)?;
    book.append("importer-au/air", Hand::of("importer-au"), moment(6, 23, 9, 0), |_| {
        let mut received = Received::new(Inputs::one(lot, arrived));
        received.measured_mc = Some(6_000);
        received.document = Some(Document { kind: "air-waybill".parse()?, number: "AWB-260622-MAU".parse()? });
        Ok(received)
    })?;
    Ok(())
}

fn fumigate(book: &mut Book, part: &Part) -> Result<()> {
    book.append(JAPAN, PACKER, part.when.plus_minutes(420), |_| {
        let fumigation =
            Fumigation { mg_per_m3: Count::new(32_000)?, seconds: Count::new(7_200)?, temperature_mc: 22_500 };
        Ok(Treated {
            treatment: Treatment::MethylBromide(fumigation),
            facility: "VN-XH-902-MAU".parse()?,
            certificate: "XH-26-0621-MAU".parse()?,
            at: None,
        })
    })?;
    load(book, JAPAN, part.when.plus_minutes(440), 102, part.boxes)
}

/// The online seller makes gift boxes of a part, with a serial on each.
fn repack(book: &mut Book, part: &Part) -> Result<()> {
    let (from, seller) = (book.id(part.name)?, book.id("seller")?);
    let (hand, when, boxes) = (Hand::of("seller"), moment(6, 22, 8, 0), 195);
    let lot = book.begin(REPACKED, hand, when, |_| {
        let mut opened = Opened::new(seller, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label("9524321", 3, "HQ260622")?);
        Ok(opened)
    })?;
    draw(book, part.name, PACKER, when.plus_minutes(20), (lot, kg(200)?, DrawReason::Handover))?;
    book.append(REPACKED, hand, when.plus_minutes(180), |_| {
        let mut repacked = Repacked::new(Inputs::one(from, kg(199)?), Count::new(boxes)?, kg(1)?);
        repacked.grade = Some("Hộp quà 1 kg".parse()?);
        Ok(repacked)
    })?;
    issue_labels(book, REPACKED, hand, when.plus_minutes(185), boxes)?;
    book.append(REPACKED, hand, when.plus_minutes(200), |ink| {
        let until = Some(ink.time(when.plus_days(7))?);
        Ok(Listed { marketplace: MARKETPLACE.parse()?, listing: "MAU-1204470".parse()?, until })
    })?;
    book.append(REPACKED, hand, when.plus_days(2), |_| Ok(Sold { grams: kg(171)?, at: None }))?;
    book.append(REPACKED, hand, when.plus_days(2).plus_minutes(5), |_| {
        Ok(Lost { grams: kg(4)?, reason: LossReason::Sorting, details: None, at: None })
    })?;
    Ok(())
}

/// A laboratory's report: substance, micrograms found in a kilogram, limit.
pub(super) fn report(
    number: &str,
    found: &[(&str, u64, u64)],
    sampled_at: nguon_core::values::Time,
) -> Result<LabResult> {
    let analyte = |(name, found, limit): &(&str, u64, u64)| -> Result<Analyte> {
        let limit_ug_per_kg = Some(Level::new(*limit)?);
        Ok(Analyte { name: name.parse()?, ug_per_kg: Level::new(*found)?, limit_ug_per_kg })
    };
    Ok(LabResult {
        report: number.parse()?,
        sample: format!("M-{number}").parse()?,
        method: "QuEChERS, LC-MS/MS (TCVN 12363:2018)".parse()?,
        analytes: List::new(found.iter().map(analyte).collect::<Result<_>>()?)?,
        sampled_at,
    })
}
