//! What a file says, cell by cell, before anything is signed: what was read, what was mended, what is wrong and where.

mod cells;
mod households;
mod row;
mod rows;

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, CommuneCode, Text};

use crate::column::Column;
use crate::error::Error;
use crate::finding::{Finding, Mark, Place, Severity};
use crate::headings::{HEADING_ROWS, Headings};
use crate::household::Household;
use crate::table::{Address, Encoding, Workbook};

pub(crate) use cells::kilograms;

/// What a preview is told from outside the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The registered growing areas. Where there is one only, rows need not name it; where `None`, codes are not looked up.
    pub areas: Option<Vec<Area>>,
    /// The commune of rows that name none.
    pub commune: Option<CommuneCode>,
    /// The variety of rows that name none.
    pub variety: Option<Text>,
}

/// A growing area that is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: Code,
    /// Its chain.
    pub chain: ChainId,
    /// Grams of this season's ceiling that are not shared out yet, where a season is planned.
    pub grams_left: Option<u64>,
    /// Square metres under the code that no plot with a share takes yet, where a season is planned.
    pub square_metres_left: Option<u64>,
}

/// A file's preview.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The sheets that hold lists.
    pub lists: Vec<List>,
    /// The rows that tell of households, in the order of the file.
    pub rows: Vec<PreviewRow>,
    /// All that is to be said, what is bad first, then by place.
    pub marks: Vec<Mark>,
    /// The households. Complete only if the preview [is clean](Self::is_clean).
    pub households: Vec<Household>,
}

/// A sheet that holds a list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its name.
    pub sheet: String,
    /// The row of its headings.
    pub heading_row: u32,
    /// What it tells, in the order of its columns.
    pub columns: Vec<Column>,
}

/// A row that tells of a household.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewRow {
    /// Its first cell.
    pub at: Address,
    /// Its cells under known headings, in the order of the columns.
    pub cells: Vec<PreviewCell>,
    /// Which household it is about, if that could be read.
    pub household: Option<usize>,
}

/// A cell under a known heading.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewCell {
    /// Where it is.
    pub at: Address,
    /// What it tells.
    pub column: Column,
    /// What stands there.
    pub read: String,
    /// What is taken from it, where that is written otherwise.
    pub taken: Option<String>,
    /// The most that is to be said of it; `None`: it is plain.
    pub severity: Option<Severity>,
}

impl Preview {
    /// Whether nothing in the file is bad, so that all of it may be taken. A file is taken as a whole or not at all.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.bad().next().is_none()
    }

    /// What has to be mended first.
    pub fn bad(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.finding.severity() == Severity::Bad)
    }

    /// How many marks are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.marks.iter().filter(|mark| mark.finding.severity() == severity).count()
    }

    /// How many plots it lists.
    #[must_use]
    pub fn plots(&self) -> usize {
        self.households.iter().map(|household| household.plots.len()).sum()
    }
}

/// Previews a workbook.
///
/// # Errors
/// It holds no list: no heading row, or none below it.
pub fn preview(workbook: &Workbook, options: &Options) -> Result<Preview, Error> {
    let mut reading = rows::Reading::new(options);
    let mut lists = Vec::new();
    for sheet in &workbook.sheets {
        let heads = if sheet.hidden { None } else { Headings::find(sheet) };
        match heads {
            Some(headings) => {
                lists.push(List {
                    sheet: sheet.name.to_string(),
                    heading_row: headings.row,
                    columns: headings.columns.values().map(|heading| heading.column).collect(),
                });
                reading.list(sheet, &headings);
            }
            None if sheet.rows.is_empty() => {}
            None => {
                let finding = if sheet.hidden { Finding::SheetHidden } else { Finding::SheetIgnored };
                reading.marks.push(Mark { at: Place::Sheet(sheet.name.clone()), read: String::new(), finding });
            }
        }
    }
    if lists.is_empty() {
        let empty = workbook.sheets.iter().all(|sheet| sheet.rows.is_empty());
        return Err(if empty { Error::Empty } else { Error::NoHeading { rows: HEADING_ROWS } });
    }
    if reading.rows.is_empty() {
        return Err(Error::NoRows);
    }
    if workbook.text.is_some_and(|form| form.encoding == Encoding::Windows1258) {
        reading.marks.push(Mark { at: Place::File, read: String::new(), finding: Finding::GuessedEncoding });
    }
    let households = households::assemble(&mut reading);
    let rows::Reading { rows, mut marks, .. } = reading;
    let mut rows: Vec<PreviewRow> = rows.into_iter().map(|row| row.shown).collect();
    marks.sort_by(|one, other| (other.finding.severity(), &one.at).cmp(&(one.finding.severity(), &other.at)));
    colour(&mut rows, &marks);
    Ok(Preview { lists, rows, marks, households })
}

/// Gives every cell the most that is said of it.
fn colour(rows: &mut [PreviewRow], marks: &[Mark]) {
    // Marks are sorted by severity, the worst first.
    let mut worst = std::collections::HashMap::new();
    for mark in marks {
        if let Place::Cell(at) = &mark.at {
            worst.entry(at).or_insert(mark.finding.severity());
        }
    }
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.severity = worst.get(&cell.at).copied();
    }
}
