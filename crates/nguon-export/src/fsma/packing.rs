//! Initial packing (§1.1330) and transformation (§1.1350).

use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;

use super::row::{Maker, Packaging, UNIT, tail};
use crate::facts::Entry;
use crate::table::Cell;

impl Maker<'_, '_> {
    /// Rows of the sheet of initial packing: one for each harvest in each lot that was packed. What was received of a lot
    /// that one farm harvested is what was taken of it; of one that several farms' fruit had been merged into, what that
    /// farm's draw says.
    pub fn initial_packing(&mut self, entry: &Entry<'_>, packed: &Packaging<'_>) -> Vec<Vec<Cell>> {
        let inputs: Vec<&Input> = entry.event.inputs().iter().collect();
        let mut rows = Vec::new();
        for input in inputs {
            let harvests = match self.facts.chain(&input.from).and_then(|chain| chain.state().place()) {
                // Fruit that went from the plot into the boxes.
                Some(_) => self
                    .facts
                    .harvests(&entry.chain.id())
                    .into_iter()
                    .filter(|harvest| harvest.chain.id() == input.from)
                    .collect(),
                None => self.facts.harvests(&input.from),
            };
            let single = harvests.len() == 1;
            for harvest in harvests {
                rows.push(self.packing_row(entry, packed, input, &harvest, single));
            }
        }
        rows
    }

    fn packing_row(
        &mut self,
        entry: &Entry<'_>,
        packed: &Packaging<'_>,
        input: &Input,
        harvest: &Entry<'_>,
        single: bool,
    ) -> Vec<Cell> {
        let batch = entry.chain.id();
        let (lot, source, plot) = (self.facts.lot(&batch), self.facts.lot(&input.from), harvest.chain.id());
        let farm = harvest.chain.state().custodian_at(harvest.signed().sequence).unwrap_or(plot);
        let drawn = match harvest.event {
            Event::HarvestDrawn(draw) => draw.grams.get(),
            _ => 0,
        };
        let grams = if single { input.grams.get() } else { drawn };
        let commodity = if source.product.is_empty() { lot.product.clone() } else { source.product.clone() };
        let variety = self.facts.place(&plot).and_then(|place| place.variety);
        let received = self.received_at(&input.from, &lot.owner).unwrap_or(entry.at);
        let mut row = vec![
            commodity.into(),
            self.variety("1.1330(a)(1)", &lot, variety.as_deref()),
            Cell::Day(received),
            Cell::kilograms(grams),
            UNIT.into(),
            self.site("1.1330(a)(4)", "farm where harvested", Some(plot), &farm),
            self.field(&plot).into(),
        ];
        row.extend(self.harvester("1.1330(a)(7)", &farm));
        row.push(Cell::Day(harvest.at));
        row.extend(self.cooled_before(&input.from));
        row.push(self.facts.lot_code(&batch).into());
        row.push(self.product(&lot, Some(packed)).into());
        row.extend(self.quantity(packed));
        row.push(self.site("1.1330(a)(14)", "traceability lot code source", packed.place, &lot.owner));
        row.push(Cell::Day(entry.at));
        row.extend(Self::document(entry));
        row.push(self.facts.lot_code(&input.from).into());
        row.extend(tail(entry));
        row
    }

    /// Rows of the sheet of transformation: one for each lot that was used.
    pub fn transformation(&mut self, entry: &Entry<'_>, packed: &Packaging<'_>) -> Vec<Vec<Cell>> {
        let batch = entry.chain.id();
        let lot = self.facts.lot(&batch);
        let mut rows = Vec::new();
        for input in entry.event.inputs() {
            let mut row = vec![
                self.facts.lot_code(&input.from).into(),
                self.product_of(&input.from).into(),
                Cell::kilograms(input.grams.get()),
                UNIT.into(),
                self.facts.lot_code(&batch).into(),
                self.site("1.1350(a)(2)(ii)", "traceability lot code source", packed.place, &lot.owner),
                Cell::Day(entry.at),
                self.product(&lot, Some(packed)).into(),
            ];
            row.extend(self.quantity(packed));
            row.extend(Self::document(entry));
            row.extend(tail(entry));
            rows.push(row);
        }
        rows
    }

    fn quantity(&self, packed: &Packaging<'_>) -> [Cell; 3] {
        let grams = packed.boxes.saturating_mul(packed.grams_per_box);
        [Cell::kilograms(grams), UNIT.into(), Cell::count(packed.boxes)]
    }

    /// When the packer received a lot; `None` if it was its own from the beginning.
    fn received_at(&self, source: &ChainId, packer: &ChainId) -> Option<crate::facts::When> {
        let batches = self.facts.upstream(source);
        let received = batches.iter().filter(|batch| self.facts.lot(batch).owner == *packer);
        let entries = received.flat_map(|batch| self.facts.entries_of(batch));
        entries.filter(|entry| matches!(entry.event, Event::Received(_))).map(|entry| entry.at).min()
    }

    fn cooled_before(&mut self, source: &ChainId) -> [Cell; 2] {
        let batches = self.facts.upstream(source);
        let cooled =
            batches.iter().flat_map(|batch| self.facts.entries_of(batch)).find_map(|entry| match entry.event {
                Event::Cooled(cooled) => Some((entry, cooled)),
                _ => None,
            });
        let Some((entry, cooled)) = cooled else { return [Cell::Empty, Cell::Empty] };
        let actor = entry.actor().or(entry.chain.state().custodian()).unwrap_or(entry.chain.id());
        [self.site("1.1330(a)(9)", "location where cooled", cooled.place, &actor), Cell::Day(entry.at)]
    }
}
