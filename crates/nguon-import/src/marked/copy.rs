//! The copy, as a workbook.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, Note, Workbook as Copy, Worksheet, XlsxError};

use crate::finding::{Mark, Place, Severity};
use crate::table::{Cell, Row, Sheet, Value, Workbook};
use crate::words::{self, Lang, Said};

/// The copy could not be written: more rows, or other names of sheets, than a workbook may have.
#[derive(Debug, thiserror::Error)]
#[error("the copy could not be written: {0}")]
pub struct Problem(#[from] XlsxError);

/// What is said of a cell, and how bad it is.
type Remarks = (Severity, Vec<String>);

/// A copy of a list with these marks; the last sheet lists them.
///
/// # Errors
/// It is no list that a workbook can hold.
pub fn workbook<'m>(
    list: &Workbook,
    marks: impl IntoIterator<Item = &'m Mark>,
    lang: Lang,
) -> Result<Vec<u8>, Problem> {
    let marks: Vec<&Mark> = marks.into_iter().filter(|mark| mark.finding.severity() > Severity::Told).collect();
    let mut copy = Copy::new();
    for sheet in &list.sheets {
        let cells = of_sheet(&marks, sheet, lang);
        let written = copy.add_worksheet();
        if !sheet.name.is_empty() {
            written.set_name(&*sheet.name)?;
        }
        if sheet.hidden {
            written.set_hidden(true);
        }
        fill(written, sheet, &cells)?;
    }
    table(copy.add_worksheet(), &marks, lang)?;
    Ok(copy.save_to_buffer()?)
}

/// What is said of each cell of a sheet, by row and column from 0.
fn of_sheet(marks: &[&Mark], sheet: &Sheet, lang: Lang) -> BTreeMap<(u32, u16), Remarks> {
    let mut cells: BTreeMap<(u32, u16), Remarks> = BTreeMap::new();
    for mark in marks {
        let Place::Cell(at) = &mark.at else { continue };
        let Some(row) = at.row.checked_sub(1).filter(|_| at.sheet() == &*sheet.name) else { continue };
        let Said { what, todo } = words::finding(lang, &mark.finding);
        let severity = mark.finding.severity();
        let cell = cells.entry((row, at.column)).or_insert((severity, Vec::new()));
        cell.0 = cell.0.max(severity);
        cell.1.push(format!("{what} {todo}").trim().to_owned());
    }
    cells
}

fn fill(written: &mut Worksheet, sheet: &Sheet, said: &BTreeMap<(u32, u16), Remarks>) -> Result<(), Problem> {
    for (at, row) in sheet.rows.iter().enumerate() {
        let Some(number) = row.number.checked_sub(1) else { continue };
        for cell in row.cells().iter().filter(|cell| !cell.merged) {
            let severity = said.get(&(number, cell.column)).map(|(severity, _)| *severity);
            let (last_row, last_column) = merged_until(sheet, at, cell);
            if (last_row, last_column) != (number, cell.column) {
                written.merge_range(number, cell.column, last_row, last_column, "", &look(None, &cell.value))?;
            }
            value(written, number, cell, &look(severity, &cell.value))?;
        }
    }
    for ((row, column), (severity, words)) in said {
        let empty = sheet.rows.binary_search_by_key(&(row + 1), |row| row.number).ok();
        let empty = empty.and_then(|at| sheet.rows.get(at)).is_none_or(|row| row.get(*column).is_none());
        if empty {
            written.write_blank(*row, *column, &look(Some(*severity), &Value::Text(String::new())))?;
        }
        written.insert_note(*row, *column, &Note::new(words.join("\n")).set_author("Nguồn"))?;
    }
    Ok(())
}

/// Row and column up to which a cell's merged range reaches: cells that show what it holds.
fn merged_until(sheet: &Sheet, at: usize, first: &Cell) -> (u32, u16) {
    let shows = |row: &Row, column: u16| row.get(column).is_some_and(|cell| cell.merged && cell.value == first.value);
    let rows = sheet.rows.get(at..).unwrap_or_default();
    let number = rows.first().map_or(1, |row| row.number);
    let right = (first.column + 1..).take_while(|column| rows.first().is_some_and(|row| shows(row, *column)));
    let last_column = right.last().unwrap_or(first.column);
    let below = rows.iter().skip(1).zip(number + 1..).take_while(|(row, expected)| {
        row.number == *expected && (first.column..=last_column).all(|column| shows(row, column))
    });
    let last_row = below.last().map_or(number, |(row, _)| row.number);
    (last_row - 1, last_column)
}

fn value(written: &mut Worksheet, row: u32, cell: &Cell, look: &Format) -> Result<(), XlsxError> {
    let column = cell.column;
    match &cell.value {
        Value::Text(text) | Value::Fault(text) => written.write_string_with_format(row, column, text, look),
        Value::Number(number) | Value::Date(number) => written.write_number_with_format(row, column, *number, look),
        Value::Bool(value) => written.write_boolean_with_format(row, column, *value, look),
    }
    .map(|_| ())
}

fn look(severity: Option<Severity>, value: &Value) -> Format {
    let mut look = match severity {
        Some(Severity::Bad) => Format::new().set_background_color("#F8B4B4"),
        Some(Severity::Doubtful) => Format::new().set_background_color("#FDE68A"),
        _ => Format::new(),
    };
    if matches!(value, Value::Date(_)) {
        look = look.set_num_format("dd/mm/yyyy");
    }
    look
}

/// All marks, a row each.
fn table(written: &mut Worksheet, marks: &[&Mark], lang: Lang) -> Result<(), Problem> {
    let name = match lang {
        Lang::Vi => "Cần sửa",
        Lang::En => "To mend",
        Lang::Zh => "待改",
    };
    written.set_name(name)?.set_freeze_panes(1, 0)?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    for (column, (heading, width)) in
        (0_u16..).zip(super::headings(lang).into_iter().zip([18.0, 8.0, 12.0, 24.0, 48.0, 60.0]))
    {
        written.write_string_with_format(0, column, heading, &bold)?.set_column_width(column, width)?;
    }
    for (row, mark) in (1_u32..).zip(marks) {
        for (column, text) in (0_u16..).zip(super::row(lang, mark)) {
            written.write_string_with_format(row, column, text, &wrapped)?;
        }
    }
    Ok(())
}
