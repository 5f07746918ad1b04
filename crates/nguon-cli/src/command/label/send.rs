//! `nguon label send`: the lists behind issued labels, to a server that is to prove them.

use nguon_core::ids::ChainId;
use nguon_core::serial::SerialList;
use nguon_gs1::Serial;
use serde_json::json;

use super::lists;
use crate::book::Book;
use crate::error::Error;
use crate::net::{Problem, Server};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon label send lo-1 --server https://nguon.example

`nguon push` does this by itself when it sends the record. It is for another server, or one that
was restored from an old backup. What is sent are hashes; the server takes a list only if the
batch's record signs for it.";

/// Options of `nguon label send`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The batch
    #[arg(value_name = "BATCH")]
    batch: String,
}

/// Sends them.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let server = session.server()?;
    let batch = Book::load(&session.home)?.find(&args.batch, &session.home.names()?)?;
    let (mut labels, mut sent) = (0, 0);
    for issued in lists::of(session, &args.batch)? {
        if let Err(problem) = hand_in(&server, &batch, &issued.serials)? {
            let next = if issued.accepted { "check that this is the right server" } else { "run `nguon push` first" };
            return Err(Error::server(format_args!("the list was refused: {problem}")).next(next).code("list_refused"));
        }
        labels += issued.serials.len();
        sent += 1;
    }
    let text = format!("Sent: {sent} lists with {labels} serials of chain {batch}.");
    Ok(Report::new(text, json!({ "batch": batch, "lists": sent, "labels": labels })))
}

/// Hands in one list.
pub fn hand_in(server: &Server, batch: &ChainId, serials: &[Serial]) -> Result<Result<(), Problem>, Error> {
    let list = SerialList::of(batch, serials).map_err(Error::home)?;
    server.post_serials(batch, &list)
}
