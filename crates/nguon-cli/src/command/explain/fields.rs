//! What each event's fields mean. A test holds examples and field names to the types.

use nguon_core::event::EventName;

/// An event in words.
pub struct Explained {
    /// What happened.
    pub what: &'static str,
    /// Fields and their meaning; `*` marks what is required.
    pub fields: &'static [(&'static str, &'static str)],
    /// An example with every field that can stand beside the others.
    pub example: &'static str,
}

const AT: (&str, &str) = ("at", "when it happened, if not at signing: Unix seconds or {\"time\": …}");
const DETAILS: (&str, &str) = ("details", "further words: sealed");
const INPUTS: (&str, &str) = (
    "inputs*",
    "[{\"from\": chain, \"grams\": n}, …] 1 to 200, each source once; each must hold a draw naming this batch",
);
const DOCUMENT: (&str, &str) =
    ("document", "{\"kind\": \"phieu-can\", \"number\": \"…\"} a paper outside these records");

/// An event in words.
pub const fn explained(event: EventName) -> Explained {
    let (what, fields, example): (_, &'static [(&'static str, &'static str)], _) = match event {
        EventName::Enrolled => (
            "an actor's chain begins (use `nguon enrol`)",
            &[
                ("role*", "registrar, farm, collector, packing_house, carrier, seller, lab, inspector"),
                ("name*", "its name: sealed"),
                ("phone", "its telephone number: sealed"),
                ("commune", "five digits"),
                ("gln", "GS1 party or location number"),
                ("scope*", "{\"events\": [...], \"places\", \"gs1_prefixes\", \"markets\", \"from\", \"until\"}"),
                ("key", "public key, 64 hexadecimal digits; absent: its registrar signs for it"),
            ],
            r#"{"enrolled": {"role": "farm", "name": {"seal": "Nguyễn Văn Bảy"}, "phone": {"seal": "+84912345678"}, "commune": "07525", "gln": "9521234000006", "scope": {"events": ["harvest_drawn"]}, "key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"}}"#,
        ),
        EventName::KeyAdded => (
            "a further key of the same actor (use `nguon key add`)",
            &[("key*", "public key, 64 hexadecimal digits"), ("holder", "name of the person who holds it: sealed")],
            r#"{"key_added": {"key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "holder": {"seal": "Nguyễn Thị Hoa"}}}"#,
        ),
        EventName::KeyRevoked => (
            "a key counts no more (use `nguon key revoke`)",
            &[
                ("key*", "the key's id, 64 hexadecimal digits"),
                ("reason*", "lost, stolen, compromised, superseded, left"),
                ("suspect_since", "time from which on its records are in doubt"),
                DETAILS,
            ],
            r#"{"key_revoked": {"key": "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9", "reason": "lost", "suspect_since": {"time": "2026-06-10"}, "details": {"seal": "mất điện thoại ở chợ Chũ"}}}"#,
        ),
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
            "fruit was picked on the plot and went to a batch (use `nguon register --harvest`)",
            &[
                ("season*", "a season of this plot"),
                ("to*", "the batch it went to"),
                ("grams*", "grams"),
                ("operator", "name of who picked: sealed"),
                AT,
            ],
            r#"{"harvest_drawn": {"season": "2026", "to": {"chain": "lo-bay"}, "grams": 850500, "operator": {"seal": "Nguyễn Văn Bảy"}, "at": {"time": "2026-06-05 05:40"}}}"#,
        ),
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
            "fruit from plots came into the batch (use `nguon register --harvest`)",
            &[INPUTS, ("crates", "number of field containers (sọt)"), AT],
            r#"{"harvested": {"inputs": [{"from": {"chain": "thua-bay"}, "grams": 850500}], "crates": 34, "at": {"time": "2026-06-05 06:10"}}}"#,
        ),
        EventName::Drawn => (
            "grams leave the batch for another one; a hand-over is a draw into a batch that the receiver opened",
            &[
                ("to*", "the destination batch"),
                ("grams*", "grams"),
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
        EventName::Listed => (
            "the batch is offered on a marketplace",
            &[
                ("marketplace*", "its host name"),
                ("listing*", "the listing's id there"),
                ("until", "time at which the offer ends"),
            ],
            r#"{"listed": {"marketplace": "san.example", "listing": "12345", "until": {"time": "2026-07-01"}}}"#,
        ),
        EventName::Recalled => (
            "goods are called back (thu hồi); it reaches all that came from them. `consignment` only on a labelled batch, `harvests` only on a plot or growing area",
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
        EventName::Corrected => (
            "an earlier record of this chain should have said something else (đính chính); the original stays",
            &[
                ("sequence*", "sequence of the record on this chain"),
                ("reason*", "typing, weighing, selection, other"),
                (
                    "event*",
                    "the event as it should have been: whole, of the same name; its sealed fields are sealed anew",
                ),
                DETAILS,
            ],
            r#"{"corrected": {"sequence": 2, "reason": "typing", "event": {"certified": {"scheme": "VietGAP", "number": "VietGAP-TT-24-07-0021", "from": {"time": "2026-01-15"}, "until": {"time": "2028-01-15"}}}, "details": {"seal": "gõ nhầm số"}}}"#,
        ),
    };
    Explained { what, fields, example }
}
