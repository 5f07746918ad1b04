//! A workbook as it was read: sheets, rows, cells with what the program that saved them meant.

use std::fmt;
use std::sync::Arc;

/// Bytes of a file that is read.
pub const MAX_BYTES: usize = 16 << 20;
/// Rows over all sheets.
pub const MAX_ROWS: usize = 100_000;
/// Filled cells over all sheets.
pub const MAX_CELLS: usize = 2_000_000;
/// Sheets.
pub const MAX_SHEETS: usize = 100;
/// Columns looked at; what stands further right is not read.
pub const MAX_COLUMNS: u16 = 256;
/// Characters of a cell that are kept: one more than any field takes, so that too long stays too long.
pub const MAX_TEXT: usize = 1000;

/// Where a cell is, as spreadsheets say it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    sheet: Arc<str>,
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u16,
}

impl Address {
    /// A cell of a sheet.
    #[must_use]
    pub fn new(sheet: Arc<str>, row: u32, column: u16) -> Self {
        Self { sheet, row, column }
    }

    /// The sheet's name; empty in a file of text.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// `B12`, without the sheet.
    #[must_use]
    pub fn cell(&self) -> String {
        format!("{}{}", column_name(self.column), self.row)
    }
}

/// `Thôn Kép!B12`; `B12` where sheets have no names.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "{}!", self.sheet)?;
        }
        write!(f, "{}{}", column_name(self.column), self.row)
    }
}

/// A column's letters: 0 is A, 26 is AA.
#[must_use]
pub fn column_name(column: u16) -> String {
    let mut letters = Vec::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, as they stand there.
    Text(String),
    /// A number that the spreadsheet holds as one.
    Number(f64),
    /// A day, as the days since 1899-12-30 (or since 1904, already turned into that).
    Date(f64),
    /// True or false.
    Bool(bool),
    /// A formula that failed, such as `#REF!`.
    Fault(String),
}

impl Value {
    /// What a reader of the sheet would see, nearly enough.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(number) => number_shown(*number),
            Self::Date(serial) => date_shown(*serial),
            Self::Bool(true) => "TRUE".into(),
            Self::Bool(false) => "FALSE".into(),
        }
    }

    /// Whether it is words, and none.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// A number without the noise of binary fractions: at most nine places, and none above what a spreadsheet's digits reach.
fn number_shown(number: f64) -> String {
    let size = number.abs();
    let sign = if number < 0.0 { "-" } else { "" };
    if !(0.0..1e18).contains(&size) {
        return format!("{sign}≥ 10^18");
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the range above
    let (whole, part) = if size < 1e9 {
        let billionths = (size * 1e9).round() as u64;
        (billionths / 1_000_000_000, billionths % 1_000_000_000)
    } else {
        (size.round() as u64, 0)
    };
    let part = format!("{part:09}");
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Day, month and year of a spreadsheet's day number (proleptic Gregorian; day 60, which never was, is 1 March).
fn date_shown(serial: f64) -> String {
    if !(1.0..3_000_000.0).contains(&serial) {
        return number_shown(serial);
    }
    #[allow(clippy::cast_possible_truncation)] // within the range above
    let days = serial as i64 - 25_569;
    // Howard Hinnant's civil-from-days.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{day:02}/{month:02}/{year}")
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u16,
    /// What it holds.
    pub value: Value,
    /// It shows what the first cell of its merged range holds.
    pub merged: bool,
}

/// A row with at least one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    cells: Vec<Cell>,
}

impl Row {
    /// A row of cells, which stand by ascending column afterwards; of two in one column the first stays.
    #[must_use]
    pub fn new(number: u32, mut cells: Vec<Cell>) -> Self {
        cells.sort_by_key(|cell| (cell.column, cell.merged));
        cells.dedup_by_key(|cell| cell.column);
        Self { number, cells }
    }

    /// Its cells by ascending column.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: u16) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| self.cells.get(at))
    }

    fn set(&mut self, column: u16, value: Value) {
        let cell = Cell { column, value, merged: false };
        match self.cells.binary_search_by_key(&column, |cell| cell.column) {
            Ok(at) => {
                if let Some(old) = self.cells.get_mut(at) {
                    *old = cell;
                }
            }
            Err(at) => self.cells.insert(at, cell),
        }
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name; empty for a file of text.
    pub name: Arc<str>,
    /// Its rows by ascending number, without those that are empty.
    pub rows: Vec<Row>,
    /// It is hidden: Excel does not show it, so it is not read as a list either.
    pub hidden: bool,
}

/// All sheets of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// In the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// How the text was read, if the file is one of text.
    pub text: Option<TextForm>,
}

/// How a file of text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextForm {
    /// Its characters.
    pub encoding: Encoding,
    /// What stands between its columns.
    pub separator: char,
}

/// Characters of a file of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, by its mark or its zeros.
    Utf16,
    /// Windows-1258, guessed: it is not UTF-8, and no other is in use for Vietnamese.
    Windows1258,
}

impl Workbook {
    /// Writes into a cell what somebody corrected there, as if the file had said so.
    pub fn set(&mut self, at: &Address, text: &str) {
        let Some(sheet) = self.sheets.iter_mut().find(|sheet| *sheet.name == *at.sheet()) else { return };
        let text: String = text.chars().take(MAX_TEXT).collect();
        let found = sheet.rows.binary_search_by_key(&at.row, |row| row.number);
        if let Some(row) = found.ok().and_then(|found| sheet.rows.get_mut(found)) {
            row.set(at.column, Value::Text(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let named: Vec<String> = [0, 1, 25, 26, 51, 52, 255, 701, 702].map(column_name).into();
        assert_eq!(named, ["A", "B", "Z", "AA", "AZ", "BA", "IV", "ZZ", "AAA"]);
    }

    #[test]
    fn days_are_shown_as_they_are_written_in_viet_nam() {
        for (serial, shown) in [(46_154.0, "12/05/2026"), (45_351.0, "29/02/2024"), (36_526.5, "01/01/2000")] {
            assert_eq!(Value::Date(serial).shown(), shown);
        }
    }

    #[test]
    fn numbers_are_shown_without_binary_noise() {
        for (number, shown) in
            [(0.1 + 0.2, "0.3"), (912_345_678.0, "912345678"), (2500.0, "2500"), (-2.5, "-2.5"), (1e20, "≥ 10^18")]
        {
            assert_eq!(Value::Number(number).shown(), shown);
        }
    }
}
