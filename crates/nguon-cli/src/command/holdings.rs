//! `nguon holdings`: what an actor holds now, by the server's word.

use std::io::{self, Write as _};

use nguon_core::ids::ChainId;
use nguon_core::trace::Line;
use serde_json::json;

use super::trace::{Drawing, Known, Table, node_line};
use crate::book::Book;
use crate::error::Error;
use crate::lang::fill;
use crate::moment;
use crate::quantity::kilograms_grouped;
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon holdings kho --server https://nguon.example
  nguon holdings kho --csv > ton-kho.csv

The batches of an actor of which something is left, with what came in, went out and is left. It is
the server's word. --json gives one JSON object a line, the last one with \"end\".";

/// Options of `nguon holdings`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The actor
    actor: String,
    /// Give comma separated values instead
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

/// Lists them.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let server = session.server()?;
    let actor: ChainId = match args.actor.parse() {
        Ok(actor) => actor,
        Err(_) => Book::load(&session.home)?.find(&args.actor, &session.home.names()?)?,
    };
    let words = session.lang.words();
    let lines = server.holdings(&actor)?.ok_or_else(|| {
        Error::caller(words.trace_nothing)
            .next("name an actor: `nguon show` lists those known here")
            .code("no_such_chain")
    })?;
    let mut drawing = Drawing::new(Known::of(session));
    let mut out = io::stdout().lock();
    let write = |out: &mut io::StdoutLock<'_>, text: &str| write!(out, "{text}").map_err(Error::system);
    if args.csv {
        write(&mut out, &Table::Nodes.header())?;
    }
    for line in lines {
        let line: Line = line?;
        if session.json {
            write(&mut out, &(serde_json::to_string(&line).map_err(Error::system)? + "\n"))?;
        } else if args.csv
            && let Some(row) = Table::Nodes.row(&line, &drawing)
        {
            write(&mut out, &row)?;
        }
        drawing.take(line);
    }
    if session.json || args.csv {
        return Ok(Report::streamed());
    }
    let all = drawing.nodes().filter_map(|node| node.remaining_g).sum();
    let (count, grams) = (drawing.nodes().count().to_string(), kilograms_grouped(all, session.lang));
    let name = drawing.actor(&actor);
    let mut text = fill(words.holdings_of, &[("name", &name), ("n", &count), ("grams", &grams)]);
    if let Some(as_of) = drawing.as_of {
        text = format!("{}\n{text}", fill(words.as_of, &[("time", &moment::show(as_of.log_time, session.offset))]));
    }
    for node in drawing.nodes() {
        text.push_str(&format!("\n  {}", node_line(session, &drawing, node)));
    }
    remark(fill(words.trace_word, &[("origin", server.origin())]));
    Ok(Report::new(text, json!({})))
}
