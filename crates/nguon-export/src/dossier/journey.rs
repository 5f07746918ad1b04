//! The journey, stage by stage, and every harvest.

use std::collections::BTreeMap;

use nguon_core::event::{Event, EventName, Role};

use super::{Maker, noted, or_dash};
use crate::facts::{Stage, stage_words};
use crate::intervals::at_harvest;
use crate::paper::{Block, Column, Row, Said, Table};

impl Maker<'_, '_> {
    pub(super) fn journey(&mut self) {
        let facts = self.facts;
        let batch = facts.batch();
        self.heading("Hành trình", "Journey");
        // What was applied stands in its own table. What happened on one day to several batches that went into this one is one
        // stage here.
        let mut stages: Vec<Vec<Stage>> = Vec::new();
        let mut days: BTreeMap<(String, EventName), usize> = BTreeMap::new();
        for stage in facts.stages(&batch).into_iter().filter(|stage| stage.name != EventName::InputApplied) {
            if stage.record.chain != batch {
                let key = (stage.at.date(), stage.name);
                if let Some(known) = days.get(&key).and_then(|at| stages.get_mut(*at)) {
                    known.push(stage);
                    continue;
                }
                days.insert(key, stages.len());
            }
            stages.push(vec![stage]);
        }
        if stages.is_empty() {
            return self.none("Chưa có công đoạn nào.", "There is no stage yet.");
        }
        let mut table = Table::new([
            Column::text(Said::new("Ngày", "Date")),
            Column::text(Said::new("Công đoạn", "Stage")).naming_rows(),
            Column::text(Said::new("Địa điểm", "Place")),
            Column::text(Said::new("Bên thực hiện", "Party")),
            Column::number(Said::new("Khối lượng (kg)", "Weight (kg)")),
            Column::text(Said::new("Ghi chú", "Remark")),
        ]);
        for of_day in &stages {
            table.extend(self.stage(of_day));
        }
        self.push(table);
        self.harvests();
    }

    fn stage(&self, stages: &[Stage]) -> Option<Row> {
        let first = stages.first()?;
        let mut places: Vec<&str> = stages.iter().filter_map(|stage| stage.place_code.as_deref()).collect();
        places.sort_unstable();
        places.dedup();
        let mut parties: Vec<_> = stages.iter().filter_map(|stage| stage.party).collect();
        parties.sort_unstable();
        parties.dedup();
        let party = match parties.as_slice() {
            [] => or_dash(None::<String>),
            [party] => or_dash(Some(self.facts.party(party).called())),
            several => {
                let farms = several.iter().all(|party| self.facts.party(party).role == Some(Role::Farm));
                let (vi, en) = if farms { ("hộ", "households") } else { ("bên", "parties") };
                let count = several.len();
                Said::new(format!("{count} {vi}"), format!("{count} {en}"))
            }
        };
        let grams: u64 = stages.iter().filter_map(|stage| stage.grams).sum();
        let grams = if grams > 0 { Said::thousandths(grams) } else { Said::same("—") };
        let on_behalf = stages.iter().any(|stage| stage.on_behalf);
        let notes = noted(on_behalf, stages.iter().any(|stage| stage.corrected));
        Some(Row::of([
            vec![Said::day(first.at)],
            vec![Said::with(|language| stage_words(first.name, language).to_owned())],
            vec![or_dash(Some(places.join(", ")).filter(|all| !all.is_empty()))],
            vec![party],
            vec![grams],
            notes,
        ]))
    }

    /// Every harvest, with the last application before it and what was left of its interval.
    fn harvests(&mut self) {
        let facts = self.facts;
        let mut harvests = facts.harvests(&facts.batch());
        if harvests.is_empty() {
            return;
        }
        harvests.sort_by_key(|harvest| (harvest.at.time, harvest.place()));
        self.push(Block::part(Said::new("Từng lần thu hoạch", "Each harvest")));
        let mut table = Table::new([
            Column::text(Said::new("Ngày", "Date")),
            Column::text(Said::new("Thửa", "Plot")).naming_rows(),
            Column::text(Said::new("Vùng trồng", "Growing area")),
            Column::number(Said::new("Khối lượng (kg)", "Weight (kg)")),
            Column::text(Said::new("Thời gian cách ly", "Pre-harvest interval")),
            Column::text(Said::new("Ghi chú", "Remark")),
        ]);
        let mut sum = 0_u64;
        for harvest in &harvests {
            let Event::HarvestDrawn(draw) = harvest.event else { continue };
            let plot = harvest.chain.id();
            let place = facts.place(&plot);
            let short: String = plot.to_string().chars().take(8).collect();
            sum = sum.saturating_add(draw.grams.get());
            table.push(Row::of([
                vec![Said::day(harvest.at)],
                vec![Said::same(short)],
                vec![or_dash(place.and_then(|place| place.code))],
                vec![Said::thousandths(draw.grams.get())],
                vec![Said::with(|language| at_harvest(harvest).words(language))],
                noted(harvest.signed().on_behalf_of.is_some(), harvest.correction.is_some()),
            ]));
        }
        let empty = || Said::same("");
        table.push(Row::sum([Said::new("Tổng", "Sum"), empty(), empty(), Said::thousandths(sum), empty(), empty()]));
        self.push(table);
    }
}
