//! Workbooks (ECMA-376, `.xlsx`).

use std::io::{Cursor, Seek, Write};

use nguon_core::values::Time;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{Cell, Sheet, TableError, Tables};
use crate::facts::When;

/// Rows that a sheet can have, its heading among them.
const MOST_ROWS: u32 = 1_048_576;

/// A workbook that is written row by row. With the feature `streamed` rows go to temporary files as they come.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    sheets: Vec<(Sheet, Worksheet, u32)>,
    formats: Formats,
}

struct Formats {
    heading: Format,
    text: Format,
    day: Format,
    whole: Format,
    decimal: Format,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rows = self.sheets.iter().map(|(sheet, _, rows)| (sheet.name, rows));
        f.debug_map().entries(rows).finish()
    }
}

impl Workbook {
    /// Begins a workbook; `made` is the time it says it was made at.
    pub fn begin(sheets: &[Sheet], title: &str, made: Time) -> Result<Self, TableError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let civil = When::new(made, nguon_core::values::UtcOffset::UTC).civil();
        let (year, month, day) =
            (civil.year().unsigned_abs(), civil.month().unsigned_abs(), civil.day().unsigned_abs());
        let created = ExcelDateTime::from_ymd(year, month, day)
            .and_then(|day| day.and_hms(civil.hour().unsigned_abs().into(), civil.minute().unsigned_abs(), 0.0))
            .map_err(failed)?;
        book.set_properties(&DocProperties::new().set_title(title).set_author("Nguồn").set_creation_datetime(&created));
        let formats = Formats {
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Thin),
            text: Format::new(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            whole: Format::new().set_num_format("#,##0"),
            decimal: Format::new().set_num_format("#,##0.###"),
        };
        let mut begun = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let worksheet = worksheet(&mut book, sheet, &formats).map_err(failed)?;
            begun.push((*sheet, worksheet, 1));
        }
        Ok(Self { book, sheets: begun, formats })
    }

    /// The whole file.
    pub fn into_bytes(self) -> Result<Vec<u8>, TableError> {
        let mut bytes = Cursor::new(Vec::new());
        self.finish(&mut bytes)?;
        Ok(bytes.into_inner())
    }

    /// Writes the file. Each sheet can be filtered by its headings.
    pub fn finish(mut self, to: impl Write + Seek + Send) -> Result<(), TableError> {
        for (sheet, mut worksheet, rows) in self.sheets {
            let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
            worksheet.autofilter(0, 0, rows.saturating_sub(1).max(1), last).map_err(failed)?;
            self.book.push_worksheet(worksheet);
        }
        self.book.save_to_writer(to).map_err(failed)
    }
}

#[cfg(feature = "streamed")]
fn bare(book: &mut rust_xlsxwriter::Workbook) -> Result<Worksheet, XlsxError> {
    book.new_worksheet_with_constant_memory()
}

#[cfg(not(feature = "streamed"))]
#[allow(clippy::unnecessary_wraps)] // its twin can fail
fn bare(_: &mut rust_xlsxwriter::Workbook) -> Result<Worksheet, XlsxError> {
    Ok(Worksheet::new())
}

fn worksheet(book: &mut rust_xlsxwriter::Workbook, sheet: &Sheet, formats: &Formats) -> Result<Worksheet, XlsxError> {
    let mut worksheet = bare(book)?;
    worksheet.set_name(sheet.name)?;
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_landscape();
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    for (column, at) in sheet.columns.iter().zip(0_u16..) {
        worksheet.set_column_width(at, column.width)?;
        worksheet.write_string_with_format(0, at, column.heading, &formats.heading)?;
    }
    Ok(worksheet)
}

impl Tables for Workbook {
    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<(), TableError> {
        let Some((known, worksheet, next)) = self.sheets.get_mut(sheet) else { return Ok(()) };
        if *next >= MOST_ROWS {
            return Err(TableError::TooManyRows { sheet: known.name, most: MOST_ROWS });
        }
        for (cell, column) in cells.iter().zip(0_u16..) {
            write(worksheet, *next, column, cell, &self.formats).map_err(failed)?;
        }
        *next += 1;
        Ok(())
    }
}

fn write(to: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            // A cell holds 32,767 characters; no field of ours does.
            to.write_string_with_format(row, column, text, &formats.text)?;
        }
        Cell::Number(value, places) => {
            let format = if *places == 0 { &formats.whole } else { &formats.decimal };
            to.write_number_with_format(row, column, number(*value, *places), format)?;
        }
        Cell::Day(when) => {
            let date = when.civil().date();
            let day = ExcelDateTime::from_ymd(
                date.year().unsigned_abs(),
                date.month().unsigned_abs(),
                date.day().unsigned_abs(),
            )?;
            to.write_datetime_with_format(row, column, &day, &formats.day)?;
        }
    }
    Ok(())
}

/// Spreadsheets hold IEEE 754 doubles: exact to 15 digits, which no lot's grams exceed.
#[allow(clippy::cast_precision_loss)]
fn number(value: u64, places: u32) -> f64 {
    value as f64 / 10_f64.powi(i32::try_from(places).unwrap_or(0))
}

#[allow(clippy::needless_pass_by_value)] // for `map_err`
fn failed(error: XlsxError) -> TableError {
    match error {
        XlsxError::IoError(error) => TableError::Write(error),
        other => TableError::Workbook(other.to_string()),
    }
}
