//! `nguon export epcis`: an EPCIS 2.0 document.

use std::io::{self, BufWriter, Write};

use nguon_core::values::Time;
use nguon_export::epcis::time::Timestamp;
use nguon_export::epcis::write::{Exporter, Summary};
use serde_json::json;

use super::lots::Lots;
use super::made::{self, Out, Staged};
use crate::error::Error;
use crate::lang::Lang;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export epcis`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// Without lots named: all lots that the server traces from this place
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let Some(path) = args.out.path("epcis.jsonld") else {
        // A reader of a pipe gets nothing rather than half: a bad verdict is known only at the last lot.
        let (bytes, summary, exit) = write(session, args, Vec::new())?;
        let mut out = io::stdout().lock();
        out.write_all(&bytes).and_then(|()| out.flush()).map_err(Error::system)?;
        return Ok(told(session, "-".to_owned(), &summary).exit(exit));
    };
    let (staged, file) = Staged::begin(&path)?;
    let (_, summary, exit) = write(session, args, BufWriter::new(file))?;
    Ok(told(session, staged.end()?, &summary).exit(exit))
}

fn write<W: Write>(session: &Session, args: &Args, to: W) -> Result<(W, Summary, u8), Error> {
    let made: Time = moment::now()?;
    let mut exporter = Exporter::begin(to, Timestamp::from(made)).map_err(Error::system)?;
    let (worst, _) = args
        .lots
        .each(session, args.place.as_deref(), |lot| exporter.add(&lot.facts(&args.lots)).map_err(Error::system))?;
    let exit = worst.end()?;
    let (to, summary) = exporter.finish().map_err(Error::system)?;
    Ok((to, summary, exit))
}

fn told(session: &Session, file: String, summary: &Summary) -> Report {
    let Summary { lots, events, missing } = summary;
    let words = match session.lang {
        Lang::Vi => format!("{lots} lô, {events} sự kiện EPCIS"),
        Lang::En => format!("{lots} lots, {events} EPCIS events"),
    };
    made::report(session, &[file], &words, missing, json!({ "lots": lots, "events": events }))
}
