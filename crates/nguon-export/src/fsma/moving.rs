//! Shipping (§1.1340) and receiving (§1.1345) of packed lots.

use nguon_core::event::{Drawn, Event, Input, Received, Shipped};
use nguon_core::ids::ChainId;

use super::row::{Maker, UNIT, packaging, tail};
use crate::facts::{Entry, Remedy};
use crate::table::Cell;

impl Maker<'_, '_> {
    /// A row of the sheet of shipping. `shipped` is missing where fruit was handed over without a carrier's record; then the
    /// draw tells of it.
    pub fn shipping(&mut self, entry: &Entry<'_>, shipped: Option<&Shipped>, drawn: &Drawn) -> Vec<Cell> {
        let batch = entry.chain.id();
        let owner = self.facts.lot(&batch).owner;
        let recipient = self.facts.chain(&drawn.to).and_then(|chain| chain.state().custodian());
        let recipient = match recipient {
            Some(actor) => self.seat("1.1340(a)(4)", "immediate subsequent recipient", &actor),
            None => {
                // The receiver's batch is no ancestor of this lot, so this bundle does not have it.
                self.lacks("1.1340(a)(4)", "immediate subsequent recipient", entry, "draw", Remedy::Open);
                Cell::Empty
            }
        };
        let place = self.packed_at(&batch).filter(|(_, packer)| *packer == owner).and_then(|(place, _)| place);
        let transporter = shipped.map(|shipped| self.facts.party(&shipped.carrier).called());
        let mut row = vec![
            self.facts.lot_code(&batch).into(),
            Cell::kilograms(drawn.grams.get()),
            UNIT.into(),
            self.product_of(&batch).into(),
            recipient,
            self.site("1.1340(a)(5)", "shipped from", place, &owner),
            Cell::Day(entry.at),
            self.code_source("1.1340(a)(7)", &batch),
        ];
        row.extend(Self::document(entry));
        row.push(Cell::words(transporter));
        row.extend(tail(entry));
        row
    }

    /// Rows of the sheet of receiving: one for each packed lot that arrived.
    pub fn receiving(&mut self, entry: &Entry<'_>, received: &Received) -> Vec<Vec<Cell>> {
        let owner = self.facts.lot(&entry.chain.id()).owner;
        let packed = |input: &&Input| self.facts.is_packed(&input.from);
        let inputs: Vec<&Input> = received.inputs.iter().filter(packed).collect();
        let mut rows = Vec::new();
        for input in inputs {
            let source = self.facts.lot(&input.from).owner;
            let mut row = vec![
                self.facts.lot_code(&input.from).into(),
                Cell::kilograms(input.grams.get()),
                UNIT.into(),
                self.product_of(&input.from).into(),
                self.seat("1.1345(a)(4)", "immediate previous source", &source),
                self.site("1.1345(a)(5)", "received at", received.place, &owner),
                Cell::Day(entry.at),
                self.code_source("1.1345(a)(7)", &input.from),
            ];
            row.extend(Self::document(entry));
            row.extend(tail(entry));
            rows.push(row);
        }
        rows
    }

    /// Where the lot code that a batch's fruit carries was assigned.
    fn code_source(&mut self, cite: &'static str, batch: &ChainId) -> Cell {
        match self.packed_at(batch) {
            Some((place, packer)) => self.site(cite, "traceability lot code source", place, &packer),
            None => Cell::Empty,
        }
    }

    /// Where and by whom it was last packed.
    fn packed_at(&self, batch: &ChainId) -> Option<(Option<ChainId>, ChainId)> {
        let packed_in = self.facts.packed_in(batch)?;
        let place = self.facts.entries_of(&packed_in).filter_map(|entry| packaging(entry.event)).last()?.place;
        Some((place, self.facts.lot(&packed_in).owner))
    }
}

/// The draw that a shipment carries out, as it counts.
pub(super) fn draw_of<'a>(entries: &[Entry<'a>], sequence: u64) -> Option<&'a Drawn> {
    entries.iter().find(|entry| entry.signed().sequence == sequence).and_then(|entry| match entry.event {
        Event::Drawn(drawn) => Some(drawn),
        _ => None,
    })
}
