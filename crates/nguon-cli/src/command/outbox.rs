//! `nguon outbox`: what waits to be sent, and taking something back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nguon_core::admit::Statement;
use nguon_core::ids::ChainId;
use nguon_core::trust::TrustRoot;
use serde_json::{Value, json};

use super::handed;
use crate::error::{Error, short};
use crate::files::{self, Mode};
use crate::home::{Entry, Number};
use crate::report::Report;
use crate::session::Session;

/// Subcommands of `nguon outbox`.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show what waits, oldest first
    List,
    /// Write an entry into a file, for somebody whose group it is part of: `nguon weigh-in --draw FILE`
    Export {
        /// The entry's number
        number: Number,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take an entry back, with all later ones built on it: they are never sent
    Drop {
        /// The entry's number
        number: Number,
    },
}

/// Does it.
pub fn run(session: &Session, command: &Command) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let trust = session.home.trust()?;
    match command {
        Command::List => list(session, &trust),
        Command::Export { number, out } => export(session, *number, out),
        Command::Drop { number } => drop_entry(session, &trust, *number),
    }
}

/// An entry's records, decoded.
pub fn statements(entry: &Entry, number: Number, trust: &TrustRoot) -> Result<Vec<Statement>, Error> {
    let signed = entry.signed().map_err(|error| Error::home(format_args!("outbox entry {number}: {error}")))?;
    let decoded = signed.into_iter().map(|signed| Statement::decode(signed, trust.deployment()));
    decoded
        .map(|statement| statement.map_err(|fault| Error::home(format_args!("outbox entry {number}: {fault}"))))
        .collect()
}

/// Entries that cannot be sent, and what builds on them.
#[derive(Debug, Default)]
pub struct Stuck {
    chains: BTreeMap<ChainId, Number>,
    begun: BTreeMap<ChainId, Number>,
}

impl Stuck {
    /// One more that cannot.
    pub fn add(&mut self, number: Number, statements: &[Statement]) {
        for statement in statements {
            self.chains.entry(statement.chain()).or_insert(number);
            if statement.record.sequence == 0 {
                self.begun.entry(statement.chain()).or_insert(number);
            }
        }
    }

    /// The first such entry that these records build on: they stand after it on a chain, came from such a chain, or
    /// name one that it begins.
    pub fn under(&self, statements: &[Statement]) -> Option<Number> {
        let one = |statement: &Statement| {
            let on = self.chains.get(&statement.chain()).into_iter();
            let from = statement.record.event.inputs().iter().filter_map(|input| self.chains.get(&input.from));
            let naming = statement.record.references();
            let naming = naming.iter().filter_map(|chain| self.begun.get(chain));
            on.chain(from).chain(naming).min().copied()
        };
        statements.iter().filter_map(one).min()
    }

    /// The chains that now never begin.
    fn never_begun(&self) -> impl Iterator<Item = &ChainId> {
        self.begun.keys()
    }
}

/// An entry in words: what it records on which chains.
pub fn describe(statements: &[Statement]) -> String {
    let one = |statement: &Statement| {
        format!("{} [{}/{}]", statement.record.event.name(), short(&statement.chain()), statement.record.sequence)
    };
    statements.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn list(session: &Session, trust: &TrustRoot) -> Result<Report, Error> {
    let (mut text, mut json) = (String::new(), Vec::new());
    for (number, entry) in session.home.outbox().entries()? {
        let statements = statements(&entry, number, trust)?;
        let state = match (&entry.refused, entry.accepted) {
            (Some(refusal), _) => format!("refused: {} ({})", refusal.message, refusal.code),
            (None, true) => "accepted; personal data still to be sent".to_owned(),
            (None, false) => "waits".to_owned(),
        };
        text.push_str(&format!("{number:>4}  {}\n      {state}\n", describe(&statements)));
        json.push(json!({
            "number": number, "accepted": entry.accepted, "refused": entry.refused,
            "records": statements.iter().map(|statement| json!({
                "statement_id": statement.id, "chain": statement.chain(), "sequence": statement.record.sequence,
                "event": statement.record.event.name(),
            })).collect::<Vec<_>>(),
        }));
    }
    if text.is_empty() {
        text.push_str("Nothing waits.");
    }
    Ok(Report::new(text, Value::Array(json)))
}

fn export(session: &Session, number: Number, out: &Path) -> Result<Report, Error> {
    if session.home.outbox().entry(number)?.is_none() {
        return Err(Error::caller(format_args!("there is no outbox entry {number}")).next("nguon outbox list"));
    }
    let entry = handed::entry(session, number)?;
    let records = entry.records.len();
    files::write(out, &serde_json::to_vec_pretty(&entry).map_err(Error::system)?, Mode::Private)?;
    let text = format!(
        "Written: {records} records to {}. The entry stays here too; sent twice, it is the same.\nNext: hand the file over.",
        out.display()
    );
    Ok(Report::new(text, json!({ "file": out, "records": records })))
}

fn drop_entry(session: &Session, trust: &TrustRoot, number: Number) -> Result<Report, Error> {
    let outbox = session.home.outbox();
    let entries = outbox.entries()?;
    let position = entries.iter().position(|(found, _)| *found == number);
    let position = position
        .ok_or_else(|| Error::caller(format_args!("there is no outbox entry {number}")).next("nguon outbox list"))?;
    if entries[position].1.accepted {
        return Err(Error::caller("its records are accepted already and cannot be taken back")
            .next("record a correction: nguon append CHAIN --event '{\"corrected\": …}'"));
    }
    let (mut stuck, mut dropped) = (Stuck::default(), Vec::new());
    for (number, entry) in &entries[position..] {
        let statements = statements(entry, *number, trust)?;
        if dropped.is_empty() || (!entry.accepted && stuck.under(&statements).is_some()) {
            stuck.add(*number, &statements);
            dropped.push((*number, statements));
        }
    }
    for (number, statements) in &dropped {
        for statement in statements {
            if let (Some(chain), Some(previous)) = (statement.record.chain, statement.record.previous) {
                outbox.take_back(statement.key_id(), chain, previous, statement.id)?;
            }
        }
        let entry = outbox.entry(*number)?;
        entry
            .iter()
            .flat_map(|entry| &entry.openings)
            .try_for_each(|personal| session.home.openings().forget(personal))?;
        outbox.remove(*number)?;
    }
    let mut names = session.home.names()?;
    stuck.never_begun().try_for_each(|chain| names.forget(chain))?;
    let lines: Vec<String> =
        dropped.iter().map(|(number, statements)| format!("{number:>4}  {}", describe(statements))).collect();
    let numbers: Vec<Number> = dropped.iter().map(|(number, _)| *number).collect();
    let text = format!("Taken back:\n{}\nNext: sign again what is still wanted.", lines.join("\n"));
    Ok(Report::new(text, json!({ "dropped": numbers })))
}
