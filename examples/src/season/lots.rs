//! A household's lot: opened, picked, handed on. Every lot of the season begins so.

use nguon_core::event::{
    Aggregated, Cooled, CoolingMethod, DrawReason, Drawn, HarvestDrawn, Harvested, Inputs, LabelsIssued, Opened,
    Shipped,
};
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Grams, GtinCode, Label};
use nguon_gs1::{Gtin, LabelCode, Sscc};

use super::book::{Book, Hand};
use super::calendar::Moment;
use super::cast::Household;
use super::error::Result;
use super::field::hand_of;
use super::land::{SEASON, kg};
use super::serials;

/// What fruit is called on a label.
pub(super) const PRODUCT: &str = "Vải thiều tươi";
/// Kilograms in a field crate (sọt).
const CRATE_KG: u64 = 20;

/// GTIN and lot under a company's prefix; `item` is its five-digit item reference.
pub(super) fn label(prefix: &str, item: u32, lot: &str) -> Result<Label> {
    let gtin: GtinCode = Gtin::from_payload(&format!("0{prefix}{item:05}"))?.into();
    Ok(Label { gtin, lot: lot.parse()? })
}

/// What is printed on the box: the label, bound to its batch.
pub(super) fn code(label: &Label, batch: ChainId) -> LabelCode {
    LabelCode::new(*label.gtin.get(), label.lot.get().clone()).with_commitment(batch.commitment())
}

/// One morning's picking.
pub(super) struct Picking {
    pub(super) farmer: &'static Household,
    /// Name of the batch's chain.
    pub(super) batch: &'static str,
    pub(super) label: Label,
    pub(super) kg: u64,
    /// When the lot was opened; picking follows within the hour.
    pub(super) when: Moment,
}

/// Opens the lot, writes the harvest on plot and lot, and attaches a photo where there is one.
pub(super) fn pick(book: &mut Book, picking: &Picking, photo: Option<Vec<u8>>) -> Result<ChainId> {
    let Picking { farmer, batch, label, kg: kilograms, when } = picking;
    let (hand, owner, plot) = (hand_of(farmer)?, book.id(farmer.id)?, book.id(farmer.plot)?);
    let grams = kg(*kilograms)?;
    let id = book.begin(batch, hand, *when, |_| {
        let mut opened = Opened::new(owner, PRODUCT.parse()?);
        opened.variety = Some(farmer.variety.parse()?);
        opened.label = Some(label.clone());
        Ok(opened)
    })?;
    let weighed = when.plus_minutes(170);
    book.append(farmer.plot, hand, weighed, |ink| {
        let mut drawn = HarvestDrawn::new(SEASON.parse()?, id, grams);
        drawn.operator = Some(ink.words("harvest_drawn/operator", farmer.name, farmer.id));
        drawn.at = Some(ink.time(when.plus_minutes(40))?);
        Ok(drawn)
    })?;
    book.append(batch, hand, weighed.plus_minutes(2), |ink| {
        if let Some(photo) = photo {
            ink.attach(photo, "image/png", farmer.id);
        }
        let mut harvested = Harvested::new(Inputs::one(plot, grams));
        harvested.crates = Some(Count::new(kilograms.div_ceil(CRATE_KG))?);
        harvested.at = Some(ink.time(when.plus_minutes(40))?);
        Ok(harvested)
    })?;
    Ok(id)
}

/// What a carrier's thermometer says on the way.
pub(super) fn read_on_the_way(book: &mut Book, from: &str, when: Moment, measured_mc: i32) -> Result<()> {
    book.append(from, Hand::of("carrier"), when, |_| {
        let set_point_mc = Some(5_000);
        Ok(Cooled { method: CoolingMethod::Transport, measured_mc, set_point_mc, place: None, at: None })
    })?;
    Ok(())
}

/// Labels with serials for so many boxes.
pub(super) fn issue_labels<'a>(
    book: &mut Book,
    batch: &'a str,
    hand: Hand<'a>,
    when: Moment,
    boxes: u64,
) -> Result<()> {
    let root = serials::root(&book.seed, &book.id(batch)?, boxes)?;
    book.append(batch, hand, when, |_| Ok(LabelsIssued { count: Count::new(boxes)?, root }))?;
    Ok(())
}

/// Boxes on a pallet with a number of the packing house's.
pub(super) fn load(book: &mut Book, batch: &str, when: Moment, pallet: u32, boxes: u64) -> Result<()> {
    let sscc = Sscc::from_payload(&format!("19529876{pallet:09}"))?.into();
    book.append(batch, Hand::of("packer"), when, |_| Ok(Aggregated { sscc, boxes: Count::new(boxes)?, at: None }))?;
    Ok(())
}

/// Grams leave one batch for another.
pub(super) fn draw<'a>(
    book: &mut Book,
    from: &'a str,
    hand: Hand<'a>,
    when: Moment,
    drawn: (ChainId, Grams, DrawReason),
) -> Result<u64> {
    let (to, grams, why) = drawn;
    book.append(from, hand, when, |_| Ok(Drawn { to, grams, why }))?;
    book.head(from)
}

/// The carrier's lorry takes what was drawn.
pub(super) fn ship<'a>(
    book: &mut Book,
    from: &'a str,
    hand: Hand<'a>,
    when: Moment,
    draw: u64,
    lorry: &Lorry,
) -> Result<()> {
    let carrier = book.id("carrier")?;
    book.append(from, hand, when, |ink| {
        let mut shipped = Shipped::new(draw, carrier);
        shipped.vehicle = Some(ink.words("shipped/vehicle", lorry.plate, "carrier"));
        shipped.set_point_mc = lorry.set_point_mc;
        Ok(shipped)
    })?;
    Ok(())
}

/// What fetches the goods.
pub(super) struct Lorry {
    pub(super) plate: &'static str,
    /// Thousandths of a degree Celsius; `None` for an open one.
    pub(super) set_point_mc: Option<i32>,
}
