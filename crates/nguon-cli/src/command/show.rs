//! `nguon show`: the chains known here, or one's records.

use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::state::{ChainState, Subject};
use serde_json::{Value, json};

use super::corrections::{Standing, corrected, differences, in_words};
use super::outbox::statements;
use crate::book::Book;
use crate::error::Error;
use crate::home::{Home, Names};
use crate::moment;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A chain [default: list all]
    chain: Option<String>,
}

/// Shows.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let book = Book::load(&session.home)?;
    let names = session.home.names()?;
    match &args.chain {
        Some(chain) => one(session, &book, &book.find(chain, &names)?),
        None => all(&session.home, &book, &names),
    }
}

fn all(home: &Home, book: &Book, names: &Names) -> Result<Report, Error> {
    let (mut text, mut json) = (String::new(), Vec::new());
    for state in book.chains() {
        let what = describe(home, state);
        let name = names.of(&state.id).unwrap_or("");
        text.push_str(&format!("{}  {name:<16} {what}, {} records\n", state.id, state.sequence + 1));
        json.push(json!({
            "chain": state.id, "alias": names.of(&state.id), "kind": state.sort().kind(), "about": what,
            "sequence": state.sequence, "head": state.head,
        }));
    }
    if text.is_empty() {
        text.push_str("No chains are known here.\nNext: nguon pull CHAIN, or nguon enrol");
    }
    Ok(Report::new(text, Value::Array(json)))
}

fn one(session: &Session, book: &Book, chain: &ChainId) -> Result<Report, Error> {
    let state = book.need(chain)?;
    let records = records(session, book, chain)?;
    let mut text = format!("{chain}\n{}\n", describe(&session.home, &state));
    let mut json = Vec::new();
    for (statement, accepted) in &records {
        let record = &statement.record;
        let standing = Standing::of(&state, record.sequence);
        let waits = if *accepted { "" } else { "  (waits in the outbox)" };
        let body = serde_json::to_value(&record.event).map_err(Error::system)?;
        text.push_str(&format!(
            "{:>4}  {}  {}{waits}\n      {body}\n",
            record.sequence,
            moment::show(record.signed_at, session.offset),
            record.event.name()
        ));
        let effective = standing.corrected_by.and_then(|sequence| correction(&records, sequence));
        if let Some((counting, differences)) =
            standing.corrected_by.zip(effective.map(|new| differences(&record.event, new)))
        {
            text.push_str(&format!(
                "      counts as record {counting} corrects it: {}\n",
                in_words(&differences, session.lang)
            ));
        }
        for waiting in &standing.waiting {
            text.push_str(&format!(
                "      record {waiting} corrects it and waits for an approval: nguon approve {chain} {waiting}\n"
            ));
        }
        json.push(json!({
            "statement_id": statement.id, "accepted": accepted, "key_id": statement.key_id(), "record": record,
            "standing": standing, "effective": effective,
        }));
    }
    Ok(Report::new(text, json!({ "chain": chain, "records": json })))
}

/// A chain's records, oldest first, with whether a server has accepted them.
pub fn records(session: &Session, book: &Book, chain: &ChainId) -> Result<Vec<(Statement, bool)>, Error> {
    let mut records: Vec<(Statement, bool)> = Vec::new();
    for signed in session.home.chain(chain)? {
        records.push((Statement::decode(signed, book.trust().deployment()).map_err(Error::home)?, true));
    }
    for (number, entry) in session.home.outbox().entries()? {
        let waiting = statements(&entry, number, book.trust())?.into_iter();
        let known = records.len();
        let next = |one: &Statement| {
            one.chain() == *chain && usize::try_from(one.record.sequence).is_ok_and(|sequence| sequence >= known)
        };
        records.extend(waiting.filter(next).map(|one| (one, false)));
    }
    Ok(records)
}

/// What a record says now: the correction of it that counts, or it itself.
pub fn effective<'a>(state: &ChainState, records: &'a [(Statement, bool)], sequence: u64) -> Option<&'a Event> {
    let own = records.iter().map(|(one, _)| &one.record).find(|record| record.sequence == sequence)?;
    match state.correction_of(sequence) {
        Some(by) => correction(records, by),
        None => Some(&own.event),
    }
}

/// The event that a correction of this sequence carries.
pub fn correction(records: &[(Statement, bool)], sequence: u64) -> Option<&Event> {
    let record = records.iter().map(|(statement, _)| &statement.record).find(|record| record.sequence == sequence);
    record.and_then(|record| corrected(&record.event))
}

/// What a chain is about, with a person's name only where it is kept here.
pub(super) fn describe(home: &Home, state: &ChainState) -> String {
    match &state.subject {
        Subject::Actor(actor) => {
            let name = home.openings().name_of(&state.id).map(|name| format!(", {name}")).unwrap_or_default();
            let role = serde_json::to_value(actor.role).ok().and_then(|role| role.as_str().map(ToOwned::to_owned));
            format!("{}{name}", role.unwrap_or_default())
        }
        Subject::Place(place) => match &place.code {
            Some((issuer, code)) => format!("{} {code} ({issuer})", state.sort()),
            None => state.sort().to_string(),
        },
        Subject::Batch(batch) => match &batch.label {
            Some(label) => format!("a batch (01){} (10){}", label.gtin, label.lot),
            None => "a batch".into(),
        },
    }
}
