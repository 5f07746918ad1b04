//! `nguon show`: the chains known here, or one's records.

use nguon_core::admit::Statement;
use nguon_core::ids::ChainId;
use nguon_core::state::{ChainState, Subject};
use serde_json::{Value, json};

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
    let mut text = format!("{chain}\n{}\n", describe(&session.home, &state));
    let mut json = Vec::new();
    for (statement, accepted) in records {
        let record = &statement.record;
        let state = if accepted { "" } else { "  (waits in the outbox)" };
        let body = serde_json::to_value(&record.event).map_err(Error::system)?;
        text.push_str(&format!(
            "{:>4}  {}  {}{state}\n      {body}\n",
            record.sequence,
            moment::show(record.signed_at, session.offset),
            record.event.name()
        ));
        json.push(json!({ "statement_id": statement.id, "accepted": accepted, "key_id": statement.key_id(), "record": record }));
    }
    Ok(Report::new(text, json!({ "chain": chain, "records": json })))
}

/// What a chain is about, with a person's name only where it is kept here.
fn describe(home: &Home, state: &ChainState) -> String {
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
