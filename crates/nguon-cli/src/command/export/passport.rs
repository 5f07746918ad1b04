//! `nguon export passport`.

use nguon_export::Facts;
use nguon_export::passport::Passport;
use nguon_gs1::{DigitalLink, UriStem};
use serde_json::json;

use super::lots::{Lot, Lots};
use super::made::{self, Out};
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export passport`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Host of the shopper's page that its link and QR code lead to [default: that of the link it was asked for by]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// A page, with nothing that has to be fetched
    Html,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let (lot, _, exit) = args.lots.one(session)?;
    let facts = lot.facts(&args.lots);
    let passport = Passport::of(&facts, link(&lot, &facts, args.at.as_deref())?.as_ref());
    let (name, bytes) = match args.format {
        Format::Json => ("passport.json", serde_json::to_vec_pretty(&passport).map_err(Error::system)?),
        Format::Html => ("passport.html", passport.to_html().into_bytes()),
    };
    let file = args.out.write(name, &bytes)?;
    let words = made::verdict(session, &passport.verdict);
    Ok(made::report(session, &[file], &words, &passport.missing, json!({ "verdict": passport.verdict })).exit(exit))
}

/// The address of a lot's page: bound to its batch, at the host that is named, else at that of the link it was asked for by.
pub(super) fn link(lot: &Lot, facts: &Facts<'_>, at: Option<&str>) -> Result<Option<DigitalLink>, Error> {
    let named: Option<UriStem> =
        at.map(str::parse).transpose().map_err(|error| Error::caller(format_args!("--at: {error}")))?;
    let stem = named.or_else(|| lot.label.as_ref().and_then(|code| code.stem().cloned()));
    Ok(stem.and_then(|stem| facts.link(stem)))
}
