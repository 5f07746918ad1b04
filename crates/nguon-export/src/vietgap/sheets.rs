//! The log as tables: xlsx or csv.

use super::{FieldLog, Value};
use crate::facts::Language;
use crate::table::{Cell, TableError, Tables};

impl FieldLog {
    /// Writes it into tables that have [`super::SHEETS`], below whatever stands there. The verdict is the first line of the first.
    pub fn write(&self, tables: &mut impl Tables) -> Result<(), TableError> {
        let short: String = self.plot.to_string().chars().take(8).collect();
        let key = || [Cell::Text(short.clone()), Cell::Text(self.season.clone())];
        let verdict = Value::Text(self.stamp.sentence(Language::Vi));
        let head = std::iter::once(("Kết luận kiểm tra hồ sơ", &verdict))
            .chain(self.head.iter().map(|(vi, _, value)| (*vi, value)));
        for (what, value) in head {
            let mut row = key().to_vec();
            row.extend([Cell::Text(what.to_owned()), value.cell()]);
            tables.row(0, &row)?;
        }
        let corrections = self.corrections();
        for (sheet, rows) in [(1, self.inputs()), (2, self.harvests()), (3, self.checks()), (4, &corrections)] {
            for values in rows {
                let mut row = key().to_vec();
                row.extend(values.iter().map(Value::cell));
                tables.row(sheet, &row)?;
            }
        }
        for missing in &self.missing {
            let mut row = key().to_vec();
            let element = missing.element.split(" / ").next().unwrap_or(&missing.element);
            let record = format!("{} ({}/{})", missing.field, missing.at.chain, missing.at.sequence);
            row.extend([element.into(), record.into(), missing.remedy.words(Language::Vi).into()]);
            tables.row(5, &row)?;
        }
        Ok(())
    }
}
