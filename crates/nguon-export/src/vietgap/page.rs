//! The log on A4, lying, with room for the auditor's signature.

use super::changed::Table as Of;
use super::columns::{CHECKS, CORRECTIONS, HARVESTS, INPUTS, Name};
use super::{Error, FieldLog, Value};
use crate::attached::{MEDIA_TYPE, NAME, disclosed};
use crate::facts::{Facts, When};
use crate::paper::{Attachment, Block, Column, Langs, Paper, Relation, Row, Said, Table, Turn};

/// The columns of the table of inputs: values that stand in one cell, and whether at its end.
const INPUT_CELLS: [(&[usize], bool); 11] = [
    (&[0], false),
    (&[2, 1], false),
    (&[3, 4], false),
    (&[5], true),
    (&[7], true),
    (&[8], true),
    (&[9], true),
    (&[10], true),
    (&[11], false),
    (&[12, 13], false),
    (&[14, 15], false),
];

fn named(name: &Name) -> Said {
    Said::new(name.vi, name.en)
}

fn simple(names: &[Name], numbers: &[usize]) -> Table {
    let column = |(at, name): (usize, &Name)| {
        if numbers.contains(&at) { Column::number(named(name)) } else { Column::text(named(name)) }
    };
    Table::new(names.iter().enumerate().map(column))
}

impl FieldLog {
    /// The same with the bundle inside its PDF, so that `nguon verify` checks the file; `bundle` are the bytes that were verified,
    /// of which as much goes inside as [`disclosed`] says.
    pub fn with_bundle(self, facts: &Facts<'_>, bundle: &[u8]) -> Result<Self, Error> {
        let bundle = disclosed(facts, bundle).filter(|_| facts.batch() == self.batch);
        let attached = Some(bundle.ok_or(Error::OtherBundle(self.batch))?);
        Ok(Self { attached, ..self })
    }

    /// A PDF (PDF/A-3a, PDF/UA-1) in these languages; its date is that of the verdict.
    pub fn to_pdf(&self, langs: Langs) -> Result<Vec<u8>, Error> {
        let stamp = &self.stamp;
        let sentence = Said::with(|language| stamp.sentence(language));
        let short: String = self.plot.to_string().chars().take(8).collect();
        let title = Said::new(
            format!("Nhật ký canh tác: thửa {short}, mùa vụ {}", self.season),
            format!("Field log: plot {short}, season {}", self.season),
        );
        let mut paper =
            Paper::new(title, langs, When::vietnam(stamp.judged_at)).turned(Turn::Sideways).with_foot(sentence.clone());
        if !stamp.is_verified() {
            paper = paper.with_band(crate::dossier::tone(stamp.outcome), sentence.clone());
        }
        let as_of = stamp.as_of.map_or_else(
            || Said::new("không có sổ chung xác nhận", "no log confirms it"),
            |time| Said::minute(When::vietnam(time)),
        );
        let as_of = Said::new("Đúng tính đến:", "True as of:").then(" ", &as_of).then("", &Said::same("."));
        paper.push(Block::notice(crate::dossier::tone(stamp.outcome), sentence, [as_of]));
        paper.push(Block::heading(Said::new("1. Thửa và mùa vụ", "1. Plot and season")));
        paper.push(Block::pairs(self.head.iter().map(|(vi, en, value)| (Said::new(*vi, *en), value.said()))));
        self.inputs_on(&mut paper);
        self.harvests_on(&mut paper);
        section(
            &mut paper,
            ("4. Kiểm tra, thử nghiệm, chứng nhận", "4. Inspections, laboratory results, certificates"),
            simple(&CHECKS, &[]),
            self.checks(),
        );
        section(&mut paper, ("5. Đính chính", "5. Corrections"), simple(&CORRECTIONS, &[]), &self.corrections());
        self.missing_on(&mut paper);
        paper.push(Block::signatures([
            Said::new("Nông hộ", "Household"),
            Said::new("Cán bộ kiểm tra nội bộ", "Internal inspector"),
            Said::new("Đánh giá viên", "Auditor"),
        ]));
        if let Some(bundle) = &self.attached {
            let description = Said::new(
                "Gói hồ sơ đã ký: kiểm tra bằng nguon verify",
                "The signed records: check them with nguon verify",
            );
            paper = paper.attach(Attachment::new(NAME, MEDIA_TYPE, description, Relation::Source, bundle.clone()));
        }
        Ok(paper.to_pdf()?)
    }

    fn inputs_on(&self, paper: &mut Paper) {
        paper.push(Block::heading(Said::new(
            "2. Phân bón, thuốc bảo vệ thực vật",
            "2. Fertilisers and plant protection",
        )));
        if self.inputs().is_empty() {
            paper.push(none());
            return;
        }
        let mut table = Table::new(INPUT_CELLS.map(|(values, at_end)| {
            let names = values.iter().filter_map(|at| INPUTS.get(*at)).map(named);
            let name = names.reduce(|all, next| all.then(" · ", &next)).unwrap_or_else(|| Said::same(""));
            if at_end { Column::number(name) } else { Column::text(name) }
        }));
        for (at, row) in self.inputs().iter().enumerate() {
            table.push(Row::of(INPUT_CELLS.map(|(values, _)| {
                let unit = row.get(6).map(Value::said).unwrap_or_else(|| Said::same(""));
                let cell = |at: &usize| match (*at, row.get(*at)) {
                    (5 | 7, Some(Value::Thousandths(amount))) => Said::thousandths(*amount).then("\u{A0}", &unit),
                    (_, Some(value)) => value.said(),
                    (_, None) => Said::same(""),
                };
                values.iter().map(cell).collect()
            })));
            table.extend(self.remarks(Of::Inputs, at));
        }
        paper.push(table);
    }

    fn harvests_on(&self, paper: &mut Paper) {
        paper.push(Block::heading(Said::new("3. Thu hoạch", "3. Harvests")));
        if self.harvests().is_empty() {
            paper.push(none());
            return;
        }
        let mut table = simple(&HARVESTS, &[2]);
        let mut sum = 0_u64;
        for (at, row) in self.harvests().iter().enumerate() {
            if let Some(Value::Thousandths(grams)) = row.get(2) {
                sum = sum.saturating_add(*grams);
            }
            table.push(Row::new(row.iter().map(Value::said)));
            table.extend(self.remarks(Of::Harvests, at));
        }
        let mut total = vec![Said::same(""); HARVESTS.len()];
        if let [first, _, third, ..] = total.as_mut_slice() {
            (*first, *third) = (Said::new("Tổng", "Sum"), Said::thousandths(sum));
        }
        table.push(Row::sum(total));
        paper.push(table);
    }

    /// What a row said before it was corrected.
    fn remarks(&self, table: Of, row: usize) -> impl Iterator<Item = Row> + '_ {
        let of = move |changed: &&super::changed::Changed| changed.of == (table, row);
        self.rows.changed.iter().filter(of).map(|changed| {
            let (vi, en) = changed.field;
            let (what, verb, value) = match changed.in_effect {
                true => (Said::new("Đính chính", "Corrected"), Said::new("trước ghi là", "was"), &changed.was),
                false => (
                    Said::new("Đề nghị đính chính, chờ duyệt,", "Correction that awaits approval,"),
                    Said::new("phải là", "should be"),
                    &changed.is,
                ),
            };
            let remark = what
                .then(" ", &Said::minute(changed.at))
                .then(": ", &Said::new(vi, en))
                .then(" ", &verb)
                .then(" ", &value.shown().said())
                .then("", &Said::same("."));
            Row::note(remark)
        })
    }

    fn missing_on(&self, paper: &mut Paper) {
        paper.push(Block::heading(Said::new(
            "6. Còn thiếu, và bổ sung ở đâu",
            "6. What is missing, and where it is entered",
        )));
        let mut table = Table::new([
            Column::text(Said::new("Thông tin", "Datum")).naming_rows(),
            Column::text(Said::new("Trường của bản ghi", "Field of record")),
            Column::text(Said::new("Bổ sung ở đâu", "Where it is entered")),
        ]);
        table.extend(crate::dossier::folded(&self.missing));
        paper.push(if table.is_empty() { none() } else { table.into() });
    }
}

fn none() -> Block {
    Block::paragraph(Said::new("Không có.", "None."))
}

fn section(paper: &mut Paper, (vi, en): (&str, &str), mut table: Table, rows: &[Vec<Value>]) {
    paper.push(Block::heading(Said::new(vi, en)));
    if rows.is_empty() {
        paper.push(none());
        return;
    }
    table.extend(rows.iter().map(|row| Row::new(row.iter().map(Value::said))));
    paper.push(table);
}
