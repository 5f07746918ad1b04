//! Taking records inside the writer's transaction.

use nguon_core::admit::{Admission, Statement, admit};
use nguon_core::fault::Fault;
use nguon_core::ids::StatementId;
use nguon_core::log::Position;
use nguon_core::record::ChainKind;
use nguon_core::state::ChainState;
use nguon_core::values::Time;
use rusqlite::params;

use super::log::{self, Place};
use super::states::States;
use super::writer::Desk;
use super::{names, register, trace};
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
        let position = position(desk, statement)?.map(|(position, _)| position);
        let admission = admit(statement, &states.roots, states, position);
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
    let position = position(desk, statement)?;
    let admission = admit(statement, &states.roots, states, position.as_ref().map(|(position, _)| *position));
    states.take_failure()?;
    let state = match admission {
        Admission::Accepted(state) => state,
        Admission::Conflict(head) => return Ok(Outcome::Conflict(entry, head)),
        Admission::Rejected(fault) => return Ok(Outcome::Rejected(entry, fault)),
    };
    if let Some(fault) = names::taken(states.connection, &statement.record)? {
        return Ok(Outcome::Rejected(entry, fault));
    }
    let place = match position {
        // Only now: the signature is judged before the anchor.
        Some((_, false)) => return Ok(Outcome::Rejected(entry, Fault::BadAnchor)),
        Some((position, true)) => Some(log::place(desk.connection, statement, position)?),
        None => None,
    };
    insert(desk, &state, statement, place.as_ref())?;
    trace::note(desk.connection, &state, statement)?;
    let time = place.as_ref().map_or(desk.now, |place| place.position.log_time.get());
    register::note(desk.connection, &state, statement, time.min(i64::MAX.cast_unsigned()).cast_signed())?;
    desk.cache.advance(state);
    Ok(Outcome::Accepted(entry))
}

/// Where the record would stand in the log, and whether the anchor it names is an earlier checkpoint.
fn position(desk: &Desk<'_>, statement: &Statement) -> Result<Option<(Position, bool)>, StoreError> {
    let Some(next) = desk.next() else { return Ok(None) };
    let anchor_time = log::anchor_time(desk.connection, statement.record.anchor.as_ref(), next.index)?;
    let (index, log_time) = (next.index, next.log_time);
    let position = Position { index, log_time, anchor_time: anchor_time.unwrap_or(Time::ZERO) };
    Ok(Some((position, anchor_time.is_some())))
}

fn is_stored(states: &States<'_>, id: &StatementId) -> Result<bool, StoreError> {
    let mut query = states.connection.prepare_cached("SELECT 1 FROM record WHERE statement_id = ?1")?;
    Ok(query.exists(params![id.as_bytes()])?)
}

/// Writes an admitted record, with its place in the log where there is one.
fn insert(desk: &Desk<'_>, state: &ChainState, statement: &Statement, place: Option<&Place>) -> Result<(), StoreError> {
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
            (statement_id, chain_id, sequence, accepted_at, bytes, leaf_index, log_time, anchor_time, entry, recalled)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
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
            &state.is_recalled(),
        ],
    )?;
    if let Some(place) = place {
        log::enter(desk, state, statement, place)?;
    }
    for other in record.references() {
        run(
            "INSERT OR IGNORE INTO refers (chain_id, other, leaf_index) VALUES (?1, ?2, ?3)",
            &[chain, other.as_bytes(), &index],
        )?;
    }
    names::note(desk.connection, state, &record.event, index)
}

const fn kind_name(kind: ChainKind) -> &'static str {
    match kind {
        ChainKind::Actor => "actor",
        ChainKind::Place => "place",
        ChainKind::Batch => "batch",
    }
}
