//! Tables as spreadsheets read them: RFC 4180, with a byte order mark so that Vietnamese arrives whole, and with nothing
//! that a spreadsheet would take for a formula.

/// A table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    text: String,
}

impl Table {
    /// A table with these columns.
    #[must_use]
    pub fn new(columns: &[&str]) -> Self {
        let mut table = Self { text: "\u{feff}".to_owned() };
        table.row(columns);
        table
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            push_cell(&mut self.text, cell.as_ref());
        }
        self.text.push_str("\r\n");
    }

    /// The file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

fn push_cell(text: &mut String, cell: &str) {
    // What others wrote may begin like a formula; an apostrophe makes it text.
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !cell.contains(['"', ',', '\n', '\r', ';']) {
        text.push_str(cell);
        return;
    }
    text.push('"');
    if formula {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_recorded_becomes_a_formula_or_another_cell() {
        let mut table = Table::new(&["lô", "tên"]);
        table.row(&["A,1", "Hộ \"Bảy\"\nChũ"]);
        table.row(&["=1+1", "-2"]);
        let text = String::from_utf8(table.into_bytes()).unwrap();
        assert_eq!(text, "\u{feff}lô,tên\r\n\"A,1\",\"Hộ \"\"Bảy\"\"\nChũ\"\r\n\"'=1+1\",\"'-2\"\r\n");
    }
}
