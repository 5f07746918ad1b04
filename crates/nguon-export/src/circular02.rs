//! The ten minimum data of product traceability in Việt Nam: Circular 02/2024/TT-BKHCN on the management of product
//! traceability, in force since 1 June 2024.
//!
//! | | datum | from |
//! |---|---|---|
//! | 1 | name of the product | `opened/product`, `opened/variety` |
//! | 2 | picture of the product | photos attached to the lot's records, by their digests |
//! | 3, 4 | name and address of the producer or trader | `enrolled/name`, `enrolled/commune` of every owner on the way |
//! | 5 | stages: traceability code of the product, of the place, time | [`crate::facts::Stage`] |
//! | 6 | time of production and trade | first and last stage |
//! | 7 | traceability code of the product | GTIN and lot |
//! | 8 | trademark, symbol, serial numbers, if any | issued labels |
//! | 9 | shelf life, if any | not recorded |
//! | 10 | standards applied | `certified` |
//!
//! It is JSON ([`Circular02`] is [`Serialize`]) or tables ([`SHEETS`]) in Vietnamese.

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use serde::Serialize;

use crate::facts::{Certificate, Facts, Language, Missing, Producer, Remedy, Stage, StageView, Stamp, stage_words};
use crate::table::{Cell, Column, Sheet, TableError, Tables};

/// The name of the standard.
pub const STANDARD: &str = "Thông tư 02/2024/TT-BKHCN";

/// A lot's ten data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circular02 {
    /// [`STANDARD`].
    pub standard: &'static str,
    /// The verdict.
    pub verdict: Stamp,
    /// The verdict in Vietnamese.
    pub verdict_vi: String,
    /// 1: the product's name, with its variety.
    pub product_name: String,
    /// 2: digests of photos, by which a server serves them where it may.
    pub product_pictures: Vec<String>,
    /// 3 and 4: producers and traders, the last owner first.
    pub producers: Vec<Producer>,
    /// 5: stages, oldest first.
    pub stages: Vec<StageView>,
    /// 6: from the first to the last stage, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<(String, String)>,
    /// 7: GTIN and lot; a batch without a label has the first half of its id.
    pub traceability_code: String,
    /// 8: labels with serial numbers that were issued.
    pub serials_issued: u64,
    /// 10: standards and certificates.
    pub standards: Vec<Certificate>,
    /// What is missing of 1 to 7 and 10; 8 and 9 are asked for only where there are any.
    pub missing: Vec<Missing>,
}

impl Circular02 {
    /// The data of a source's batch.
    #[must_use]
    pub fn of(facts: &Facts<'_>) -> Self {
        let batch = facts.batch();
        let lot = facts.own_lot();
        let stages = facts.stages(&batch);
        let mut missing = Vec::new();
        let producers = facts.producers(&batch);
        for producer in &producers {
            let (name, address) = ("TT 02/2024, mục 3: tên đơn vị", "TT 02/2024, mục 4: địa chỉ đơn vị");
            facts.lacking(producer, name, address, &mut missing);
        }
        let pictures: Vec<String> = facts.photos(&batch).into_iter().map(|(_, digest)| digest).collect();
        let mut lacks = |what: &str, field: &str, remedy| missing.push(Missing::of_first(what, batch, field, remedy));
        if pictures.is_empty() {
            lacks("TT 02/2024, mục 2: hình ảnh sản phẩm", "attachments", Remedy::Append);
        }
        if lot.label.is_none() {
            lacks("TT 02/2024, mục 7: mã truy xuất nguồn gốc (GTIN và số lô)", "opened/label", Remedy::ByHand);
        }
        let standards = facts.certificates(&batch);
        if standards.is_empty() {
            lacks("TT 02/2024, mục 10: tiêu chuẩn áp dụng", "certified", Remedy::Append);
        }
        for stage in stages.iter().filter(|stage| stage.place_code.is_none()) {
            let what = format!("TT 02/2024, mục 5: mã truy vết địa điểm của công đoạn “{}”", words(stage));
            let field = format!("{}/place", stage.name);
            missing.push(Missing::new(what, stage.record, field, remedy_of(stage)));
        }
        Self {
            standard: STANDARD,
            verdict: facts.stamp(),
            verdict_vi: facts.stamp().sentence(Language::Vi),
            product_name: lot.named(),
            product_pictures: pictures,
            producers,
            stages: stages.iter().map(|stage| facts.view(stage)).collect(),
            time: stages.first().zip(stages.last()).map(|(first, last)| (first.at.to_string(), last.at.to_string())),
            traceability_code: facts.lot_code(&batch),
            serials_issued: serials(facts, &batch),
            standards,
            missing,
        }
    }

    /// Writes it into tables that have [`SHEETS`].
    pub fn write(&self, tables: &mut impl Tables) -> Result<(), TableError> {
        let none = || "(không có)".to_owned();
        let or_none = |text: String| if text.is_empty() { none() } else { text };
        let names = |of: fn(&Producer) -> Option<String>| {
            let names: Vec<String> = self.producers.iter().filter_map(of).collect();
            or_none(names.join("; "))
        };
        let standards: Vec<String> =
            self.standards.iter().map(|one| format!("{} số {}", one.scheme, one.number)).collect();
        let time = self.time.as_ref().map_or_else(none, |(first, last)| format!("{first} – {last}"));
        let rows: [(u64, &str, String); 11] = [
            (0, "Kết luận kiểm tra hồ sơ", self.verdict_vi.clone()),
            (1, "Tên sản phẩm, hàng hóa", self.product_name.clone()),
            (2, "Hình ảnh sản phẩm, hàng hóa", or_none(self.product_pictures.join("; "))),
            (3, "Tên đơn vị sản xuất, kinh doanh", names(|producer| producer.name.clone())),
            (4, "Địa chỉ đơn vị sản xuất, kinh doanh", names(|producer| producer.address.clone())),
            (
                5,
                "Các công đoạn trong sản xuất, kinh doanh",
                format!("{} công đoạn, xem trang “Công đoạn”", self.stages.len()),
            ),
            (6, "Thời gian sản xuất, kinh doanh", time),
            (7, "Mã truy xuất nguồn gốc sản phẩm, hàng hóa", self.traceability_code.clone()),
            (
                8,
                "Thương hiệu, nhãn hiệu, mã ký hiệu, số sê-ri (nếu có)",
                format!("{} tem có số sê-ri", self.serials_issued),
            ),
            (9, "Thời hạn sử dụng (nếu có)", none()),
            (10, "Tiêu chuẩn, quy chuẩn, chứng nhận được áp dụng", or_none(standards.join("; "))),
        ];
        for (number, what, value) in rows {
            tables.row(0, &[Cell::count(number), what.into(), value.into()])?;
        }
        for stage in &self.stages {
            let grams = stage.grams.map_or(Cell::Empty, Cell::kilograms);
            tables.row(
                1,
                &[
                    stage.name_vi.into(),
                    stage.product_code.as_str().into(),
                    Cell::words(stage.place_code.as_deref()),
                    stage.at.as_str().into(),
                    Cell::words(stage.party.as_deref()),
                    grams,
                    stage.record.to_string().into(),
                ],
            )?;
        }
        for missing in &self.missing {
            tables.row(
                2,
                &[
                    missing.element.as_str().into(),
                    missing.at.chain.to_string().into(),
                    Cell::count(missing.at.sequence),
                    missing.field.as_str().into(),
                    missing.remedy.words(Language::Vi).into(),
                ],
            )?;
        }
        Ok(())
    }
}

fn words(stage: &Stage) -> &'static str {
    stage_words(stage.name, Language::Vi)
}

/// Where a stage names no place, either the record can be corrected to name one or the party has no location number.
fn remedy_of(stage: &Stage) -> Remedy {
    use nguon_core::event::EventName::{Cooled, Packed, Received, Repacked};
    if matches!(stage.name, Cooled | Packed | Received | Repacked) { Remedy::Correct } else { Remedy::Enrol }
}

fn serials(facts: &Facts<'_>, batch: &ChainId) -> u64 {
    let issued = facts.entries_of(batch).filter_map(|entry| match entry.event {
        Event::LabelsIssued(event) => Some(event.count.get()),
        _ => None,
    });
    issued.sum()
}

const fn column(heading: &'static str, width: u8) -> Column {
    Column::new(heading, "", width)
}

/// The tables: the ten data, the stages, what is missing.
pub const SHEETS: [Sheet; 3] = [
    Sheet { name: "Thông tin", columns: &[column("Mục", 6), column("Thông tin", 44), column("Nội dung", 70)] },
    Sheet {
        name: "Công đoạn",
        columns: &[
            column("Công đoạn", 30),
            column("Mã truy vết sản phẩm", 36),
            column("Mã truy vết địa điểm", 24),
            column("Thời gian", 26),
            column("Đơn vị", 40),
            column("Khối lượng (kg)", 14),
            column("Bản ghi", 30),
        ],
    },
    Sheet {
        name: "Còn thiếu",
        columns: &[
            column("Thông tin còn thiếu", 60),
            column("Chuỗi hồ sơ", 30),
            column("Số thứ tự bản ghi", 10),
            column("Trường", 24),
            column("Bổ sung ở đâu", 70),
        ],
    },
];
