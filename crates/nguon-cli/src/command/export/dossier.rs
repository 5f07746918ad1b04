//! `nguon export dossier`: the customs dossier, with the bundle inside.

use nguon_export::dossier::Dossier;
use serde_json::json;

use super::lots::Lots;
use super::made::{self, Out};
use super::passport::link;
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export dossier`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// Host of the shopper's page that its QR code leads to [default: that of the link it was asked for by]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let (lot, _, exit) = args.lots.one(session)?;
    let facts = lot.facts(&args.lots);
    let link = link(&lot, &facts, args.at.as_deref())?;
    let dossier = Dossier::new(&facts, &lot.bundle, link.as_ref()).map_err(Error::system)?;
    let file = args.out.write("dossier.pdf", &dossier.to_pdf().map_err(Error::system)?)?;
    let stamp = facts.stamp();
    let words = made::verdict(session, &stamp);
    Ok(made::report(session, &[file], &words, dossier.missing(), json!({ "verdict": stamp })).exit(exit))
}
