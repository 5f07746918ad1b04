//! `nguon fetch`: a batch's bundle in a file.

use std::path::PathBuf;

use nguon_core::verify::Bundle;
use nguon_gs1::TypedCode;
use serde_json::json;

use crate::book::Book;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::net::{Found, Server};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon fetch 'https://nguon.example/01/09521234543213/10/VT-0612'
  nguon fetch lo-1 --server https://nguon.example --out lo-1.cbor

The file holds all that is needed to verify the batch, offline and years from now:
  nguon verify lo-1.cbor";

/// Options of `nguon fetch`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The link on a label, the code under it, or a batch
    #[arg(value_name = "LINK|CODE|BATCH")]
    subject: String,
    /// The file to write [default: nguon-GTIN-LOT.cbor or nguon-ID.cbor here]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What a server has, and under which name. Nothing in it is checked.
pub struct Fetched {
    /// What it has.
    pub found: Found,
    /// The label it was asked for by.
    pub code: Option<TypedCode>,
    /// The batch it was asked for by.
    pub batch: Option<nguon_core::ids::ChainId>,
    /// Who has it.
    pub server: Server,
}

/// Fetches it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let fetched = fetch(session, &args.subject)?;
    let Found::Bundle(bytes) = &fetched.found else { return Err(no_such_lot(&args.subject)) };
    let bundle = Bundle::from_bytes(bytes)
        .map_err(|error| Error::server(format_args!("{} sent no bundle: {error}", fetched.server.origin())))?;
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from(file_name(&fetched)));
    files::write(&path, bytes, Mode::Public)?;
    let (chains, records) = (bundle.chains.len(), bundle.record_count());
    let text = format!(
        "Written: {} ({records} records of {chains} chains, {} bytes). Nothing in it is checked yet.\nNext: nguon verify {}",
        path.display(),
        bytes.len(),
        path.display()
    );
    let json = json!({ "file": path, "bytes": bytes.len(), "chains": chains, "records": records });
    Ok(Report::new(text, json))
}

/// Nothing in the register under this name.
pub fn no_such_lot(subject: &str) -> Error {
    Error::caller(format_args!("the server says that no such lot is in the register: {subject}"))
        .next("compare the code with the label; `nguon verify` says whether the log proves it")
        .code("no_such_batch")
}

/// Asks the server that a link leads to, or the one named, for a bundle.
pub fn fetch(session: &Session, subject: &str) -> Result<Fetched, Error> {
    let batch = subject.parse().ok();
    let typed = subject.parse::<TypedCode>();
    if let (None, Ok(code)) = (batch, &typed) {
        let server = match (session.server_if_named()?, code.stem()) {
            (Some(server), _) => server,
            (None, Some(stem)) => Server::of(stem),
            (None, None) => session.server()?,
        };
        let found = server.bundle_of_label(code.code())?;
        return Ok(Fetched { found, code: typed.ok(), batch: None, server });
    }
    let batch = match (batch, typed) {
        (Some(batch), _) => batch,
        // A link that cannot be read should be told why, not that no chain is named so.
        (None, Err(error)) if subject.contains("://") || subject.starts_with('(') => {
            return Err(
                Error::caller(format_args!("{subject:?} cannot be read: {error}")).next("compare it with the label")
            );
        }
        _ => Book::load(&session.home)?.find(subject, &session.home.names()?)?,
    };
    let server = session.server()?;
    let found = server.bundle_of_batch(&batch)?;
    Ok(Fetched { found, code: None, batch: Some(batch), server })
}

/// A lot may contain what a file name may not.
fn file_name(fetched: &Fetched) -> String {
    match (&fetched.code, &fetched.batch) {
        (Some(code), _) => {
            let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
            let lot: String = code.code().lot().as_str().chars().map(plain).collect();
            format!("nguon-{}-{lot}.cbor", code.code().gtin())
        }
        (None, Some(batch)) => format!("nguon-{batch}.cbor"),
        (None, None) => "nguon.cbor".into(),
    }
}
