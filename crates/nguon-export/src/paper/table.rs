//! Tables of rows and columns.

use super::said::Said;

/// A column: its name, and on which side its cells stand.
#[derive(Debug, Clone)]
pub struct Column {
    pub(super) name: Said,
    pub(super) at_end: bool,
    pub(super) of_row: bool,
}

impl Column {
    /// Of words, from the left.
    #[must_use]
    pub fn text(name: Said) -> Self {
        Self { name, at_end: false, of_row: false }
    }

    /// Of numbers, whose last figures stand under one another.
    #[must_use]
    pub fn number(name: Said) -> Self {
        Self { name, at_end: true, of_row: false }
    }

    /// Its cells say what their rows are about.
    #[must_use]
    pub fn naming_rows(self) -> Self {
        Self { of_row: true, ..self }
    }
}

/// One row: its cells by column, each of one or more paragraphs.
#[derive(Debug, Clone)]
pub struct Row {
    pub(super) cells: Vec<Vec<Said>>,
    pub(super) kind: RowKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Plain,
    Sum,
    Note,
}

impl Row {
    /// With one paragraph a cell.
    #[must_use]
    pub fn new(cells: impl IntoIterator<Item = Said>) -> Self {
        Self { cells: cells.into_iter().map(|said| vec![said]).collect(), kind: RowKind::Plain }
    }

    /// With any number of paragraphs a cell.
    #[must_use]
    pub fn of(cells: impl IntoIterator<Item = Vec<Said>>) -> Self {
        Self { cells: cells.into_iter().collect(), kind: RowKind::Plain }
    }

    /// What the rows above come to.
    #[must_use]
    pub fn sum(cells: impl IntoIterator<Item = Said>) -> Self {
        Self { kind: RowKind::Sum, ..Self::new(cells) }
    }

    /// A remark on the row above, across all columns.
    #[must_use]
    pub fn note(words: Said) -> Self {
        Self { cells: vec![vec![words]], kind: RowKind::Note }
    }
}

/// A table; its header row is repeated on every page that it reaches.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) summary: Option<Said>,
}

impl Table {
    /// Without rows.
    #[must_use]
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new(), summary: None }
    }

    /// What it shows, for those who do not see it.
    #[must_use]
    pub fn with_summary(self, summary: Said) -> Self {
        Self { summary: Some(summary), ..self }
    }

    /// One more row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Further rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// With as many decimals in each column of numbers as the longest number there needs.
    pub(super) fn aligned(&self) -> Self {
        let mut table = self.clone();
        for (at, _) in self.columns.iter().enumerate().filter(|(_, column)| column.at_end) {
            let is_row = |row: &&Row| row.kind != RowKind::Note;
            let of_column = self.rows.iter().filter(is_row).filter_map(|row| row.cells.get(at)).flatten();
            let decimals = of_column.map(Said::decimals).max().unwrap_or(0);
            for cell in table.rows.iter_mut().filter(|row| row.kind != RowKind::Note) {
                cell.cells.get_mut(at).into_iter().flatten().for_each(|said| *said = said.with_decimals(decimals));
            }
        }
        table
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
