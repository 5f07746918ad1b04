//! Noting what a record says about the graph, inside the writer's transaction.

use nguon_core::admit::Statement;
use nguon_core::event::{Event, PlotRegistered};
use nguon_core::ids::ChainId;
use nguon_core::state::ChainState;
use nguon_core::trace::{Change, Node, RecallNote, Sums, changes};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::columns::word;
use crate::error::StoreError;

/// Notes a record that was just taken; `state` is its chain with it.
pub(in crate::sqlite) fn note(
    connection: &Connection,
    state: &ChainState,
    statement: &Statement,
) -> Result<(), StoreError> {
    let record = &statement.record;
    let pen = Pen { connection };
    if let Some(actor) = state.actor() {
        if record.sequence > 0 {
            return Ok(());
        }
        let update = "UPDATE node SET sort = 'actor', role = ?2 WHERE node = ?1";
        return pen.run(update, params![pen.number(&state.id)?, word(&actor.role)]);
    }
    let node = pen.number(&state.id)?;
    match Node::of(state, record).filter(|_| record.sequence == 0) {
        Some(facts) => pen.begin(node, &facts)?,
        None => pen.go_on(node, state)?,
    }
    for change in changes(state, record) {
        pen.edge(node, state, change)?;
    }
    let event = if let Event::Corrected(corrected) = &record.event { &*corrected.event } else { &record.event };
    pen.findable(node, event)?;
    match event {
        Event::Recalled(_) | Event::Released(_) => pen.recalls(node, state),
        Event::CustodianChanged(event) => {
            pen.run("UPDATE node SET owner = ?2 WHERE node = ?1", params![node, event.to.as_bytes()])
        }
        Event::NameReleased(_) => {
            let update = "UPDATE node SET gtin = NULL, lot = NULL, issuer = NULL, code = NULL WHERE node = ?1";
            pen.run(update, params![node])
        }
        _ => Ok(()),
    }
}

/// Writes one row a statement. SQLite keeps a journal of its own for each statement that could be undone halfway
/// (`RETURNING`, `ON CONFLICT DO UPDATE`), which costs more the longer the group under way is.
struct Pen<'a> {
    connection: &'a Connection,
}

impl Pen<'_> {
    fn run(&self, query: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.connection.prepare_cached(query)?.execute(values)?;
        Ok(())
    }

    /// A chain's number; one is given to a chain not heard of before.
    fn number(&self, chain: &ChainId) -> Result<i64, StoreError> {
        let query = "SELECT node FROM node WHERE chain_id = ?1";
        let key = params![chain.as_bytes()];
        if let Some(found) = self.connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()? {
            return Ok(found);
        }
        self.run("INSERT INTO node (chain_id) VALUES (?1)", key)?;
        Ok(self.connection.last_insert_rowid())
    }

    /// A place or batch with its first record.
    fn begin(&self, number: i64, node: &Node) -> Result<(), StoreError> {
        let update = "UPDATE node SET sort = ?2, owner = ?3, gtin = ?4, lot = ?5, issuer = ?6, code = ?7, product = ?8,
            variety = ?9, commune = ?10, consignment_of = ?11, opened_at = ?12, records = 1 WHERE node = ?1";
        let values = params![
            number,
            node.sort.as_str(),
            node.owner.as_bytes(),
            node.label.as_ref().map(|label| label.gtin.to_string()),
            node.label.as_ref().map(|label| label.lot.to_string()),
            node.code.as_ref().map(|code| code.issuer.as_str()),
            node.code.as_ref().map(|code| code.code.as_str()),
            node.product.as_ref().map(|text| text.as_str()),
            node.variety.as_ref().map(|text| text.as_str()),
            node.commune.as_ref().map(|code| code.as_str()),
            node.consignment_of.as_ref().map(ChainId::as_bytes),
            i64::from(node.opened_at),
        ];
        self.run(update, values)
    }

    /// A later record: count and sums.
    fn go_on(&self, number: i64, state: &ChainState) -> Result<(), StoreError> {
        let records = state.sequence + 1;
        let Some(sums) = Sums::of(state) else {
            return self.run("UPDATE node SET records = ?2 WHERE node = ?1", params![number, records]);
        };
        let update = "UPDATE node SET records = ?2, in_g = ?3, drawn_g = ?4, sold_g = ?5, lost_g = ?6, disposed_g = ?7,
            boxes = ?8 WHERE node = ?1";
        let Sums { in_g, drawn_g, sold_g, lost_g, disposed_g, boxes, .. } = sums;
        let boxes = Some(boxes).filter(|boxes| *boxes > 0);
        self.run(update, params![number, records, in_g, drawn_g, sold_g, lost_g, disposed_g, boxes])
    }

    fn edge(&self, node: i64, state: &ChainState, change: Change) -> Result<(), StoreError> {
        let number = |chain: &ChainId| if *chain == state.id { Ok(node) } else { self.number(chain) };
        let draw = change.draw.as_ref();
        let season = draw.and_then(|draw| draw.season.as_ref()).map(|season| season.as_str());
        let why = draw.and_then(|draw| draw.why.as_ref()).map(word);
        let at = draw.map(|draw| i64::from(draw.at));
        let (from, to) = (number(&change.from)?, number(&change.to)?);
        let values = params![from, to, change.drawn_g, change.received_g, season, why, at];
        let update = "UPDATE edge SET drawn_g = drawn_g + ?3, received_g = received_g + ?4,
            season = coalesce(?5, season), why = coalesce(?6, why), at = coalesce(?7, at)
            WHERE source = ?1 AND destination = ?2";
        if self.connection.prepare_cached(update)?.execute(values)? > 0 {
            return Ok(());
        }
        let insert = "INSERT INTO edge (source, destination, drawn_g, received_g, season, why, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.run(insert, values)
    }

    /// What a node is found by. What a correction replaced finds it too.
    fn findable(&self, node: i64, event: &Event) -> Result<(), StoreError> {
        let place = match event {
            Event::PlotRegistered(PlotRegistered { area, .. }) => {
                let insert = "INSERT OR IGNORE INTO edge (source, destination) VALUES (?1, ?2)";
                return self.run(insert, params![self.number(area)?, node]);
            }
            Event::InputApplied(event) => {
                let Some(lot) = &event.product_lot else { return Ok(()) };
                let insert = "INSERT OR IGNORE INTO applied (product_lot, product, node) VALUES (?1, ?2, ?3)";
                return self.run(insert, params![lot.as_str(), event.product.as_str(), node]);
            }
            Event::Shipped(event) => {
                let Some(document) = &event.document else { return Ok(()) };
                let insert = "INSERT OR IGNORE INTO shipment (kind, number, node) VALUES (?1, ?2, ?3)";
                return self.run(insert, params![document.kind.as_str(), document.number.as_str(), node]);
            }
            Event::Aggregated(event) => {
                let insert = "INSERT OR IGNORE INTO pallet (sscc, node) VALUES (?1, ?2)";
                return self.run(insert, params![event.sscc.to_string(), node]);
            }
            Event::Packed(event) => event.place,
            Event::Repacked(event) => event.place,
            Event::Received(event) => event.place,
            Event::Cooled(event) => event.place,
            _ => None,
        };
        let Some(place) = place else { return Ok(()) };
        let insert = "INSERT OR IGNORE INTO handled (place, node) VALUES (?1, ?2)";
        self.run(insert, params![self.number(&place)?, node])
    }

    fn recalls(&self, node: i64, state: &ChainState) -> Result<(), StoreError> {
        let insert = "INSERT OR REPLACE INTO recall
            (node, sequence, reason, product_lot, harvests, consignment, released) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        for recall in state.recalls() {
            let note = RecallNote::of(recall);
            let (lot, consignment) = (note.product_lot.as_ref(), note.consignment.as_ref());
            let (lot, consignment) = (lot.map(|lot| lot.as_str()), consignment.map(ChainId::as_bytes));
            let reason = word(&note.reason);
            self.run(insert, params![node, note.sequence, reason, lot, note.harvests, consignment, note.released])?;
        }
        self.run("UPDATE node SET recalled = 1 WHERE node = ?1", params![node])
    }
}
