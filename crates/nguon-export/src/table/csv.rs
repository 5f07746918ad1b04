//! Comma-separated values: UTF-8 with a byte order mark, which Excel needs to see Vietnamese in it.

use std::io::Write;

use super::{Cell, Sheet, TableError, Tables};

/// One writer a sheet.
#[derive(Debug)]
pub struct CsvTables<W: Write> {
    writers: Vec<csv::Writer<W>>,
}

impl<W: Write> CsvTables<W> {
    /// Begins a file a sheet: the headings are its first row.
    pub fn begin(sheets: &[Sheet], mut file: impl FnMut(&Sheet) -> std::io::Result<W>) -> Result<Self, TableError> {
        let writers = sheets.iter().map(|sheet| {
            let mut to = file(sheet)?;
            to.write_all("\u{FEFF}".as_bytes())?;
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
            writer.write_record(sheet.columns.iter().map(|column| column.heading)).map_err(failed)?;
            Ok(writer)
        });
        Ok(Self { writers: writers.collect::<Result<_, TableError>>()? })
    }

    /// Writes what is left, and gives the files back.
    pub fn finish(self) -> Result<Vec<W>, TableError> {
        let whole = |writer: csv::Writer<W>| writer.into_inner().map_err(|error| TableError::Write(error.into_error()));
        self.writers.into_iter().map(whole).collect()
    }
}

impl<W: Write> Tables for CsvTables<W> {
    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<(), TableError> {
        let Some(writer) = self.writers.get_mut(sheet) else { return Ok(()) };
        writer.write_record(cells.iter().map(harmless)).map_err(failed)
    }
}

/// What a spreadsheet program would take for a formula gets an apostrophe before it: these words are anybody's. Telephone
/// numbers and negative numbers are left alone.
fn harmless(cell: &Cell) -> String {
    let plain = cell.plain();
    let is_number = |text: &str| text.len() > 1 && text[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let formula = plain.starts_with(['=', '@', '\t', '\r']) || (plain.starts_with(['+', '-']) && !is_number(&plain));
    if formula && matches!(cell, Cell::Text(_)) { format!("'{plain}") } else { plain }
}

fn failed(error: csv::Error) -> TableError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => TableError::Write(error),
        other => TableError::Workbook(format!("{other:?}")),
    }
}
