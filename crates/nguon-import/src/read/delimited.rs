//! Tables as text (RFC 4180, and what spreadsheets make of it): quotes, line breaks within them, `sep=;` in the first line.
//!
//! The reader is our own because a cell's address has to be the spreadsheet's: blank lines count, and a line break within
//! quotes does not. Tests hold it to what the `csv` crate writes.

use std::sync::Arc;

use super::encoding::decode;
use crate::error::{Error, Measure};
use crate::table::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Row, Sheet, TextForm, Value, Workbook};

const SEPARATORS: [char; 3] = [';', '\t', ','];

/// Reads the only sheet of a file of text.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Error> {
    let (text, encoding) = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let start: String = text.chars().take(300).map(|letter| letter.to_ascii_lowercase()).collect();
    if start.trim_start().starts_with('<') || start.starts_with("%pdf") || start.starts_with("{\\rtf") {
        return Err(Error::NotATable);
    }
    let (separator, skip) = separator(&text);
    let mut rows = Rows { rows: Vec::new(), number: 1, cells: 0, row: Vec::new(), column: 0 };
    let mut records = Records { rest: text.chars().peekable(), separator };
    while let Some((field, end)) = records.field() {
        rows.take(&field, end, skip)?;
    }
    let sheet = Sheet { name: Arc::from(""), rows: rows.rows, hidden: false };
    Ok(Workbook { sheets: vec![sheet], text: Some(TextForm { encoding, separator }) })
}

/// What stands between columns, and whether the first line only says so.
fn separator(text: &str) -> (char, bool) {
    let first = text.lines().next().unwrap_or_default();
    let mut said = first.strip_prefix("sep=").unwrap_or_default().chars();
    if let (Some(separator), None) = (said.next(), said.next())
        && SEPARATORS.contains(&separator)
    {
        return (separator, true);
    }
    // The one that divides the first lines into most columns, in as many lines as possible.
    let columns = |separator: char| -> usize {
        let mut records = Records { rest: text.chars().peekable(), separator };
        let (mut lines, mut width, mut widths) = (0, 1_usize, Vec::new());
        while let Some((_, end)) = records.field() {
            match end {
                End::Field => width += 1,
                End::Line => {
                    widths.push(width);
                    (lines, width) = (lines + 1, 1);
                }
            }
            if lines >= 30 || width > usize::from(MAX_COLUMNS) {
                break;
            }
        }
        widths.push(width);
        widths.iter().filter(|width| **width > 1).sum()
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| columns(*separator));
    (best.unwrap_or(','), false)
}

/// What a field ended at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Field,
    Line,
}

struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
}

impl Records<'_> {
    /// The next field; `None` at the end of the text.
    fn field(&mut self) -> Option<(String, End)> {
        self.rest.peek()?;
        let mut field = String::new();
        if self.rest.next_if_eq(&'"').is_some() {
            self.quoted(&mut field);
        }
        loop {
            match self.rest.next() {
                None | Some('\n') => return Some((field, End::Line)),
                Some('\r') => {
                    let _ = self.rest.next_if_eq(&'\n');
                    return Some((field, End::Line));
                }
                Some(c) if c == self.separator => {
                    // A separator at the very end still has an empty field and the line's end after it.
                    return Some((field, End::Field));
                }
                Some(c) => field.push(c),
            }
        }
    }

    /// Up to the closing quote; a pair of quotes is one.
    fn quoted(&mut self, field: &mut String) {
        while let Some(c) = self.rest.next() {
            if c != '"' {
                field.push(c);
            } else if self.rest.next_if_eq(&'"').is_some() {
                field.push('"');
            } else {
                return;
            }
        }
    }
}

struct Rows {
    rows: Vec<Row>,
    number: u32,
    cells: usize,
    row: Vec<Cell>,
    column: u16,
}

impl Rows {
    fn take(&mut self, field: &str, end: End, skip_first: bool) -> Result<(), Error> {
        if !field.trim().is_empty() && self.column < MAX_COLUMNS {
            self.cells += 1;
            if self.cells > MAX_CELLS {
                return Err(Error::TooLarge { what: Measure::Cells, most: MAX_CELLS });
            }
            let text: String = field.chars().take(MAX_TEXT).collect();
            self.row.push(Cell { column: self.column, value: Value::Text(text), merged: false });
        }
        if end == End::Field {
            self.column = self.column.saturating_add(1);
            return Ok(());
        }
        let cells = std::mem::take(&mut self.row);
        let says_separator = skip_first && self.number == 1;
        if !cells.is_empty() && !says_separator {
            if self.rows.len() >= MAX_ROWS {
                return Err(Error::TooLarge { what: Measure::Rows, most: MAX_ROWS });
            }
            self.rows.push(Row::new(self.number, cells));
        }
        self.number = self.number.saturating_add(1);
        self.column = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(text: &str) -> Vec<(u32, Vec<(u16, String)>)> {
        let workbook = read(text.as_bytes()).unwrap();
        let row = |row: &Row| (row.number, row.cells().iter().map(|cell| (cell.column, cell.value.shown())).collect());
        workbook.sheets[0].rows.iter().map(row).collect()
    }

    #[test]
    fn addresses_are_those_a_spreadsheet_shows() {
        let text = "a;b\r\n\r\n\"two\nlines\";\"say \"\"so\"\"\"\n;;c";
        let cell = |column, text: &str| (column, text.to_owned());
        let expected = vec![
            (1, vec![cell(0, "a"), cell(1, "b")]),
            (3, vec![cell(0, "two\nlines"), cell(1, "say \"so\"")]),
            (4, vec![cell(2, "c")]),
        ];
        assert_eq!(table(text), expected);
    }

    #[test]
    fn the_separator_is_found_or_read() {
        for (text, separator) in [
            ("a;b;c\n1,5;2;3\n", ';'),
            ("a,b,c\n1,2,\"3;4;5;6\"\n", ','),
            ("a\tb\tc\n1,5\t2\t3\n", '\t'),
            ("sep=,\nx;y;z,b\n", ','),
        ] {
            assert_eq!(read(text.as_bytes()).unwrap().text.map(|form| form.separator), Some(separator), "{text}");
        }
        assert_eq!(table("sep=;\na;b\n")[0].0, 2);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a-zà-ỹ0-9 ,;\t\"\n]{0,12}", 3), 1..12),
            separator in prop::sample::select(SEPARATORS.to_vec()),
        ) {
            let delimiter = u8::try_from(separator).unwrap();
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(format!("sep={separator}\n").into_bytes());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let expected: Vec<(u32, Vec<(u16, String)>)> = (2..).zip(&rows).map(|(number, row)| {
                let cells = (0..).zip(row).filter(|(_, text)| !text.trim().is_empty());
                (number, cells.map(|(column, text)| (column, text.clone())).collect::<Vec<_>>())
            }).filter(|(_, cells)| !cells.is_empty()).collect();
            prop_assert_eq!(table(&String::from_utf8(bytes).unwrap()), expected);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = crate::read(&bytes);
        }
    }
}
