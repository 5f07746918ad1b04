//! Kilograms from the growing area's ceiling to the box, in tables that add up.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::event::Event;
use nguon_core::ids::ChainId;

use super::Maker;
use crate::paper::{Block, Column, Row, Said, Table};

/// A count of grams, which are never below zero in a verified sum.
fn grams(of: i64) -> u64 {
    u64::try_from(of).unwrap_or(0)
}

/// In kilograms, without the unit, which stands in the head of the column.
fn kg(grams: u64) -> Said {
    Said::thousandths(grams)
}

impl Maker<'_, '_> {
    pub(super) fn quantities(&mut self) {
        self.heading("Khối lượng từ vườn đến hộp", "Quantities from orchard to box");
        self.areas();
        self.batches();
    }

    /// What each growing area could yield, what of it was allotted to the plots, and what of that came into this lot.
    fn areas(&mut self) {
        let facts = self.facts;
        let mut harvested: BTreeMap<(ChainId, String), (u64, BTreeSet<ChainId>)> = BTreeMap::new();
        for harvest in facts.harvests(&facts.batch()) {
            let Event::HarvestDrawn(draw) = harvest.event else { continue };
            let Some(area) = harvest.chain.state().place().and_then(|place| place.area) else { continue };
            let (sum, plots) = harvested.entry((area, draw.season.to_string())).or_default();
            *sum = sum.saturating_add(draw.grams.get());
            plots.insert(harvest.chain.id());
        }
        self.push(Block::part(Said::new("Sản lượng vùng trồng", "Yield of the growing areas")));
        if harvested.is_empty() {
            return self.none("Lô này chưa có quả nào.", "No fruit has come into this lot.");
        }
        let mut table = Table::new([
            Column::text(Said::new("Mã số vùng trồng", "Growing area")).naming_rows(),
            Column::text(Said::new("Mùa vụ", "Season")),
            Column::number(Said::new("Sản lượng tối đa (kg)", "Ceiling (kg)")),
            Column::number(Said::new("Chia cho các thửa của lô này (kg)", "Allotted to this lot's plots (kg)")),
            Column::number(Said::new("Số thửa", "Plots")),
            Column::number(Said::new("Vào lô này (kg)", "Into this lot (kg)")),
        ]);
        let mut sum = 0_u64;
        let code = |area: &ChainId| facts.place(area).and_then(|place| place.code).unwrap_or_else(|| area.to_string());
        let mut harvested: Vec<_> = harvested.into_iter().collect();
        harvested.sort_by_cached_key(|((area, season), _)| (code(area), season.clone()));
        for ((area, season), (into, plots)) in harvested {
            let state = facts.chain(&area).and_then(|chain| chain.state().place());
            let season_state = state.and_then(|state| state.seasons.iter().find(|known| known.name.as_str() == season));
            let ceiling = season_state.map(|season| grams(season.ceiling));
            let allotted = season_state
                .map(|season| plots.iter().map(|plot| grams(season.allotted.with(plot, |_| true))).sum::<u64>());
            let number = |value: Option<u64>| value.map_or_else(|| Said::same("—"), kg);
            sum = sum.saturating_add(into);
            table.push(Row::new([
                Said::same(code(&area)),
                Said::same(season),
                number(ceiling),
                number(allotted),
                Said::whole(plots.len() as u64),
                kg(into),
            ]));
        }
        let empty = || Said::same("");
        table.push(Row::sum([Said::new("Tổng", "Sum"), empty(), empty(), empty(), empty(), kg(sum)]));
        self.push(table);
    }

    /// Every batch on the way: what came in went on, was lost, or is left.
    fn batches(&mut self) {
        let facts = self.facts;
        let batch = facts.batch();
        let upstream = facts.upstream(&batch);
        self.push(Block::part(Said::new("Từng lô trên đường đi", "Each batch on the way")));
        let mut table = Table::new([
            Column::text(Said::new("Lô", "Batch")).naming_rows(),
            Column::text(Said::new("Chủ lô", "Owner")),
            Column::number(Said::new("Vào (kg)", "In (kg)")),
            Column::number(Said::new("Đi tiếp (kg)", "Drawn (kg)")),
            Column::number(Said::new("Bán, hao hụt, hủy (kg)", "Sold, lost, disposed (kg)")),
            Column::number(Said::new("Còn (kg)", "Left (kg)")),
        ]);
        // What came from plots first, then what it was merged and packed into; the lot itself last.
        let rank = |at: &&ChainId| {
            let from_batch = facts.inputs(at).iter().any(|(_, input)| upstream.contains(&input.from));
            let first = facts.chain(at).and_then(|chain| chain.records().first());
            (**at == batch, from_batch, first.map(|record| record.record().signed_at), **at)
        };
        let mut order: Vec<&ChainId> = upstream.iter().collect();
        order.sort_by_cached_key(rank);
        for at in order {
            let Some(state) = facts.chain(at).and_then(|chain| chain.state().batch()) else { continue };
            let lot = facts.lot(at);
            let name = lot
                .label
                .as_ref()
                .map_or_else(|| at.to_string().chars().take(12).collect(), |label| label.lot.to_string());
            let owner = facts.party(&lot.owner).called();
            table.push(Row::new([
                Said::same(name),
                Said::name(owner),
                kg(grams(state.inputs.total())),
                kg(grams(state.draws.total())),
                kg(grams(state.gone.total())),
                kg(state.remaining()),
            ]));
        }
        self.push(table);
        let boxes = facts.entries_of(&facts.packed_in(&batch).unwrap_or(batch)).filter_map(|entry| match entry.event {
            Event::Packed(event) => Some((
                entry.at,
                event.boxes.get(),
                event.grams_per_box.get(),
                event.inputs.iter().map(|input| input.grams.get()).sum::<u64>(),
            )),
            Event::Repacked(event) => Some((
                entry.at,
                event.boxes.get(),
                event.grams_per_box.get(),
                event.inputs.iter().map(|input| input.grams.get()).sum::<u64>(),
            )),
            _ => None,
        });
        let boxes: Vec<_> = boxes.collect();
        if boxes.is_empty() {
            return;
        }
        self.push(Block::part(Said::new("Vào hộp", "Into boxes")));
        let mut table = Table::new([
            Column::text(Said::new("Ngày đóng gói", "Packed on")).naming_rows(),
            Column::number(Said::new("Lấy vào (kg)", "Taken (kg)")),
            Column::number(Said::new("Số thùng", "Boxes")),
            Column::number(Said::new("Mỗi thùng (kg)", "Each (kg)")),
            Column::number(Said::new("Trong thùng (kg)", "In boxes (kg)")),
            Column::number(Said::new("Chênh lệch khi phân loại (kg)", "Difference in sorting (kg)")),
        ]);
        for (at, count, each, taken) in boxes {
            let packed = count.saturating_mul(each);
            table.push(Row::new([
                Said::day(at),
                kg(taken),
                Said::whole(count),
                kg(each),
                kg(packed),
                kg(taken.saturating_sub(packed)),
            ]));
        }
        self.push(table);
    }
}
