//! Labels and place codes: each is one chain's at a time. Who had it before, and from which leaf to which, is kept: earlier
//! checkpoints go on being proven.

use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::state::ChainState;
use nguon_core::values::{Code, Label};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::StoreError;

/// The first to take a label or a place code keeps it until it is released.
pub(super) fn taken(connection: &Connection, record: &Record) -> Result<Option<Fault>, StoreError> {
    let (field, by) = match &record.event {
        Event::Opened(event) => match &event.label {
            Some(label) => ("label", holder_of_label(connection, label)?),
            None => return Ok(None),
        },
        Event::PlaceRegistered(event) => ("code", holder_of_code(connection, &event.issuer, &event.code)?),
        _ => return Ok(None),
    };
    Ok(by.map(|by| Fault::Taken { field, by }))
}

/// The batch that has a label now.
pub(super) fn holder_of_label(connection: &Connection, label: &Label) -> Result<Option<ChainId>, StoreError> {
    let query = "SELECT chain_id FROM label WHERE gtin = ?1 AND lot = ?2 AND freed IS NULL";
    holder(connection, query, [&label.gtin.to_string(), &label.lot.to_string()])
}

fn holder_of_code(connection: &Connection, issuer: &Code, code: &Code) -> Result<Option<ChainId>, StoreError> {
    let query = "SELECT chain_id FROM code WHERE issuer = ?1 AND code = ?2 AND freed IS NULL";
    holder(connection, query, [issuer.as_str(), code.as_str()])
}

fn holder(connection: &Connection, query: &str, key: [&str; 2]) -> Result<Option<ChainId>, StoreError> {
    let by: Option<[u8; 32]> = connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()?;
    Ok(by.map(ChainId::from_bytes))
}

/// Notes what a record that was just taken at this leaf does to names.
pub(super) fn note(
    connection: &Connection,
    state: &ChainState,
    event: &Event,
    index: Option<u64>,
) -> Result<(), StoreError> {
    let run = |query: &str, values: &[&dyn rusqlite::ToSql]| -> Result<(), StoreError> {
        connection.prepare_cached(query)?.execute(values)?;
        Ok(())
    };
    let chain = state.id.as_bytes();
    match event {
        Event::Opened(event) => match &event.label {
            Some(label) => run(
                "INSERT INTO label (gtin, lot, chain_id, leaf_index) VALUES (?1, ?2, ?3, ?4)",
                &[&label.gtin.to_string(), &label.lot.to_string(), chain, &index],
            ),
            None => Ok(()),
        },
        Event::PlaceRegistered(event) => run(
            "INSERT INTO code (issuer, code, chain_id, leaf_index) VALUES (?1, ?2, ?3, ?4)",
            &[&event.issuer.as_str(), &event.code.as_str(), chain, &index],
        ),
        Event::NameReleased(_) => {
            // Without a log nobody asks when.
            let freed = index.unwrap_or(0);
            if let Some(label) = state.batch().and_then(|batch| batch.label.as_ref()) {
                let update = "UPDATE label SET freed = ?4 WHERE gtin = ?1 AND lot = ?2 AND chain_id = ?3";
                run(update, &[&label.gtin.to_string(), &label.lot.to_string(), chain, &freed])?;
            }
            if let Some((issuer, code)) = state.place().and_then(|place| place.code.as_ref()) {
                let update = "UPDATE code SET freed = ?4 WHERE issuer = ?1 AND code = ?2 AND chain_id = ?3";
                run(update, &[&issuer.as_str(), &code.as_str(), chain, &freed])?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The batch that had a label when the log had this size.
pub(super) fn holder_of_label_at(
    connection: &Connection,
    label: &Label,
    size: i64,
) -> Result<Option<ChainId>, StoreError> {
    let query = "SELECT chain_id FROM label
        WHERE gtin = ?1 AND lot = ?2 AND leaf_index < ?3 AND (freed IS NULL OR freed >= ?3)";
    let key = params![label.gtin.to_string(), label.lot.to_string(), size];
    Ok(connection.prepare_cached(query)?.query_row(key, |row| row.get(0)).optional()?.map(ChainId::from_bytes))
}

/// Whether the name that a chain's first record took had been freed when the log had this size.
pub(super) fn is_freed(connection: &Connection, state: &ChainState, size: i64) -> Result<bool, StoreError> {
    let chain = state.id.as_bytes();
    if let Some(label) = state.batch().and_then(|batch| batch.label.as_ref()) {
        let query = "SELECT 1 FROM label WHERE gtin = ?1 AND lot = ?2 AND chain_id = ?3 AND freed < ?4";
        let key = params![label.gtin.to_string(), label.lot.to_string(), chain, size];
        return Ok(connection.prepare_cached(query)?.exists(key)?);
    }
    if let Some((issuer, code)) = state.place().and_then(|place| place.code.as_ref()) {
        let query = "SELECT 1 FROM code WHERE issuer = ?1 AND code = ?2 AND chain_id = ?3 AND freed < ?4";
        let key = params![issuer.as_str(), code.as_str(), chain, size];
        return Ok(connection.prepare_cached(query)?.exists(key)?);
    }
    Ok(false)
}
