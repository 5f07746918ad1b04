//! The preview's rows as they are drawn: every cell under its column, with the worst that is said of it.

use nguon_import::column::Column;
use nguon_import::finding::Severity;
use nguon_import::preview::Preview;

/// The preview's columns and rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Every column that some list of the file has
    pub columns: Vec<Column>,
    /// The places, in the preview, of the rows that are shown
    pub rows: Vec<usize>,
}

/// What of a preview is shown.
#[must_use]
pub fn shown(preview: &Preview, only_bad: bool) -> Shown {
    let mut columns: Vec<Column> = preview.lists.iter().flat_map(|list| list.columns.iter().copied()).collect();
    columns.sort_unstable();
    columns.dedup();
    let bad = |at: &usize| {
        let cells = preview.rows.get(*at).map(|row| row.cells.as_slice()).unwrap_or_default();
        cells.iter().any(|cell| cell.severity == Some(Severity::Bad))
    };
    let rows = (0..preview.rows.len()).filter(|at| !only_bad || bad(at)).collect();
    Shown { columns, rows }
}
