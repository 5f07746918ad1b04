//! Seasons of growing areas and plots: windows, ceilings, what was allotted and harvested, as it counts by now.

use std::collections::BTreeMap;

use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;
use nguon_core::state::{ChainState, PlaceState};
use rusqlite::{Connection, params};

use super::note::run;
use crate::error::StoreError;

/// Writes a place's seasons as they are now. A place has few.
pub(super) fn note(connection: &Connection, state: &ChainState, place: &PlaceState) -> Result<(), StoreError> {
    let chain = state.id.as_bytes();
    for season in &place.seasons {
        let (name, from, until) = (season.name.as_str(), i64::from(season.from), i64::from(season.until));
        let set = if place.sort == ChainSort::Plot {
            "UPDATE harvest_season SET opens = ?3, closes = ?4, drawn_g = ?5 WHERE chain_id = ?1 AND season = ?2"
        } else {
            "UPDATE harvest_season SET opens = ?3, closes = ?4, allotted_g = ?5, ceiling_g = ?6
                WHERE chain_id = ?1 AND season = ?2"
        };
        let (drawn, allotted) = (season.harvested.total(), season.allotted.total());
        let done = if place.sort == ChainSort::Plot {
            connection.prepare_cached(set)?.execute(params![chain, name, from, until, drawn])?
        } else {
            let values = params![chain, name, from, until, allotted, season.ceiling];
            connection.prepare_cached(set)?.execute(values)?
        };
        if done == 0 {
            let insert = "INSERT INTO harvest_season (chain_id, season, opens, closes, allotted_g, drawn_g, ceiling_g)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            run(connection, insert, params![chain, name, from, until, allotted, drawn, season.ceiling])?;
        }
    }
    Ok(())
}

/// Writes what a growing area allots to plots, of those that are `meant`.
pub(super) fn allot(
    connection: &Connection,
    area: &PlaceState,
    meant: impl Fn(&ChainId) -> bool,
) -> Result<(), StoreError> {
    for season in &area.seasons {
        let mut allotted = BTreeMap::<ChainId, i64>::new();
        for flow in season.allotted.entries().iter().filter(|flow| meant(&flow.other)) {
            *allotted.entry(flow.other).or_default() += flow.grams;
        }
        for (plot, grams) in allotted {
            let values = params![plot.as_bytes(), season.name.as_str(), grams];
            let update = "UPDATE harvest_season SET allotted_g = ?3 WHERE chain_id = ?1 AND season = ?2";
            if connection.prepare_cached(update)?.execute(values)? == 0 {
                let insert = "INSERT INTO harvest_season (chain_id, season, allotted_g) VALUES (?1, ?2, ?3)";
                run(connection, insert, values)?;
            }
        }
    }
    Ok(())
}
