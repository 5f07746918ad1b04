//! `nguon label test-page`: whether a printer keeps its measures.

use std::path::PathBuf;

use serde_json::json;

use super::paper;
use crate::error::Error;
use crate::lang::Lang;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon label test-page --paper a4-24-70x37 --out thu.pdf
  nguon label test-page --paper roll-50x30 --dpi 203 --out thu.png

Print it at 100 % on plain paper. The ruler says whether the size is right, the frames whether
labels are hit (--right and --down of `nguon label sheet` move the print), and the QR codes which
module sizes this printer and your cheapest phone manage.";

/// Options of `nguon label test-page`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// A sheet or roll of `nguon label papers`
    #[arg(long, value_name = "NAME", default_value = "a4-24-70x37")]
    paper: String,
    /// The printer's dots per inch [default: 600 for sheets, 203 for rolls]
    #[arg(long)]
    dpi: Option<u16>,
    /// File to write: .pdf, .svg or .png
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let paper = paper::any(&args.paper)?;
    let dpi = paper::dpi(args.dpi.unwrap_or(if paper.is_roll() { 203 } else { 600 }))?;
    let lang = match session.lang {
        Lang::Vi => nguon_label::Lang::Vi,
        Lang::En => nguon_label::Lang::En,
    };
    let page = nguon_label::test_page(paper, dpi, lang).map_err(Error::caller)?;
    paper::write(&args.out, &[page], "Nguồn")?;
    let text = format!("Written: {}. Print it at 100 % and lay a ruler on it.", args.out.display());
    Ok(Report::new(text, json!({ "out": args.out, "paper": args.paper, "dpi": dpi.get() })))
}
