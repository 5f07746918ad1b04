//! The goods: what, which lot, how many boxes, how heavy.

use nguon_core::event::Event;
use nguon_gs1::DigitalLink;
use nguon_label::Label;

use super::{Error, Maker, or_dash};
use crate::facts::{Facts, Missing, Remedy};
use crate::paper::{Block, Said};

/// What a packing recorded.
struct Boxes {
    count: u64,
    grams: u64,
    grades: Vec<String>,
    labels: u64,
}

impl Maker<'_, '_> {
    pub(super) fn goods(&mut self, link: Option<&DigitalLink>) -> Result<(), Error> {
        let facts = self.facts;
        let batch = facts.batch();
        let lot = facts.own_lot().clone();
        let boxes = boxes(facts);
        self.heading("Hàng hóa", "Goods");
        let unrecorded = || Said::new("Không có trong hồ sơ", "Not recorded");
        let (gtin, lot_number) = lot
            .label
            .as_ref()
            .map_or((None, None), |label| (Some(label.gtin.to_string()), Some(label.lot.to_string())));
        let mut pairs = vec![
            (Said::new("Sản phẩm", "Product"), Said::name(lot.product.clone())),
            (Said::new("Giống", "Variety"), or_dash(lot.variety.clone())),
            (Said::new("Mã HS", "HS heading"), unrecorded()),
            (Said::new("Mã GTIN", "GTIN"), gtin.map_or_else(unrecorded, Said::same)),
            (Said::new("Số lô", "Lot"), lot_number.map_or_else(unrecorded, Said::same)),
            (Said::new("Mã lô trong hồ sơ", "Id of the batch"), Said::same(batch.to_string())),
        ];
        match &boxes {
            Some(boxes) => {
                pairs.push((Said::new("Số thùng", "Boxes"), Said::whole(boxes.count)));
                pairs.push((Said::new("Khối lượng tịnh", "Net weight"), Said::kilograms(boxes.grams)));
                pairs.push((
                    Said::new("Loại", "Grade"),
                    or_dash(Some(boxes.grades.join(", ")).filter(|all| !all.is_empty())),
                ));
                pairs.push((
                    Said::new("Tem có số sê-ri đã phát hành", "Labels with serials issued"),
                    Said::whole(boxes.labels),
                ));
            }
            None => {
                let came_in = facts.inputs(&batch).iter().map(|(_, input)| input.grams.get()).sum();
                pairs.push((Said::new("Khối lượng vào lô", "Weight that came in"), Said::kilograms(came_in)));
            }
        }
        pairs.push((Said::new("Khối lượng cả bì", "Gross weight"), unrecorded()));
        self.push(Block::pairs(pairs));
        if let Some(link) = link {
            let code = link.code();
            let is_own = lot.label.as_ref().is_some_and(|label| {
                (label.gtin.to_string(), label.lot.to_string()) == (code.gtin().to_string(), code.lot().to_string())
            });
            if !is_own || code.commitment().is_some_and(|commitment| *commitment != batch.commitment()) {
                return Err(Error::OtherLink { link: link.to_string() });
            }
            let alt = Said::new("Mã QR dẫn tới trang của lô hàng", "QR code that leads to the lot's page");
            let beside = [
                Said::new(
                    "Quét để xem trang của lô hàng: máy của người xem tự kiểm tra hồ sơ và cho biết tình trạng mới nhất.",
                    "Scan to see the lot's page: the reader's own device checks the records and shows their present state.",
                ),
                Said::same(link.to_string()),
            ];
            self.push(Block::symbol(Label::new(link.clone())?, alt, beside));
        }
        self.lacks_goods(lot.label.is_none(), boxes.is_none());
        Ok(())
    }

    fn lacks_goods(&mut self, label: bool, boxes: bool) {
        let batch = self.facts.batch();
        let mut lacks = |element: &str, field: &str, remedy| {
            self.lacks(Missing::of_first(element, batch, field, remedy));
        };
        lacks("Mã HS / HS heading", "—", Remedy::ByHand);
        lacks("Khối lượng cả bì / Gross weight", "—", Remedy::ByHand);
        if label {
            lacks("Mã GTIN và số lô / GTIN and lot", "opened/label", Remedy::ByHand);
        }
        if boxes {
            lacks("Số thùng, khối lượng tịnh / Boxes, net weight", "packed", Remedy::Append);
        }
    }
}

/// What the batch's packings come to: its own, or those it was received from.
fn boxes(facts: &Facts<'_>) -> Option<Boxes> {
    let packed_in = facts.packed_in(&facts.batch())?;
    let mut boxes = Boxes { count: 0, grams: 0, grades: Vec::new(), labels: 0 };
    for entry in facts.entries_of(&packed_in) {
        let (count, each, grade) = match entry.event {
            Event::Packed(event) => (event.boxes.get(), event.grams_per_box.get(), event.grade.as_ref()),
            Event::Repacked(event) => (event.boxes.get(), event.grams_per_box.get(), event.grade.as_ref()),
            Event::LabelsIssued(event) => {
                boxes.labels = boxes.labels.saturating_add(event.count.get());
                continue;
            }
            _ => continue,
        };
        boxes.count = boxes.count.saturating_add(count);
        boxes.grams = boxes.grams.saturating_add(count.saturating_mul(each));
        let grade = grade.map(|grade| grade.as_str().to_owned()).filter(|grade| !boxes.grades.contains(grade));
        boxes.grades.extend(grade);
    }
    Some(boxes)
}
