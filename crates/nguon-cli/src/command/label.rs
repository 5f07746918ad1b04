//! `nguon label`: the QR code on the box, and serials for each box.

mod issue;
mod lists;
mod paper;
mod print;
mod send;
mod sheet;
mod test_page;
mod words;

use std::path::PathBuf;

use nguon_core::ids::ChainId;
use nguon_gs1::{DigitalLink, LabelCode, Serial, UriStem};
use nguon_label::{Caption, Dpi, Label, Scale, Terminal};
use serde_json::json;

use crate::book::Book;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::{Report, remark};
use crate::session::Session;

pub use send::hand_in;

const EXAMPLE: &str = "\
Examples:
  nguon label lo-1 --at https://nguon.example --svg label.svg --dpi 203
  nguon label --terminal 'https://nguon.example/01/09521234543213/10/A#AAECAwQFBgcICQoLDA0ODw'

A batch's link carries the first 16 bytes of its id after '#', so that no server can put another
history behind a printed label. A link without them is drawn as it is, with a warning.

Labels with their text, on sheets of A4 or on a roll, as PDF:
  nguon label sheet lo-1 --at https://nguon.example --paper a4-24-70x37 --out tem.pdf
  nguon label papers

A label of its own for every box, so that made-up ones are told:
  nguon label issue --help";

/// Options of `nguon label`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    more: Option<More>,
    /// A batch, or a GS1 Digital Link
    #[arg(value_name = "BATCH|LINK", required = true)]
    subject: Option<String>,
    /// Host of the shopper's page that a batch's link leads to [default: the server]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// Serial number of one box, GS1 AI (21)
    #[arg(long)]
    serial: Option<String>,
    /// Write an SVG for the printer
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write a PNG
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Draw it here, also when files are written
    #[arg(long)]
    terminal: bool,
    /// With --terminal: without colour codes, for light text on a dark ground
    #[arg(long)]
    plain: bool,
    /// The printer's dots per inch: modules become whole dots, at least 0.396 mm wide
    #[arg(long, default_value_t = 300)]
    dpi: u16,
    /// Pixels a module in the PNG, for a screen [default: the printer's dots]
    #[arg(long, value_name = "PIXELS")]
    scale: Option<u8>,
    /// Leave out the line with GTIN and lot under the SVG's symbol
    #[arg(long)]
    no_caption: bool,
    /// Draw the label of a batch that no server has accepted yet
    #[arg(long)]
    even_if_unsent: bool,
}

/// More than one symbol.
#[derive(Debug, clap::Subcommand)]
enum More {
    /// Make serials for a batch's boxes, and sign for them
    Issue(issue::Args),
    /// Print the labels that were issued, each with its serial
    Print(print::Args),
    /// Hand the hashes of issued serials to a server, which `nguon push` does too
    Send(send::Args),
    /// Lay labels with their text out on sheets of A4, for an office printer
    Sheet(sheet::SheetArgs),
    /// Lay labels with their text out on a roll, for a label printer
    Roll(sheet::RollArgs),
    /// Print a page that shows whether a printer keeps its measures
    TestPage(test_page::Args),
    /// List the sheets and rolls that are known by name
    Papers,
}

/// Draws it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    match &args.more {
        None => draw(session, args),
        Some(More::Issue(args)) => issue::run(session, args),
        Some(More::Print(args)) => print::run(session, args),
        Some(More::Send(args)) => send::run(session, args),
        Some(More::Sheet(args)) => sheet::on_sheets(session, args),
        Some(More::Roll(args)) => sheet::on_roll(session, args),
        Some(More::TestPage(args)) => test_page::run(session, args),
        Some(More::Papers) => Ok(paper::list()),
    }
}

fn draw(session: &Session, args: &Args) -> Result<Report, Error> {
    let subject = args.subject.as_deref().unwrap_or_default();
    let link = link(session, args, subject)?;
    if link.code().commitment().is_none() {
        remark("Warning: this link has no part after '#': a server could put another history behind the label.");
    }
    let label = Label::new(link).map_err(Error::caller)?;
    let dpi = Dpi::new(args.dpi).map_err(Error::caller)?;
    let mut text = String::new();
    if args.terminal || (args.svg.is_none() && args.png.is_none()) {
        text.push_str(&label.to_terminal(if args.plain { Terminal::DarkGround } else { Terminal::Ansi }));
    }
    // Somebody who typed the link knows it.
    if label.link().to_string() != subject {
        text.push_str(&format!("{}\n", label.link()));
    }
    if let Some(path) = &args.svg {
        let caption = if args.no_caption { Caption::Hidden } else { Caption::Shown };
        files::write(path, label.to_svg(dpi, caption).as_bytes(), Mode::Public)?;
        text.push_str(&format!(
            "Written: {} ({:.1} mm wide at {} dpi).\n",
            path.display(),
            label.size_mm(dpi),
            dpi.get()
        ));
    }
    if let Some(path) = &args.png {
        let png = match args.scale {
            Some(scale) => Scale::new(scale).and_then(|scale| label.to_png(scale)),
            None => label.to_print_png(dpi),
        };
        files::write(path, &png.map_err(Error::caller)?, Mode::Public)?;
        text.push_str(&format!("Written: {}.\n", path.display()));
    }
    let json = json!({
        "link": label.link().to_string(), "code": label.link().code().to_string(), "modules": label.modules(),
        "size_mm": label.size_mm(dpi), "svg": args.svg, "png": args.png,
    });
    Ok(Report::new(text, json))
}

fn link(session: &Session, args: &Args, subject: &str) -> Result<DigitalLink, Error> {
    let link = if subject.contains("://") {
        if args.at.is_some() {
            return Err(Error::caller("a link leads where it leads").next("leave out --at, or name a batch"));
        }
        subject.parse().map_err(|error| Error::caller(format_args!("{subject:?}: {error}")))?
    } else {
        of_batch(session, subject, args.at.as_deref(), args.even_if_unsent)?
    };
    let Some(serial) = &args.serial else { return Ok(link) };
    let serial: Serial = serial.parse().map_err(|error| Error::caller(format_args!("--serial: {error}")))?;
    Ok(DigitalLink::new(link.stem().clone(), link.code().clone().with_serial(serial)))
}

/// A batch's link, without a serial.
fn of_batch(session: &Session, subject: &str, at: Option<&str>, even_if_unsent: bool) -> Result<DigitalLink, Error> {
    let book = Book::load(&session.home)?;
    let batch = book.find(subject, &session.home.names()?)?;
    let state = book.need(&batch)?;
    let label = state.batch().and_then(|batch| batch.label.clone()).ok_or_else(|| {
        Error::caller(format_args!("{subject} has no label"))
            .next("a label is given when a batch is opened: nguon register … --gtin … --lot …")
    })?;
    if !even_if_unsent && !is_accepted(session, &batch)? {
        return Err(Error::caller("no server has accepted this batch yet: a label printed now might lead to nothing")
            .next("run `nguon push` first, or add --even-if-unsent"));
    }
    let server = session.server_if_named()?;
    let page = at.or(server.as_ref().map(crate::net::Server::origin));
    let page = page.ok_or_else(|| {
        Error::caller("where should the link lead?").next("add --at https://HOST of the shopper's page")
    })?;
    let stem: UriStem = page.parse().map_err(|error| Error::caller(format_args!("--at: {error}")))?;
    let code = LabelCode::new(*label.gtin.get(), label.lot.get().clone()).with_commitment(batch.commitment());
    Ok(DigitalLink::new(stem, code))
}

fn is_accepted(session: &Session, batch: &ChainId) -> Result<bool, Error> {
    Ok(!session.home.chain(batch)?.is_empty())
}
