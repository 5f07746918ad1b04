//! What was applied in the orchard, what the fruit was treated with, its temperatures, and the papers that go with them.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::event::{Document, Event, InputApplied, InputKind, Treatment};

use super::{Maker, or_dash, words};
use crate::facts::{Entry, Missing, Remedy, When};
use crate::paper::{Block, Column, Row, Said, Table};
use crate::words as say;

/// A product on all the plots of a lot.
struct Used<'a> {
    event: &'a InputApplied,
    lots: BTreeSet<String>,
    plots: BTreeSet<nguon_core::ids::ChainId>,
    first: When,
    last: When,
    phi_days: u16,
}

/// Thousandths of a degree.
fn celsius(mc: i32) -> Said {
    let sign = if mc < 0 { "−" } else { "" };
    Said::same(sign).then("", &Said::thousandths(u64::from(mc.unsigned_abs()))).then("", &Said::same("\u{A0}°C"))
}

/// Hours, with tenths.
fn hours(seconds: u64) -> Said {
    Said::thousandths(seconds.saturating_mul(10) / 36 * 10).then("", &Said::new("\u{A0}giờ", "\u{A0}h"))
}

impl Maker<'_, '_> {
    pub(super) fn treatments(&mut self) {
        self.heading("Xử lý, kiểm dịch thực vật, chứng từ", "Treatments, phytosanitary references, documents");
        self.applied();
        self.treated();
        self.cooled();
        self.documents();
    }

    /// Each product once, over all plots, as far as it was applied before the harvest.
    fn applied(&mut self) {
        let facts = self.facts;
        let mut used: BTreeMap<(String, String), Used<'_>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for harvest in facts.harvests(&facts.batch()) {
            let plot = harvest.chain.id();
            for entry in facts.entries_of(&plot).filter(|entry| entry.at.time <= harvest.at.time) {
                let Event::InputApplied(event) = entry.event else { continue };
                if event.kind == InputKind::Fertilizer || !seen.insert(entry.id()) {
                    continue;
                }
                let key = (event.product.as_str().to_owned(), format!("{:?}", event.kind));
                let of = used.entry(key).or_insert_with(|| Used {
                    event,
                    lots: BTreeSet::new(),
                    plots: BTreeSet::new(),
                    first: entry.at,
                    last: entry.at,
                    phi_days: 0,
                });
                of.lots.extend(event.product_lot.as_ref().map(ToString::to_string));
                of.plots.insert(plot);
                of.first = of.first.min(entry.at);
                of.last = of.last.max(entry.at);
                of.phi_days = of.phi_days.max(event.phi_days.get());
            }
        }
        self.push(Block::part(Said::new("Thuốc đã dùng trên các thửa của lô", "Products used on this lot's plots")));
        if used.is_empty() {
            return self.none("Không có lần dùng thuốc nào được ghi.", "No application is recorded.");
        }
        let mut table = Table::new([
            Column::text(Said::new("Sản phẩm", "Product")).naming_rows(),
            Column::text(Said::new("Loại", "Kind")),
            Column::text(Said::new("Hoạt chất", "Active ingredients")),
            Column::text(Said::new("Số lô thuốc", "Product lots")),
            Column::number(Said::new("Số thửa", "Plots")),
            Column::text(Said::new("Từ ngày – đến ngày", "From – to")),
            Column::number(Said::new("Cách ly (ngày)", "Interval (days)")),
        ]);
        for used in used.into_values() {
            let ingredients: Vec<&str> = used.event.active_ingredients.iter().map(|name| name.as_str()).collect();
            let lots: Vec<String> = used.lots.into_iter().collect();
            table.push(Row::new([
                Said::name(used.event.product.as_str()),
                words(|language| say::input(language, used.event.kind)),
                or_dash(Some(ingredients.join(", ")).filter(|all| !all.is_empty())),
                or_dash(Some(lots.join(", ")).filter(|all| !all.is_empty())),
                Said::whole(used.plots.len() as u64),
                match used.first.date() == used.last.date() {
                    true => Said::day(used.first),
                    false => Said::day(used.first).then(" – ", &Said::day(used.last)),
                },
                Said::whole(u64::from(used.phi_days)),
            ]));
        }
        self.push(table);
    }

    /// Entries of the batches on the way, oldest first.
    fn on_the_way(&self) -> Vec<Entry<'_>> {
        let facts = self.facts;
        let mut entries: Vec<Entry<'_>> =
            facts.upstream(&facts.batch()).iter().flat_map(|at| facts.entries_of(at)).collect();
        entries.sort_by_key(|entry| (entry.at.time, entry.place()));
        entries
    }

    fn treated(&mut self) {
        self.push(Block::part(Said::new("Xử lý kiểm dịch", "Quarantine treatments")));
        let mut table = Table::new([
            Column::text(Said::new("Ngày", "Date")),
            Column::text(Said::new("Phương pháp và liều", "Method and dose")).naming_rows(),
            Column::text(Said::new("Mã cơ sở xử lý", "Facility code")),
            Column::text(Said::new("Số chứng nhận xử lý", "Treatment certificate")),
        ]);
        for entry in self.on_the_way() {
            let Event::Treated(event) = entry.event else { continue };
            table.push(Row::new([
                Said::day(entry.at),
                dose(&event.treatment),
                Said::same(event.facility.to_string()),
                Said::same(event.certificate.to_string()),
            ]));
        }
        if table.is_empty() {
            return self.none("Không có xử lý kiểm dịch nào được ghi.", "No quarantine treatment is recorded.");
        }
        self.push(table);
    }

    fn cooled(&mut self) {
        let mut table = Table::new([
            Column::text(Said::new("Lúc", "Time")),
            Column::text(Said::new("Cách làm mát", "Cooling")).naming_rows(),
            Column::number(Said::new("Đo được", "Measured")),
            Column::number(Said::new("Phải giữ", "To be kept")),
        ]);
        for entry in self.on_the_way() {
            let Event::Cooled(event) = entry.event else { continue };
            table.push(Row::new([
                Said::minute(entry.at),
                words(|language| say::cooling(language, event.method)),
                celsius(event.measured_mc),
                event.set_point_mc.map_or_else(|| Said::same("—"), celsius),
            ]));
        }
        if !table.is_empty() {
            self.push(Block::part(Said::new("Nhiệt độ", "Temperatures")));
            self.push(table);
        }
    }

    fn documents(&mut self) {
        self.push(Block::part(Said::new("Chứng từ", "Documents")));
        let mut table = Table::new([
            Column::text(Said::new("Ngày", "Date")),
            Column::text(Said::new("Loại chứng từ", "Kind")).naming_rows(),
            Column::text(Said::new("Số", "Number")),
            Column::text(Said::new("Bản ghi", "Record")),
        ]);
        let mut phytosanitary = false;
        for entry in self.on_the_way() {
            let Some(document) = document(entry.event) else { continue };
            let kind = document.kind.to_string();
            phytosanitary |= ["phyto", "kiem-dich"].iter().any(|word| kind.to_lowercase().contains(word));
            let stage = words(|language| crate::facts::stage_words(entry.event.name(), language));
            table.push(Row::new([
                Said::day(entry.at),
                Said::same(kind),
                Said::same(document.number.to_string()),
                stage,
            ]));
        }
        if table.is_empty() {
            self.none("Không có chứng từ nào được ghi.", "No document is recorded.");
        } else {
            self.push(table);
        }
        if !phytosanitary {
            let element = "Số giấy chứng nhận kiểm dịch thực vật / Phytosanitary certificate number";
            self.lacks(Missing::of_first(element, self.facts.batch(), "shipped/document", Remedy::Append));
        }
    }
}

fn document(event: &Event) -> Option<&Document> {
    match event {
        Event::Packed(event) => event.document.as_ref(),
        Event::Repacked(event) => event.document.as_ref(),
        Event::Shipped(event) => event.document.as_ref(),
        Event::Received(event) => event.document.as_ref(),
        _ => None,
    }
}

fn dose(treatment: &Treatment) -> Said {
    match treatment {
        Treatment::Cold(cold) => Said::new("Xử lý lạnh: ruột quả không quá", "Cold: pulp at most")
            .then(" ", &celsius(cold.pulp_mc))
            .then(", ", &hours(cold.seconds.get())),
        Treatment::IrradiationMgy(milligrays) => Said::new("Chiếu xạ: liều nhỏ nhất", "Irradiation: least dose")
            .then(" ", &Said::thousandths(milligrays.get()))
            .then("", &Said::same("\u{A0}Gy")),
        Treatment::MethylBromide(gas) => Said::new("Xông hơi methyl bromide:", "Methyl bromide:")
            .then(" ", &Said::thousandths(gas.mg_per_m3.get()))
            .then("", &Said::same("\u{A0}g/m³"))
            .then(", ", &hours(gas.seconds.get()))
            .then(", ", &celsius(gas.temperature_mc)),
    }
}
