//! What the events on the chains of places mean.

use nguon_core::event::EventName;

use super::{AT, DETAILS, Parts};

/// Such an event in words; `None` of another.
pub(super) const fn explained(event: EventName) -> Option<Parts> {
    let parts: Parts = match event {
        EventName::PlaceRegistered => (
            "a growing area's or packing house's chain begins (use `nguon place`)",
            &[
                ("place*", "growing_area or packing_house"),
                ("code*", "as its issuer writes it"),
                ("issuer*", "who issued it; code and issuer are unique together"),
                ("market*", "two capital letters: VN, CN, JP, EU"),
                ("holder*", "the actor that holds the code"),
                ("commune*", "five digits"),
                ("gln", "GS1 location number"),
                ("area_m2", "square metres; a growing area needs it"),
                ("variety", "variety grown"),
                ("from*", "time from which the code is valid"),
                ("until", "time at which it is valid no more"),
            ],
            r#"{"place_registered": {"place": "growing_area", "code": "VN-BGOR-0123", "issuer": "VN", "market": "CN", "holder": {"chain": "coop"}, "commune": "07525", "gln": "9521234000006", "area_m2": 100000, "variety": "vải thiều Thanh Hà", "from": {"time": "2026-01-01"}, "until": {"time": "2027-01-01"}}}"#,
        ),
        EventName::PlotRegistered => (
            "a plot's chain begins (use `nguon place plot`)",
            &[
                ("area*", "the growing area's chain"),
                ("household*", "the household's actor chain"),
                ("area_m2*", "square metres"),
                ("variety*", "variety"),
                ("trees", "number of trees"),
                ("location", "latitude and longitude in 1e-7 degrees: sealed"),
            ],
            r#"{"plot_registered": {"area": {"chain": "vung"}, "household": {"chain": "bay"}, "area_m2": 5000, "variety": "vải thiều Thanh Hà", "trees": 120, "location": {"seal": [213712000, 1065667000]}}}"#,
        ),
        EventName::SeasonOpened => (
            "a season begins on a growing area or a plot",
            &[
                ("season*", "its name, once on a chain"),
                ("from*", "time at which harvesting begins"),
                ("until*", "time at which it ends"),
                ("ceiling", "grams the growing area can yield; a plot has none of its own"),
            ],
            r#"{"season_opened": {"season": "2026", "from": {"time": "2026-05-20"}, "until": {"time": "2026-07-31"}, "ceiling": 80000000}}"#,
        ),
        EventName::PlotsAllotted => (
            "a growing area's ceiling is shared out to plots",
            &[("season*", "a season of this chain"), ("allotments*", "[{\"plot\": chain, \"grams\": n}, …] 1 to 200")],
            r#"{"plots_allotted": {"season": "2026", "allotments": [{"plot": {"chain": "thua-bay"}, "grams": 4000000}]}}"#,
        ),
        EventName::InputApplied => (
            "a product was applied on the plot: a spray, a fertilizer",
            &[
                ("kind*", "plant_protection, fertilizer, growth_regulator"),
                ("product*", "trade name with formulation"),
                ("active_ingredients*", "[ISO common names], at most 8; [] for a fertilizer that has none"),
                ("product_lot", "lot number on its package"),
                ("dose*", "{\"milligrams\": n} or {\"microlitres\": n} of product on all of area_m2"),
                ("water_ml", "millilitres of water it was mixed into"),
                ("area_m2*", "treated square metres"),
                ("phi_days*", "pre-harvest interval: days that must lie between this and a harvest"),
                ("operator", "name of who applied it: sealed"),
                ("notes", "further words, such as the pest: sealed"),
                AT,
            ],
            r#"{"input_applied": {"kind": "plant_protection", "product": "Ridomil Gold 68WG", "active_ingredients": ["mancozeb", "metalaxyl-M"], "product_lot": "RG-24117", "dose": {"milligrams": 1500000}, "water_ml": 400000, "area_m2": 5000, "phi_days": 14, "operator": {"seal": "Nguyễn Văn Bảy"}, "notes": {"seal": "sương mai"}, "at": {"time": "2026-05-12 06:30"}}}"#,
        ),
        EventName::HarvestDrawn => (
            "fruit was picked on the plot and went to a batch (use `nguon register --harvest`, or `nguon weigh-in`)",
            &[
                ("season*", "a season of this plot"),
                ("to*", "the batch it went to"),
                ("grams*", "grams; all of a season together are no more than the plot was allotted"),
                ("operator", "name of who picked: sealed"),
                AT,
            ],
            r#"{"harvest_drawn": {"season": "2026", "to": {"chain": "lo-bay"}, "grams": 850500, "operator": {"seal": "Nguyễn Văn Bảy"}, "at": {"time": "2026-06-05 05:40"}}}"#,
        ),
        EventName::CustodianChanged => (
            "another household works the plot from here on; what was applied and harvested on it stays",
            &[("to*", "the household's actor chain (role farm)"), DETAILS],
            r#"{"custodian_changed": {"to": {"chain": "hai"}, "details": {"seal": "chuyển nhượng ngày 02/03"}}}"#,
        ),
        EventName::Suspended => (
            "a code counts no more for the time being (đình chỉ): nothing is harvested or packed under it, no season opened",
            &[("reason*", "residue, pest, documents, inspection, other"), DETAILS],
            r#"{"suspended": {"reason": "residue", "details": {"seal": "cảnh báo từ thị trường nhập khẩu"}}}"#,
        ),
        EventName::SuspensionLifted => (
            "a suspended code counts again (gỡ đình chỉ)",
            &[DETAILS],
            r#"{"suspension_lifted": {"details": {"seal": "đã khắc phục"}}}"#,
        ),
        _ => return None,
    };
    Some(parts)
}
