//! Rows become households: several rows of one are put together, and what cannot be told apart is marked.

use std::collections::HashMap;

use super::rows::{Field, ReadPlot, ReadRow, Reading};
use crate::column::Column;
use crate::finding::{Finding, Mark, Place};
use crate::household::{Household, HouseholdKey, Plot};
use crate::table::Address;
use crate::text::squeeze;

/// Puts rows together, by their order and by telephone number, name and village.
pub(super) fn assemble(reading: &mut Reading<'_>) -> Vec<Household> {
    let mut rows = std::mem::take(&mut reading.rows);
    let mut found = Assembly::default();
    for row in &mut rows {
        found.row(row);
    }
    reading.rows = rows;
    found.check_plots();
    reading.marks.append(&mut found.marks);
    found.households
}

#[derive(Default)]
struct Assembly {
    households: Vec<Household>,
    by_phone: HashMap<HouseholdKey, usize>,
    by_name: HashMap<HouseholdKey, usize>,
    by_key: HashMap<[u8; 32], Address>,
    /// The household of the row before, in the same sheet. `None` within: the row before could not be read.
    before: Option<(usize, Option<usize>)>,
    marks: Vec<Mark>,
}

impl Assembly {
    fn mark(&mut self, at: &Address, read: &str, finding: Finding) {
        self.marks.push(Mark { at: Place::Cell(at.clone()), read: read.to_owned(), finding });
    }

    fn row(&mut self, row: &mut ReadRow) {
        let before = self.before.filter(|(sheet, _)| *sheet == row.sheet);
        let household = match &row.name {
            Field::Bad => None,
            Field::Empty => self.continued(row, before),
            Field::Good(..) => self.named(row, before.and_then(|(_, household)| household)),
        };
        self.before = Some((row.sheet, household));
        row.shown.household = household;
        if let (Some(at), Some(plot)) = (household, &row.plot)
            && let Some(plot) = complete(plot)
            && let Some(household) = self.households.get_mut(at)
        {
            household.plots.push(plot);
        }
    }

    /// A row without a name goes on with the household above.
    fn continued(&mut self, row: &ReadRow, before: Option<(usize, Option<usize>)>) -> Option<usize> {
        let name_cell = row.shown.cells.iter().find(|cell| cell.column == Column::Name).map(|cell| cell.at.clone());
        match before {
            // Nothing above in this sheet.
            None => {
                self.mark(&name_cell.unwrap_or_else(|| row.shown.at.clone()), "", Finding::Missing(Column::Name));
                None
            }
            Some((_, None)) => None,
            Some((_, Some(at))) => {
                let above = self.households.get(at)?;
                if let Field::Good(phone, cell) = &row.phone
                    && above.phone.as_ref() != Some(phone)
                {
                    let (cell, read) = (cell.clone(), phone.spoken());
                    self.mark(&cell, &read, Finding::PhoneWithoutName);
                    return None;
                }
                if row.plot.is_none() {
                    self.mark(&name_cell.unwrap_or_else(|| row.shown.at.clone()), "", Finding::Missing(Column::Name));
                    return None;
                }
                Some(at)
            }
        }
    }

    /// A row with a name is a household of its own, or a further row of one.
    fn named(&mut self, row: &ReadRow, before: Option<usize>) -> Option<usize> {
        let Field::Good(name, at) = &row.name else { return None };
        let household = Household {
            at: at.clone(),
            name: name.clone(),
            phone: row.phone.good().cloned(),
            village: row.village.good().cloned(),
            commune: row.commune.good().cloned(),
            key: None,
            plots: Vec::new(),
        };
        if matches!(row.phone, Field::Bad) || matches!(row.commune, Field::Bad) || matches!(row.village, Field::Bad) {
            // Too little is known to compare it with others; the cell is marked, and a further row may stand below.
            return Some(self.add(household, row));
        }
        if let Some(at_above) = before.filter(|at| self.goes_on(*at, row, &household)) {
            return Some(self.further(at_above, row, at, before));
        }
        if household.commune.is_none()
            && let Some(cell) = &row.commune_at
        {
            self.mark(cell, "", Finding::Missing(Column::Commune));
        }
        let phone_key = household.phone_key();
        if let Some(of_phone) = phone_key.and_then(|key| self.by_phone.get(&key).copied())
            && let Some(other) = self.households.get(of_phone)
        {
            if other.name.key() == household.name.key() || other.name.bare_key() == household.name.bare_key() {
                return Some(self.further(of_phone, row, at, before));
            }
            let (other, cell) = (other.at.clone(), row.phone.at().cloned().unwrap_or_else(|| at.clone()));
            let read = household.phone.as_ref().map(crate::value::Phone::spoken).unwrap_or_default();
            self.mark(&cell, &read, Finding::DuplicatePhone(other));
            return Some(self.add(household, row));
        }
        if let Some(of_name) = self.by_name.get(&household.name_key()).copied()
            && let Some(other) = self.households.get(of_name)
        {
            let (first, differ) = (other.at.clone(), other.phone.is_some() && household.phone.is_some());
            if differ {
                self.mark(at, name.as_str(), Finding::NamesAlike(first));
                return Some(self.add(household, row));
            }
            if before == Some(of_name) {
                // The household above, with its name written again; a telephone number may have come only now.
                if let Some(phone) = household.phone {
                    self.by_phone.insert(HouseholdKey::of_phone(&phone), of_name);
                    if let Some(other) = self.households.get_mut(of_name) {
                        other.phone = Some(phone);
                    }
                }
                return Some(self.further(of_name, row, at, before));
            }
            self.mark(at, name.as_str(), Finding::DuplicateName(first));
            return Some(self.add(household, row));
        }
        Some(self.add(household, row))
    }

    /// Whether a row writes the name of the household above again, and contradicts nothing of it.
    fn goes_on(&self, above: usize, row: &ReadRow, household: &Household) -> bool {
        self.households.get(above).is_some_and(|above| {
            above.name.key() == household.name.key()
                && (household.phone.is_none() || household.phone == above.phone)
                && (matches!(row.village, Field::Empty) || household.village == above.village)
                && (matches!(row.commune, Field::Empty) || household.commune == above.commune)
        })
    }

    /// A further row of a household that is there.
    fn further(&mut self, of: usize, row: &ReadRow, at: &Address, before: Option<usize>) -> usize {
        if before != Some(of)
            && let Some(first) = self.households.get(of).map(|household| household.at.clone())
        {
            self.mark(at, "", Finding::SameHousehold(first));
        }
        self.take_key(of, row);
        of
    }

    fn add(&mut self, household: Household, row: &ReadRow) -> usize {
        let at = self.households.len();
        if let Some(key) = household.phone_key() {
            self.by_phone.entry(key).or_insert(at);
        }
        self.by_name.entry(household.name_key()).or_insert(at);
        self.households.push(household);
        self.take_key(at, row);
        at
    }

    fn take_key(&mut self, of: usize, row: &ReadRow) {
        let Field::Good(key, cell) = &row.key else { return };
        let Some(household) = self.households.get_mut(of) else { return };
        if household.key.as_ref().is_some_and(|(own, _)| own == key) {
            return;
        }
        if let Some(other) = self.by_key.insert(*key.as_bytes(), cell.clone()) {
            self.mark(cell, "", Finding::SharedKey(other));
            return;
        }
        household.key = Some((*key, cell.clone()));
    }

    /// Two plots of one name, and rows that say the same twice.
    fn check_plots(&mut self) {
        let mut marks = Vec::new();
        for household in &self.households {
            let (mut names, mut rows): (HashMap<String, &Address>, HashMap<_, &Address>) = Default::default();
            for plot in &household.plots {
                let (other, finding): (_, fn(Address) -> Finding) = match &plot.name {
                    Some(name) => (names.insert(squeeze(name), &plot.at), Finding::DuplicatePlot),
                    None => {
                        let expected = plot.expected.as_ref().map(|(grams, _)| *grams);
                        (rows.insert((&plot.code, plot.size, &plot.variety, expected), &plot.at), Finding::DuplicateRow)
                    }
                };
                if let Some(other) = other {
                    marks.push((plot.at.clone(), plot.name.clone().unwrap_or_default(), finding(other.clone())));
                }
            }
        }
        for (at, read, finding) in marks {
            self.mark(&at, &read, finding);
        }
    }
}

/// A plot of which all is known.
fn complete(plot: &ReadPlot) -> Option<Plot> {
    let expected = match &plot.expected {
        Field::Bad => return None,
        Field::Empty => None,
        Field::Good(grams, at) => Some((*grams, at.clone())),
    };
    if matches!(plot.name, Field::Bad) || matches!(plot.trees, Field::Bad) {
        return None;
    }
    Some(Plot {
        at: plot.at.clone(),
        name: plot.name.good().cloned(),
        code: Some(plot.code.good()?.clone()),
        area: plot.area,
        size: *plot.size.good()?,
        variety: plot.variety.good()?.clone(),
        trees: plot.trees.good().copied(),
        expected,
    })
}
