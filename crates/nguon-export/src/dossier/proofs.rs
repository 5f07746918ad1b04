//! Laboratory results, certificates and inspections.

use nguon_core::event::{Event, InspectionResult};
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;

use super::{Maker, or_dash, words};
use crate::facts::{Entry, Missing, Remedy, When};
use crate::paper::{Block, Column, Row, Said, Table};
use crate::words as say;

/// Micrograms in a kilogram, as the limits' milligrams.
fn level(ug_per_kg: u64) -> Said {
    Said::thousandths(ug_per_kg)
}

impl Maker<'_, '_> {
    pub(super) fn proofs(&mut self) {
        self.lab_results();
        self.certificates();
        self.inspections();
    }

    fn of_sites(&self) -> Vec<Entry<'_>> {
        let facts = self.facts;
        let mut entries: Vec<Entry<'_>> =
            facts.sites(&facts.batch()).iter().flat_map(|site| facts.entries_of(site)).collect();
        entries.sort_by_key(|entry| (entry.at.time, entry.place()));
        entries
    }

    /// What a chain is to a reader: a code, a lot, or the first digits of its id.
    fn about(&self, chain: &ChainId) -> Said {
        let short: String = chain.to_string().chars().take(8).collect();
        match self.facts.place(chain) {
            Some(place) if place.sort == ChainSort::Plot => Said::new("Thửa", "Plot").then(" ", &Said::same(short)),
            Some(place) => Said::same(place.code.unwrap_or(short)),
            None => match self.facts.lot(chain).label {
                Some(label) => Said::new("Lô", "Lot").then(" ", &Said::same(label.lot.to_string())),
                None => Said::new("Lô", "Batch").then(" ", &Said::same(short)),
            },
        }
    }

    fn lab_results(&mut self) {
        self.heading("Kết quả thử nghiệm", "Laboratory results");
        let mut table = Table::new([
            Column::text(Said::new("Lấy mẫu", "Sampled")),
            Column::text(Said::new("Mẫu của", "Sample of")),
            Column::text(Said::new("Phiếu, mẫu", "Report, sample")),
            Column::text(Said::new("Phương pháp", "Method")),
            Column::text(Said::new("Chất", "Substance")).naming_rows(),
            Column::number(Said::new("Kết quả (mg/kg)", "Found (mg/kg)")),
            Column::number(Said::new("Giới hạn (mg/kg)", "Limit (mg/kg)")),
            Column::text(Said::new("Đánh giá", "Result")),
        ]);
        for entry in self.of_sites() {
            let Event::LabResult(event) = entry.event else { continue };
            for analyte in event.analytes.iter() {
                let (found, limit) =
                    (analyte.ug_per_kg.get(), analyte.limit_ug_per_kg.map(nguon_core::values::Level::get));
                let result = match limit {
                    Some(limit) if found > limit => Said::new("VƯỢT GIỚI HẠN", "ABOVE THE LIMIT"),
                    Some(_) => Said::new("Đạt", "Within"),
                    None => Said::new("Không có giới hạn", "No limit set"),
                };
                let found = if found == 0 { Said::new("Không phát hiện", "Not detected") } else { level(found) };
                table.push(Row::of([
                    vec![Said::day(When::vietnam(event.sampled_at))],
                    vec![self.about(&entry.chain.id())],
                    vec![Said::same(event.report.to_string()), Said::same(event.sample.to_string())],
                    vec![Said::name(event.method.as_str())],
                    vec![Said::same(analyte.name.as_str())],
                    vec![found],
                    vec![limit.map_or_else(|| Said::same("—"), level)],
                    vec![result],
                ]));
            }
        }
        if table.is_empty() {
            let element = "Kết quả thử nghiệm dư lượng / Residue test";
            self.lacks(Missing::of_first(element, self.facts.batch(), "lab_result", Remedy::Append));
            return self.none("Không có kết quả thử nghiệm nào được ghi.", "No laboratory result is recorded.");
        }
        self.push(table);
    }

    fn certificates(&mut self) {
        self.heading("Chứng nhận", "Certificates");
        let mut table = Table::new([
            Column::text(Said::new("Chương trình", "Scheme")).naming_rows(),
            Column::text(Said::new("Số", "Number")),
            Column::text(Said::new("Cho", "Covers")),
            Column::text(Said::new("Hiệu lực", "Valid")),
            Column::text(Said::new("Bên ghi", "Recorded by")),
        ]);
        for entry in self.of_sites() {
            let Event::Certified(event) = entry.event else { continue };
            let by = match entry.actor() {
                Some(actor) => Said::name(self.facts.party(&actor).called()),
                None => Said::new("Cơ quan quản lý", "The authority"),
            };
            let valid = Said::day(When::vietnam(event.from)).then(" – ", &Said::day(When::vietnam(event.until)));
            table.push(Row::new([
                Said::name(event.scheme.as_str()),
                Said::same(event.number.to_string()),
                self.about(&entry.chain.id()),
                valid,
                by,
            ]));
        }
        if table.is_empty() {
            let element = "Chứng nhận (VietGAP, GlobalG.A.P.) / Certificate (VietGAP, GlobalG.A.P.)";
            self.lacks(Missing::of_first(element, self.facts.batch(), "certified", Remedy::Append));
            return self.none("Không có chứng nhận nào được ghi.", "No certificate is recorded.");
        }
        self.push(table);
    }

    fn inspections(&mut self) {
        let mut table = Table::new([
            Column::text(Said::new("Ngày", "Date")),
            Column::text(Said::new("Nơi, lô", "Of")).naming_rows(),
            Column::text(Said::new("Lý do", "Purpose")),
            Column::text(Said::new("Kết quả", "Result")),
            Column::text(Said::new("Người kiểm tra", "Inspector")),
        ]);
        let mut failed = false;
        for entry in self.of_sites() {
            let Event::Inspected(event) = entry.event else { continue };
            failed |= event.result == InspectionResult::Fails;
            table.push(Row::new([
                Said::day(entry.at),
                self.about(&entry.chain.id()),
                words(|language| say::purpose(language, event.purpose)),
                words(|language| say::inspection(language, event.result)),
                or_dash(entry.actor().map(|actor| self.facts.party(&actor).called())),
            ]));
        }
        if table.is_empty() {
            return;
        }
        self.push(Block::part(Said::new("Kiểm tra", "Inspections")));
        self.push(table);
        if failed {
            let (title, tone) = (Said::new("Có lần kiểm tra không đạt", "An inspection failed"), super::tone_of(false));
            self.push(Block::notice(tone, title, []));
        }
    }
}
