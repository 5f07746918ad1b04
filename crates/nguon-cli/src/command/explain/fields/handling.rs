//! What the other events on a batch mean, and what is said of places and batches alike.

use nguon_core::event::EventName;

use super::{AT, DETAILS, Parts};

/// Such an event in words; `None` of another.
pub(super) const fn explained(event: EventName) -> Option<Parts> {
    let parts: Parts = match event {
        EventName::Cooled => (
            "fruit was cooled, or its temperature read while it was carried",
            &[
                ("method*", "hydrocooling (nước đá), forced_air, room (kho lạnh), ice, transport (xe lạnh)"),
                ("measured_mc*", "measured, thousandths of a degree Celsius: 4.5 °C is 4500"),
                ("set_point_mc", "temperature to be kept, thousandths of a degree Celsius"),
                ("place", "the packing house's chain, if it was cooled at one"),
                AT,
            ],
            r#"{"cooled": {"method": "hydrocooling", "measured_mc": 4500, "set_point_mc": 4000, "place": {"chain": "kho-dong-goi"}, "at": {"time": "2026-06-05 09:00"}}}"#,
        ),
        EventName::Treated => (
            "fruit was treated against quarantine pests: cold, irradiation or methyl bromide",
            &[
                (
                    "treatment*",
                    "{\"cold\": {\"pulp_mc\": thousandths of a degree Celsius, \"seconds\": n}}, {\"irradiation_mgy\": milligrays; 400 Gy is 400000}, or {\"methyl_bromide\": {\"mg_per_m3\": n, \"seconds\": n, \"temperature_mc\": n}}",
                ),
                ("facility*", "code of the approved facility"),
                ("certificate*", "number of the treatment certificate"),
                AT,
            ],
            r#"{"treated": {"treatment": {"irradiation_mgy": 400000}, "facility": "VN-IR-01", "certificate": "CX-2026-0612", "at": {"time": "2026-06-06 11:00"}}}"#,
        ),
        EventName::LabelsIssued => (
            "labels with serials were issued for boxes of this batch (phát hành tem)",
            &[
                ("count*", "how many; all labels together are no more than the boxes packed"),
                ("root*", "Merkle root over the sorted serial hashes, 64 hexadecimal digits"),
            ],
            r#"{"labels_issued": {"count": 170, "root": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f"}}"#,
        ),
        EventName::Aggregated => (
            "boxes of this batch stand on a pallet, which may hold boxes of other batches too",
            &[
                ("sscc*", "the pallet: 18 digits"),
                ("boxes*", "how many boxes of this batch; all pallets together hold no more than were packed"),
                AT,
            ],
            r#"{"aggregated": {"sscc": "095212340000000013", "boxes": 80, "at": {"time": "2026-06-05 18:00"}}}"#,
        ),
        EventName::Listed => (
            "the batch is offered on a marketplace",
            &[
                ("marketplace*", "its host name"),
                ("listing*", "the listing's id there"),
                ("until", "time at which the offer ends"),
            ],
            r#"{"listed": {"marketplace": "san.example", "listing": "12345", "until": {"time": "2026-07-01"}}}"#,
        ),
        EventName::Inspected => (
            "somebody looked at a place or batch (kiểm tra); photos go with it by --attach",
            &[
                ("result*", "conforms (đạt), defects (có sai sót khắc phục được), fails (không đạt)"),
                ("purpose*", "routine, complaint, export, follow_up"),
                DETAILS,
                AT,
            ],
            r#"{"inspected": {"result": "defects", "purpose": "export", "details": {"seal": "nhật ký thiếu ngày 12/5"}, "at": {"time": "2026-06-01 09:00"}}}"#,
        ),
        EventName::LabResult => (
            "a laboratory's report on a sample (phiếu kết quả thử nghiệm)",
            &[
                ("report*", "number of the report"),
                ("sample*", "number of the sample"),
                ("method*", "method, as the laboratory names it"),
                (
                    "analytes*",
                    "[{\"name\": ISO common name, \"ug_per_kg\": micrograms in a kilogram, 0 if not detected, \"limit_ug_per_kg\": the limit if one is set}, …] 1 to 64",
                ),
                ("sampled_at*", "time at which the sample was taken"),
            ],
            r#"{"lab_result": {"report": "KQ-2026-118", "sample": "M-0612-3", "method": "EN 15662:2018", "analytes": [{"name": "metalaxyl", "ug_per_kg": 12, "limit_ug_per_kg": 50}, {"name": "carbendazim", "ug_per_kg": 0}], "sampled_at": {"time": "2026-06-04 10:00"}}}"#,
        ),
        EventName::Certified => (
            "a certificate covers this place or batch",
            &[
                ("scheme*", "such as VietGAP"),
                ("number*", "certificate number"),
                ("from*", "time from which it is valid"),
                ("until*", "time at which it is valid no more"),
            ],
            r#"{"certified": {"scheme": "VietGAP", "number": "VietGAP-TT-24-07-0012", "from": {"time": "2026-01-15"}, "until": {"time": "2028-01-15"}}}"#,
        ),
        _ => return None,
    };
    Some(parts)
}
