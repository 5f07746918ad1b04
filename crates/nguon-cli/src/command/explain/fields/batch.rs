//! What the events by which fruit comes into a batch and goes out of it mean.

use nguon_core::event::EventName;

use super::{AT, DETAILS, DOCUMENT, INPUTS, Parts};

/// Such an event in words; `None` of another.
pub(super) const fn explained(event: EventName) -> Option<Parts> {
    let parts: Parts = match event {
        EventName::Opened => (
            "a batch's chain begins (use `nguon register`); label and label_of exclude each other",
            &[
                ("owner*", "its owner and custodian, the signer"),
                ("product*", "what it is, in the words of the trade"),
                ("variety", "its variety"),
                ("label", "{\"gtin\": 14 digits, \"lot\": …} that will be printed"),
                ("label_of", "the labelled batch of which this is a consignment"),
            ],
            r#"{"opened": {"owner": {"chain": "kho"}, "product": "Vải thiều Lục Ngạn", "variety": "Thanh Hà chính vụ", "label": {"gtin": "09521234543213", "lot": "VT-0612"}}}"#,
        ),
        EventName::Harvested => (
            "fruit from plots came into the batch (use `nguon register --harvest`, or `nguon weigh-in`)",
            &[INPUTS, ("crates", "number of field containers (sọt)"), AT],
            r#"{"harvested": {"inputs": [{"from": {"chain": "thua-bay"}, "grams": 850500}], "crates": 34, "at": {"time": "2026-06-05 06:10"}}}"#,
        ),
        EventName::Drawn => (
            "grams leave the batch for another one; a hand-over is a draw into a batch that the receiver opened",
            &[
                ("to*", "the destination batch"),
                ("grams*", "grams, no more than `nguon remaining` says"),
                ("why*", "handover, packing, merging, splitting, consignment"),
            ],
            r#"{"drawn": {"to": {"chain": "thung-0612"}, "grams": 850500, "why": "packing"}}"#,
        ),
        EventName::Packed => (
            "fruit was packed",
            &[
                INPUTS,
                ("boxes*", "number of boxes (thùng)"),
                ("grams_per_box*", "net grams in each box"),
                ("grade", "grade (loại)"),
                ("place", "the packing house's chain"),
                DOCUMENT,
                AT,
            ],
            r#"{"packed": {"inputs": [{"from": {"chain": "lo-bay"}, "grams": 850500}], "boxes": 170, "grams_per_box": 5000, "grade": "Loại 1", "place": {"chain": "kho-dong-goi"}, "document": {"kind": "phieu-can", "number": "PC-0612"}, "at": {"time": "2026-06-05 14:00"}}}"#,
        ),
        EventName::Repacked => (
            "packed fruit was packed anew: other boxes, other labels; the sources draw on themselves first",
            &[
                INPUTS,
                ("boxes*", "number of boxes (thùng)"),
                ("grams_per_box*", "net grams in each box; boxes × grams_per_box is no more than the inputs"),
                ("grade", "grade (loại)"),
                ("place", "the packing house's chain"),
                DOCUMENT,
                AT,
            ],
            r#"{"repacked": {"inputs": [{"from": {"chain": "thung-0612"}, "grams": 845000}], "boxes": 338, "grams_per_box": 2500, "grade": "Loại 1", "place": {"chain": "kho-dong-goi"}, "document": {"kind": "phieu-dong-goi", "number": "DG-0613"}, "at": {"time": "2026-06-06 08:00"}}}"#,
        ),
        EventName::Shipped => (
            "what was drawn left with a carrier",
            &[
                ("draw*", "sequence of the `drawn` record on this chain"),
                ("carrier*", "the carrier's actor chain"),
                ("vehicle", "its registration: sealed"),
                ("set_point_mc", "temperature to be kept, thousandths of a degree Celsius"),
                DOCUMENT,
                AT,
            ],
            r#"{"shipped": {"draw": 2, "carrier": {"chain": "xe"}, "vehicle": {"seal": "98C-123.45"}, "set_point_mc": 4000, "document": {"kind": "bill-of-lading", "number": "VD-77"}, "at": {"time": "2026-06-05 20:00"}}}"#,
        ),
        EventName::Received => (
            "fruit arrived; what was drawn and not received is shortage (hao hụt)",
            &[
                INPUTS,
                ("place", "the packing house's chain, if it arrived at one"),
                ("measured_mc", "measured on arrival, thousandths of a degree Celsius"),
                DOCUMENT,
                AT,
            ],
            r#"{"received": {"inputs": [{"from": {"chain": "thung-0612"}, "grams": 845000}], "place": {"chain": "kho-dong-goi"}, "measured_mc": 5200, "document": {"kind": "bill-of-lading", "number": "VD-77"}, "at": {"time": "2026-06-06 04:10"}}}"#,
        ),
        EventName::Sold => (
            "grams were sold to those who eat them; a hand-over to a trader is a draw",
            &[("grams*", "grams"), AT],
            r#"{"sold": {"grams": 12500, "at": {"time": "2026-06-07 17:00"}}}"#,
        ),
        EventName::Lost => (
            "grams are there no more (hao hụt)",
            &[
                ("grams*", "grams"),
                (
                    "reason*",
                    "spoilage (thối hỏng), drying (hao nước), sorting (loại bỏ), transport, theft, sample (lấy mẫu), other",
                ),
                DETAILS,
                AT,
            ],
            r#"{"lost": {"grams": 5200, "reason": "sorting", "details": {"seal": "quả nứt"}, "at": {"time": "2026-06-05 15:00"}}}"#,
        ),
        EventName::Disposed => (
            "grams were disposed of (tiêu hủy)",
            &[("grams*", "grams"), ("method*", "landfill, compost, animal_feed, incineration, other"), DETAILS, AT],
            r#"{"disposed": {"grams": 845000, "method": "landfill", "details": {"seal": "biên bản số 12"}, "at": {"time": "2026-06-20 09:00"}}}"#,
        ),
        _ => return None,
    };
    Some(parts)
}
