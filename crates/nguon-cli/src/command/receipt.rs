//! `nguon receipt`: proof that the log holds a record.

use std::path::{Path, PathBuf};

use nguon_core::ids::StatementId;
use serde_json::json;

use super::root::of_home;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::log::{Standing, proof_between, refused, stands};
use crate::moment;
use crate::net::{ReceiptAnswer, ReceiptView};
use crate::receipt::check;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon receipt 5f0c… --server https://nguon.example --out receipt.json
  nguon receipt 5f0c… --file receipt.json

A receipt is a proof and no promise: the record's leaf, the hashes that lead from it to the root of
a checkpoint, and the signatures of the log, its witnesses and a map auditor. It is checked here,
and years later from the file. `nguon show CHAIN --json` lists the statement ids.";

/// Options of `nguon receipt`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The record's statement id
    statement: StatementId,
    /// Check a receipt that was saved, without a server
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    file: Option<PathBuf>,
    /// Save the receipt
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Fetches or reads it, and checks it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let roots = of_home(&session.home)?;
    if roots.newest().payload().log.is_none() {
        return Err(Error::caller("this deployment has no log, so that nothing can give receipts")
            .next("a server's answer to `nguon push` is all there is"));
    }
    let server = if args.file.is_some() { None } else { Some(session.server()?) };
    let view = match (&args.file, &server) {
        (Some(path), _) => read(path)?,
        (None, Some(server)) => match server.receipt(&args.statement)? {
            ReceiptAnswer::Proof(view) => view,
            ReceiptAnswer::Pending => return Ok(pending(&args.statement)),
            ReceiptAnswer::Unknown => {
                return Err(Error::server(format_args!(
                    "the log of {} has no record {}",
                    server.origin(),
                    args.statement
                ))
                .next("compare the id; if it was signed here, run `nguon push` first")
                .code("no_such_record"));
            }
        },
        (None, None) => return Err(Error::caller("no server is named")),
    };
    let receipt = check(&view, &args.statement, &roots)?;
    let now = receipt.checkpoint;
    if let (Some(server), Some(seen)) = (&server, session.home.seen().newest(roots.deployment())?) {
        let proof = proof_between(server, &seen, &now);
        match stands(&seen, &now, proof.as_deref()) {
            Standing::Continues => {}
            other => return Err(refused(other, server, &seen, &now)),
        }
    }
    if server.is_some() {
        session.home.seen().keep(roots.deployment(), now)?;
    }
    if let Some(path) = &args.out {
        let mut bytes = serde_json::to_vec_pretty(&view).map_err(Error::system)?;
        bytes.push(b'\n');
        files::write(path, &bytes, Mode::Public)?;
    }
    let text = format!(
        "In the log: entry {}, taken at {}, proven against the checkpoint of {} entries.",
        receipt.index,
        moment::show(receipt.log_time, session.offset),
        now.size
    );
    Ok(Report::new(
        text,
        json!({
            "statement_id": args.statement, "logged": true, "index": receipt.index, "log_time": receipt.log_time,
            "checkpoint": { "size": now.size, "root": now.root },
        }),
    ))
}

fn pending(statement: &StatementId) -> Report {
    let text = "Accepted, and in no published checkpoint yet: its witnesses may be out of reach.\nNext: run this again in a minute.";
    Report::new(text, json!({ "statement_id": statement, "logged": false })).exit(1)
}

fn read(path: &Path) -> Result<ReceiptView, Error> {
    let bytes = files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Error::caller(format_args!("{} is no receipt: {error}", path.display())).next("name a file that --out wrote")
    })
}
