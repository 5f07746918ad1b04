//! The rows of a list: which tell of a household, and what their cells say.

use std::collections::HashMap;
use std::sync::Arc;

use nguon_core::ids::{ChainId, PublicKeyBytes};
use nguon_core::values::{Code, CommuneCode, Count, Grams, SquareMetres, Text};

use super::cells;
use super::row::RowReader;
use super::{Options, PreviewCell, PreviewRow};
use crate::column::Column;
use crate::commune::{self, Found};
use crate::finding::{Finding, Mark, Place, Skipped};
use crate::headings::Headings;
use crate::table::{Address, Cell, Row, Sheet, Value};
use crate::text::{fold, is_ditto, lower, tidy};
use crate::value::{PersonName, Phone};

/// What a cell came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Field<T> {
    /// Nothing there.
    #[default]
    Empty,
    /// Something, and it is marked.
    Bad,
    /// A value and its cell.
    Good(T, Address),
}

impl<T> Field<T> {
    pub fn good(&self) -> Option<&T> {
        match self {
            Self::Good(value, _) => Some(value),
            _ => None,
        }
    }

    pub fn at(&self) -> Option<&Address> {
        match self {
            Self::Good(_, at) => Some(at),
            _ => None,
        }
    }
}

/// A row that was read.
pub(super) struct ReadRow {
    pub shown: PreviewRow,
    /// Sheet and row follow the one before it in the file.
    pub sheet: usize,
    pub name: Field<PersonName>,
    pub phone: Field<Phone>,
    pub village: Field<String>,
    pub commune: Field<CommuneCode>,
    /// Where the commune would stand, in a list that has a column for it.
    pub commune_at: Option<Address>,
    pub key: Field<PublicKeyBytes>,
    pub plot: Option<ReadPlot>,
}

/// The plot of a row.
pub(super) struct ReadPlot {
    /// The cell of its size, or where that would be.
    pub at: Address,
    pub code: Field<Code>,
    pub area: Option<ChainId>,
    pub name: Field<String>,
    pub size: Field<SquareMetres>,
    pub variety: Field<Text>,
    pub trees: Field<Count>,
    pub expected: Field<Grams>,
}

/// Reads lists, one after the other.
pub(super) struct Reading<'a> {
    pub options: &'a Options,
    pub rows: Vec<ReadRow>,
    pub marks: Vec<Mark>,
    /// Growing areas by the letters and digits of their codes.
    pub areas: HashMap<String, usize>,
    communes: HashMap<(String, String), Found>,
    sheets: usize,
}

/// Places named, beyond which no near names are looked for.
const MANY_COMMUNES: usize = 500;

impl<'a> Reading<'a> {
    pub fn new(options: &'a Options) -> Self {
        let areas = options.areas.iter().flatten().enumerate();
        let areas = areas.map(|(at, area)| (cells::code_key(area.code.as_str()), at)).collect();
        Self { options, rows: Vec::new(), marks: Vec::new(), areas, communes: HashMap::new(), sheets: 0 }
    }

    pub fn list(&mut self, sheet: &Sheet, headings: &Headings) {
        self.sheets += 1;
        self.tell_columns(sheet, headings);
        let mut list = List { reading: self, sheet, headings, above: HashMap::new(), village: None, commune: None };
        for row in sheet.rows.iter().skip(headings.skip) {
            list.row(row);
        }
    }

    pub fn mark(&mut self, at: &Address, read: &str, finding: Finding) {
        self.marks.push(Mark { at: Place::Cell(at.clone()), read: read.to_owned(), finding });
    }

    fn tell_columns(&mut self, sheet: &Sheet, headings: &Headings) {
        for (column, row, text, known) in &headings.ignored {
            let at = Address::new(sheet.name.clone(), *row, *column);
            self.mark(&at, text, known.map_or(Finding::ColumnIgnored, Finding::ColumnTwice));
        }
        let has = |column| headings.of(column).is_some();
        let plots = headings.columns.values().any(|heading| heading.column.is_plot());
        let mut missing = Vec::new();
        if !has(Column::Commune) && !has(Column::Place) && self.options.commune.is_none() {
            missing.push(Column::Commune);
        }
        if plots && !has(Column::Size) {
            missing.push(Column::Size);
        }
        if plots && !has(Column::Variety) && self.options.variety.is_none() {
            missing.push(Column::Variety);
        }
        if plots && !has(Column::AreaCode) && self.only_area().is_none() {
            missing.push(Column::AreaCode);
        }
        // A line over each village can tell the commune; then the rows below have it.
        for column in
            missing.into_iter().filter(|column| *column != Column::Commune || !has_group_rows(sheet, headings))
        {
            self.marks.push(Mark {
                at: Place::Sheet(sheet.name.clone()),
                read: String::new(),
                finding: Finding::Missing(column),
            });
        }
    }

    pub fn only_area(&self) -> Option<(Code, ChainId)> {
        match self.options.areas.as_deref() {
            Some([one]) => Some((one.code.clone(), one.chain)),
            _ => None,
        }
    }

    pub fn commune(&mut self, text: &str, district: &str) -> Found {
        let key = (text.to_owned(), district.to_owned());
        if let Some(found) = self.communes.get(&key) {
            return found.clone();
        }
        let district = Some(district).filter(|district| !district.is_empty());
        let found = commune::look(text, district, self.communes.len() < MANY_COMMUNES);
        self.communes.insert(key, found.clone());
        found
    }
}

/// A list that is being read.
pub(super) struct List<'r, 'a> {
    pub reading: &'r mut Reading<'a>,
    sheet: &'r Sheet,
    pub headings: &'r Headings,
    /// The last value of each column, for "the same as above".
    pub above: HashMap<Column, Value>,
    /// From the last line that told the village or commune of those below.
    pub village: Option<String>,
    /// The same of the commune.
    pub commune: Option<(String, CommuneCode)>,
}

impl List<'_, '_> {
    pub fn address(&self, row: u32, column: u16) -> Address {
        Address::new(Arc::clone(&self.sheet.name), row, column)
    }

    fn row(&mut self, row: &Row) {
        let own: Vec<&Cell> = row.cells().iter().filter(|cell| !cell.merged && !cell.value.is_blank()).collect();
        let Some(first) = own.first() else { return };
        let at = self.address(row.number, first.column);
        if let Some(skipped) = self.skipped(row, &own) {
            let read = tidy(&first.value.shown());
            self.reading.mark(&at, &read, Finding::RowSkipped(skipped));
            return;
        }
        let ordinal = |cell: &&Cell| {
            self.headings.columns.get(&cell.column).is_none_or(|heading| heading.column == Column::Ordinal)
        };
        if own.iter().all(ordinal)
            && own.len() == own.iter().filter(|cell| fold(&cell.value.shown()).parse::<u32>().is_ok()).count()
        {
            // Numbers that were filled in beforehand.
            return;
        }
        let read = self.read(row, at);
        self.reading.rows.push(read);
    }

    fn skipped(&mut self, row: &Row, own: &[&Cell]) -> Option<Skipped> {
        if self.headings.repeats(row) {
            return Some(Skipped::Heading);
        }
        let texts: Vec<String> = own
            .iter()
            .filter_map(|cell| match &cell.value {
                Value::Text(text) => Some(tidy(text)),
                _ => None,
            })
            .collect();
        if texts.iter().take(2).any(|text| is_total(text)) {
            return Some(Skipped::Total);
        }
        if let ([text], 1) = (texts.as_slice(), own.len())
            && self.group(text)
        {
            return Some(Skipped::Group);
        }
        let counts = own.iter().any(|cell| {
            let column = self.headings.columns.get(&cell.column).map(|heading| heading.column);
            matches!(column, Some(Column::Size | Column::Yield | Column::Phone))
        });
        (!counts && own.len() <= 4 && texts.iter().any(|text| is_footer(text))).then_some(Skipped::Footer)
    }

    /// "Thôn Kép 1", "II. Xã Hồng Giang" on a line of its own.
    fn group(&mut self, text: &str) -> bool {
        let bare = without_number(text);
        let lower = lower(bare);
        let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
        if begins(&["thôn ", "xóm ", "bản ", "tổ dân phố ", "tdp ", "làng ", "khu ", "thon ", "xom ", "to dan pho "])
        {
            self.village = Some(bare.to_owned());
            return true;
        }
        if begins(&["xã ", "phường ", "thị trấn ", "tt ", "tt. ", "xa ", "phuong ", "thi tran "])
            && let Found::One(found) = self.reading.commune(bare, "")
        {
            self.commune = Some((found.name, found.code));
            self.village = None;
            return true;
        }
        false
    }

    fn read(&mut self, row: &Row, at: Address) -> ReadRow {
        let mut shown = Vec::new();
        let mut values: HashMap<Column, (Value, Address, bool)> = HashMap::new();
        for (column, heading) in &self.headings.columns {
            let at = self.address(row.number, *column);
            let cell = row.get(*column).filter(|cell| !cell.value.is_blank());
            let read = cell.map(|cell| cell.value.shown()).unwrap_or_default();
            shown.push(PreviewCell {
                at: at.clone(),
                column: heading.column,
                read: tidy(&read),
                taken: None,
                severity: None,
            });
            let Some(cell) = cell else { continue };
            let ditto = matches!(&cell.value, Value::Text(text) if is_ditto(text));
            let value = if ditto {
                match self.above.get(&heading.column) {
                    Some(above) => {
                        self.reading.mark(&at, &read, Finding::SameAsAbove);
                        above.clone()
                    }
                    None => {
                        self.reading.mark(&at, &read, Finding::NothingAbove);
                        Value::Fault(String::new())
                    }
                }
            } else {
                cell.value.clone()
            };
            if !matches!(value, Value::Fault(_)) {
                self.above.insert(heading.column, value.clone());
            }
            values.insert(heading.column, (value, at, cell.merged));
        }
        let mut reader = RowReader { list: self, shown, values, at: at.clone() };
        // A name merged over several rows is said once: those below go on with the household.
        let goes_on = reader.values.get(&Column::Name).is_some_and(|(_, _, merged)| *merged);
        let name = if goes_on { Field::Empty } else { reader.said(Column::Name, cells::name) };
        let phone = reader.said(Column::Phone, cells::phone);
        let key = reader.said(Column::Key, cells::key);
        let (village, commune) = reader.place();
        let plot = reader.plot(name == Field::Empty);
        let RowReader { shown: cells, .. } = reader;
        let sheet = self.reading.sheets;
        let commune_at = cells
            .iter()
            .find(|cell| matches!(cell.column, Column::Commune | Column::Place))
            .map(|cell| cell.at.clone());
        ReadRow {
            shown: PreviewRow { at, cells, household: None },
            sheet,
            name,
            phone,
            village,
            commune,
            commune_at,
            key,
            plot,
        }
    }
}

fn without_number(text: &str) -> &str {
    let end = text.find([' ', '.', '/', ')', ':']).unwrap_or(0);
    let (number, rest) = text.split_at(end);
    let is_number =
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'A'..='H'));
    if is_number { rest.trim_start_matches(['.', '/', ')', ':', ' ']) } else { text }
}

fn is_total(text: &str) -> bool {
    let folded = fold(text);
    matches!(folded.as_str(), "tong" | "cong" | "tong cong" | "tong so" | "tong so ho" | "tong ho" | "cong tong" | "total")
        // A mark decides: somebody's family name is Tống.
        && !lower(text).starts_with("tống")
        || ["tong cong ", "tong so ", "cong thon ", "tong dien tich ", "tong san luong "]
            .iter()
            .any(|start| folded.starts_with(start))
            && !lower(text).starts_with("tống")
}

fn is_footer(text: &str) -> bool {
    let folded = fold(text);
    [
        "nguoi lap",
        "nguoi tong hop",
        "giam doc",
        "chu tich",
        "ke toan",
        "xac nhan",
        "ky ten",
        "ky va ghi",
        "thu truong",
        "dai dien",
        "truong thon",
    ]
    .iter()
    .any(|word| folded.starts_with(word) || folded.contains(&format!(" {word}")))
        || (folded.contains("ngay") && folded.contains("thang") && folded.contains("nam"))
}

fn has_group_rows(sheet: &Sheet, headings: &Headings) -> bool {
    sheet.rows.iter().skip(headings.skip).any(|row| {
        let mut own = row.cells().iter().filter(|cell| !cell.merged && !cell.value.is_blank());
        let (Some(cell), None) = (own.next(), own.next()) else { return false };
        let text = tidy(&cell.value.shown());
        let lower = lower(without_number(&text));
        ["xã ", "phường ", "thị trấn ", "xa ", "phuong "].iter().any(|word| lower.starts_with(word))
    })
}
