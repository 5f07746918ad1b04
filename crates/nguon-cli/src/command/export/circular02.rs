//! `nguon export circular02`.

use nguon_export::circular02::{Circular02, SHEETS};
use nguon_export::table::Workbook;
use serde_json::json;

use super::lots::Lots;
use super::made::{self, Out};
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export circular02`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Xlsx)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A workbook in Vietnamese
    Xlsx,
    /// For programs
    Json,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let (lot, now, exit) = args.lots.one(session)?;
    let data = Circular02::of(&lot.facts(&args.lots));
    let (name, bytes) = match args.format {
        Format::Json => ("circular02.json", serde_json::to_vec_pretty(&data).map_err(Error::system)?),
        Format::Xlsx => {
            let mut book = Workbook::begin(&SHEETS, &data.product_name, now).map_err(Error::system)?;
            data.write(&mut book).map_err(Error::system)?;
            ("circular02.xlsx", book.into_bytes().map_err(Error::system)?)
        }
    };
    let file = args.out.write(name, &bytes)?;
    let words = made::verdict(session, &data.verdict);
    Ok(made::report(session, &[file], &words, &data.missing, json!({ "verdict": data.verdict })).exit(exit))
}
