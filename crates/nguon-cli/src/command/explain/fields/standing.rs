//! What the events mean that change how earlier records stand.

use nguon_core::event::EventName;

use super::{DETAILS, Parts};

/// Such an event in words; `None` of another.
pub(super) const fn explained(event: EventName) -> Option<Parts> {
    let parts: Parts = match event {
        EventName::Recalled => (
            "goods are called back (thu hồi; use `nguon recall product-lot` for a bad product); it reaches all that came from them. `consignment` only on a labelled batch, `harvests` only on a plot or growing area",
            &[
                (
                    "reason*",
                    "pesticide_residue, microbial, foreign_matter, treatment, mislabelled, quarantine_pest, other",
                ),
                ("harvests", "[batches] whose harvest draws are affected; absent: all"),
                ("consignment", "the one consignment of a labelled batch that is recalled; absent: all of it"),
                ("product_lot", "lot of the plant protection product that caused it"),
                DETAILS,
            ],
            r#"{"recalled": {"reason": "pesticide_residue", "harvests": [{"chain": "lo-bay"}], "consignment": {"chain": "lo-shop"}, "product_lot": "RG-24117", "details": {"seal": "mẫu 0612-3"}}}"#,
        ),
        EventName::ReleaseApproved => (
            "a first authority key agrees that a recall ends (use `nguon release approve`); it ends only by a second key",
            &[("recall*", "sequence of the `recalled` on this chain"), DETAILS],
            r#"{"release_approved": {"recall": 4, "details": {"seal": "kết quả thử nghiệm đạt"}}}"#,
        ),
        EventName::Released => (
            "a recall ends (giải tỏa), by another authority key than the one that approved it (use `nguon release`)",
            &[
                ("recall*", "sequence of the `recalled` on this chain"),
                ("approval*", "sequence of the `release_approved` on this chain"),
                DETAILS,
            ],
            r#"{"released": {"recall": 4, "approval": 5, "details": {"seal": "kết quả thử nghiệm đạt"}}}"#,
        ),
        EventName::NameReleased => (
            "the label or place code that this chain took is free for another; a label only if nothing came into the batch",
            &[DETAILS],
            r#"{"name_released": {"details": {"seal": "in nhầm lô"}}}"#,
        ),
        EventName::Corrected => (
            "an earlier record of this chain should have said something else (đính chính; use `nguon correct`); the original stays",
            &[
                ("sequence*", "sequence of the record on this chain"),
                ("reason*", "typing, weighing, selection, other"),
                (
                    "event*",
                    "the event as it should have been: whole, of the same name; without `at` the original's time stays",
                ),
                DETAILS,
            ],
            r#"{"corrected": {"sequence": 2, "reason": "typing", "event": {"certified": {"scheme": "VietGAP", "number": "VietGAP-TT-24-07-0021", "from": {"time": "2026-01-15"}, "until": {"time": "2028-01-15"}}}, "details": {"seal": "gõ nhầm số"}}}"#,
        ),
        EventName::CorrectionApproved => (
            "a correction that waits counts from here on (use `nguon approve`)",
            &[("correction*", "sequence of the `corrected` on this chain"), DETAILS],
            r#"{"correction_approved": {"correction": 7, "details": {"seal": "đã đối chiếu phiếu cân"}}}"#,
        ),
        EventName::Reattested => (
            "records that a lost or stolen key signed were looked at again, and hold",
            &[("sequences*", "their sequences on this chain, rising: [3, 4, 8]"), DETAILS],
            r#"{"reattested": {"sequences": [3, 4], "details": {"seal": "đã hỏi lại hộ"}}}"#,
        ),
        _ => return None,
    };
    Some(parts)
}
