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
    if let Some(actor) = state.actor() {
        if record.sequence == 0 {
            let insert = "INSERT INTO node (chain_id, sort, role) VALUES (?1, 'actor', ?2)
                ON CONFLICT (chain_id) DO UPDATE SET sort = excluded.sort, role = excluded.role";
            connection.prepare_cached(insert)?.execute(params![state.id.as_bytes(), word(&actor.role)])?;
        }
        return Ok(());
    }
    let pen = Pen { connection };
    let node = match Node::of(state, record).filter(|_| record.sequence == 0) {
        Some(node) => pen.begin(&node)?,
        None => pen.go_on(state)?,
    };
    for change in changes(state, record) {
        pen.edge(node, state, change)?;
    }
    let event = if let Event::Corrected(corrected) = &record.event { &*corrected.event } else { &record.event };
    pen.findable(node, event)?;
    match event {
        Event::Recalled(_) | Event::Released(_) => pen.recalls(node, state),
        Event::NameReleased(_) => {
            let update = "UPDATE node SET gtin = NULL, lot = NULL, issuer = NULL, code = NULL WHERE node = ?1";
            pen.run(update, params![node])
        }
        _ => Ok(()),
    }
}

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
    fn begin(&self, node: &Node) -> Result<i64, StoreError> {
        let insert = "INSERT INTO node
            (chain_id, sort, owner, gtin, lot, issuer, code, product, variety, commune, consignment_of, opened_at, records)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)
            ON CONFLICT (chain_id) DO UPDATE SET sort = excluded.sort, owner = excluded.owner, gtin = excluded.gtin,
                lot = excluded.lot, issuer = excluded.issuer, code = excluded.code, product = excluded.product,
                variety = excluded.variety, commune = excluded.commune, consignment_of = excluded.consignment_of,
                opened_at = excluded.opened_at, records = 1
            RETURNING node";
        let values = params![
            node.chain.as_bytes(),
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
        Ok(self.connection.prepare_cached(insert)?.query_row(values, |row| row.get(0))?)
    }

    /// A later record: custodian, count and sums.
    fn go_on(&self, state: &ChainState) -> Result<i64, StoreError> {
        let update = "UPDATE node SET owner = ?2, records = ?3, in_g = ?4, drawn_g = ?5, sold_g = ?6, lost_g = ?7,
            disposed_g = ?8, boxes = ?9 WHERE chain_id = ?1 RETURNING node";
        let sums = Sums::of(state).unwrap_or_default();
        let owner = state.custodian();
        let values = params![
            state.id.as_bytes(),
            owner.as_ref().map(ChainId::as_bytes),
            state.sequence + 1,
            sums.in_g,
            sums.drawn_g,
            sums.sold_g,
            sums.lost_g,
            sums.disposed_g,
            Some(sums.boxes).filter(|boxes| *boxes > 0),
        ];
        Ok(self.connection.prepare_cached(update)?.query_row(values, |row| row.get(0))?)
    }

    fn edge(&self, node: i64, state: &ChainState, change: Change) -> Result<(), StoreError> {
        let number = |chain: &ChainId| if *chain == state.id { Ok(node) } else { self.number(chain) };
        let draw = change.draw.as_ref();
        let season = draw.and_then(|draw| draw.season.as_ref()).map(|season| season.as_str());
        let why = draw.and_then(|draw| draw.why.as_ref()).map(word);
        let at = draw.map(|draw| i64::from(draw.at));
        let upsert = "INSERT INTO edge (source, destination, drawn_g, received_g, season, why, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (source, destination) DO UPDATE SET drawn_g = drawn_g + excluded.drawn_g,
                received_g = received_g + excluded.received_g, season = coalesce(excluded.season, season),
                why = coalesce(excluded.why, why), at = coalesce(excluded.at, at)";
        let (from, to) = (number(&change.from)?, number(&change.to)?);
        self.run(upsert, params![from, to, change.drawn_g, change.received_g, season, why, at])
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
