//! The codes of growing areas and packing houses.

use std::collections::BTreeSet;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;

use super::{Maker, or_dash, words};
use crate::facts::{Missing, Remedy};
use crate::paper::{Column, Row, Said, Table};
use crate::words as say;

const fn packaged(event: &Event) -> bool {
    matches!(event, Event::Packed(_) | Event::Repacked(_))
}

impl Maker<'_, '_> {
    pub(super) fn places(&mut self) {
        let facts = self.facts;
        self.heading("Mã số vùng trồng, cơ sở đóng gói", "Growing areas and packing houses");
        let sites: BTreeSet<ChainId> = facts.sites(&facts.batch());
        let places: Vec<_> = sites.iter().filter_map(|site| facts.place(site)).collect();
        let mut with_code: Vec<_> = places.iter().filter(|place| place.sort != ChainSort::Plot).collect();
        with_code.sort_by_key(|place| (place.sort == ChainSort::PackingHouse, place.code.clone()));
        if with_code.is_empty() {
            return self.none("Hồ sơ không có mã số nào.", "No code is recorded.");
        }
        let mut table = Table::new([
            Column::text(Said::new("Loại", "Kind")),
            Column::text(Said::new("Mã số", "Code")).naming_rows(),
            Column::text(Said::new("Nơi cấp", "Issuer")),
            Column::text(Said::new("Thị trường", "Market")),
            Column::text(Said::new("Hiệu lực", "Valid")),
            Column::text(Said::new("Xã, phường", "Commune")),
            Column::number(Said::new("Diện tích (ha)", "Area (ha)")),
            Column::text(Said::new("Tình trạng", "State")),
        ]);
        for place in with_code {
            let valid = place.valid.map_or_else(
                || Said::same("—"),
                |(from, until)| {
                    let until = until.map_or_else(|| Said::new("không thời hạn", "no end"), Said::day);
                    Said::day(from).then(" – ", &until)
                },
            );
            // Square metres are ten thousandths of a hectare; the last figure goes by halves up.
            let hectares = place.area_m2.map_or_else(|| Said::same("—"), |area| Said::thousandths((area + 5) / 10));
            table.push(Row::new([
                words(|language| say::sort(language, place.sort)),
                or_dash(place.code.clone()),
                or_dash(place.issuer.clone()),
                or_dash(place.market.clone()),
                valid,
                or_dash(place.commune.as_deref().map(|code| facts.commune(code))),
                hectares,
                self.state(&place.chain),
            ]));
        }
        self.push(table);
        let plots = places.iter().filter(|place| place.sort == ChainSort::Plot).count() as u64;
        if plots > 0 {
            let count = Said::new("Số thửa có quả trong lô này:", "Plots with fruit in this lot:");
            self.push(crate::paper::Block::small(count.then(" ", &Said::whole(plots))));
        }
        if !places.iter().any(|place| place.sort == ChainSort::PackingHouse) {
            let element = "Mã số cơ sở đóng gói / Packing house code";
            let packed_in = facts.packed_in(&facts.batch());
            let packing = packed_in.and_then(|batch| facts.entries_of(&batch).find(|entry| packaged(entry.event)));
            self.lacks(match packing {
                Some(entry) => Missing::new(element, entry.place(), entry.path("place"), Remedy::Correct),
                None => Missing::of_first(element, facts.batch(), "packed/place", Remedy::Append),
            });
        }
    }

    fn state(&self, place: &ChainId) -> Said {
        let Some(state) = self.facts.chain(place).map(nguon_core::verify::VerifiedChain::state) else {
            return Said::same("—");
        };
        if state.is_recalled() {
            Said::new("Bị thu hồi", "Recalled")
        } else if state.place().is_some_and(|place| place.is_suspended(|_| true)) {
            Said::new("Bị đình chỉ", "Suspended")
        } else {
            Said::new("Đang dùng", "In use")
        }
    }
}
