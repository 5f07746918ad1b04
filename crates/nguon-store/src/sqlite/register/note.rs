//! Noting what a record says about actors and ground, inside the writer's transaction.

use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::permission::ChainSort;
use nguon_core::record::Signer;
use nguon_core::state::{ActorState, ChainState, PlaceState};
use rusqlite::{Connection, params};

use super::seasons;
use crate::error::StoreError;
use crate::sqlite::trace::word;

/// Notes a record that was just taken at this time; `state` is its chain with it.
pub(in crate::sqlite) fn note(
    connection: &Connection,
    state: &ChainState,
    statement: &Statement,
    time: i64,
) -> Result<(), StoreError> {
    let record = &statement.record;
    if let Some(actor) = state.actor() {
        if record.sequence == 0 {
            begin(connection, state, actor)?;
        }
        keys(connection, state, actor)?;
    }
    if let Some(place) = state.place() {
        ground(connection, state, place, &record.event)?;
    }
    let Signer::Actor(acting) = record.acting() else { return Ok(()) };
    let update = "UPDATE actor SET last_record = ?2 WHERE chain_id = ?1 AND (last_record IS NULL OR last_record < ?2)";
    run(connection, update, params![acting.as_bytes(), time])
}

pub(super) fn run(connection: &Connection, query: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
    connection.prepare_cached(query)?.execute(values)?;
    Ok(())
}

fn begin(connection: &Connection, state: &ChainState, actor: &ActorState) -> Result<(), StoreError> {
    let (by, by_authority) = match &actor.enrolled_by {
        Signer::Actor(chain) => (chain.as_bytes(), false),
        Signer::Authority(authority) => (authority.as_bytes(), true),
    };
    let insert = "INSERT INTO actor (chain_id, role, enrolled_by, by_authority) VALUES (?1, ?2, ?3, ?4)";
    run(connection, insert, params![state.id.as_bytes(), word(&actor.role), by, by_authority])
}

/// An actor's keys as they are now: few, and changed seldom.
fn keys(connection: &Connection, state: &ChainState, actor: &ActorState) -> Result<(), StoreError> {
    let chain = state.id.as_bytes();
    let insert = "INSERT OR REPLACE INTO key (key_id, chain_id, since, revoked, reason, suspect_since)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    for key in &actor.keys {
        let (id, revoked) = (key.key.id(), key.revoked.as_ref());
        let values = params![
            id.as_bytes(),
            chain,
            key.since,
            revoked.map(|revoked| revoked.sequence),
            revoked.map(|revoked| word(&revoked.reason)),
            revoked.and_then(|revoked| revoked.suspect_since).map(i64::from),
        ];
        run(connection, insert, values)?;
    }
    if actor.retired == Some(state.sequence) {
        run(connection, "UPDATE actor SET retired = ?2 WHERE chain_id = ?1", params![chain, state.sequence])?;
    }
    Ok(())
}

fn ground(connection: &Connection, state: &ChainState, place: &PlaceState, event: &Event) -> Result<(), StoreError> {
    if place.sort == ChainSort::PackingHouse {
        return Ok(());
    }
    match event {
        Event::PlaceRegistered(_) | Event::PlotRegistered(_) => {
            let insert = "INSERT INTO ground (chain_id, area, area_m2) VALUES (?1, ?2, ?3)";
            let area = place.area.as_ref().map(|area| area.as_bytes());
            let size = place.area_m2.map(|size| size.get());
            run(connection, insert, params![state.id.as_bytes(), area, size])
        }
        Event::SeasonOpened(_) => seasons::note(connection, state, place),
        Event::PlotsAllotted(event) => {
            seasons::note(connection, state, place)?;
            seasons::allot(connection, place, |plot| event.allotments.iter().any(|allotment| allotment.plot == *plot))
        }
        Event::HarvestDrawn(_) => {
            seasons::note(connection, state, place)?;
            // The newest, which is the one that was just taken up.
            last(connection, state, "last_harvested", place.log.harvests().last().map(|harvest| harvest.at.get()))
        }
        Event::InputApplied(_) => {
            let newest = place.log.applications().last();
            last(connection, state, "last_applied", newest.map(|application| application.at.get()))
        }
        Event::Corrected(_) | Event::CorrectionApproved(_) => {
            seasons::note(connection, state, place)?;
            if place.sort == ChainSort::GrowingArea {
                return seasons::allot(connection, place, |_| true);
            }
            let (harvests, applications) = (place.log.harvests(), place.log.applications());
            let harvested = harvests.iter().map(|harvest| i64::from(harvest.at)).max();
            let applied = applications.iter().map(|application| i64::from(application.at)).max();
            let update = "UPDATE ground SET last_harvested = ?2, last_applied = ?3 WHERE chain_id = ?1";
            run(connection, update, params![state.id.as_bytes(), harvested, applied])
        }
        _ => Ok(()),
    }
}

/// Moves the time of what happened last on a plot forward.
fn last(connection: &Connection, state: &ChainState, column: &str, at: Option<u64>) -> Result<(), StoreError> {
    let Some(at) = at else { return Ok(()) };
    let update = format!("UPDATE ground SET {column} = max(coalesce({column}, 0), ?2) WHERE chain_id = ?1");
    run(connection, &update, params![state.id.as_bytes(), at])
}
