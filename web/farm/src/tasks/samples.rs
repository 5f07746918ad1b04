//! Facts for the tests of the forms.

use nguon_core::ids::ChainId;

use super::day::DAY;
use super::facts::{Batch, Facts, Plot, Season, Used, Wait};
use crate::products::Product;

/// 2026-06-05 14:30 in Vietnam.
pub const NOW: u64 = 1_780_644_600;

/// An id.
pub fn id(byte: u8) -> ChainId {
    ChainId::from_bytes([byte; 32])
}

/// A household with two plots, one of which waits, and a batch of today.
pub fn facts() -> Facts {
    let season =
        Season { name: "2026".parse().unwrap(), from: NOW - 10 * DAY, until: NOW + 40 * DAY, left: Some(500_000) };
    let plot = |byte, wait| Plot {
        id: id(byte),
        name: format!("Thửa {byte}"),
        household: id(1),
        farmer: "Nguyễn Văn Bảy".into(),
        on_behalf: false,
        variety: "vải thiều Thanh Hà chính vụ".into(),
        area_m2: 2_000,
        season: Some(season.clone()),
        wait,
        harvests: Vec::new(),
    };
    let wait = Wait { until: NOW + 3 * DAY, product: "Abamectin 3.6EC".into(), applied: NOW - 4 * DAY };
    let product = |name: &str, phi_days| Product {
        name: name.into(),
        active_ingredient: "abamectin".into(),
        phi_days,
        registration: None,
    };
    Facts {
        me: id(1),
        now: NOW,
        plots: vec![plot(2, None), plot(3, Some(wait))],
        batches: vec![Batch {
            id: id(9),
            product: "vải thiều".into(),
            variety: Some("vải thiều Thanh Hà chính vụ".into()),
            opened: NOW - 3600,
            left: 120_000,
            takes_more: true,
        }],
        used: vec![Used {
            product: product("Abamectin 3.6EC", 7),
            kind: "plant_protection",
            lot: Some("240518A".into()),
            dose: (60_000, true),
        }],
        list: vec![product("Abamectin 3.6EC", 7), product("Metalaxyl-M + Mancozeb 68WG", 14)],
        weighed: (0, 0),
    }
}
