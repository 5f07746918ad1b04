//! A weighing station (điểm cân): one batch a farmer, merged, and split again for three lots. One farmer's slip of the
//! finger waits for the co-op, the station's own counts at once.

use nguon_core::event::{
    Corrected, CorrectionApproved, CorrectionReason, DisposalMethod, Disposed, DrawReason, Event, HarvestDrawn,
    Harvested, Input, Inputs, LossReason, Lost, Opened, Received,
};
use nguon_core::values::Grams;

use super::book::{Book, Hand};
use super::calendar::{Moment, moment};
use super::cast::{MAIN, area, household};
use super::error::Result;
use super::field::hand_of;
use super::land::{SEASON, kg};
use super::lots::{PRODUCT, draw};

/// What one farmer brought.
struct Weighed {
    farmer: &'static str,
    /// The plot's chain, which may be another's by origin.
    plot: &'static str,
    batch: &'static str,
    kg: u64,
    /// What is merged of it, after a night in the yard.
    merged_kg: u64,
}

const WEIGHED: [Weighed; 3] = [
    Weighed { farmer: "khanh", plot: "khanh/plot", batch: "collector/khanh", kg: 640, merged_kg: 630 },
    Weighed { farmer: "nam", plot: "binh/plot", batch: "collector/nam", kg: 820, merged_kg: 818 },
    Weighed { farmer: "suu", plot: "suu/plot", batch: "collector/suu", kg: 420, merged_kg: 419 },
];
/// What the station's scales said of the first farmer's fruit, once the crates were taken off.
const WITHOUT_CRATES_KG: u64 = 632;
/// What the second farmer typed.
const TYPED_KG: u64 = 802;
/// All three together.
pub(super) const MERGED: &str = "collector/merged";
const STATION: Hand<'static> = Hand::of("collector");
const DAWN: Moment = moment(6, 21, 4, 40);

pub(super) fn weigh_and_merge(book: &mut Book) -> Result<()> {
    for (n, weighed) in (0..).zip(&WEIGHED) {
        weigh(book, weighed, DAWN.plus_minutes(35 * n))?;
    }
    correct_weight(book, &WEIGHED[0])?;
    merge(book)
}

/// The station opens a batch, the farmer lets the fruit go to it, the station takes it in.
fn weigh(book: &mut Book, weighed: &Weighed, when: Moment) -> Result<()> {
    let (farmer, owner, plot) = (household(weighed.farmer)?, book.id("collector")?, book.id(weighed.plot)?);
    let batch = book.begin(weighed.batch, STATION, when, |_| {
        let mut opened = Opened::new(owner, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        Ok(opened)
    })?;
    let slipped = weighed.farmer == "nam";
    let said = kg(if slipped { TYPED_KG } else { weighed.kg })?;
    let drawn = |path: &str, grams, ink: &mut super::book::Ink<'static>| -> Result<HarvestDrawn> {
        let mut drawn = HarvestDrawn::new(SEASON.parse()?, batch, grams);
        drawn.operator = Some(ink.words(&format!("{path}/operator"), farmer.name, farmer.id));
        Ok(drawn)
    };
    let hand = hand_of(farmer)?;
    book.append(weighed.plot, hand, when.plus_minutes(10), |ink| drawn("harvest_drawn", said, ink))?;
    if slipped {
        let sequence = book.head(weighed.plot)?;
        let right = kg(weighed.kg)?;
        book.append(weighed.plot, hand, when.plus_minutes(14), |ink| {
            let event = Event::HarvestDrawn(drawn("corrected", right, ink)?).into();
            let details = Some(ink.words("corrected/details", "Gõ nhầm 802, phiếu cân ghi 820.", farmer.id));
            Ok(Corrected { sequence, reason: CorrectionReason::Typing, event, details })
        })?;
        let coop = Hand::of(area(farmer.area)?.coop);
        book.append(weighed.plot, coop, when.plus_minutes(20), |ink| {
            let words = "Đã đối chiếu phiếu cân.";
            let details = Some(ink.words("correction_approved/details", words, farmer.id));
            Ok(CorrectionApproved { correction: sequence + 1, details })
        })?;
    }
    book.append(weighed.batch, STATION, when.plus_minutes(25), |_| {
        Ok(Harvested::new(Inputs::one(plot, kg(weighed.kg)?)))
    })?;
    Ok(())
}

/// Less came in than was written: that counts at once.
fn correct_weight(book: &mut Book, weighed: &Weighed) -> Result<()> {
    let (sequence, plot) = (book.head(weighed.batch)?, book.id(weighed.plot)?);
    book.append(weighed.batch, STATION, DAWN.plus_minutes(140), |ink| {
        let right = Harvested::new(Inputs::one(plot, kg(WITHOUT_CRATES_KG)?));
        let details = Some(ink.words("corrected/details", "Chưa trừ sọt.", "collector"));
        Ok(Corrected {
            sequence,
            reason: CorrectionReason::Weighing,
            event: std::sync::Arc::new(Event::Harvested(right)),
            details,
        })
    })?;
    Ok(())
}

fn merge(book: &mut Book) -> Result<()> {
    let owner = book.id("collector")?;
    let merged = book.begin(MERGED, STATION, DAWN.plus_minutes(150), |_| {
        let mut opened = Opened::new(owner, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        Ok(opened)
    })?;
    let mut inputs = Vec::new();
    for (n, weighed) in (0..).zip(&WEIGHED) {
        let grams = kg(weighed.merged_kg)?;
        draw(book, weighed.batch, STATION, DAWN.plus_minutes(155 + n), (merged, grams, DrawReason::Merging))?;
        inputs.push(Input { from: book.id(weighed.batch)?, grams });
    }
    book.append(MERGED, STATION, DAWN.plus_minutes(165), |_| Ok(Received::new(Inputs::new(inputs)?)))?;
    book.append(MERGED, STATION, DAWN.plus_minutes(175), |_| {
        Ok(Lost { grams: Grams::new(11_500)?, reason: LossReason::Drying, details: None, at: None })
    })?;
    Ok(())
}

/// What nobody took.
pub(super) fn clear(book: &mut Book) -> Result<()> {
    book.append(MERGED, STATION, moment(6, 21, 18, 0), |ink| {
        let words = "Quả nứt, dập khi phân loại.";
        let details = Some(ink.words("disposed/details", words, "collector"));
        Ok(Disposed { grams: Grams::new(45_500)?, method: DisposalMethod::Compost, details, at: None })
    })?;
    Ok(())
}
