//! The links that the season has to show, and the answer each must get.

use std::fmt;

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::verify::OutcomeKind;
use nguon_gs1::{DigitalLink, LabelCode, UriStem};

use super::book::Book;
use super::early::FOUND_AGAIN;
use super::error::{Result, SeasonError};
use super::export::EXPORT;
use super::faraway::{AIR, COLLECTED, JAPAN, REPACKED};
use super::lots::{code, label};
use super::office_hours::FREED;
use super::serials;
use super::shops::{PART_LOT, SHOP_LOT, WARM};

/// What a reader must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A verdict.
    Outcome(OutcomeKind),
    /// That there is no such lot.
    NoSuchBatch,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome(outcome) => f.write_str(outcome.as_str()),
            Self::NoSuchBatch => f.write_str("no_such_batch"),
        }
    }
}

/// One way into the season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// A name for programs.
    pub name: &'static str,
    /// A name for people.
    pub title_vi: &'static str,
    /// The batch behind it, if there is one.
    pub batch: Option<ChainId>,
    /// What a box says; `None` for a consignment, whose boxes carry another batch's label.
    pub label: Option<LabelCode>,
    /// What a reader must be told.
    pub expected: Expected,
    /// Where the label has a serial: whether it was issued.
    pub serial: Option<SerialCase>,
}

/// What a reader must be told of the one box whose label has a serial, GS1 AI (21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialCase {
    /// Its label was issued.
    Issued,
    /// No such label was ever issued.
    NeverIssued,
}

impl Case {
    /// The link in its QR code.
    #[must_use]
    pub fn link(&self, stem: &UriStem) -> Option<DigitalLink> {
        self.label.clone().map(|label| DigitalLink::new(stem.clone(), label))
    }
}

const RECALLED: Expected = Expected::Outcome(OutcomeKind::Recalled);

pub(super) fn all(book: &Book) -> Result<Vec<Case>> {
    let lot = |name, title_vi, batch, expected| labelled(book, name, title_vi, batch, expected);
    // The best there is: with a log nothing is missing, without one nobody can tell.
    let logged = book.ledger.replay().is_some();
    let sound = Expected::Outcome(if logged { OutcomeKind::Valid } else { OutcomeKind::Unlogged });
    let mut cases = vec![
        lot("export", "Lô xuất khẩu gộp từ tám hộ", EXPORT, sound)?,
        lot("household", "Lô của một hộ ở Phường Chũ", "hung/0614", sound)?,
        lot("on-behalf", "Lô của hộ không có điện thoại, hợp tác xã ghi thay", "suu/0614", sound)?,
        lot("marketplace", "Vải sớm U hồng bán trên sàn", "seller/0526", sound)?,
        lot("shop", "Lô bán trong nước, chia cho hai siêu thị", SHOP_LOT, sound)?,
        lot("collected", "Lô gộp từ ba hộ ở điểm cân", COLLECTED, sound)?,
        lot("repacked", "Hộp quà đóng lại, mỗi hộp một số", REPACKED, sound)?,
        lot("irradiated", "Lô chiếu xạ 400 Gy đi Úc", AIR, sound)?,
        lot("fumigated", "Lô xông hơi đi Nhật", JAPAN, sound)?,
        lot("released", "Lô từng bị thu hồi theo lô thuốc, đã được gỡ", FREED, sound)?,
        lot("reattested", "Mất điện thoại, hồ sơ đã được xác nhận lại", FOUND_AGAIN, sound)?,
        lot("part-recalled", "Lô có một phần bị thu hồi ở siêu thị khác", PART_LOT, sound)?,
        lot("recalled", "Vải sớm U trứng bị thu hồi", "thu/0528", RECALLED)?,
        lot("recalled-descendant", "Hộp bán trên sàn, từ lô bị thu hồi", "seller/0528", RECALLED)?,
        lot("suspect", "Lô ký bằng khóa đã báo mất", "tuan/0530", Expected::Outcome(OutcomeKind::Suspect))?,
        lot("no-inputs", "Tem in trước, chưa có quả", "khanh/0625", Expected::Outcome(OutcomeKind::Incomplete))?,
    ];
    let export = book.id(EXPORT)?;
    let boxes = [
        ("serial", "Một thùng của lô xuất khẩu, tem có số sê-ri", serials::one(book, &export)?, SerialCase::Issued),
        ("made-up-serial", "Tem có số sê-ri chưa từng phát hành", "7F3K9Q2M5X8W0000".parse()?, SerialCase::NeverIssued),
    ];
    for (name, title_vi, serial, expected) in boxes {
        let case = labelled(book, name, title_vi, EXPORT, sound)?;
        let label = case.label.map(|label| label.with_serial(serial));
        cases.push(Case { label, serial: Some(expected), ..case });
    }
    let [household, marketplace] = ["hung/0614", "seller/0526"].map(|name| book.id(name));
    let (household, marketplace) = (household?, marketplace?);
    let printed = printed(book, marketplace)?;
    cases.push(Case {
        name: "wrong-label",
        title_vi: "Tem của lô khác dán lên hộp này",
        batch: Some(marketplace),
        label: Some(printed.clone().with_commitment(household.commitment())),
        expected: Expected::Outcome(OutcomeKind::Invalid),
        serial: None,
    });
    cases.push(Case {
        name: "unbound-label",
        title_vi: "Tem không ràng buộc với hồ sơ",
        batch: Some(marketplace),
        label: Some(LabelCode::new(*printed.gtin(), printed.lot().clone())),
        expected: sound,
        serial: None,
    });
    let nowhere = label("9524321", 1, "UH260599")?;
    cases.push(Case {
        name: "no-such-lot",
        title_vi: "Lô không có trong sổ đăng ký",
        batch: None,
        label: Some(LabelCode::new(*nowhere.gtin.get(), nowhere.lot.get().clone())),
        expected: Expected::NoSuchBatch,
        serial: None,
    });
    let consignments = [
        ("consignment", "Phần giao cho siêu thị ở Cầu Giấy", "shop-one/0621", sound),
        ("recalled-consignment", "Phần bị thu hồi ở Hồng Bàng", WARM, RECALLED),
    ];
    for (name, title_vi, batch, expected) in consignments {
        cases.push(Case { name, title_vi, batch: Some(book.id(batch)?), label: None, expected, serial: None });
    }
    Ok(cases)
}

fn labelled(book: &Book, name: &'static str, title_vi: &'static str, batch: &str, expected: Expected) -> Result<Case> {
    let id = book.id(batch)?;
    Ok(Case { name, title_vi, batch: Some(id), label: Some(printed(book, id)?), expected, serial: None })
}

/// What is printed on a labelled batch's boxes.
fn printed(book: &Book, batch: ChainId) -> Result<LabelCode> {
    let state = book.ledger.chain(&batch);
    let label = state.as_ref().and_then(|chain| chain.batch()).and_then(|batch| batch.label.as_ref());
    label.map(|label| code(label, batch)).ok_or_else(|| SeasonError::Unknown(batch.to_string()))
}
