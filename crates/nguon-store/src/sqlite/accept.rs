//! Taking records inside the writer's transaction.

use nguon_core::admit::{Admission, Statement, admit};
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::record::{ChainKind, Record};
use rusqlite::{OptionalExtension as _, params};

use super::log::{self, Place};
use super::states::States;
use super::writer::Desk;
use crate::error::StoreError;
use crate::outcome::{Entry, GroupRefusal, Outcome};

/// Takes each record by itself.
pub(super) fn each(desk: &Desk<'_>, statements: &[Statement]) -> Result<Vec<Outcome>, StoreError> {
    let take = |statement| {
        let outcome = one(desk, statement)?;
        if matches!(outcome, Outcome::Conflict(..)) {
            log::keep_fork(desk, statement)?;
        }
        Ok(outcome)
    };
    statements.iter().map(take).collect()
}

/// Takes all records or none. Evidence of a second history is kept even so.
pub(super) fn group(
    desk: &Desk<'_>,
    statements: &[Statement],
) -> Result<Result<Vec<Outcome>, GroupRefusal>, StoreError> {
    let taken = desk.undoable(|desk| {
        let mut outcomes = Vec::with_capacity(statements.len());
        for (index, statement) in statements.iter().enumerate() {
            let outcome = one(desk, statement)?;
            if !outcome.is_stored() {
                return Ok(Err(GroupRefusal { index, outcome }));
            }
            outcomes.push(outcome);
        }
        Ok(Ok(outcomes))
    })?;
    if let Err(GroupRefusal { index, outcome: Outcome::Conflict(..) }) = &taken
        && let Some(statement) = statements.get(*index)
    {
        // The group is undone, and with it whom it may have enrolled: only a signer who is there without it has signed two
        // histories. Anything else in the log no replay could follow.
        let states = &desk.states();
        let admission = admit(statement, &states.roots, states);
        states.take_failure()?;
        if matches!(admission, Admission::Conflict(_)) {
            log::keep_fork(desk, statement)?;
        }
    }
    Ok(taken)
}

fn one(desk: &Desk<'_>, statement: &Statement) -> Result<Outcome, StoreError> {
    let states = &desk.states();
    let (chain, sequence) = (statement.chain(), statement.record.sequence);
    let entry = Entry { statement: statement.id, chain, sequence };
    if is_stored(states, &statement.id)? {
        return Ok(Outcome::Duplicate(entry));
    }
    let admission = admit(statement, &states.roots, states);
    states.take_failure()?;
    let state = match admission {
        Admission::Accepted(state) => state,
        Admission::Conflict(head) => return Ok(Outcome::Conflict(entry, head)),
        Admission::Rejected(fault) => return Ok(Outcome::Rejected(entry, fault)),
    };
    if let Some(fault) = taken(states, &statement.record)? {
        return Ok(Outcome::Rejected(entry, fault));
    }
    let place = desk.next().map(|next| log::place(desk.connection, statement, next)).transpose()?;
    match place.transpose() {
        Ok(place) => insert(desk, statement, place.as_ref())?,
        Err(fault) => return Ok(Outcome::Rejected(entry, fault)),
    }
    desk.cache.advance(state);
    Ok(Outcome::Accepted(entry))
}

fn is_stored(states: &States<'_>, id: &StatementId) -> Result<bool, StoreError> {
    let mut query = states.connection.prepare_cached("SELECT 1 FROM record WHERE statement_id = ?1")?;
    Ok(query.exists(params![id.as_bytes()])?)
}

/// The first to take a label or a place code keeps it.
fn taken(states: &States<'_>, record: &Record) -> Result<Option<Fault>, StoreError> {
    let find = |query: &str, key: [&str; 2]| -> Result<Option<ChainId>, StoreError> {
        let mut query = states.connection.prepare_cached(query)?;
        let by: Option<[u8; 32]> = query.query_row(key, |row| row.get(0)).optional()?;
        Ok(by.map(ChainId::from_bytes))
    };
    let (field, by) = match &record.event {
        Event::Opened(event) => {
            let Some(label) = &event.label else { return Ok(None) };
            let key = [&*label.gtin.to_string(), &*label.lot.to_string()];
            ("label", find("SELECT chain_id FROM label WHERE gtin = ?1 AND lot = ?2", key)?)
        }
        Event::PlaceRegistered(event) => {
            let key = [event.issuer.as_str(), event.code.as_str()];
            ("code", find("SELECT chain_id FROM code WHERE issuer = ?1 AND code = ?2", key)?)
        }
        _ => return Ok(None),
    };
    Ok(by.map(|by| Fault::Taken { field, by }))
}

/// Writes an admitted record, with its place in the log where there is one.
fn insert(desk: &Desk<'_>, statement: &Statement, place: Option<&Place>) -> Result<(), StoreError> {
    let run = |query: &str, values: &[&dyn rusqlite::ToSql]| -> Result<(), StoreError> {
        desk.connection.prepare_cached(query)?.execute(values)?;
        Ok(())
    };
    let (id, record) = (statement.chain(), &statement.record);
    let chain = id.as_bytes();
    let index = place.map(|place| place.position.index);
    if record.sequence == 0 {
        run("INSERT INTO chain (chain_id, kind) VALUES (?1, ?2)", &[chain, &kind_name(record.kind)])?;
    }
    let log_time = place.map(|place| i64::from(place.position.log_time));
    let anchor_time = place.map(|place| i64::from(place.position.anchor_time));
    let entry = place.map(|place| place.entry.as_bytes());
    run(
        "INSERT INTO record
            (statement_id, chain_id, sequence, accepted_at, bytes, leaf_index, log_time, anchor_time, entry)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            statement.id.as_bytes(),
            chain,
            &record.sequence,
            &desk.now,
            &statement.signed.as_bytes(),
            &index,
            &log_time,
            &anchor_time,
            &entry,
        ],
    )?;
    if let Some(place) = place {
        log::enter(desk, statement, place)?;
    }
    for other in record.references() {
        run(
            "INSERT OR IGNORE INTO refers (chain_id, other, leaf_index) VALUES (?1, ?2, ?3)",
            &[chain, other.as_bytes(), &index],
        )?;
    }
    match &record.event {
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
        _ => Ok(()),
    }
}

const fn kind_name(kind: ChainKind) -> &'static str {
    match kind {
        ChainKind::Actor => "actor",
        ChainKind::Place => "place",
        ChainKind::Batch => "batch",
    }
}
