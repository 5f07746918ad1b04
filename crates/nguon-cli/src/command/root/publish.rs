//! `nguon root publish`: the next version into the log, from where everybody takes it over.

use std::path::PathBuf;

use serde_json::json;

use super::{read, read_unverified, versions};
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon root publish root-2.nguon --server https://nguon.example

From its place in the log on, the new version judges what is recorded; `nguon pull` takes it over
everywhere else. Publishing the same again does no harm.";

/// Options of `nguon root publish`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The version that `nguon root combine` wrote
    file: PathBuf,
}

/// Checks that it follows what this home knows, and hands it to the server.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let server = session.server()?;
    let mut roots = versions::of_home(&session.home)?;
    let offered = read_unverified(&args.file)?;
    if !roots.versions().iter().any(|root| root.signed().payload == offered.payload) {
        versions::add(&mut roots, &args.file)?;
    }
    let published = server.post_root(&read(&args.file)?)?.map_err(|problem| {
        Error::server(format_args!("{} refuses it: {problem}", server.origin()))
            .next("look at it with `nguon root inspect`; versions are published in their order, none left out")
            .code("refused")
    })?;
    let text = format!(
        "Published: version {} is entry {} of the log.\nNext: nguon pull, here and wherever people sign",
        published.version, published.index
    );
    Ok(Report::new(text, json!({ "version": published.version, "index": published.index })))
}
