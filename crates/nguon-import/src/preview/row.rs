//! One row: from its cells to a name, a place and a plot.

use std::collections::HashMap;

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, CommuneCode};

use super::PreviewCell;
use super::cells::{self, Said};
use super::rows::{Field, List, ReadPlot};
use crate::column::{Column, Heading};
use crate::commune::Found;
use crate::finding::Finding;
use crate::table::{Address, Value};
use crate::text::nearness;

/// Reads one row's cells.
pub(super) struct RowReader<'l, 'r, 'a> {
    pub list: &'l mut List<'r, 'a>,
    pub shown: Vec<PreviewCell>,
    /// What each column's cell holds, where that is, and whether a merged range repeats it there.
    pub values: HashMap<Column, (Value, Address, bool)>,
    /// The row's first cell.
    pub at: Address,
}

impl RowReader<'_, '_, '_> {
    /// Where a column's cell is in this row; where there is no such column, the row's first cell.
    fn place_of(&self, column: Column) -> Address {
        let of = self.list.headings.of(column);
        of.map_or_else(|| self.at.clone(), |(at, _)| self.list.address(self.at.row, at))
    }

    fn mark(&mut self, at: &Address, finding: Finding) {
        let read = self.shown.iter().find(|cell| cell.at == *at).map(|cell| cell.read.clone()).unwrap_or_default();
        self.list.reading.mark(at, &read, finding);
    }

    fn take<T>(&mut self, at: &Address, said: Said<T>) -> Field<T> {
        for finding in said.findings {
            self.mark(at, finding);
        }
        if let Some(cell) = self.shown.iter_mut().find(|cell| cell.at == *at) {
            cell.taken = said.taken.filter(|taken| *taken != cell.read);
        }
        Field::Good(said.value, at.clone())
    }

    fn text(&mut self, column: Column) -> Field<String> {
        let Some((value, at, _)) = self.values.get(&column).cloned() else { return Field::Empty };
        match cells::words(&value) {
            Ok(Some(text)) => Field::Good(text, at),
            Ok(None) => Field::Empty,
            // Nothing above was marked already.
            Err(Finding::FailedFormula) if value == Value::Fault(String::new()) => Field::Bad,
            Err(finding) => {
                self.mark(&at, finding);
                Field::Bad
            }
        }
    }

    pub fn said<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<Said<T>, Finding>) -> Field<T> {
        match self.text(column) {
            Field::Empty => Field::Empty,
            Field::Bad => Field::Bad,
            Field::Good(text, at) => match read(&text) {
                Ok(said) => self.take(&at, said),
                Err(finding) => {
                    self.mark(&at, finding);
                    Field::Bad
                }
            },
        }
    }

    /// Village and commune: from their columns, from one address, from the line above the group, or as the caller said.
    pub fn place(&mut self) -> (Field<String>, Field<CommuneCode>) {
        let mut village = self.text(Column::Village);
        let mut commune = self.text(Column::Commune);
        let district = self.text(Column::District);
        if let Field::Good(address, at) = self.text(Column::Place) {
            let (before, rest) = split_address(&address);
            if village == Field::Empty && !before.is_empty() {
                village = Field::Good(before, at.clone());
            }
            if commune == Field::Empty && !rest.is_empty() {
                commune = Field::Good(rest, at);
            }
        }
        let commune = match commune {
            Field::Bad => Field::Bad,
            Field::Good(text, at) => {
                let district = district.good().cloned().unwrap_or_default();
                match self.list.reading.commune(&text, &district) {
                    Found::One(found) => {
                        let findings =
                            if found.was.is_some() { vec![Finding::Renamed(found.clone())] } else { Vec::new() };
                        let taken = Some(format!("{} ({})", found.name, found.code));
                        self.take(&at, Said { value: found.code, taken, findings })
                    }
                    Found::Several(candidates) => {
                        self.mark(&at, Finding::AmbiguousCommune(candidates));
                        Field::Bad
                    }
                    Found::None(near) => {
                        self.mark(&at, Finding::UnknownCommune(near));
                        Field::Bad
                    }
                }
            }
            Field::Empty => {
                let group = self.list.commune.as_ref().map(|(_, code)| code.clone());
                match group.or_else(|| self.list.reading.options.commune.clone()) {
                    Some(code) => Field::Good(code, self.at.clone()),
                    None => Field::Empty,
                }
            }
        };
        if village == Field::Empty
            && let Some(group) = &self.list.village
        {
            village = Field::Good(group.clone(), self.at.clone());
        }
        (village, commune)
    }

    pub fn plot(&mut self, continues: bool) -> Option<ReadPlot> {
        let own = |column: &Column| self.values.get(column).is_some_and(|(_, _, merged)| !merged);
        if !self.values.keys().any(|column| column.is_plot() && own(column)) {
            return None;
        }
        for column in [Column::Plot, Column::Size, Column::Trees, Column::Yield] {
            if let Some((_, at, true)) = self.values.get(&column).cloned() {
                // One number over several plots says of none how much is its.
                self.mark(&at, Finding::MergedNumber);
            }
        }
        let name = self.text(Column::Plot);
        let size = self.quantity(Column::Size, cells::size);
        let size = self.required(size, Column::Size);
        let expected = self.quantity(Column::Yield, cells::mass);
        let trees = self.quantity(Column::Trees, |value, _| cells::count(value));
        let variety = match self.inherited(Column::Variety, continues) {
            Field::Good(text, at) => match cells::short_text(&text) {
                Ok(text) => Field::Good(text, at),
                Err(finding) => {
                    self.mark(&at, finding);
                    Field::Bad
                }
            },
            Field::Bad => Field::Bad,
            Field::Empty => match self.list.reading.options.variety.clone() {
                Some(variety) => Field::Good(variety, self.at.clone()),
                None => self.required(Field::Empty, Column::Variety),
            },
        };
        let (code, area) = self.area(continues);
        if let (Field::Good(size, _), Field::Good(grams, at)) = (&size, &expected)
            && grams.get() / size.get() > 6_000
        {
            let (at, kilograms_a_hectare) = (at.clone(), grams.get().saturating_mul(10) / size.get());
            self.mark(&at, Finding::HighYield(kilograms_a_hectare));
        }
        Some(ReadPlot { at: self.place_of(Column::Size), code, area, name, size, variety, trees, expected })
    }

    fn quantity<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Value, Option<Heading>) -> Result<Option<Said<T>>, Finding>,
    ) -> Field<T> {
        let Some((value, at, _)) = self.values.get(&column).cloned() else { return Field::Empty };
        if value == Value::Fault(String::new()) {
            return Field::Bad;
        }
        match read(&value, self.list.headings.of(column).map(|(_, heading)| heading)) {
            Ok(Some(said)) => self.take(&at, said),
            Ok(None) => Field::Empty,
            Err(finding) => {
                self.mark(&at, finding);
                Field::Bad
            }
        }
    }

    fn required<T>(&mut self, field: Field<T>, column: Column) -> Field<T> {
        if matches!(field, Field::Empty) {
            // Without the whole column, the sheet is marked once.
            if self.list.headings.of(column).is_some() {
                let at = self.place_of(column);
                self.mark(&at, Finding::Missing(column));
            }
            return Field::Bad;
        }
        field
    }

    /// A further plot of a household has the variety and area of the one above, where its own cell is empty.
    fn inherited(&mut self, column: Column, continues: bool) -> Field<String> {
        match self.text(column) {
            Field::Empty if continues => {
                let above = self.list.above.get(&column).and_then(|value| cells::words(value).ok().flatten());
                above.map_or(Field::Empty, |text| Field::Good(text, self.place_of(column)))
            }
            found => found,
        }
    }

    fn area(&mut self, continues: bool) -> (Field<Code>, Option<ChainId>) {
        match self.inherited(Column::AreaCode, continues) {
            Field::Bad => (Field::Bad, None),
            Field::Empty => match self.list.reading.only_area() {
                Some((code, chain)) => (Field::Good(code, self.at.clone()), Some(chain)),
                None => (self.required(Field::Empty, Column::AreaCode), None),
            },
            Field::Good(text, at) => match (cells::code(&text), self.list.reading.options.areas.as_deref()) {
                (Err(finding), _) => {
                    self.mark(&at, finding);
                    (Field::Bad, None)
                }
                (Ok(code), None) => (Field::Good(code, at), None),
                (Ok(code), Some(areas)) => {
                    let key = cells::code_key(code.as_str());
                    if let Some(area) = self.list.reading.areas.get(&key).and_then(|found| areas.get(*found)) {
                        return (Field::Good(area.code.clone(), at), Some(area.chain));
                    }
                    let near = areas
                        .iter()
                        .filter_map(|area| Some((nearness(&cells::code_key(area.code.as_str()), &key)?, area)));
                    let near = near.min_by_key(|(distance, _)| *distance).map(|(_, area)| area);
                    let near = near.map(|area| area.code.clone());
                    self.mark(&at, Finding::UnknownArea(near));
                    (Field::Bad, None)
                }
            },
        }
    }
}

/// "Thôn Kép, xã Hồng Giang, huyện Lục Ngạn": the village, and the rest.
fn split_address(address: &str) -> (String, String) {
    let parts: Vec<&str> = address
        .split([',', ';', '\n'])
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_commune = |part: &&str| {
        let lower = crate::text::lower(part);
        ["xã ", "phường ", "thị trấn ", "tt ", "tt.", "x.", "p.", "xa ", "phuong ", "thi tran "]
            .iter()
            .any(|word| lower.starts_with(word))
    };
    let at = parts.iter().position(is_commune).unwrap_or(usize::from(parts.len() > 1));
    let (before, rest) = parts.split_at(at.min(parts.len()));
    (before.join(", "), rest.join(", "))
}
