//! Tables: columns as wide as their words ask, header rows on every page, rows that stay whole.

use super::super::error::Error;
use super::super::line::lines;
use super::super::said::Said;
use super::super::sheet::{Milli, mm};
use super::super::style::{CELL, EDGE, LINE, Style, TINT};
use super::super::table::{Row, RowKind, Table};
use super::super::tree::{Kind, NodeId};
use super::columns::{BETWEEN, Span, share};
use super::{Flow, Role, Set};

/// Above and below the words of a row.
const PAD: Milli = 2_800;
const HAIR: Milli = 400;
const RULE: Milli = 800;

/// A cell's lines and where they stand.
struct Cell {
    x: Milli,
    width: Milli,
    at_end: bool,
    /// From the first that is not yet drawn.
    lines: std::vec::IntoIter<Set>,
    node: Option<NodeId>,
}

impl Cell {
    fn height(&self) -> Milli {
        self.lines.as_slice().iter().map(|set| set.style.lead()).sum()
    }
}

fn height(cells: &[Cell]) -> Milli {
    cells.iter().map(Cell::height).max().unwrap_or(0) + 2 * PAD
}

/// Where a table's columns are, and what stands over them.
struct Grid<'t> {
    table: &'t Table,
    columns: Vec<(Milli, Milli)>,
    head: Milli,
}

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), Error> {
        let grid = self.grid(table)?;
        let langs = self.paper.langs;
        let summary = table.summary.as_ref().map(|said| said.joined(langs));
        let node = self.laid.tree.add(None, Kind::Table { summary }, None);
        let head = self.laid.tree.add(Some(node), Kind::Head, None);
        let body = self.laid.tree.add(Some(node), Kind::Body, None);
        self.gap(mm(1));
        let first = table.rows.first().map_or(0, |row| height(&self.cells(&grid, row, None)));
        self.need(grid.head + first.min(self.full() / 2));
        self.head(&grid, Some(head));
        for (at, row) in table.rows.iter().enumerate() {
            let node = self.laid.tree.add(Some(body), Kind::Row, None);
            let cells = self.cells(&grid, row, Some(node));
            // A row and the remark on it stay together.
            let remark = table.rows.get(at + 1).filter(|next| next.kind == RowKind::Note);
            let remark = remark.map_or(0, |next| height(&self.cells(&grid, next, None)));
            self.row(&grid, row.kind, cells, remark);
        }
        self.y += mm(3);
        Ok(())
    }

    fn grid<'t>(&self, table: &'t Table) -> Result<Grid<'t>, Error> {
        let langs = self.paper.langs;
        let mut spans = vec![Span::default(); table.columns.len()];
        for (span, column) in spans.iter_mut().zip(&table.columns) {
            span.take(&column.name, CELL.bold(), langs);
        }
        for (at, row) in table.rows.iter().enumerate() {
            let expected = if row.kind == RowKind::Note { 1 } else { table.columns.len() };
            if row.cells.len() != expected {
                return Err(Error::Cells { row: at + 1, cells: row.cells.len(), columns: table.columns.len() });
            }
            if row.kind == RowKind::Note {
                continue;
            }
            for (span, cell) in spans.iter_mut().zip(&row.cells) {
                cell.iter().for_each(|said| span.take(said, style(row.kind), langs));
            }
        }
        let mut x = self.laid.sheet.left;
        let place = |width: Milli| {
            let column = (x, width);
            x += width + BETWEEN;
            column
        };
        let columns = share(&spans, self.laid.sheet.measure).into_iter().map(place).collect();
        let mut grid = Grid { table, columns, head: 0 };
        grid.head = height(&self.head_cells(&grid)) + RULE;
        Ok(grid)
    }

    /// The lines of some paragraphs, one language below the other.
    fn stacked(&self, paragraphs: &[Said], style: Style, width: Milli) -> Vec<Set> {
        let mut set = Vec::new();
        for said in paragraphs {
            for (at, (lang, text)) in said.shown(self.paper.langs).into_iter().enumerate() {
                let style = if at == 0 { style } else { style.second() };
                set.extend(lines(text, style, width).into_iter().map(|line| Set { line, style, lang }));
            }
        }
        set
    }

    fn head_cells(&self, grid: &Grid<'_>) -> Vec<Cell> {
        let cells = grid.table.columns.iter().zip(&grid.columns).map(|(column, &(x, width))| {
            let lines = self.stacked(std::slice::from_ref(&column.name), CELL.bold(), width).into_iter();
            Cell { x, width, at_end: column.at_end, lines, node: None }
        });
        cells.collect()
    }

    /// The header: once as itself, then as a help for the eye.
    fn head(&mut self, grid: &Grid<'_>, node: Option<NodeId>) {
        let mut cells = self.head_cells(grid);
        if let Some(node) = node {
            let row = self.laid.tree.add(Some(node), Kind::Row, None);
            for cell in &mut cells {
                let kind = Kind::HeadCell { of_row: false, span: 1 };
                cell.node = Some(self.laid.tree.add(Some(row), kind, None));
            }
        }
        // Names stand on the line below them.
        let tallest = cells.iter().map(Cell::height).max().unwrap_or(0);
        let top = self.y + PAD;
        for cell in &mut cells {
            let down = tallest - cell.height();
            self.draw(cell, top + down, Milli::MAX);
        }
        self.y += tallest + 2 * PAD;
        self.fill([self.laid.sheet.left, self.y, self.laid.sheet.measure, RULE], EDGE);
        self.y += RULE;
    }

    fn cells(&mut self, grid: &Grid<'_>, row: &Row, node: Option<NodeId>) -> Vec<Cell> {
        let style = style(row.kind);
        if row.kind == RowKind::Note {
            let width = self.laid.sheet.measure - 2 * BETWEEN;
            let span = u32::try_from(grid.columns.len()).unwrap_or(1);
            let node = node.map(|node| self.laid.tree.add(Some(node), Kind::Cell { span }, None));
            let lines = row.cells.first().map(|said| self.stacked(said, style, width)).unwrap_or_default();
            let x = self.laid.sheet.left + BETWEEN;
            return vec![Cell { x, width, at_end: false, lines: lines.into_iter(), node }];
        }
        let mut cells = Vec::with_capacity(row.cells.len());
        for ((said, column), &(x, width)) in row.cells.iter().zip(&grid.table.columns).zip(&grid.columns) {
            let kind = match column.of_row {
                true => Kind::HeadCell { of_row: true, span: 1 },
                false => Kind::Cell { span: 1 },
            };
            let node = node.map(|node| self.laid.tree.add(Some(node), kind, None));
            let lines = self.stacked(said, style, width).into_iter();
            cells.push(Cell { x, width, at_end: column.at_end, lines, node });
        }
        cells
    }

    /// One row, on this page or the next; `after` has to follow it on the same page.
    fn row(&mut self, grid: &Grid<'_>, kind: RowKind, mut cells: Vec<Cell>, after: Milli) {
        let page = self.full().saturating_sub(grid.head);
        let whole = height(&cells);
        let wanted = if whole + after <= page { whole + after } else { whole };
        if wanted > self.room() && (whole <= page || self.room() < page / 3) {
            self.next_page();
            self.head(grid, None);
        }
        loop {
            let left = height(&cells);
            let room = self.room();
            let shown = left.min(room);
            self.ground(kind, shown);
            let top = self.y + PAD;
            for cell in &mut cells {
                self.draw(cell, top, shown.saturating_sub(2 * PAD));
            }
            self.y += shown;
            self.fill([self.laid.sheet.left, self.y, self.laid.sheet.measure, HAIR], LINE);
            self.y += HAIR;
            if left <= room {
                return;
            }
            self.next_page();
            self.head(grid, None);
        }
    }

    fn ground(&mut self, kind: RowKind, height: Milli) {
        let (left, measure) = (self.laid.sheet.left, self.laid.sheet.measure);
        match kind {
            RowKind::Plain => {}
            RowKind::Sum => self.fill([left, self.y.saturating_sub(HAIR), measure, RULE], EDGE),
            RowKind::Note => self.fill([left, self.y, measure, height], TINT),
        }
    }

    /// Draws a cell's lines as far as they fit in a height.
    fn draw(&mut self, cell: &mut Cell, top: Milli, height: Milli) {
        let mut done = 0;
        while let Some(next) = cell.lines.as_slice().first() {
            let lead = next.style.lead();
            if done + lead > height {
                return;
            }
            let Some(set) = cell.lines.next() else { return };
            let indent = if cell.at_end { cell.width.saturating_sub(set.line.width) } else { 0 };
            let role = cell.node.map_or(Role::Again, Role::Content);
            self.line(cell.x + indent, top + done, set, role);
            done += lead;
        }
    }

    /// Names and values: a table whose rows are headed, values of two languages side by side.
    pub(super) fn pairs(&mut self, pairs: &[(Said, Said)]) {
        self.gap(mm(1));
        let sheet = self.laid.sheet;
        let name = sheet.measure * 27 / 100;
        let (left, width) = (sheet.left + name + BETWEEN, sheet.measure - name - BETWEEN);
        let half = (width - BETWEEN) / 2;
        let langs = self.paper.langs;
        let columns = [(sheet.left, name), (left, half), (left + half + BETWEEN, half)];
        let table = self.laid.tree.add(None, Kind::Table { summary: None }, None);
        let nothing = Table::new([]);
        let grid = Grid { table: &nothing, columns: columns.to_vec(), head: 0 };
        for (key, value) in pairs {
            let row = self.laid.tree.add(Some(table), Kind::Row, None);
            let node = self.laid.tree.add(Some(row), Kind::HeadCell { of_row: true, span: 1 }, None);
            let lines = self.stacked(std::slice::from_ref(key), CELL.bold(), name).into_iter();
            let mut cells = vec![Cell { x: sheet.left, width: name, at_end: false, lines, node: Some(node) }];
            let shown = value.shown(langs);
            let both = shown.len() == 2;
            for (at, (lang, text)) in shown.into_iter().enumerate() {
                let (x, width) = if both { columns[at + 1] } else { (left, width) };
                let style = if at == 0 { CELL } else { CELL.second() };
                let span = if both { 1 } else { langs.count() };
                let node = self.laid.tree.add(Some(row), Kind::Cell { span }, None);
                let set: Vec<Set> = super::super::line::lines(text, style, width)
                    .into_iter()
                    .map(|line| Set { line, style, lang })
                    .collect();
                cells.push(Cell { x, width, at_end: false, lines: set.into_iter(), node: Some(node) });
            }
            self.row_of_pairs(&grid, cells);
        }
        self.y += mm(3);
    }

    fn row_of_pairs(&mut self, grid: &Grid<'_>, mut cells: Vec<Cell>) {
        if height(&cells) <= self.full() {
            self.need(height(&cells));
        }
        loop {
            let left = height(&cells);
            let shown = left.min(self.room());
            for cell in &mut cells {
                self.draw(cell, self.y + PAD, shown.saturating_sub(2 * PAD));
            }
            self.y += shown;
            self.fill([self.laid.sheet.left, self.y, self.laid.sheet.measure, HAIR], LINE);
            self.y += HAIR + grid.head;
            if height(&cells) <= 2 * PAD {
                return;
            }
            self.next_page();
        }
    }
}

const fn style(kind: RowKind) -> Style {
    match kind {
        RowKind::Sum => CELL.bold(),
        RowKind::Plain => CELL,
        RowKind::Note => Style { colour: super::super::style::GREY, ..CELL },
    }
}
