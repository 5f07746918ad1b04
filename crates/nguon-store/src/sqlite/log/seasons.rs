//! How much of a place a bundle has to carry: the first record, and everything from a season's opening on.
//!
//! A season's opening settles what came before (the core refuses one while a recall stands or a pre-harvest interval
//! reaches into it). So a bundle may begin there if all its draws lie later, and if nothing later builds on something
//! earlier. What builds on what is noted when a record is taken, so that a bundle costs no reading of old seasons.

use std::collections::HashMap;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::{ChainKind, Record};
use nguon_core::values::Code;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::StoreError;
use crate::sqlite::read;

/// Notes what a newly taken record of a place says about seasons.
pub(super) fn note(connection: &Connection, chain: &ChainId, record: &Record, index: u64) -> Result<(), StoreError> {
    if record.kind != ChainKind::Place || record.sequence == 0 {
        return Ok(());
    }
    let (chain, sequence) = (chain.as_bytes(), record.sequence);
    if let Event::SeasonOpened(event) = &record.event {
        // Who took the plot over is said before: a bundle that begins here would show it in the hands of the first.
        let reached_at = has_changed_hands(connection, chain)?.then_some(index);
        let insert =
            "INSERT INTO season (chain_id, sequence, name, leaf_index, reached_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = params![chain, sequence, event.season.as_str(), index, reached_at];
        connection.prepare_cached(insert)?.execute(row)?;
    }
    if let Some(reach) = reach(connection, chain, &record.event)? {
        let update = "UPDATE season SET reached_at = ?4
            WHERE chain_id = ?1 AND sequence > ?2 AND sequence < ?3 AND reached_at IS NULL";
        connection.prepare_cached(update)?.execute(params![chain, reach, sequence, index])?;
    }
    let event = if let Event::Corrected(corrected) = &record.event { &corrected.event } else { &record.event };
    if let Event::HarvestDrawn(event) = event {
        let insert = "INSERT OR IGNORE INTO draw (batch, chain_id, season, sequence, leaf_index)
            VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = params![event.to.as_bytes(), chain, event.season.as_str(), sequence, index];
        connection.prepare_cached(insert)?.execute(row)?;
    }
    Ok(())
}

/// The earliest record after the first that this event cannot be understood without. Every event is listed: one that
/// names earlier records and is not told here would be carried without them.
fn reach(connection: &Connection, chain: &[u8; 32], event: &Event) -> Result<Option<u64>, StoreError> {
    let opened = |season: &Code| -> Result<Option<u64>, StoreError> {
        let query = "SELECT sequence FROM season WHERE chain_id = ?1 AND name = ?2";
        let key = params![chain, season.as_str()];
        let found = connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()?;
        Ok(Some(found.unwrap_or(0)))
    };
    match event {
        Event::PlotsAllotted(event) => opened(&event.season),
        Event::HarvestDrawn(event) => opened(&event.season),
        Event::Corrected(event) => {
            let within = reach(connection, chain, &event.event)?;
            Ok(Some(within.map_or(event.sequence, |within| within.min(event.sequence))))
        }
        Event::CorrectionApproved(event) => Ok(Some(event.correction)),
        Event::Reattested(event) => Ok(event.sequences.iter().copied().min()),
        Event::ReleaseApproved(event) => Ok(Some(event.recall)),
        Event::Released(event) => Ok(Some(event.recall.min(event.approval))),
        // No season is opened while a suspension stands: between it and its end there is none to be reached over.
        Event::Suspended(_) | Event::SuspensionLifted(_) => Ok(None),
        Event::SeasonOpened(_) | Event::InputApplied(_) | Event::Certified(_) | Event::Recalled(_) => Ok(None),
        Event::PlaceRegistered(_) | Event::PlotRegistered(_) | Event::NameReleased(_) => Ok(None),
        Event::CustodianChanged(_) | Event::Inspected(_) | Event::LabResult(_) => Ok(None),
        Event::Enrolled(_)
        | Event::KeyAdded(_)
        | Event::KeyRevoked(_)
        | Event::ScopeChanged(_)
        | Event::Retired(_)
        | Event::Opened(_)
        | Event::Harvested(_)
        | Event::Drawn(_)
        | Event::Packed(_)
        | Event::Shipped(_)
        | Event::Received(_)
        | Event::Repacked(_)
        | Event::Cooled(_)
        | Event::Treated(_)
        | Event::LabelsIssued(_)
        | Event::Aggregated(_)
        | Event::Sold(_)
        | Event::Lost(_)
        | Event::Disposed(_)
        | Event::Listed(_) => Ok(Some(0)),
    }
}

/// Whether a place is in other hands than at its beginning.
fn has_changed_hands(connection: &Connection, chain: &[u8; 32]) -> Result<bool, StoreError> {
    let query = "SELECT owner, bytes FROM node JOIN record USING (chain_id) WHERE chain_id = ?1 AND sequence = 0";
    let row = |row: &Row<'_>| Ok((row.get::<_, Option<[u8; 32]>>(0)?, row.get::<_, Vec<u8>>(1)?));
    let found = connection.prepare_cached(query)?.query_row(params![chain], row).optional()?;
    let Some((Some(owner), first)) = found else { return Ok(false) };
    match read::decode(&ChainId::from_bytes(*chain), 0, first)?.event {
        Event::PlotRegistered(event) => Ok(event.household != ChainId::from_bytes(owner)),
        _ => Ok(false),
    }
}

/// The earliest records of places that these batches need; a place that is not named is needed whole.
pub(super) fn needs(
    connection: &Connection,
    batches: &[ChainId],
    size: i64,
) -> Result<HashMap<ChainId, u64>, StoreError> {
    let mut plots = HashMap::new();
    let mut query =
        connection.prepare_cached("SELECT chain_id, sequence FROM draw WHERE batch = ?1 AND leaf_index < ?2")?;
    for batch in batches {
        let mut rows = query.query(params![batch.as_bytes(), size])?;
        while let Some(row) = rows.next()? {
            need(&mut plots, ChainId::from_bytes(row.get(0)?), row.get(1)?);
        }
    }
    let mut needs = plots.clone();
    // Nothing carried of a plot reaches before where it is taken up, so its draws are of the seasons opened from there on.
    let carried = "SELECT name FROM season WHERE chain_id = ?1 AND sequence >= ?2 AND leaf_index < ?3";
    let mut carried = connection.prepare_cached(carried)?;
    for (plot, needed) in plots {
        let Some(area) = area_of(connection, &plot)? else { continue };
        let from = fold(connection, &plot, needed, size)?.unwrap_or(0);
        let mut rows = carried.query(params![plot.as_bytes(), super::bounded(from), size])?;
        while let Some(row) = rows.next()? {
            // A season that the area never opened allots nothing, so nothing was drawn in it.
            if let Some(opened) = opening(connection, &area, &row.get::<_, String>(0)?, size)? {
                need(&mut needs, area, opened);
            }
        }
    }
    Ok(needs)
}

fn need(needs: &mut HashMap<ChainId, u64>, place: ChainId, sequence: u64) {
    let earliest = needs.entry(place).or_insert(sequence);
    *earliest = sequence.min(*earliest);
}

/// The growing area that a plot is part of: the one edge to it along which no grams go.
fn area_of(connection: &Connection, plot: &ChainId) -> Result<Option<ChainId>, StoreError> {
    let query = "SELECT area.chain_id FROM node AS plot CROSS JOIN edge ON destination = plot.node
        CROSS JOIN node AS area ON area.node = source WHERE plot.chain_id = ?1 AND edge.drawn_g IS NULL";
    let key = params![plot.as_bytes()];
    Ok(connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()?.map(ChainId::from_bytes))
}

/// Where a growing area opened the season of that name, if it did.
fn opening(connection: &Connection, area: &ChainId, season: &str, size: i64) -> Result<Option<u64>, StoreError> {
    let query = "SELECT sequence FROM season WHERE chain_id = ?1 AND name = ?2 AND leaf_index < ?3";
    let key = params![area.as_bytes(), season, size];
    Ok(connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()?)
}

/// Where a bundle may take up a place of which it needs everything from this record on; `None`: only at its beginning.
pub(super) fn fold(
    connection: &Connection,
    place: &ChainId,
    needed: u64,
    size: i64,
) -> Result<Option<u64>, StoreError> {
    let query = "SELECT max(sequence) FROM season WHERE chain_id = ?1 AND sequence <= ?2 AND leaf_index < ?3
        AND (reached_at IS NULL OR reached_at >= ?3)";
    let key = params![place.as_bytes(), super::bounded(needed), size];
    let at: Option<u64> = connection.prepare_cached(query)?.query_row(key, |row: &Row<'_>| row.get(0))?;
    // At the second record there is nothing to leave out.
    Ok(at.filter(|at| *at > 1))
}
