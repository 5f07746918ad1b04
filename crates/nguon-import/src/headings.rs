//! Finding the row of headings, which may stand under titles, in two rows, and in any order.

use std::collections::BTreeMap;

use crate::column::{Column, Heading, heading, unit_of};
use crate::table::{Row, Sheet, Value};
use crate::text::{fold, tidy};

/// How many rows of a sheet are looked at.
pub const HEADING_ROWS: usize = 20;

/// The headings of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Headings {
    /// The number of their row (of two: the first).
    pub row: u32,
    /// What stands in which column.
    pub columns: BTreeMap<u16, Heading>,
    /// Columns that are not read: unknown ones (`None`), and second ones of a kind.
    pub ignored: Vec<(u16, u32, String, Option<Column>)>,
    /// How many of the sheet's rows stand before the list.
    pub skip: usize,
}

impl Headings {
    /// The column that tells something.
    #[must_use]
    pub fn of(&self, column: Column) -> Option<(u16, Heading)> {
        self.columns.iter().find(|(_, heading)| heading.column == column).map(|(at, heading)| (*at, *heading))
    }

    /// Whether a row repeats these headings, as printed lists do on every page.
    #[must_use]
    pub fn repeats(&self, row: &Row) -> bool {
        let matching = row.cells().iter().filter(|cell| {
            let of = self.columns.get(&cell.column);
            of.is_some_and(|of| read(&cell.value).is_some_and(|found| found.column == of.column))
        });
        matching.count() >= 3 || is_numbering(row)
    }

    /// Finds them: the row among the first that names a household and at least two further things.
    #[must_use]
    pub fn find(sheet: &Sheet) -> Option<Self> {
        let rows = sheet.rows.get(..HEADING_ROWS.min(sheet.rows.len()))?;
        let best = (0..rows.len()).rev().max_by_key(|at| rows.get(*at).map_or(0, |row| known(row).len()))?;
        let row = rows.get(best)?;
        let mut found = Self { row: row.number, columns: known(row), ignored: Vec::new(), skip: best + 1 };
        let mut texts: BTreeMap<u16, (u32, String)> = BTreeMap::new();
        for cell in row.cells().iter().filter(|cell| !cell.merged) {
            texts.insert(cell.column, (row.number, tidy(&cell.value.shown())));
        }
        // The part of a heading above or below: "Địa chỉ" over "Thôn | Xã", units under names, numbers of columns.
        if let Some(below) =
            sheet.rows.get(best + 1).filter(|below| below.number == row.number + 1 && is_heading_too(below))
        {
            for (column, heading) in known(below) {
                found.columns.insert(column, heading);
                texts.remove(&column);
            }
            for cell in below.cells() {
                if let (Some(unit), Some(of)) =
                    (text(&cell.value).and_then(|text| unit_of(&text)), found.columns.get_mut(&cell.column))
                {
                    of.size = of.size.or(unit.size.filter(|_| of.column == Column::Size));
                    of.mass = of.mass.or(unit.mass.filter(|_| of.column == Column::Yield));
                }
            }
            found.skip += 1;
        }
        if let Some(above) =
            best.checked_sub(1).and_then(|at| rows.get(at)).filter(|above| above.number + 1 == row.number)
        {
            let taken: Vec<Column> = found.columns.values().map(|heading| heading.column).collect();
            let further = known(above).into_iter().filter(|(column, heading)| {
                !found.columns.contains_key(column)
                    && row.get(*column).is_none_or(|cell| cell.merged)
                    && !taken.contains(&heading.column)
            });
            found.columns.extend(further.collect::<Vec<_>>());
        }
        found.drop_seconds(&mut texts);
        let named = found.columns.values().any(|heading| heading.column == Column::Name);
        (named && found.columns.len() >= 3).then_some(found)
    }

    /// Of two columns that tell the same the first stays; what is unknown is noted.
    fn drop_seconds(&mut self, texts: &mut BTreeMap<u16, (u32, String)>) {
        let mut seen = Vec::new();
        let mut seconds = Vec::new();
        for (at, heading) in &self.columns {
            if seen.contains(&heading.column) {
                seconds.push((*at, heading.column));
            } else {
                seen.push(heading.column);
            }
        }
        for (at, column) in seconds {
            self.columns.remove(&at);
            let (row, text) = texts.remove(&at).unwrap_or((self.row, String::new()));
            self.ignored.push((at, row, text, Some(column)));
        }
        for (at, (row, text)) in texts.iter() {
            if !self.columns.contains_key(at) && !text.is_empty() {
                self.ignored.push((*at, *row, text.clone(), None));
            }
        }
        self.ignored.sort_by_key(|(at, ..)| *at);
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn read(value: &Value) -> Option<Heading> {
    heading(&text(value)?)
}

fn known(row: &Row) -> BTreeMap<u16, Heading> {
    // A title merged over the whole width is one cell, however often it shows.
    let cells = row.cells().iter().filter(|cell| !cell.merged);
    cells.filter_map(|cell| Some((cell.column, read(&cell.value)?))).collect()
}

/// Every cell is a heading, a unit or empty, and at least one says something.
fn is_heading_too(row: &Row) -> bool {
    let mut said = 0;
    for cell in row.cells().iter().filter(|cell| !cell.merged) {
        let Some(text) = text(&cell.value) else { return false };
        if heading(&text).is_some() || unit_of(&text).is_some() {
            said += 1;
        } else if fold(&text).parse::<u32>().is_err() {
            return false;
        }
    }
    said > 0
}

/// `(1) (2) (3)` or `1 2 3 4`, and at least three of them.
fn is_numbering(row: &Row) -> bool {
    let numbers: Vec<Option<u32>> = row.cells().iter().map(|cell| fold(&cell.value.shown()).parse().ok()).collect();
    let rising = numbers.windows(2).all(|pair| matches!(pair, [Some(one), Some(next)] if *next == one + 1));
    numbers.len() >= 3 && rising && matches!(numbers.first(), Some(Some(1)))
}
