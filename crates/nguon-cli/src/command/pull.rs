//! `nguon pull`: chains and all they refer to, checked and kept.

mod positions;

pub use positions::{Asking, Wanted, is_about_time};

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use serde_json::{Value, json};

use crate::book::Book;
use crate::error::{Error, short};
use crate::home::Home;
use crate::log;
use crate::net::Server;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon pull 3f9a… --alias coop --server https://nguon.example
  nguon pull                          everything fetched before, anew

What comes is checked before it is kept: that chains hold together, signatures, permissions, and
that nothing fetched before is gone. Where the deployment has a log, its newest checkpoint is taken
too, with proof that it goes on from the one seen before, and so are new versions of the trust root.";

/// Options of `nguon pull`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Chains to fetch [default: those fetched before]
    #[arg(value_name = "CHAIN")]
    chains: Vec<String>,
    /// Local name for the chain
    #[arg(long, value_name = "NAME", requires = "chains")]
    alias: Option<String>,
}

/// A chain that was fetched.
#[derive(Debug)]
pub struct Pulled {
    /// The chain.
    pub chain: ChainId,
    /// Records that were not known before.
    pub new: Vec<SignedRecord>,
    /// All its records.
    pub total: usize,
}

/// Fetches.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let server = session.server()?;
    let _lock = session.home.lock()?;
    let seen = log::follow(&session.home, &server)?;
    let mut book = Book::load(&session.home)?;
    let mut names = session.home.names()?;
    let asked = match args.chains.as_slice() {
        [] => session.home.chain_ids()?,
        chains => chains.iter().map(|text| book.find(text, &names)).collect::<Result<Vec<_>, _>>()?,
    };
    if args.alias.is_some() && asked.len() != 1 {
        return Err(Error::caller("--alias names one chain").next("pull the chains one by one"));
    }
    let pulled = pull(&session.home, &server, &mut book, &asked)?;
    if let (Some(alias), [chain]) = (&args.alias, asked.as_slice()) {
        names.set(alias, *chain)?;
    }
    let new: usize = pulled.iter().map(|pulled| pulled.new.len()).sum();
    let mut text = String::new();
    for one in pulled.iter().filter(|pulled| !pulled.new.is_empty()) {
        let name = names.of(&one.chain).map_or_else(|| short(&one.chain), ToOwned::to_owned);
        text.push_str(&format!("{name}: {} new, {} in all\n", one.new.len(), one.total));
    }
    text.push_str(&format!("{new} new records on {} chains.", pulled.len()));
    if let Some(seen) = seen {
        text.push_str(&format!("\nThe log is at {} entries; what is signed next says so.", seen.size));
    }
    let json: Vec<Value> = pulled
        .iter()
        .map(|pulled| json!({ "chain": pulled.chain, "new": pulled.new.len(), "records": pulled.total }))
        .collect();
    Ok(Report::new(text, Value::Array(json)))
}

/// Fetches chains with all they refer to, checks them, and keeps them once all have been checked.
pub fn pull(home: &Home, server: &Server, book: &mut Book, asked: &[ChainId]) -> Result<Vec<Pulled>, Error> {
    let mut fetched: BTreeMap<ChainId, (Vec<SignedRecord>, usize)> = BTreeMap::new();
    let mut asking = Asking::new(server);
    let mut seen = BTreeSet::new();
    let mut queue: VecDeque<ChainId> = asked.iter().copied().collect();
    while let Some(id) = queue.pop_front() {
        if !seen.insert(id) {
            continue;
        }
        let known = home.chain(&id)?;
        let Some(records) = server.chain(&id)? else {
            if known.is_empty() && !asked.contains(&id) {
                continue;
            }
            return Err(match known.len() {
                0 => Error::server(format_args!("{} has no chain {id}", server.origin()))
                    .next("compare the id; if it was signed here, run `nguon push` first")
                    .code("no_such_chain"),
                _ => cut(&id),
            });
        };
        let same = known.iter().zip(&records).all(|(known, now)| known.payload() == now.payload());
        if records.len() < known.len() || !same {
            return Err(cut(&id));
        }
        book.take_fetched(&id, &records, &mut asking)?;
        for record in &records {
            // It was decoded a line above.
            queue.extend(Record::from_payload(record.payload()).map(|record| record.references()).unwrap_or_default());
        }
        fetched.insert(id, (records, known.len()));
    }
    for (id, (records, _)) in &fetched {
        book.judge_fetched(id, records).map_err(|(sequence, fault)| {
            Error::server(format_args!("the server's copy of chain {id} breaks a rule at record {sequence}: {fault}"))
                .next("do not sign on it; tell whoever runs the server")
                .code(fault.code())
        })?;
    }
    let mut pulled = Vec::new();
    for (chain, (mut records, known)) in fetched {
        if let Some(positions) = book.positions(&chain).filter(|positions| !positions.is_empty()) {
            home.positions().keep(&chain, positions)?;
        }
        if records.len() > known {
            home.keep_chain(&chain, &records)?;
        }
        let total = records.len();
        pulled.push(Pulled { chain, new: records.split_off(known), total });
    }
    Ok(pulled)
}

fn cut(id: &ChainId) -> Error {
    Error::server(format_args!(
        "the server's copy of chain {id} lacks records that it served before, or has others in their place"
    ))
    .next("sign nothing on it; keep the home folder as evidence and tell the authority")
    .code("history_changed")
}
