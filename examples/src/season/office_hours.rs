//! What the authority, its laboratory and its inspectors did in June: a look at an orchard, a product lot under suspicion
//! whose harvests were called back and freed again, and a code that did not count for some days.

use nguon_core::event::{
    Inspected, InspectionPurpose, InspectionResult, RecallReason, Recalled, ReleaseApproved, Released, Suspended,
    SuspensionLifted, SuspensionReason,
};

use super::book::{Book, Hand};
use super::calendar::moment;
use super::cast::household;
use super::error::Result;
use super::faraway::report;
use super::field::{OTHER_SHOP, SUSPECT_LOT};
use super::lots::{Picking, label, pick};
use super::papers;

/// The household's lot that was called back and freed.
pub(super) const FREED: &str = "khanh/0615";

/// Before the harvest an inspector walks through the orchard and takes a picture.
pub(super) fn inspect(book: &mut Book) -> Result<()> {
    book.append("area/chu", Hand::of("inspector"), moment(6, 9, 15, 40), |ink| {
        ink.attach(papers::lychee()?, "image/png", "inspector");
        let words = "Ghi chép đầy đủ, bao bì thuốc thu gom đúng nơi.";
        let details = Some(ink.words("inspected/details", words, "inspector"));
        let at = Some(ink.time(moment(6, 9, 14, 0))?);
        Ok(Inspected { details, at, ..Inspected::new(InspectionResult::Conforms, InspectionPurpose::Routine) })
    })?;
    Ok(())
}

/// A lot of a plant protection product is said to be impure: every plot on which it was used is recalled by itself, until
/// the laboratory has looked. One officer approves the release, another signs it.
pub(super) fn recall_by_product_lot(book: &mut Book) -> Result<()> {
    let label = label("9521234", 1, "LN260615-01")?;
    let when = moment(6, 15, 5, 0);
    pick(book, &Picking { farmer: household("khanh")?, batch: FREED, label, kg: 500, when }, None)?;
    for (n, id) in (0..).zip(OTHER_SHOP) {
        let farmer = household(id)?;
        let called = moment(6, 16, 8, 0).plus_minutes(10 * n);
        book.append(farmer.plot, Hand::OFFICE, called, |ink| {
            let mut recalled = Recalled::new(RecallReason::PesticideResidue);
            recalled.product_lot = Some(SUSPECT_LOT.parse()?);
            let words = "Lô thuốc nghi lẫn hoạt chất khác; tạm dừng bán các lô đã dùng.";
            recalled.details = Some(ink.words("recalled/details", words, farmer.id));
            Ok(recalled)
        })?;
        let recall = book.head(farmer.plot)?;
        let number = format!("DL-26-0617-{}-MAU", n + 1);
        book.append(farmer.plot, Hand::of("lab"), moment(6, 18, 16, 0).plus_minutes(20 * n), |ink| {
            let sampled_at = ink.time(called.plus_minutes(240))?;
            report(&number, &[("abamectin", 2, 10), ("chlorpyrifos ethyl", 0, 10)], sampled_at)
        })?;
        let approved = moment(6, 19, 8, 30).plus_minutes(15 * n);
        book.append(farmer.plot, Hand::OFFICE, approved, |_| Ok(ReleaseApproved { recall, details: None }))?;
        let approval = book.head(farmer.plot)?;
        book.append(farmer.plot, Hand::SECOND_OFFICER, approved.plus_minutes(5), |ink| {
            let words = "Kết quả phân tích đạt, gỡ thu hồi.";
            Ok(Released { recall, approval, details: Some(ink.words("released/details", words, farmer.id)) })
        })?;
    }
    Ok(())
}

/// After the harvest the papers of one code were not in order for three days.
pub(super) fn suspend(book: &mut Book) -> Result<()> {
    book.append("area/luc-ngan", Hand::OFFICE, moment(6, 24, 9, 0), |_| {
        Ok(Suspended { reason: SuspensionReason::Documents, details: None })
    })?;
    book.append("area/luc-ngan", Hand::OFFICE, moment(6, 27, 9, 0), |_| Ok(SuspensionLifted { details: None }))?;
    Ok(())
}
