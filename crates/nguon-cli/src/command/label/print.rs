//! `nguon label print`: the labels that were issued, each with its serial.

use std::path::{Path, PathBuf};

use nguon_gs1::{DigitalLink, Serial};
use nguon_label::{Caption, Dpi, Label, sheets};
use serde_json::json;

use super::lists::{self, Issued};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon label print lo-1 --at https://nguon.example --out labels
  nguon label print lo-1 --at https://nguon.example --out labels --each png --dpi 203

Pages are A4, to be printed at 100 %; a label printer takes --each: one file a label, named by its
place in the order of printing. Labels whose record no server has accepted yet are not printed.";

/// What one file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Each {
    /// One label, an SVG.
    Svg,
    /// One label, a PNG in the printer's dots.
    Png,
}

/// Options of `nguon label print`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The batch
    #[arg(value_name = "BATCH")]
    batch: String,
    /// Host of the shopper's page that links lead to [default: the server]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// Folder for the pages or labels; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// One file a label instead of pages
    #[arg(long)]
    each: Option<Each>,
    /// The printer's dots per inch: modules become whole dots, at least 0.396 mm wide
    #[arg(long, default_value_t = 300)]
    dpi: u16,
    /// Leave out the lines with GTIN, lot and serial under the symbols
    #[arg(long)]
    no_caption: bool,
    /// Print labels of records that no server has accepted yet
    #[arg(long)]
    even_if_unsent: bool,
}

/// Prints them.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let link = super::of_batch(session, &args.batch, args.at.as_deref(), args.even_if_unsent)?;
    let issued = lists::of(session, &args.batch)?;
    lists::must_be_accepted(&issued, args.even_if_unsent)?;
    let dpi = Dpi::new(args.dpi).map_err(Error::caller)?;
    let caption = if args.no_caption { Caption::Hidden } else { Caption::Shown };
    let serials = issued.iter().flat_map(|Issued { serials, .. }| serials);
    let labels = serials.map(|serial| label(&link, serial)).collect::<Result<Vec<_>, _>>()?;
    files::make_folder(&args.out)?;
    let written = match args.each {
        None => {
            let pages = sheets(&labels, dpi, caption);
            write_all(&args.out, "page", "svg", pages.iter().map(|page| Ok(page.clone().into_bytes())))?
        }
        Some(Each::Svg) => {
            let drawn = labels.iter().map(|label| Ok(label.to_svg(dpi, caption).into_bytes()));
            write_all(&args.out, "label", "svg", drawn)?
        }
        Some(Each::Png) => {
            let drawn = labels.iter().map(|label| label.to_print_png(dpi).map_err(Error::caller));
            write_all(&args.out, "label", "png", drawn)?
        }
    };
    let text = format!("Written: {} labels in {written} files in {}.", labels.len(), args.out.display());
    Ok(Report::new(text, json!({ "labels": labels.len(), "files": written, "out": args.out })))
}

fn label(link: &DigitalLink, serial: &Serial) -> Result<Label, Error> {
    let code = link.code().clone().with_serial(serial.clone());
    Label::new(DigitalLink::new(link.stem().clone(), code)).map_err(Error::caller)
}

fn write_all(
    folder: &Path,
    name: &str,
    ending: &str,
    all: impl Iterator<Item = Result<Vec<u8>, Error>>,
) -> Result<usize, Error> {
    let mut written = 0;
    for bytes in all {
        written += 1;
        files::write(&folder.join(format!("{name}-{written:05}.{ending}")), &bytes?, Mode::Public)?;
    }
    Ok(written)
}
